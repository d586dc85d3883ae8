// The spanleak command runs the rule spanleak alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/spanleak"
)

func main() { singlechecker.Main(spanleak.Analyzer) }
