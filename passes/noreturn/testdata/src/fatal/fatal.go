// Package fatal is what another package imports: its functions that never
// return are facts.
package fatal

import "os"

// Exit ends in a function that the table knows.
func Exit() { // want Exit:"noreturn"
	println("exit")
	os.Exit(1)
}

// Through ends in another one of the package, which stands further down.
func Through() { // want Through:"noreturn"
	further()
}

func further() { // want further:"noreturn"
	Exit()
}

// A Logger has methods that do not return.
type Logger struct{ name string }

// Fatal is one of them.
func (l *Logger) Fatal() { // want Fatal:"noreturn"
	println(l.name)
	Exit()
}

// Fatalf is one with a value as its receiver.
func (l Logger) Fatalf(format string, args ...any) { // want Fatalf:"noreturn"
	println(l.name, format)
	panic(args)
}

// Print returns.
func (l *Logger) Print() { println(l.name) }

// Must is generic, and returns.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Fail is generic, and does not.
func Fail[T any](v T) { // want Fail:"noreturn"
	panic(v)
}

// A List is a generic type.
type List[T any] struct{ items []T }

// Fail is a method of a generic type.
func (l *List[T]) Fail() { // want Fail:"noreturn"
	for {
		println(len(l.items))
	}
}

// A Fataler is an interface: which method is called, is not known.
type Fataler interface{ Fatal() }

// Hook is a variable: what it is set to, is not known.
var Hook = func() { os.Exit(2) }
