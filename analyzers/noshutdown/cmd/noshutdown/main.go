// The noshutdown command runs the noshutdown analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/noshutdown"
)

func main() { singlechecker.Main(noshutdown.Analyzer) }
