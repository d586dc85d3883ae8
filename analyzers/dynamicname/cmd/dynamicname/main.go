// The dynamicname command runs the dynamicname analyzer alone.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/tracevet/tracevet/analyzers/dynamicname"
)

func main() { singlechecker.Main(dynamicname.Analyzer) }
