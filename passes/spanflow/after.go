package spanflow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// A function that gives its span to code that is not seen, as a helper that calls
// a function value with it does, has nothing more to say about who ends it: the
// first simulation stops there. But if the function ends the span itself after that,
// what it records then is lost, whoever else has the span.

// lateAfterHandOver returns the late uses on paths on which the span was an argument
// of a call that is not seen. events are those of the first simulation.
func (f *function) lateAfterHandOver(l *life, events []event) []event {
	if !l.lib || l.borrowed || l.start == nil || !slices.ContainsFunc(events, func(e event) bool { return e.kind == handsOver && givesByValue(f, e.instr) }) || !f.endsAndRecords() {
		return nil
	}
	var late []event
	s := &sim{f: f, life: l, lent: true}
	s.run(func(e event) {
		if e.kind == usedLate && !e.deferred {
			late = append(late, e)
		}
	})
	return late
}

// givesByValue reports whether instr is a call none of whose operands is a variable
// by its address: what is called cannot put another span there.
func givesByValue(f *function, instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && !slices.ContainsFunc(ssacode.Operands(&call.Call), func(v ssa.Value) bool {
		_, alloc := f.Resolve(v).(*ssa.Alloc)
		return alloc
	})
}

// endsAndRecords reports whether the function calls methods of spans that end them,
// and such as record something.
func (f *function) endsAndRecords() bool {
	ends, records := false, false
	for _, fn := range f.All {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if c, ok := instr.(ssa.CallInstruction); ok {
					switch knowledge.Of(ssacode.Callee(c.Common())).Role {
					case knowledge.EndSpan:
						ends = true
					case knowledge.RecordSpan:
						records = true
					}
				}
			}
		}
	}
	return ends && records
}
