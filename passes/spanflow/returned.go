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

// Errors that leave a function, though nothing there sets the status of its
// span, are a third question. Whether they are failures of the operation is for
// teams to say, so it is asked only by those who want to know: it costs another
// simulation.

// A ReturnedError is a return statement that hands an error on, after the span
// has ended without a status.
type ReturnedError struct {
	Return *ast.ReturnStmt
	Value  ast.Expr // the operand that is the error
	// Certain: a branch has told that it is an error. Otherwise it may be nil.
	Certain bool
	// Late: the span has ended before this statement, and not in a deferred call.
	Late bool
}

// ReturnedErrors returns the returns of errors of which the span that the
// function started tells nothing, in the order of the source. An error that is
// declared, as io.EOF, or was compared with one, is an answer and no failure.
func (s *Span) ReturnedErrors() []ReturnedError {
	l := s.life
	if !l.lib || l.borrowed || l.param != nil || l.start == nil || s.f.broken || errorResult(l.root.Signature) < 0 {
		return nil
	}
	var all []ReturnedError
	watcher := &sim{f: s.f, life: l, onError: true, onReturn: true}
	ok := watcher.run(func(e event) {
		if r, ok := s.returnedError(e); ok && !slices.ContainsFunc(all, func(have ReturnedError) bool { return have.Return == r.Return }) {
			all = append(all, r)
		}
	})
	if !ok {
		return nil
	}
	slices.SortFunc(all, func(a, b ReturnedError) int { return cmp.Compare(a.Return.Pos(), b.Return.Pos()) })
	return all
}

// errorResult returns the index of the last result if that is an error, else -1.
func errorResult(sig *types.Signature) int {
	n := sig.Results().Len()
	if n == 0 || !isError(sig.Results().At(n-1).Type()) {
		return -1
	}
	return n - 1
}

// returnedError looks at a way out of the function.
func (s *Span) returnedError(e event) (ReturnedError, bool) {
	var none ReturnedError
	p := e.path
	ret, ok := e.instr.(*ssa.Return)
	if e.kind != returns || !ok || ret.Parent() != s.life.root || p.status != ended || p.exempt || p.recorded != 0 || p.set || p.foreign {
		return none, false
	}
	stmt, ok := s.f.syntax.at(ret.Pos()).(*ast.ReturnStmt)
	if !ok || len(stmt.Results) == 0 {
		return none, false // a bare return: deferred functions are likely to look at the result
	}
	k := errorResult(s.life.root.Signature)
	v := lastStored(ret.Results[k], ret)
	r := ReturnedError{Return: stmt, Value: stmt.Results[len(stmt.Results)-1], Certain: s.f.isErrorOn(p, v), Late: p.endIn == 0}
	switch {
	case s.f.isAnswer(p, v, ret):
		return none, false
	case !r.Certain && answersRequest(v):
		return none, false
	case !r.Certain && (s.f.recordsErrors() || s.life.root.Signature.Results().At(k).Name() != ""):
		return none, false // the function tells of errors somewhere, so that this one may be nil where it does not
	}
	return r, true
}

// answersRequest reports whether v is what a method of a framework's value for the request
// returns: return c.JSON(http.StatusBadRequest, body). It is an error only if the answer
// could not be written.
func answersRequest(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssacode.Callee(&call.Call)
	if fn == nil || fn.Signature().Recv() == nil {
		return false
	}
	req, ok := knowledge.RequestOf(ssacode.Operands(&call.Call)[0].Type())
	return ok && req.Reused
}

// isErrorOn reports whether v is not nil on a path: a branch has told so, or it
// was just made.
func (f *function) isErrorOn(p *path, v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return true
	case *ssa.Call:
		if knowledge.MakesError(ssacode.Callee(&v.Call)) {
			return true
		}
	}
	notNil := truth{f.exprs.of(v), f.exprs.null(), false}
	return slices.ContainsFunc(p.known, func(known fact) bool { return known.truth == notNil })
}

// isAnswer reports whether what is returned is nil, or an error that stands for
// an outcome: one that is declared, one that was found to be, and one of a
// function that was asked.
func (f *function) isAnswer(p *path, v ssa.Value, ret *ssa.Return) bool {
	switch w := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.MakeInterface:
		if c, ok := w.X.(*ssa.Const); ok && c.IsNil() {
			return true
		}
	case *ssa.Phi, *ssa.Parameter, *ssa.FreeVar:
		return true // what came from elsewhere, or from several places: not shown to be of this operation
	case *ssa.UnOp:
		if w.Op == token.MUL {
			return true // declared, or kept in memory
		}
	}
	isNil := truth{f.exprs.of(v), f.exprs.null(), true}
	if slices.ContainsFunc(p.known, func(known fact) bool { return known.truth == isNil }) {
		return true
	}
	for b := ret.Block(); b != nil; b = b.Idom() {
		if f.wasAsked(b) {
			return true
		}
	}
	return false
}

// wasAsked reports whether the branch that leads to b, and to nothing else, found
// the error to be of a certain kind.
func (f *function) wasAsked(b *ssa.BasicBlock) bool {
	if len(b.Preds) != 1 {
		return false
	}
	branch, ok := b.Preds[0].Instrs[len(b.Preds[0].Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	yes := b.Preds[0].Succs[0] == b
	switch cond := branch.Cond.(type) {
	case *ssa.Call:
		return yes && slices.ContainsFunc(ssacode.Operands(&cond.Call), func(v ssa.Value) bool { return isError(v.Type()) })
	case *ssa.BinOp:
		return yes == (cond.Op == token.EQL) && isError(cond.X.Type()) && (isDeclared(cond.X) || isDeclared(cond.Y))
	case *ssa.Extract:
		assert, ok := cond.Tuple.(*ssa.TypeAssert)
		return ok && yes && isError(assert.X.Type())
	}
	return false
}

// takesError reports whether a call is given an error, or a pointer to one: it
// may record it on the span of a context.
func takesError(c *ssa.CallCommon) bool {
	return slices.ContainsFunc(ssacode.Operands(c), func(v ssa.Value) bool {
		t := v.Type()
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		return isError(t)
	})
}
