// Tracevet finds the mistakes that break distributed traces in Go programs, and
// repairs those that it can prove how to repair.
//
// Usage:
//
//	tracevet [flags] [packages]
//	tracevet help [rule]
//
// "tracevet help" lists the flags and the rules.
//
// It is a vet tool as well:
//
//	go vet -vettool=$(which tracevet) [-RULE ...] [packages]
//	go fix -fixtool=$(which tracevet) [-diff] [packages]
package main

import (
	"os"

	"github.com/tracevet/tracevet/analyzers"
)

func main() {
	os.Exit(run(analyzers.All(), os.Args[1:], os.Stdout, os.Stderr))
}
