// Package ends has every kind of statement that a function can end in. Where
// there is no want-comment, the function returns, or nothing is said of it.
package ends

import "os"

func empty() {}

func panics() { // want panics:"noreturn"
	panic("x")
}

func panicsThenMore() {
	panic("x")
	println()
}

func block() { // want block:"noreturn"
	{
		{
			panic("x")
		}
	}
}

func emptyBlock() {
	{
	}
}

func labelled(n int) { // want labelled:"noreturn"
	if n > 0 {
		goto end
	}
	println()
end:
	panic("x")
}

func labelAtEnd() {
	for {
		goto end
	}
end:
}

// goto

func gotoBack() {
again:
	println()
	goto again // a terminating statement, but not one that is looked for
}

func gotoOutOfLoop() {
	for {
		goto end
	}
end:
	println()
}

func gotoBackThenPanic(n int) { // want gotoBackThenPanic:"noreturn"
again:
	n--
	if n > 0 {
		goto again
	}
	panic("x")
}

// if

func ifElse(b bool) { // want ifElse:"noreturn"
	if b {
		panic("x")
	} else if !b {
		os.Exit(1)
	} else {
		for {
		}
	}
}

func ifOnly(b bool) {
	if b {
		panic("x")
	}
}

func ifHalf(b bool) {
	if b {
		panic("x")
	} else if !b {
		os.Exit(1)
	}
}

func ifOther(b bool) {
	if b {
		println()
	} else {
		panic("x")
	}
}

// return

func returns(b bool) {
	if b {
		return
	}
	panic("x")
}

func returnsInLoop() {
	for {
		return
	}
}

func returnsInClosure() { // want returnsInClosure:"noreturn"
	f := func() { return }
	f()
	panic("x")
}

func result() int { // want result:"noreturn"
	panic("x")
}

// defer

func recovers() {
	defer func() { recover() }()
	panic("x")
}

func defersSomething() {
	defer println() // might recover, for all that is known
	panic("x")
}

func defersExit() { defer os.Exit(1) }

func defersInClosure() { // want defersInClosure:"noreturn"
	func() {
		defer func() { recover() }()
		println()
	}()
	panic("x")
}

func panicsInDefer() {
	defer func() { panic("x") }()
}

// for

func forEver() { // want forEver:"noreturn"
	for {
	}
}

func forEverCounts() { // want forEverCounts:"noreturn"
	for i := 0; ; i++ {
		println(i)
		if i > 3 {
			continue
		}
	}
}

func forTrue() {
	for true {
	}
}

func forCondition(b bool) {
	for b {
		panic("x")
	}
}

func forBreak(b bool) {
	for {
		if b {
			break
		}
	}
}

func forLabelledBreak(b bool) {
loop:
	for {
		for {
			if b {
				break loop
			}
		}
	}
}

func forLabelledContinue(b bool) { // want forLabelledContinue:"noreturn"
loop:
	for {
		for {
			if b {
				continue loop
			}
		}
	}
}

func forBreakOfInner(b bool) { // want forBreakOfInner:"noreturn"
	for {
		for b {
			break
		}
		switch {
		case b:
			break
		}
		var x any = b
		switch x.(type) {
		case bool:
			break
		}
		for range 3 {
			break
		}
	}
}

func forBreakInSelect(c chan int) { // want forBreakInSelect:"noreturn"
	for {
		select {
		case <-c:
			break
		}
	}
}

func forBreakBesideInner(b bool) {
	for {
		for b {
			break
		}
		break
	}
}

func forBreakInClosure() { // want forBreakInClosure:"noreturn"
	for {
		func() {
			for {
				break
			}
		}()
	}
}

func forBreakInBlock(b bool) {
	for {
		{
			if b {
			} else {
				break
			}
		}
	}
}

func ranges(c chan int) {
	for range c {
		panic("x")
	}
}

func rangesFunc(seq func(func(int) bool)) {
	for range seq {
		panic("x")
	}
}
