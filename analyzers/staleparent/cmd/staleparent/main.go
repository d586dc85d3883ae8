// The staleparent command runs the staleparent analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/staleparent"
)

func main() { singlechecker.Main(staleparent.Analyzer) }
