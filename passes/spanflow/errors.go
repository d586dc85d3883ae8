package spanflow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// What becomes of the errors of a span is a second question about its life. It
// is asked only of spans on which errors or a status are recorded, by a
// simulation of its own: it tells more paths apart than the first question
// needs.

// verdicts are what has been recorded on a path.
type verdicts struct {
	recorded int32 // the first RecordError, while the status is not set; 0 if none
	failed   int32 // the SetStatus(codes.Error, ...); 0 if none
	set      bool  // the status is set
	// foreign: code that is not seen got the span, and may have set its status.
	foreign bool
}

// A SilentError is a call that records an error on the span, though on a way
// from there out of the function nothing sets the status.
type SilentError struct {
	Call *ast.CallExpr
	// Return is where the function gives up after that; NoPos at its end.
	Return token.Pos
}

// An ErasedError is a call that sets the status to Ok, after Failed set it to
// Error.
type ErasedError struct {
	Call, Failed *ast.CallExpr
}

// errorsOf simulates the life once more, and keeps what it shows about errors.
func (f *function) errorsOf(s *Span) {
	l := s.life
	if !l.lib || l.borrowed || l.param != nil || l.start == nil || !f.recordsErrors() {
		return
	}
	watcher := &sim{f: f, life: l, onError: true}
	watcher.run(func(e event) {
		switch e.kind {
		case returns, leaks:
			s.noteSilent(e)
		case erases:
			call, failed := s.source(e.instr), s.source(f.instr(e.path.failed))
			if call != nil && failed != nil && !f.inLoop(f.instr(e.path.failed).Block()) {
				s.erased = append(s.erased, ErasedError{call, failed})
			}
		}
	})
	slices.SortFunc(s.silent, func(a, b SilentError) int { return cmp.Compare(a.Call.Pos(), b.Call.Pos()) })
	s.silent = slices.CompactFunc(s.silent, func(a, b SilentError) bool { return a.Call == b.Call })
	slices.SortFunc(s.erased, func(a, b ErasedError) int { return cmp.Compare(a.Call.Pos(), b.Call.Pos()) })
	s.erased = slices.CompactFunc(s.erased, func(a, b ErasedError) bool { return a.Call == b.Call })
}

// SilentErrors returns the errors that are recorded on the span without a
// status, in the order of the source.
func (s *Span) SilentErrors() []SilentError { return s.silent }

// ErasedErrors returns the calls that erase the status of an error.
func (s *Span) ErasedErrors() []ErasedError { return s.erased }

// recordsErrors reports whether the function records errors or sets a status.
func (f *function) recordsErrors() bool {
	if f.recording == unasked {
		f.recording = no
		for _, fn := range f.All {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					if c, ok := instr.(ssa.CallInstruction); ok {
						fn := ssacode.Callee(c.Common())
						records := func(p Param) bool { return p.Records > 0 }
						if knowledge.ErrorRole(fn) != knowledge.NoErrorRole || slices.ContainsFunc(f.a.summary(fn).params(), records) {
							f.recording = yes
						}
					}
				}
			}
		}
	}
	return f.recording == yes
}

// noteSilent looks at a way out of the function.
func (s *Span) noteSilent(e event) {
	p := e.path
	ret, ok := e.instr.(*ssa.Return)
	if len(e.held) > 0 || p.recorded == 0 || p.set || p.foreign || !ok || ret.Parent() != s.life.root {
		return
	}
	record, ok := s.f.instr(p.recorded).(*ssa.Call)
	if !ok || s.f.isNilOn(p, record) || s.f.isExpected(record) || !s.f.givesUp(record, ret) {
		return
	}
	if call := s.source(record); call != nil {
		s.silent = append(s.silent, SilentError{call, ret.Pos()})
	}
}

// givesUp reports whether the function fails where it returns, because of the
// error that was recorded: it returns an error, the same one or on the branch
// that recorded it; or, if it has none to return, it does nothing else after
// recording it.
func (f *function) givesUp(record *ssa.Call, ret *ssa.Return) bool {
	if record.Parent() != ret.Parent() && f.looksAtResult(record, ret) {
		return true
	}
	if record.Parent() != ret.Parent() || f.inLoop(record.Block()) && !f.inLoop(ret.Block()) && !record.Block().Dominates(ret.Block()) {
		return false
	}
	branch := record.Block() == ret.Block() || record.Block().Dominates(ret.Block())
	branch = branch && record.Block() != record.Parent().Blocks[0]
	hasError := false
	for _, v := range ret.Results {
		if !isError(v.Type()) {
			continue
		}
		hasError = true
		v = lastStored(v, ret)
		if c, ok := v.(*ssa.Const); ok && c.IsNil() {
			return false // it goes on with something else
		}
		if v == f.errorOf(record) || v == ssa.Value(record) {
			return true // return fail(span, err)
		}
	}
	if !hasError && ret.Parent().Signature.Results().Len() > 0 {
		return false // what it returns may tell of the failure, or of none
	}
	return branch
}

// isNilOn reports whether a branch has told that what was recorded is nil, which
// RecordError ignores.
func (f *function) isNilOn(p *path, record *ssa.Call) bool {
	err := f.errorOf(record)
	if err == nil {
		return false
	}
	isNil := truth{f.exprs.of(err), f.exprs.null(), true}
	return slices.ContainsFunc(p.known, func(known fact) bool { return known.truth == isNil })
}

// lastStored returns what a result variable was set to before a return: in a
// function that defers, go/ssa keeps results in memory.
func lastStored(v ssa.Value, ret *ssa.Return) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return v
	}
	for b := ret.Block(); ; b = b.Preds[0] {
		for _, instr := range slices.Backward(b.Instrs) {
			if st, ok := instr.(*ssa.Store); ok && st.Addr == load.X {
				return st.Val
			}
		}
		if len(b.Preds) != 1 {
			return v
		}
	}
}

// isExpected reports whether an error is recorded where it was found to be one
// that is declared, as io.EOF: that may be no failure.
func (f *function) isExpected(record *ssa.Call) bool {
	b := record.Block()
	if len(b.Preds) != 1 {
		return false
	}
	branch, ok := b.Preds[0].Instrs[len(b.Preds[0].Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	switch cond := branch.Cond.(type) {
	case *ssa.Call:
		return true // errors.Is(err, sql.ErrNoRows), isNotFound(err)
	case *ssa.BinOp:
		return isDeclared(cond.X) || isDeclared(cond.Y)
	}
	return false
}

// looksAtResult reports whether an error is recorded in a deferred literal that
// finds a named result of the function to be an error, which is what the
// function returns at ret. A function that sets the status anywhere is passed
// over: what a result is at a return is not followed.
func (f *function) looksAtResult(record *ssa.Call, ret *ssa.Return) bool {
	lit, err := record.Parent(), f.errorOf(record)
	if lit.Parent() != ret.Parent() || err == nil || f.setsStatus() {
		return false
	}
	cell := resultCell(err, ret)
	if cell == nil || !isDeferred(lit) {
		return false
	}
	b := record.Block()
	if len(b.Preds) != 1 {
		return false
	}
	branch, ok := b.Preds[0].Instrs[len(b.Preds[0].Instrs)-1].(*ssa.If)
	if !ok || b.Preds[0].Succs[0] != b {
		return false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || cond.Op != token.NEQ {
		return false
	}
	none, ok := cond.Y.(*ssa.Const)
	return ok && none.IsNil() && resultCell(cond.X, ret) == cell
}

// resultCell returns the variable of the function around that v, in a literal,
// is read from, if ret returns what is in it.
func resultCell(v ssa.Value, ret *ssa.Return) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	free, ok := load.X.(*ssa.FreeVar)
	if !ok {
		return nil
	}
	for _, ref := range *free.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(free) {
			return nil // the literal gives the result another value
		}
	}
	cell := boundTo(free)
	for _, v := range ret.Results {
		if r, ok := v.(*ssa.UnOp); ok && r.Op == token.MUL && cell != nil && r.X == cell {
			return cell
		}
	}
	return nil
}

// boundTo returns what the one closure of a literal binds a free variable to.
func boundTo(free *ssa.FreeVar) ssa.Value {
	var found ssa.Value
	for _, b := range free.Parent().Parent().Blocks {
		for _, instr := range b.Instrs {
			made, ok := instr.(*ssa.MakeClosure)
			if !ok || made.Fn != ssa.Value(free.Parent()) {
				continue
			}
			if i := slices.Index(free.Parent().FreeVars, free); i >= 0 && i < len(made.Bindings) {
				found = made.Bindings[i]
			}
		}
	}
	return found
}

// isDeferred reports whether a literal is deferred where it stands.
func isDeferred(lit *ssa.Function) bool {
	for _, b := range lit.Parent().Blocks {
		for _, instr := range b.Instrs {
			if d, ok := instr.(*ssa.Defer); ok {
				if made, ok := d.Call.Value.(*ssa.MakeClosure); ok && made.Fn == ssa.Value(lit) {
					return true
				}
			}
		}
	}
	return false
}

// setsStatus reports whether the function sets a status anywhere.
func (f *function) setsStatus() bool {
	for _, fn := range f.All {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if c, ok := instr.(ssa.CallInstruction); ok && knowledge.ErrorRole(ssacode.Callee(c.Common())) == knowledge.SetsStatus {
					return true
				}
			}
		}
	}
	return false
}

func isDeclared(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	_, ok = load.X.(*ssa.Global)
	return ok
}

// watchMethod notes what a method of the span does to its status.
func (s *sim) watchMethod(p *path, instr ssa.CallInstruction, fn *types.Func) {
	if !s.onError || p.status != open {
		return
	}
	switch knowledge.ErrorRole(fn) {
	case knowledge.RecordsError:
		if s.onReturn && s.running != nil {
			p.foreign = true // a deferred call that is meant to tell of what is returned
		}
		if args := ssacode.Operands(instr.Common()); p.recorded == 0 && !p.set && len(args) > 1 {
			if c, ok := args[1].(*ssa.Const); !ok || !c.IsNil() {
				p.recorded = s.f.numberInstr(instr)
			}
		}
	case knowledge.SetsStatus:
		p.set = true
		p.recorded = 0
		args := ssacode.Operands(instr.Common())
		if len(args) < 2 {
			return
		}
		code, ok := args[1].(*ssa.Const)
		switch {
		case !ok || code.Value == nil:
			p.failed = 0
		case code.Int64() == knowledge.StatusError:
			p.failed = s.f.numberInstr(instr)
		case code.Int64() == knowledge.StatusOk:
			if p.failed != 0 {
				s.event(event{kind: erases, instr: instr, path: p.clone()})
			}
			p.failed = 0
		}
	}
}

// watchCall notes that code which is not seen gets the span, or, once an error
// was recorded, its context.
func (s *sim) watchCall(p *path, instr ssa.CallInstruction, fn *types.Func, has cargo) {
	if !s.onError {
		return
	}
	c := instr.Common()
	role := knowledge.Of(fn).Role
	if has.span != 0 && role == knowledge.None && s.watchHelper(p, instr, has) {
		return
	}
	told := p.recorded != 0 || s.onReturn && takesError(c)
	if has.span != 0 && (role == knowledge.None || role == knowledge.PutSpan) ||
		has.ctx != 0 && told && role == knowledge.None && !isQuiet(fn) && !knowledge.LeavesStatus(fn) {
		p.foreign = true
	}
}
