package spanflow_test

import (
	"fmt"
	"strings"
)

// The statements of a program that hold others, and how it is run.

// condition makes up a condition.
func (p *program) condition() (text string, holds func(r *run, e *env) bool) {
	switch p.random.IntN(10) {
	case 0, 1:
		return "a", func(r *run, _ *env) bool { return r.a }
	case 2:
		return "b", func(r *run, _ *env) bool { return r.b }
	case 3:
		return "d", func(r *run, _ *env) bool { return r.d }
	case 4:
		v := p.variable()
		return v + " != nil", func(_ *run, e *env) bool { return *e.find(v) != nil }
	case 5, 6:
		text, holds := p.condition()
		return "!(" + text + ")", func(r *run, e *env) bool { return !holds(r, e) }
	case 7:
		l, left := p.condition()
		t, right := p.condition()
		return l + " && (" + t + ")", func(r *run, e *env) bool { return left(r, e) && right(r, e) }
	case 8:
		l, left := p.condition()
		t, right := p.condition()
		return "(" + l + ") || " + t, func(r *run, e *env) bool { return left(r, e) || right(r, e) }
	}
	if p.loops == 0 {
		return "c", func(r *run, _ *env) bool { return r.c }
	}
	return "pick(i)", func(r *run, e *env) bool { return r.picks&(1<<e.i) != 0 }
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
		if holds(r, e) {
			return yes(r, e)
		}
		return no(r, e)
	}
}

func (p *program) loop(depth int) stmt {
	p.print([]string{"for i := 0; i < n; i++ {", "for i := range n {"}[p.random.IntN(2)])
	p.print("_ = i")
	p.loops++
	body := p.list(3, depth+1)
	p.loops--
	p.print("}")
	return func(r *run, outer *env) control {
		for i := range r.n {
			e := outer.inner()
			e.i = i
			switch c := body(r, e); c {
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
// left while that span was open, by their lines.
type outcome struct{ start, exit int }

// runs tries all runs of the program and returns what they leave open, and
// which starts some run comes by. Runs that go on for too long count for nothing.
func (p *program) runs() (open map[outcome]bool, started map[int]bool) {
	open, started = make(map[outcome]bool), make(map[int]bool)
	const most = 3 // rounds of a loop
	for bits := range 8 << most {
		for n := range most + 1 {
			r := &run{a: bits&1 != 0, b: bits&2 != 0, c: bits&4 != 0, d: bits&4 != 0, picks: bits >> 3, n: n}
			var defers []func()
			var v, w *span
			e := &env{spans: map[string]**span{"v": &v, "w": &w}, defers: &defers}
			if p.body(r, e) != returns {
				continue
			}
			for i := len(defers) - 1; i >= 0; i-- {
				defers[i]()
			}
			for _, s := range r.spans {
				started[s.line] = true
				if !s.ended && !s.given {
					open[outcome{s.line, r.exit}] = true
				}
			}
		}
	}
	return open, started
}

// String is the program with its lines numbered.
func (p *program) String() string {
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(p.text.String()), "\n") {
		fmt.Fprintf(&b, "%3d %s\n", i+1, line)
	}
	return b.String()
}
