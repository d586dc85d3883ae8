// Package main runs the commands.
package main

import "github.com/tracevet/tracevet/testdata/nopropagator/commands/cmd" // want `package cmd sets a tracer provider, but nothing in the program sets a propagator`

func main() { cmd.Execute() }
