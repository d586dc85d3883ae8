// The oldsemconv command runs the oldsemconv analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/oldsemconv"
)

func main() { singlechecker.Main(oldsemconv.Analyzer) }
