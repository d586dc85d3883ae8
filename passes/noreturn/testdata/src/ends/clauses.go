package ends

import "os"

// switch

func switchDefault(n int) { // want switchDefault:"noreturn"
	switch n {
	case 1:
		panic("x")
	case 2, 3:
		os.Exit(1)
	default:
		for {
		}
	}
}

func switchDefaultFirst(n int) { // want switchDefaultFirst:"noreturn"
	switch {
	default:
		panic("x")
	case n == 1:
		panic("y")
	}
}

func switchNoDefault(n int) {
	switch n {
	case 1:
		panic("x")
	}
}

func switchEmpty() {
	switch {
	}
}

func switchEmptyCase(n int) {
	switch n {
	case 1:
	default:
		panic("x")
	}
}

func switchBreak(n int, b bool) {
	switch n {
	default:
		if b {
			break
		}
		panic("x")
	}
}

func switchLabelledBreak(n int, b bool) {
end:
	switch n {
	default:
		for {
			if b {
				break end
			}
		}
	}
}

func switchBreakOfLoop(n int, b bool) { // want switchBreakOfLoop:"noreturn"
	switch n {
	default:
		for b {
			break
		}
		panic("x")
	}
}

func switchFallthrough(n int) {
	switch n {
	case 1:
		fallthrough // a terminating statement, but not one that is looked for
	default:
		panic("x")
	}
}

func typeSwitch(x any) { // want typeSwitch:"noreturn"
	switch x.(type) {
	case int:
		panic("x")
	default:
		panic("y")
	}
}

func typeSwitchNoDefault(x any) {
	switch x := x.(type) {
	case int:
		panic(x)
	}
}

// select

func selectNothing() { // want selectNothing:"noreturn"
	select {}
}

func selectPanics(c chan int) { // want selectPanics:"noreturn"
	select {
	case <-c:
		panic("x")
	case c <- 1:
		os.Exit(1)
	}
}

func selectReceives(c chan int) {
	select {
	case <-c:
	}
}

func selectBreak(c chan int, b bool) {
	select {
	case <-c:
		if b {
			break
		}
		panic("x")
	}
}

// others, which all come back

func assigns() { _ = 1 }

func increments(n int) { n++ }

func sends(c chan int) { c <- 1 }

func declares() {
	var _ = 1
}

func receives(c chan int) { <-c }
