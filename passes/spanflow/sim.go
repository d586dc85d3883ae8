package spanflow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/flow"
)

// A life is one span, as one function sees it: from its start, or from the
// entry of a function that gets it as a parameter, to the ways out.
type life struct {
	root     *ssa.Function // the function that is simulated
	start    *ssa.Call     // nil if the span is a parameter
	param    *ssa.Parameter
	deferred *ssa.Defer // what starts it when the function is over: nothing follows
	ctx      bool       // the parameter is a context, which carries the span

	span     []int    // results of start that hold the span; -1 for a single result
	ctxs     []int    // results of start that are contexts which carry it
	ends     []string // methods that end it; see Returned
	may      []string
	lib      bool // the value is of a known span type
	borrowed bool // somebody else owns it
	maybe    bool // it may be nil
	shared   bool // its context was left where others find it: they may end it
}

// An event is what a simulation shows to a rule.
type event struct {
	kind     eventKind
	instr    ssa.Instruction
	path     *path
	deferred bool  // of a late use: so was the end, after it
	later    bool  // of an early end: the context is used when the function has returned
	leak     Way   // of a leak
	held     []int // of a return: the results that hold the open span
	ctx      []int // and those that are contexts which carry it
}

type eventKind uint8

const (
	leaks        eventKind = iota // the path leaves the span open
	returns                       // the function returns
	usedLate                      // data is recorded after the end
	endsLife                      // the span is ended
	handsOver                     // the span gets another owner
	defersInLoop                  // a deferred end is pending when the span starts again
	erases                        // a status of Ok takes the place of Error
	endedEarly                    // the context is used though the span was ended at once
)

// A sim runs one life through its function.
type sim struct {
	f       *function
	life    *life
	emit    func(event) // nil while the solution is looked for
	stack   []*ssa.Function
	running *deferral   // the deferred call that runs now
	collect func(event) // takes the returns of the closure that runs now
	// doubt tells of an edge that it may be infeasible if the span is open.
	doubt   func(from, to *ssa.BasicBlock) bool
	onError bool // look at errors, too; see errors.go
	// onReturn: look at errors that are returned as well; see returned.go.
	onReturn bool
	// lent: calls that are not seen give the span back; see after.go.
	lent   bool
	failed bool // too complex: nothing is known
	visits int
	alive  map[*ssa.BasicBlock]bool // see over
	// panicking: deferred calls run because of a panic.
	panicking bool
}

// maxVisits bounds the work for one span, in visits of basic blocks.
const maxVisits = 20000

// maxSteps bounds the work for all spans of a function, in instructions times
// paths: about a second. Only generated functions come near: forty spans with a
// deferred closure each take half of it. The spans that are left then are given up.
const maxSteps = 500_000

// maxDepth bounds how deep closures are followed.
const maxDepth = 5

// A point is where a block is entered: at its start, or just after the
// instruction that starts the span.
type point struct {
	block *ssa.BasicBlock
	after bool
}

// run simulates the life and emits its events, each once. It returns false if
// the function is too complex for that; then nothing was emitted.
func (s *sim) run(emit func(event)) bool {
	initial := s.birth()
	entry := point{s.life.root.Blocks[0], false}
	if s.life.start != nil {
		entry = point{s.life.start.Block(), true}
	}
	s.stack = []*ssa.Function{s.life.root}
	if s.life.start != nil {
		s.alive = s.f.alive(s.life)
	}
	before, ok := flow.Forward[point, paths](solver{s}, entry, initial, maxVisits)
	if !ok || s.failed {
		return false
	}
	var events []event
	s.emit = func(e event) { events = append(events, e) }
	for _, b := range s.life.root.Blocks {
		for _, after := range []bool{false, true} {
			if state, ok := before[point{b, after}]; ok {
				s.block(point{b, after}, state, func(point, paths) {})
			}
		}
	}
	if s.failed {
		return false
	}
	for _, e := range events {
		emit(e)
	}
	return true
}

// birth is the state right after the start of the span.
func (s *sim) birth() paths {
	p := new(path)
	l := s.life
	if l.start == nil {
		p.add(hold{s.f.number(l.param), -1, l.ctx})
		x := s.f.exprs
		p.learn(truth{x.of(l.param), x.null(), false}, -1)
		return paths{p}
	}
	n := s.f.number(l.start)
	for _, k := range l.span {
		p.add(hold{n, int8(k), false})
	}
	for _, k := range l.ctxs {
		p.add(hold{n, int8(k), true})
	}
	p.defers = s.f.pending(l.start)
	var all []*path
	for i, facts := range s.f.entries(l.start.Block()) {
		q := p.clone()
		q.entry = i
		for _, f := range facts {
			q.learn(f.truth, f.origin)
		}
		all = append(all, q)
	}
	joined, _ := paths(nil).join(s.f.exprs, all)
	return joined
}

// A solver adapts a sim to the flow package.
type solver struct{ *sim }

func (s solver) Order(n point) int { return n.block.Index }

func (s solver) Join(old, new paths) (paths, bool) {
	joined, changed := old.join(s.f.exprs, new)
	if len(joined) > maxPaths {
		s.failed = true
		return old, false
	}
	return joined, changed
}

func (s solver) Flow(n point, before paths, emit func(point, paths)) {
	if s.visits++; s.visits > maxVisits || s.f.steps > maxSteps {
		s.failed = true
	}
	if !s.failed {
		s.block(n, before, emit)
	}
}

// block takes paths through the instructions of a block, and along its edges.
func (s *sim) block(n point, before paths, emit func(point, paths)) {
	var ps []*path
	for _, p := range before {
		ps = append(ps, p.clone())
	}
	instrs := n.block.Instrs
	if n.after {
		for i, instr := range instrs {
			if instr == ssa.Instruction(s.life.start) {
				instrs = instrs[i+1:]
				break
			}
		}
	}
	for _, instr := range instrs {
		if len(ps) == 0 {
			return
		}
		s.f.steps += len(ps)
		switch instr := instr.(type) {
		case *ssa.Phi:
			// Done on the edge.
		case *ssa.If:
			s.branch(n.block, instr, ps, emit)
			return
		case *ssa.Jump:
			s.edge(n.block, 0, ps, emit)
			return
		default:
			var next []*path
			for _, p := range ps {
				next = append(next, s.exec(instr, p)...)
			}
			ps = s.compact(next)
		}
	}
}

// compact joins paths of equal keys, so that closures that fork paths do not
// multiply them.
func (s *sim) compact(ps []*path) []*path {
	if len(ps) < 2 {
		return ps
	}
	joined, _ := paths(nil).join(s.f.exprs, ps)
	return joined
}

// edge takes paths along an edge: it chooses the operands of the phis, and
// notices when a loop comes back to the start of the span.
func (s *sim) edge(b *ssa.BasicBlock, succ int, ps []*path, emit func(point, paths)) {
	if len(ps) == 0 {
		return
	}
	to := b.Succs[succ]
	pred := predIndex(b, succ)
	var via token.Pos
	if s.life.start != nil && len(s.stack) == 1 {
		via = s.f.syntax.iterates(s.life.start, b, succ)
	}
	dead := via.IsValid() && s.f.diesWith(s.life, via)
	doubt := s.doubt != nil && len(s.stack) == 1 && s.doubt(b, to)
	var onward []*path
	for _, p := range ps {
		if via.IsValid() && p.status == open {
			p.addVia(via)
			if dead {
				s.iterate(p)
				continue
			}
		}
		if s.over(p, to) {
			continue
		}
		p.exempt = p.exempt || doubt
		s.phis(p, to, pred)
		onward = append(onward, p)
	}
	if len(onward) > 0 {
		state, _ := paths(nil).join(s.f.exprs, onward)
		emit(point{to, false}, state)
	}
}

// predIndex returns which predecessor of its successor the edge is.
func predIndex(b *ssa.BasicBlock, succ int) int {
	to := b.Succs[succ]
	skip := 0
	for _, s := range b.Succs[:succ] {
		if s == to {
			skip++
		}
	}
	for i, pred := range to.Preds {
		if pred == b {
			if skip == 0 {
				return i
			}
			skip--
		}
	}
	return -1
}
