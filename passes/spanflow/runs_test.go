package spanflow_test

import (
	"go/token"
	"math/rand/v2"
	"testing"

	"github.com/tracevet/tracevet/passes/spanflow"
)

// TestRuns checks made-up programs: a span that is said to leak is left open by
// some run, and by the return that is named. That a leak is missed is no error,
// but there have to be reasons, such as a loop that ends the span if it goes
// round at all.
func TestRuns(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	programs, leaky, missed := 0, 0, 0
	for range 1200 {
		found, lost := checkProgram(t, random)
		leaky += found + lost
		missed += lost
		if programs++; t.Failed() {
			break
		}
	}
	t.Logf("%d programs, %d spans leak, %d are missed", programs, leaky, missed)
	if leaky < programs/3 || missed > leaky/20 {
		t.Errorf("%d of %d spans that leak are missed", missed, leaky)
	}
}

// FuzzRuns does the same with programs that a fuzzer asks for.
func FuzzRuns(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) {
		checkProgram(t, rand.New(rand.NewPCG(seed, 0)))
	})
}

// checkProgram checks one program, and returns how many of the spans that it
// leaks are found and how many are missed.
func checkProgram(t *testing.T, random *rand.Rand) (found, missed int) {
	t.Helper()
	p := newProgram(random)
	seen := outcomes{make(map[outcome]bool), make(map[int]bool)}
	p.try(500, random, seen)
	if len(seen.covered) < p.stmts {
		return 0, 0 // it has code that is dead, which the pass need not see
	}
	claimed := p.analyse(t)
	wrong := func() (wrong []outcome) {
		for o := range claimed {
			if !seen.open[o] {
				wrong = append(wrong, o)
			}
		}
		return wrong
	}
	if len(wrong()) > 0 {
		p.try(100000, random, seen) // what is rare
	}
	for _, o := range wrong() {
		t.Errorf("the span that starts on line %d is said to be open at the return on line %d (0: somewhere), but never is:\n%v", o.start, o.exit, p)
	}
	for o := range seen.open {
		switch {
		case o.exit != 0:
		case claimed[o]:
			found++
		default:
			missed++
		}
	}
	return found, missed
}

// analyse returns what the pass says of a program: for each span that leaks an
// outcome without a return, and one for each return that is named.
func (p *program) analyse(t *testing.T) map[outcome]bool {
	t.Helper()
	s := shape{text: func(int) string {
		return "func sink(any)\nfunc end(s trace.Span) { s.End() }\n" + p.text.String()
	}}
	pkg := s.generate(t, 0)
	line := func(pos token.Pos) int {
		f := pkg.Types.Scope().Lookup("f").Pos()
		return pkg.Fset.Position(pos).Line - pkg.Fset.Position(f).Line + 1
	}
	claimed := make(map[outcome]bool)
	for _, s := range newDriver(t).run(pkg).Spans() {
		if s.Parameter() || s.Borrowed() {
			continue
		}
		for _, l := range s.Leaks() {
			start := line(s.Call().Pos())
			claimed[outcome{start, 0}] = true
			// What earlier rounds of a loop tell of conditions is lost.
			if l.Way == spanflow.Returns && !l.Replaced.IsValid() && !s.InLoop() {
				claimed[outcome{start, line(l.Pos)}] = true
			}
		}
	}
	return claimed
}
