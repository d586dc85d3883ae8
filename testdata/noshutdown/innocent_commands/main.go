// Package main runs the commands.
package main

import "github.com/tracevet/tracevet/testdata/noshutdown/innocent_commands/cmd"

func main() { cmd.Execute() }
