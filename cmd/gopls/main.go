// Gopls builds the gopls of the Go team with the rules of tracevet inside:
//
//	go run github.com/tracevet/tracevet/cmd/gopls@latest -o PATH
//
// It is what "tracevet gopls" does.
package main

import (
	"os"

	"github.com/tracevet/tracevet/cmd/internal/goplsbuild"
)

func main() {
	os.Exit(goplsbuild.Main("gopls", os.Args[1:], os.Stdout, os.Stderr))
}
