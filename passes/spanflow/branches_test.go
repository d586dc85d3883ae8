package spanflow_test

import (
	"fmt"
	"maps"
	"slices"
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
		return text + "b", func(r *run) bool { return r.is("b") != not }
	case 1:
		return text + "c", func(r *run) bool { return r.is("c") != not }
	case 2:
		return text + "d", func(r *run) bool { return r.is("d") != not }
	case 3:
		return "pick()", func(r *run) bool { return r.choose(2) == 0 }
	}
	return text + "a", func(r *run) bool { return r.is("a") != not }
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

// choice makes up a switch.
func (p *program) choice(depth int) stmt {
	plain := p.plain
	p.plain = false // break would leave the switch
	defer func() { p.plain = plain }()
	type clause struct {
		holds func(r *run) bool
		body  stmt
	}
	var clauses []clause
	p.print("switch {")
	for range 1 + p.random.IntN(2) {
		text, holds := p.condition()
		p.print("case " + text + ":")
		clauses = append(clauses, clause{holds, p.list(2, depth+1)})
	}
	if p.chance(50) {
		p.print("default:")
		clauses = append(clauses, clause{func(*run) bool { return true }, p.list(2, depth+1)})
	}
	p.print("}")
	return func(r *run, e *env) control {
		for _, c := range clauses {
			if c.holds(r) {
				return c.body(r, e)
			}
		}
		return next
	}
}

// loop makes up a loop; how often it goes round is anybody's guess.
func (p *program) loop(depth int) stmt {
	label := control(0)
	labels, plain := p.labels, p.plain
	if p.chance(40) {
		p.names++
		label = control(p.names)
		p.labels = append(slices.Clone(labels), p.names)
		p.print(fmt.Sprintf("l%d:", label))
	}
	p.print([]string{"for n := count(); n > 0; n-- {", "for range count() {"}[p.random.IntN(2)])
	if label > 0 {
		p.print(fmt.Sprintf("if pick() { continue l%d }", label)) // Go wants labels to be used
	}
	p.loops++
	p.plain = true
	body := p.list(3, depth+1)
	p.loops--
	p.labels, p.plain = labels, plain
	p.print("}")
	return func(r *run, outer *env) control {
		for range r.choose(3) {
			if label > 0 && r.choose(2) == 0 {
				continue
			}
			switch c := body(r, outer); {
			case c == breaks, label > 0 && c == leavesLabel+label:
				return next
			case c == next, c == continues, label > 0 && c == goesOnLabel+label:
			default:
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
	loops, labels := p.loops, p.labels
	p.loops, p.labels = 0, nil
	p.lits++
	body := p.list(3, depth+1)
	p.lits--
	p.loops, p.labels = loops, labels
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

// A late is a use of a span that is over: the lines of its start, of the use and
// of the end.
type late struct{ start, use, end int }

// What runs of a program show.
type outcomes struct {
	open    map[outcome]bool
	late    map[late]bool
	covered map[int]bool // the statements that were run
}

// A chooser makes the choices of runs, until all combinations have had their turn.
type chooser struct {
	made []struct{ of, taken int }
	next int
}

func (c *chooser) choose(n int) int {
	if c.next == len(c.made) {
		c.made = append(c.made, struct{ of, taken int }{n, 0})
	}
	c.next++
	return c.made[c.next-1].taken
}

// advance goes on to the next combination, and reports whether there is one.
func (c *chooser) advance() bool {
	c.made, c.next = c.made[:c.next], 0
	for len(c.made) > 0 {
		last := &c.made[len(c.made)-1]
		if last.taken++; last.taken < last.of {
			return true
		}
		c.made = c.made[:len(c.made)-1]
	}
	return false
}

// enumerate runs the program with all choices there are, in which loops go round
// twice at most; it reports whether limit runs were enough for that.
func (p *program) enumerate(limit int, seen outcomes) bool {
	c := new(chooser)
	for range limit {
		p.try(c.choose, seen)
		if !c.advance() {
			return true
		}
	}
	return false
}

// try runs the program once. A run that goes on for too long counts for nothing.
func (p *program) try(choose func(n int) int, seen outcomes) {
	r := &run{values: make(map[string]bool), choose: choose, covered: seen.covered, late: make(map[late]bool)}
	var defers []func()
	var v, w *span
	if choose(2) == 1 {
		v = &span{given: true}
	}
	if choose(2) == 1 {
		w = &span{given: true}
	}
	e := &env{spans: map[string]**span{"v": &v, "w": &w}, defers: &defers}
	c := p.body(r, e)
	maps.Copy(seen.late, r.late)
	if c != returns {
		return
	}
	for i := len(defers) - 1; i >= 0; i-- {
		defers[i]()
	}
	maps.Copy(seen.late, r.late)
	for _, s := range r.spans {
		if !s.ended && !s.given {
			seen.open[outcome{s.line, 0}] = true
			seen.open[outcome{s.line, r.exit}] = true
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
