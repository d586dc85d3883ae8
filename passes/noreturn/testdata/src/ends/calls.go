package ends

import (
	"os"
	"runtime"

	"fatal"
	other "fatal"
)

func exit() { // want exit:"noreturn"
	os.Exit(0)
}

func goexit() { // want goexit:"noreturn"
	runtime.Goexit()
}

func parens() { // want parens:"noreturn"
	((os.Exit)(0))
}

func imported() { // want imported:"noreturn"
	fatal.Exit()
}

func renamed() { // want renamed:"noreturn"
	other.Through()
}

func method(l *fatal.Logger) { // want method:"noreturn"
	l.Fatal()
}

func methodOfValue() { // want methodOfValue:"noreturn"
	fatal.Logger{}.Fatalf("")
}

func methodExpression(l *fatal.Logger) { // want methodExpression:"noreturn"
	(*fatal.Logger).Fatal(l)
}

type embeds struct{ *fatal.Logger }

func promoted(e embeds) { // want promoted:"noreturn"
	e.Fatal()
}

func generic() { // want generic:"noreturn"
	fatal.Fail(1)
}

func instantiated() { // want instantiated:"noreturn"
	fatal.Fail[string]("")
}

func genericMethod(l fatal.List[int]) { // want genericMethod:"noreturn"
	l.Fail()
}

func genericHere[T any](v T) { // want genericHere:"noreturn"
	genericToo[T](v)
}

func genericToo[T any](v T) { // want genericToo:"noreturn"
	panic(v)
}

// What follows returns, or may, as far as anybody can see.

func must() { fatal.Must(1, nil) }

func interfaceMethod(f fatal.Fataler) { f.Fatal() }

func variable() { fatal.Hook() }

func prints(l *fatal.Logger) { l.Print() }

func converts() { _ = any(exit) }

func methodValue(l *fatal.Logger) {
	f := l.Fatal
	f()
}

func literal() {
	func() { os.Exit(1) }()
}

func startsIt() { go os.Exit(1) }

func startsLiteral() {
	go func() { panic(1) }()
	println()
}

func shadowed() {
	panic := func(any) {}
	panic(1)
}

type ownExit struct{}

func (ownExit) Exit(int) {}

func shadowedPackage() {
	var os ownExit
	os.Exit(1)
}

// Overridden methods: the embedded one is not called.

type overrides struct{ *fatal.Logger }

func (overrides) Fatal() {}

func overridden(o overrides) { o.Fatal() }

// Recursion: whether it ends is not for us to say.

func recursive() { recursive() }

func ping() { pong() }

func pong() { ping() }

func even(n int) {
	if n == 0 {
		os.Exit(0)
	} else {
		odd(n - 1)
	}
}

func odd(n int) {
	if n == 0 {
		os.Exit(1)
	} else {
		even(n - 1)
	}
}

// A cycle does not spoil what only leads into it, or ends without it.

func beforeCycle() { // want beforeCycle:"noreturn"
	ping()
	os.Exit(1)
}

func throughCycle(n int) { // want throughCycle:"noreturn"
	if n == 0 {
		throughCycle(1)
	}
	exit()
}

func noBody()

func init() { // want init:"noreturn"
	select {}
}
