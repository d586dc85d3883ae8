package spanflow_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The statements of a program that hold others, and how it is run.

// condition makes up a condition. It has no "or", not even as the negation of
// an "and": the pass keeps no record of what such a condition tells.
func (p *program) condition() (text string, holds func(r *run) bool) {
	l, left := p.simple()
	if p.chance(80) {
		return l, left
	}
	t, right := p.condition()
	return l + " && " + t, func(r *run) bool { return left(r) && right(r) }
}

func (p *program) simple() (text string, holds func(r *run) bool) {
	not := p.chance(30)
	if not {
		text = "!"
	}
	switch p.random.IntN(5) {
	case 0:
		return text + "b", func(r *run) bool { return r.b != not }
	case 1:
		return text + "c", func(r *run) bool { return r.c != not }
	case 2:
		return text + "d", func(r *run) bool { return r.d != not }
	case 3:
		return "pick()", func(r *run) bool { return r.random.IntN(2) == 0 }
	}
	return text + "a", func(r *run) bool { return r.a != not }
}

func (p *program) branch(depth int) stmt {
	text, holds := p.condition()
	p.print("if " + text + " {")
	yes := p.list(3, depth+1)
	no := func(*run, *env) control { return next }
	if p.chance(40) {
		p.print("} else {")
		no = p.list(3, depth+1)
	}
	p.print("}")
	return func(r *run, e *env) control {
		if holds(r) {
			return yes(r, e)
		}
		return no(r, e)
	}
}

// loop makes up a loop; how often it goes round is anybody's guess.
func (p *program) loop(depth int) stmt {
	p.print([]string{"for n := count(); n > 0; n-- {", "for range count() {"}[p.random.IntN(2)])
	p.loops++
	body := p.list(3, depth+1)
	p.loops--
	p.print("}")
	return func(r *run, outer *env) control {
		for range r.random.IntN(3) {
			switch c := body(r, outer); c {
			case breaks:
				return next
			case returns, panics:
				return c
			}
		}
		return next
	}
}

// literal makes up a function literal that is called at once. It has no
// returns, but for its end, and starts no spans for itself.
func (p *program) literal(depth int) stmt {
	p.print("func() {")
	loops := p.loops
	p.loops = 0
	p.lits++
	body := p.list(3, depth+1)
	p.lits--
	p.loops = loops
	p.print("}()")
	return func(r *run, outer *env) control {
		e := outer.inner()
		var defers []func()
		e.defers = &defers
		c := body(r, e)
		for i := len(defers) - 1; i >= 0; i-- {
			defers[i]()
		}
		return c
	}
}

// An outcome is a start of a span and the return by which the function was
// left while that span was open, by their lines; 0 for any return.
type outcome struct{ start, exit int }

// What runs of a program show.
type outcomes struct {
	open    map[outcome]bool
	covered map[int]bool // the statements that were run
}

// try runs the program a number of times, with whatever chance gives it. Runs
// that go on for too long count for nothing.
func (p *program) try(count int, random *rand.Rand, seen outcomes) {
	for i := range count {
		r := &run{a: i&1 != 0, b: i&2 != 0, c: i&4 != 0, d: i&8 != 0, random: random, covered: seen.covered}
		var defers []func()
		var v, w *span
		if i&16 != 0 {
			v = &span{given: true}
		}
		if i&32 != 0 {
			w = &span{given: true}
		}
		e := &env{spans: map[string]**span{"v": &v, "w": &w}, defers: &defers}
		if p.body(r, e) != returns {
			continue
		}
		for i := len(defers) - 1; i >= 0; i-- {
			defers[i]()
		}
		for _, s := range r.spans {
			if !s.ended && !s.given {
				seen.open[outcome{s.line, 0}] = true
				seen.open[outcome{s.line, r.exit}] = true
			}
		}
	}
}

// String is the program with its lines numbered.
func (p *program) String() string {
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(p.text.String()), "\n") {
		fmt.Fprintf(&b, "%3d %s\n", i+1, line)
	}
	return b.String()
}
