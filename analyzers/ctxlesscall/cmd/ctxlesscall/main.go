// The ctxlesscall command runs the ctxlesscall analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/ctxlesscall"
)

func main() { singlechecker.Main(ctxlesscall.Analyzer) }
