// The rootctx command runs the rootctx analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/rootctx"
)

func main() { singlechecker.Main(rootctx.Analyzer) }
