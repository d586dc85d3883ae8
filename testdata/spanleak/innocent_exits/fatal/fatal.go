// Package fatal ends programs.
package fatal

import (
	"fmt"
	"os"
)

// Exit never returns.
func Exit(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// If ends the program when there is an error, and returns when there is none.
func If(err error) {
	if err != nil {
		Exit(err)
	}
}

// Never panics always.
func Never(msg string) {
	panic("never: " + msg)
}
