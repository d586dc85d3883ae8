// The untraced command runs the untraced analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/untraced"
)

func main() { singlechecker.Main(untraced.Analyzer) }
