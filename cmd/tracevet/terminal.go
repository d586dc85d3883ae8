package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
)

// isTerminal reports whether w is a terminal on which a person reads.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// colorful reports whether to print colours and excerpts to w. NO_COLOR is
// what https://no-color.org says it is.
func (c *command) colorful(w io.Writer) bool { return wantColor(c.color, w) }

func wantColor(when string, w io.Writer) bool {
	switch when {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && isTerminal(w)
}

// progressAfter is how long a run takes in silence.
const progressAfter = 2 * time.Second

// showProgress says on a terminal what a long run is at. The caller calls stop before it
// prints anything else.
func (c *command) showProgress(stderr io.Writer) (stop func()) {
	if !isTerminal(stderr) {
		return func() {}
	}
	var mu sync.Mutex
	stage := "starting"
	c.Progress = func(s string) {
		mu.Lock()
		defer mu.Unlock()
		stage = s
	}
	done, ended := make(chan struct{}), make(chan struct{})
	start := time.Now()
	go func() {
		defer close(ended)
		tick := time.NewTicker(time.Second / 4)
		defer tick.Stop()
		for {
			select {
			case <-done:
				fmt.Fprint(stderr, "\r\x1b[K")
				return
			case <-tick.C:
				if d := time.Since(start); d > progressAfter {
					mu.Lock()
					fmt.Fprintf(stderr, "\r\x1b[Ktracevet: %s (%ds)", stage, int(d.Seconds()))
					mu.Unlock()
				}
			}
		}
	}()
	return func() { close(done); <-ended }
}
