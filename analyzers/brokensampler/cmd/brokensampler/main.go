// The brokensampler command runs the brokensampler analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/brokensampler"
)

func main() { singlechecker.Main(brokensampler.Analyzer) }
