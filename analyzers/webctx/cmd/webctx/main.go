// The webctx command runs the webctx analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/webctx"
)

func main() { singlechecker.Main(webctx.Analyzer) }
