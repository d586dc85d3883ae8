package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/tracevet/tracevet/cmd/internal/driver"
	"github.com/tracevet/tracevet/cmd/internal/report"
)

// A dialog asks a person which fix a finding gets.
type dialog struct {
	in     *bufio.Scanner
	out    io.Writer
	dir    string
	colors bool

	answers map[string]int  // by fingerprint: the index of a fix, or skip
	skipped map[string]bool // fingerprints, less the count of equal findings
	rest    int             // the answer to all further questions: skip, 0, or ask
}

const (
	skip = -1
	ask  = -2
)

func newDialog(in io.Reader, out io.Writer, dir string, colors bool) *dialog {
	return &dialog{bufio.NewScanner(in), out, dir, colors, make(map[string]int), make(map[string]bool), ask}
}

// choose answers for the driver. What was answered is not asked again. In later rounds a finding that
// was skipped may have another fingerprint, since those equal to it are gone: so
// one like it is left alone.
func (d *dialog) choose(round int, f driver.Finding, read func(string) ([]byte, error)) (int, bool) {
	kind, _, _ := strings.Cut(f.Fingerprint, ":")
	if round > 1 && d.skipped[kind] {
		return 0, false
	}
	answer, ok := d.answers[f.Fingerprint]
	if !ok {
		answer = d.ask(f, read)
		d.answers[f.Fingerprint] = answer
		if answer == skip {
			d.skipped[kind] = true
		}
	}
	return answer, answer != skip
}

// ask asks about one finding, until there is an answer.
func (d *dialog) ask(f driver.Finding, read func(string) ([]byte, error)) int {
	if d.rest != ask {
		return d.rest
	}
	fmt.Fprintln(d.out)
	report.Fixes(d.out, f, read, d.dir, d.colors)
	numbers := "1"
	if n := len(f.Fixes); n > 1 {
		numbers = fmt.Sprintf("1-%d", n)
	}
	for {
		fmt.Fprintf(d.out, "Apply? %s, s(kip), a(ll: the first fix of this and all others), q(uit: skip the rest) [s] ", numbers)
		if !d.in.Scan() {
			fmt.Fprintln(d.out)
			d.rest = skip
			return skip
		}
		switch text := strings.ToLower(strings.TrimSpace(d.in.Text())); text {
		case "", "s", "skip", "n", "no":
			return skip
		case "a", "all":
			d.rest = 0
			return 0
		case "q", "quit":
			d.rest = skip
			return skip
		case "y", "yes":
			return 0
		default:
			if n, err := strconv.Atoi(text); err == nil && 1 <= n && n <= len(f.Fixes) {
				return n - 1
			}
		}
	}
}
