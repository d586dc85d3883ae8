// The dynamiclabel command runs the dynamiclabel analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/dynamiclabel"
)

func main() { singlechecker.Main(dynamiclabel.Analyzer) }
