package spanflow_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A program is one function that starts and ends spans, in any way that chance
// comes up with. It can be printed as Go and it can be run, so that what the
// pass says of it can be compared with what happens.
//
// Its conditions are on parameters, which do not change, on a variable, on a
// function that returns anything, and on whether a span is nil. To end a span that is
// nil does nothing in a run, since the pass does not look for panics either.
type program struct {
	random *rand.Rand
	text   strings.Builder
	line   int // the number of the last line that was printed
	body   stmt
	vars   []string // the variables in scope that hold spans
	loops  int      // around the current statement, within its function
	labels []int    // those of them that have a label, by its number
	plain  bool     // break without a label leaves the innermost of them
	ended  string   // the variable whose span was ended last
	lits   int      // function literals around it
	names  int
	stmts  int // in all
}

// A stmt runs a statement.
type stmt func(r *run, e *env) control

type control int

const (
	next control = iota
	breaks
	continues
	returns
	panics
	leavesLabel control = 100  // plus the number of the label
	goesOnLabel control = 1000 // the same
)

// A run is the state of a program that runs.
type run struct {
	values  map[string]bool // of the variables of conditions; chosen when they are read
	choose  func(n int) int
	spans   []*span
	steps   int
	covered map[int]bool  // the statements that were run
	late    map[late]bool // the uses of spans that are over
	exit    int           // the line of the return
}

func (r *run) is(name string) bool {
	value, ok := r.values[name]
	if !ok {
		value = r.choose(2) == 1
		r.values[name] = value
	}
	return value
}

// use uses a span on a line.
func (r *run) use(s *span, line int) {
	if s != nil && s.ended {
		r.late[late{s.line, line, s.end}] = true
	}
}

// A span is one that a run has started.
type span struct {
	line         int // of the start
	end          int // the line of what ended it first
	ended, given bool
}

func (s *span) finish(line int) {
	if s != nil && !s.ended {
		s.ended, s.end = true, line
	}
}

// An env holds the variables of a block.
type env struct {
	outer  *env
	spans  map[string]**span
	defers *[]func()
}

func (e *env) find(name string) **span {
	for ; e != nil; e = e.outer {
		if v := e.spans[name]; v != nil {
			return v
		}
	}
	return nil
}

func (e *env) inner() *env {
	return &env{outer: e, spans: make(map[string]**span), defers: e.defers}
}

// newProgram makes a program up.
func newProgram(random *rand.Rand) *program {
	p := &program{random: random, vars: []string{"v", "w"}}
	p.print("func f(ctx context.Context, a, b, c bool, v, w trace.Span, pick func() bool, count func() int) error {")
	p.print("d := pick(); _ = d")
	p.plain = true
	p.body = p.list(4, 0)
	line := p.print("return nil\n}")
	body := p.body
	p.body = func(r *run, e *env) control {
		switch c := body(r, e); c {
		case returns, panics:
			return c
		}
		r.exit = line
		return returns
	}
	return p
}

// print adds text, which is all on the line whose number it returns.
func (p *program) print(text string) int {
	fmt.Fprintln(&p.text, text)
	p.line++
	line := p.line
	p.line += strings.Count(text, "\n")
	return line
}

func (p *program) chance(percent int) bool { return p.random.IntN(100) < percent }

func (p *program) variable() string { return p.vars[p.random.IntN(len(p.vars))] }

// list makes up a list of statements, in a scope of its own.
func (p *program) list(most, depth int) stmt {
	vars := len(p.vars)
	defer func() { p.vars = p.vars[:vars] }()
	var stmts []stmt
	for range 1 + p.random.IntN(most) {
		id := p.stmts
		p.stmts++
		s, last := p.stmt(depth)
		stmts = append(stmts, func(r *run, e *env) control {
			r.covered[id] = true
			return s(r, e)
		})
		if last {
			break
		}
	}
	return func(r *run, outer *env) control {
		e := outer.inner()
		for _, s := range stmts {
			if r.steps++; r.steps > 1000 {
				return panics
			}
			if c := s(r, e); c != next {
				return c
			}
		}
		return next
	}
}

// stmt makes up a statement, and tells whether none can follow it.
func (p *program) stmt(depth int) (s stmt, last bool) {
	kinds := 15
	if depth < 3 {
		kinds = 22
	}
	switch p.random.IntN(kinds) {
	case 0, 1, 2:
		if p.lits > 0 { // others may see the variable: the pass keeps quiet
			return p.end(), false
		}
		if p.chance(70) {
			return p.start(p.variable()), false
		}
		p.names++
		name := fmt.Sprintf("s%d", p.names)
		p.vars = append(p.vars, name)
		line := p.print(fmt.Sprintf("_, %[1]s := tracer.Start(ctx, \"\"); _ = %[1]s", name))
		return func(r *run, e *env) control {
			started := &span{line: line}
			r.spans = append(r.spans, started)
			e.spans[name] = &started
			return next
		}, false
	case 3, 4, 5:
		return p.end(), false
	case 6:
		return p.postpone(), false
	case 7, 8:
		if p.lits > 0 {
			return p.end(), false
		}
		line := p.print("return nil")
		return func(r *run, e *env) control { r.exit = line; return returns }, true
	case 9:
		if p.loops == 0 {
			return p.end(), false
		}
		if len(p.labels) > 0 && (!p.plain || p.chance(50)) {
			n := p.labels[p.random.IntN(len(p.labels))]
			if p.chance(50) {
				p.print(fmt.Sprintf("break l%d", n))
				return func(*run, *env) control { return leavesLabel + control(n) }, true
			}
			p.print(fmt.Sprintf("continue l%d", n))
			return func(*run, *env) control { return goesOnLabel + control(n) }, true
		}
		if p.plain && p.chance(50) {
			p.print("break")
			return func(*run, *env) control { return breaks }, true
		}
		p.print("continue")
		return func(*run, *env) control { return continues }, true
	case 10:
		to, from := p.variable(), p.variable()
		if to == from || p.chance(50) {
			p.print(to + " = nil")
			return func(r *run, e *env) control { *e.find(to) = nil; return next }, false
		}
		p.print(to + " = " + from)
		return func(r *run, e *env) control { *e.find(to) = *e.find(from); return next }, false
	case 11:
		v := p.variable()
		p.print("sink(" + v + ")")
		return func(r *run, e *env) control {
			if s := *e.find(v); s != nil {
				s.given = true
			}
			return next
		}, false
	case 12:
		if p.lits > 0 { // then it would be memory, of which less is known
			return p.end(), false
		}
		value := p.chance(50)
		p.print(fmt.Sprintf("d = %v", value))
		return func(r *run, e *env) control { r.values["d"] = value; return next }, false
	case 13, 14:
		v := p.variable()
		if slices.Contains(p.vars, p.ended) && p.chance(70) {
			v = p.ended
		}
		line := p.print([]string{v + ".AddEvent(\"\")", fmt.Sprintf("if %[1]s != nil { %[1]s.SetName(\"\") }", v)}[p.random.IntN(2)])
		return func(r *run, e *env) control { r.use(*e.find(v), line); return next }, false
	case 15, 16, 17:
		return p.branch(depth), false
	case 18, 19:
		return p.loop(depth), false
	case 20:
		return p.choice(depth), false
	}
	return p.literal(depth), false
}

func (p *program) start(v string) stmt {
	line := p.print(fmt.Sprintf("_, %s = tracer.Start(ctx, \"\")", v))
	return func(r *run, e *env) control {
		s := &span{line: line}
		r.spans = append(r.spans, s)
		*e.find(v) = s
		return next
	}
}

// end makes up a statement that ends a span.
func (p *program) end() stmt {
	v := p.variable()
	p.ended = v
	form := []string{"if %[1]s != nil { %[1]s.End() }", "end(%[1]s)", "%[1]s.End()", "%[1]s.End()"}[p.random.IntN(4)]
	line := p.print(fmt.Sprintf(form, v))
	return func(r *run, e *env) control {
		(*e.find(v)).finish(line)
		return next
	}
}

// postpone makes up a defer statement that ends a span.
func (p *program) postpone() stmt {
	v := p.variable()
	form := p.random.IntN(4)
	line := p.print(fmt.Sprintf([]string{
		"defer func() { if %[1]s != nil { %[1]s.End() } }()",
		"defer func() { if %[1]s != nil { %[1]s.AddEvent(\"\") } }()",
		"defer end(%[1]s)",
		"defer %[1]s.End()",
	}[form], v))
	return func(r *run, e *env) control {
		cell := e.find(v)
		s := *cell
		*e.defers = append(*e.defers, func() {
			switch form {
			case 0: // the variable is read when the function returns
				(*cell).finish(line)
			case 1:
				r.use(*cell, line)
			default:
				s.finish(line)
			}
		})
		return next
	}
}
