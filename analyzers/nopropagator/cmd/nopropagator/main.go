// The nopropagator command runs the nopropagator analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/nopropagator"
)

func main() { singlechecker.Main(nopropagator.Analyzer) }
