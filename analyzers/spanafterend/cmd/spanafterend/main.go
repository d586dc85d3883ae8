// The spanafterend command runs the rule spanafterend alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/spanafterend"
)

func main() { singlechecker.Main(spanafterend.Analyzer) }
