package spanflow_test

import (
	"fmt"
	"math/rand/v2"
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
)

// A run is the state of a program that runs.
type run struct {
	a, b, c, d bool
	random     *rand.Rand
	spans      []*span
	steps      int
	covered    map[int]bool // the statements that were run
	exit       int          // the line of the return
}

// A span is one that a run has started.
type span struct {
	line         int // of the start
	ended, given bool
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
	kinds := 13
	if depth < 3 {
		kinds = 19
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
		if p.chance(50) {
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
		return func(r *run, e *env) control { r.d = value; return next }, false
	case 13, 14, 15:
		return p.branch(depth), false
	case 16, 17:
		return p.loop(depth), false
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
	switch p.random.IntN(4) {
	case 0:
		p.print(fmt.Sprintf("if %[1]s != nil { %[1]s.End() }", v))
	case 1:
		p.print(fmt.Sprintf("end(%s)", v))
	default:
		p.print(fmt.Sprintf("%s.End()", v))
	}
	return func(r *run, e *env) control {
		if s := *e.find(v); s != nil {
			s.ended = true
		}
		return next
	}
}

// postpone makes up a defer statement that ends a span.
func (p *program) postpone() stmt {
	v := p.variable()
	switch p.random.IntN(3) {
	case 0: // the variable is read when the function returns
		p.print(fmt.Sprintf("defer func() { if %[1]s != nil { %[1]s.End() } }()", v))
		return func(r *run, e *env) control {
			cell := e.find(v)
			*e.defers = append(*e.defers, func() {
				if *cell != nil {
					(*cell).ended = true
				}
			})
			return next
		}
	case 1:
		p.print(fmt.Sprintf("defer end(%s)", v))
	default:
		p.print(fmt.Sprintf("defer %s.End()", v))
	}
	return func(r *run, e *env) control {
		if s := *e.find(v); s != nil {
			*e.defers = append(*e.defers, func() { s.ended = true })
		}
		return next
	}
}
