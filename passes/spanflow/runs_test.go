package spanflow_test

import (
	"math/rand/v2"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/spanflow"
)

// TestRuns checks made-up programs: a span that is said to leak is left open by
// some run, and by the return that is named.
func TestRuns(t *testing.T) {
	count := 4000
	random := rand.New(rand.NewPCG(3, 4))
	leaky, found, missed, bad := 0, 0, 0, 0
	for range count {
		p := newProgram(random)
		s := shape{text: func(int) string {
			return "func sink(any)\nfunc pick(int) bool\nfunc end(s trace.Span) { s.End() }\n" + p.text.String()
		}}
		pkg := s.generate(t, 0)
		offset := lineOf(pkg, "f") - 1
		open, started := p.runs()
		starts := make(map[int]bool)
		for o := range open {
			starts[o.start] = true
		}
		leaky += len(starts)
		for _, s := range newDriver(t).run(pkg).Spans() {
			if s.Parameter() || s.Borrowed() || s.Call() == nil {
				continue
			}
			start := pkg.Fset.Position(s.Call().Pos()).Line - offset
			leaks := s.Leaks()
			if len(leaks) == 0 {
				if starts[start] {
					missed++
				}
				continue
			}
			found++
			if !started[start] {
				continue // nobody comes by
			}
			if !starts[start] {
				bad++
				t.Errorf("the span of line %d is said to leak, but no run leaves it open:\n%v%v", start, p, describe(pkg, s))
				continue
			}
			for _, l := range leaks {
				exit := pkg.Fset.Position(l.Pos).Line - offset
				if l.Way == spanflow.Returns && !l.Replaced.IsValid() && !open[outcome{start, exit}] {
					bad++
					t.Errorf("the span of line %d is said to leak by the return on line %d, but does not:\n%v%v", start, exit, p, describe(pkg, s))
				}
			}
		}
		if bad > 3 {
			t.FailNow()
		}
	}
	t.Logf("%d programs, %d spans leak, %d are found, %d are missed", count, leaky, found, missed)
}

func lineOf(pkg *packages.Package, name string) int {
	return pkg.Fset.Position(pkg.Types.Scope().Lookup(name).Pos()).Line
}
