// The detachedgo command runs the detachedgo analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/detachedgo"
)

func main() { singlechecker.Main(detachedgo.Analyzer) }
