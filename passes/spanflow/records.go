package spanflow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// Helpers that record an error on a span that they are given, and set no status, do
// to it what RecordError does: whoever calls them is judged as if he had called that.

// recordsParam returns 1 + the index of the parameter whose error the function
// records on the span of l, on every path on which it is not nil, without setting
// the status of the span; 0 if it does anything else.
func (f *function) recordsParam(l *life) int8 {
	if !l.lib || l.ctx || !f.recordsErrors() || f.setsStatus() {
		return 0
	}
	var of *ssa.Parameter
	ok := true
	watcher := &sim{f: f, life: l, onError: true}
	ran := watcher.run(func(e event) {
		p := e.path
		switch {
		case e.kind != returns:
		case p.foreign || p.set:
			ok = false
		case p.recorded == 0:
			ok = ok && f.nilErrorOn(p)
		default:
			record, is := f.instr(p.recorded).(*ssa.Call)
			if !is {
				ok = false
				return
			}
			param, is := f.errorOf(record).(*ssa.Parameter)
			if !is || param.Parent() != f.top || of != nil && of != param {
				ok = false
				return
			}
			of = param
		}
	})
	if !ran || !ok || of == nil {
		return 0
	}
	return int8(slices.Index(f.top.Params, of)) + 1
}

// nilErrorOn reports whether a branch has told on p that a parameter which is an
// error is nil: there is nothing to record.
func (f *function) nilErrorOn(p *path) bool {
	return slices.ContainsFunc(f.top.Params, func(param *ssa.Parameter) bool {
		return isError(param.Type()) && slices.ContainsFunc(p.known, func(known fact) bool {
			return known.truth == truth{f.exprs.of(param), f.exprs.null(), true}
		})
	})
}

// errorOf returns the error that a call records: one of RecordError, or of a helper
// that does so; nil if it is neither.
func (f *function) errorOf(record *ssa.Call) ssa.Value {
	args := ssacode.Operands(&record.Call)
	fn := ssacode.Callee(&record.Call)
	if knowledge.ErrorRole(fn) == knowledge.RecordsError {
		if len(args) > 1 {
			return args[1]
		}
		return nil
	}
	sum := f.a.summary(fn)
	for i := range args {
		if k := int(sum.param(i).Records); k > 0 && k <= len(args) {
			return args[k-1]
		}
	}
	return nil
}

// watchHelper notes that a helper gets the span, and an error to record on it. It
// reports whether the span goes to such helpers alone.
func (s *sim) watchHelper(p *path, instr ssa.CallInstruction, has cargo) bool {
	c := instr.Common()
	sum := s.f.a.summary(ssacode.Callee(c))
	args := ssacode.Operands(c)
	all := true
	for i := range args {
		if has.span&(1<<min(i, 62)) == 0 {
			continue
		}
		k := int(sum.param(i).Records)
		if k == 0 || k > len(args) {
			all = false
			continue
		}
		if none, ok := args[k-1].(*ssa.Const); ok && none.IsNil() || p.status != open || p.recorded != 0 || p.set {
			continue
		}
		if _, called := instr.(*ssa.Call); called && s.running == nil {
			p.recorded = s.f.numberInstr(instr)
		} else {
			p.foreign = true // when it is deferred is what matters
		}
	}
	return all
}
