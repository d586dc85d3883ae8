package spanflow_test

import (
	"go/token"
	"math/rand/v2"
	"testing"

	"github.com/tracevet/tracevet/passes/spanflow"
)

// TestRuns checks made-up programs against all their runs: a span that is said to
// leak is left open by some run, and by the return that is named; a use of a
// span that is said to come too late does so in some run, after the end that is
// named. That something is missed is no error, but there have to be reasons,
// such as a loop that ends the span if it goes round at all.
func TestRuns(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var all verdicts
	const programs = 1200
	for range programs {
		all.add(checkProgram(t, random))
		if t.Failed() {
			break
		}
	}
	t.Logf("%d programs: %+v", programs, all)
	if leaky := all.leaks + all.missedLeaks; leaky < programs/3 || all.missedLeaks > leaky/20 {
		t.Errorf("%d of %d spans that leak are missed", all.missedLeaks, leaky)
	}
	if late := all.late + all.missedLate; late < programs/60 || all.missedLate > late/4 {
		t.Errorf("%d of %d late uses are missed", all.missedLate, late)
	}
	if all.enumerated < programs/2 {
		t.Errorf("only %d of %d programs are run in all ways", all.enumerated, programs)
	}
}

// FuzzRuns does the same with programs that a fuzzer makes up: each choice of the
// maker takes a byte.
func FuzzRuns(f *testing.F) {
	checkProgram(f, rand.New(rand.NewPCG(0, 0))) // loads what programs import, which takes more time than an input may
	for seed := range uint64(4) {
		data := make([]byte, 60)
		random := rand.New(rand.NewPCG(seed, 0))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 400 {
			return
		}
		checkProgram(t, rand.New(&byteSource{data, rand.NewPCG(1, 2)}))
	})
}

// A byteSource is a source of chance that takes its bytes from a fuzzer, and when
// there are none left, makes some up.
type byteSource struct {
	data []byte
	more *rand.PCG
}

func (s *byteSource) Uint64() uint64 {
	if len(s.data) == 0 {
		return s.more.Uint64()
	}
	b := uint64(s.data[0])
	s.data = s.data[1:]
	return b * 0x0101010101010101 // of small numbers, package rand takes high bits
}

// verdicts count what is found of what there is.
type verdicts struct {
	leaks, missedLeaks, late, missedLate, enumerated int
}

func (v *verdicts) add(w verdicts) {
	v.leaks += w.leaks
	v.missedLeaks += w.missedLeaks
	v.late += w.late
	v.missedLate += w.missedLate
	v.enumerated += w.enumerated
}

// checkProgram checks one program.
func checkProgram(t testing.TB, random *rand.Rand) (v verdicts) {
	t.Helper()
	p := newProgram(random)
	seen := outcomes{make(map[outcome]bool), make(map[late]bool), make(map[int]bool)}
	chance := rand.New(rand.NewPCG(5, 6)).IntN
	all := p.enumerate(2000, seen)
	if all {
		v.enumerated = 1
	} else {
		for range 500 {
			p.try(chance, seen)
		}
	}
	if len(seen.covered) < p.stmts {
		return verdicts{} // it has code that is dead, which the pass need not see
	}
	open, tooLate := p.analyse(t)
	wrong := func() (leaks []outcome, uses []late) {
		for o := range open {
			if !seen.open[o] {
				leaks = append(leaks, o)
			}
		}
		for l := range tooLate {
			if !seen.late[l] {
				uses = append(uses, l)
			}
		}
		return leaks, uses
	}
	leaks, uses := wrong()
	if len(leaks)+len(uses) > 0 && !all {
		for range 100000 { // what is rare
			p.try(chance, seen)
		}
		leaks, uses = wrong()
	}
	for _, o := range leaks {
		t.Errorf("the span that starts on line %d is said to be open at the return on line %d (0: somewhere), but never is:\n%v", o.start, o.exit, p)
	}
	for _, l := range uses {
		t.Errorf("the span that starts on line %d is said to be used on line %d after its end on line %d, but never is:\n%v", l.start, l.use, l.end, p)
	}
	for o := range seen.open {
		switch {
		case o.exit != 0:
		case open[o]:
			v.leaks++
		default:
			v.missedLeaks++
		}
	}
	said := make(map[late]bool) // without the end: one is named
	for l := range tooLate {
		said[late{l.start, l.use, 0}] = true
	}
	for l := range seen.late {
		switch {
		case l.start == 0: // a parameter
		case said[late{l.start, l.use, 0}]:
			v.late++
		default:
			v.missedLate++
		}
	}
	return v
}

// analyse returns what the pass says of a program: for each span that leaks an
// outcome without a return, and one for each return that is named; and the uses
// that come too late.
func (p *program) analyse(t testing.TB) (map[outcome]bool, map[late]bool) {
	t.Helper()
	s := shape{text: func(int) string {
		return "func sink(any)\nfunc end(s trace.Span) { s.End() }\n" + p.text.String()
	}}
	pkg := s.generate(t, 0)
	line := func(pos token.Pos) int {
		f := pkg.Types.Scope().Lookup("f").Pos()
		return pkg.Fset.Position(pos).Line - pkg.Fset.Position(f).Line + 1
	}
	claimed, tooLate := make(map[outcome]bool), make(map[late]bool)
	for _, s := range newDriver(t).run(pkg).Spans() {
		if s.Parameter() || s.Borrowed() {
			continue
		}
		for _, u := range s.LateUses() {
			tooLate[late{line(s.Call().Pos()), line(u.Call.Pos()), line(u.End.Pos())}] = true
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
	return claimed, tooLate
}
