// Package main runs the commands.
package main

import "github.com/tracevet/tracevet/testdata/noshutdown/commands/cmd" // want `package cmd starts a tracer provider that nothing shuts down`

func main() { cmd.Execute() }
