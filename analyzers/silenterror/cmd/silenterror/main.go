// The silenterror command runs the silenterror analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/silenterror"
)

func main() { singlechecker.Main(silenterror.Analyzer) }
