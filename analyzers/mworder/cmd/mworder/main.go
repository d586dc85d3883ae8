// The mworder command runs the mworder analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/mworder"
)

func main() { singlechecker.Main(mworder.Analyzer) }
