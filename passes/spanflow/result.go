package spanflow

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Result tells what becomes of the spans of one package.
type Result struct {
	spans           []*Span
	contextEnds     []ContextEnd
	leavesInContext bool
}

// Spans returns the spans that functions of the package start, get from the
// functions that they call, get as parameters or borrow, in the order of the
// source.
func (r *Result) Spans() []*Span { return r.spans }

// LeavesInContext reports whether a function of the package leaves an open span
// in the context of something that outlives the call, such as a request: then
// some other function has to take it out and end it, and one that does is no
// fault.
func (r *Result) LeavesInContext() bool { return r.leavesInContext }

// EndsBorrowed reports whether a function of the package ends a span that it
// took out of a context.
func (r *Result) EndsBorrowed() bool {
	return slices.ContainsFunc(r.spans, func(s *Span) bool { return s.Borrowed() && s.Ended() })
}

// A Span is a span as one function sees it.
type Span struct {
	f      *function
	life   *life
	events []event
	silent []SilentError
	erased []ErasedError
}

// A Way is how control leaves the part of a function in which a span lives.
type Way uint8

const (
	Returns       Way = iota // a return statement, or the end of the function
	NextIteration            // a loop comes back to the start of the span
	Panics                   // a panic that is recovered from
	Breaks                   // a statement that leaves the loop in which the span lives
)

// A Leak is a way on which the span is left open.
type Leak struct {
	Way Way
	// Pos is the return, continue or panic, or the closing brace of the
	// function or of the loop's body.
	Pos token.Pos
	// Implicit: it is the end of the function, without a return statement.
	Implicit bool
	// Replaced is where the variable got another value on this way, while the
	// span was open; NoPos if nowhere.
	Replaced token.Pos
}

// A LateUse is a call that records data on a span that has ended.
type LateUse struct {
	Call *ast.CallExpr
	End  *ast.CallExpr // what ended the span
	// Deferred: the End was deferred, and so is the Call, before it.
	Deferred bool
}

// Call returns the call that starts the span, or that returns it; nil for a
// parameter.
func (s *Span) Call() *ast.CallExpr {
	if s.life.deferred != nil {
		return s.f.syntax.call(s.life.deferred)
	}
	if s.life.start == nil {
		return nil
	}
	return s.f.syntax.call(s.life.start)
}

// Target returns what the span is assigned to: a variable, a field, an
// element, _, or nil if it is not assigned.
func (s *Span) Target() ast.Expr {
	call := s.Call()
	if call == nil || s.life.span == nil {
		return nil
	}
	return s.f.syntax.assigned(call, s.life.span[0])
}

// Result returns the index of the result that is the span, among those of the
// call that starts it; 0 if it has only one.
func (s *Span) Result() int {
	if len(s.life.span) == 0 {
		return 0
	}
	return max(s.life.span[0], 0)
}

// Discarded reports whether nothing can refer to the span but its context.
func (s *Span) Discarded() bool {
	switch t := s.Target().(type) {
	case nil:
		return !s.f.syntax.isUsed(s.Call())
	case *ast.Ident:
		return t.Name == "_"
	}
	return false
}

// Borrowed reports whether somebody else started the span: it was taken out of
// a context.
func (s *Span) Borrowed() bool { return s.life.borrowed }

// Parameter reports whether the function got the span as a parameter.
func (s *Span) Parameter() bool { return s.life.param != nil }

// Known reports whether the span is a value of a tracing API itself: to end it
// twice is harmless, and its End does nothing else.
func (s *Span) Known() bool { return s.life.lib }

// MayBeNil reports whether the call may return no span: a nil one, or one that
// somebody else owns.
func (s *Span) MayBeNil() bool { return s.life.maybe }

// Shared reports whether the function that returned the span also left its
// context where others find it, who may end it there.
func (s *Span) Shared() bool { return s.life.shared }

// Deferred reports whether it is a defer statement that starts the span, so
// that nobody can end it.
func (s *Span) Deferred() bool { return s.life.deferred != nil }

// Enders returns the methods that end the span, sorted; CallItself stands for a
// call of the value, and a name after a dot for a field that is the span.
func (s *Span) Enders() []string { return s.life.ends }

// InLoop reports whether a loop can start the span again.
func (s *Span) InLoop() bool {
	return s.life.start != nil && (s.f.inLoop(s.life.start.Block()) || isYield(s.life.root))
}

// Ended reports whether some path ends the span.
func (s *Span) Ended() bool { return s.has(endsLife) }

// HandedOver reports whether on some path the span gets another owner: it is
// returned, stored, sent, or passed to code that may keep it.
func (s *Span) HandedOver() bool {
	if s.has(handsOver) {
		return true
	}
	for _, e := range s.events {
		if e.kind == returns && e.path.status == open && len(e.held)+len(e.ctx) > 0 {
			return true
		}
	}
	return false
}

func (s *Span) has(kind eventKind) bool {
	return slices.ContainsFunc(s.events, func(e event) bool { return e.kind == kind })
}

// LeftInContext reports whether, on some path, the span is left open while its
// context was put where other functions find it: returned, or stored in a
// request, say; or, if the span has no name of its own, given to a method of an
// interface, which nothing else could be meant to end it. Served tells that the request was served after that, in this
// function, so that it seems to be the one that should have ended the span.
func (s *Span) LeftInContext() (left, served bool) {
	if s.Discarded() && s.givenToUnknown() {
		return true, false
	}
	served = true
	for _, e := range s.events {
		switch {
		case e.kind == leaks && e.path.stored:
			left = true
			served = served && e.path.served
		case e.kind == returns && e.path.status == open && len(e.ctx) > 0 && !s.returned():
			left = true
			served = false
		}
	}
	return left, left && served
}

// leftStored reports whether some path leaves the span open, with its context
// stored away.
func (s *Span) leftStored() bool {
	return slices.ContainsFunc(s.events, func(e event) bool { return e.kind == leaks && e.path.stored })
}

// returned reports whether some path returns the span itself, and not just a
// context that carries it.
func (s *Span) returned() bool {
	return slices.ContainsFunc(s.events, func(e event) bool {
		return e.kind == returns && e.path.status == open && len(e.held) > 0
	})
}

// Leaks returns the ways that leave the span open, in the order of the source.
func (s *Span) Leaks() []Leak {
	var all []Leak
	add := func(l Leak) {
		if l.Pos.IsValid() && !slices.Contains(all, l) {
			all = append(all, l)
		}
	}
	for _, e := range s.events {
		switch {
		case e.kind != leaks, e.path.exempt:
			continue
		case len(e.ctx) > 0 && !s.returned():
			continue // whoever gets the context may end it
		}
		l := Leak{Way: e.leak, Pos: e.instr.Pos()}
		if e.path.replaced != 0 {
			l.Replaced = s.f.instr(e.path.replaced).(*ssa.DebugRef).Expr.Pos()
		}
		switch {
		case e.leak == Returns && isYield(s.life.root):
			l.Way, l.Pos = s.yieldReturns(e, l.Pos)
		case e.leak == NextIteration && len(e.path.vias) > 0:
			for _, via := range e.path.vias {
				l.Pos = via
				add(l)
			}
			continue
		case e.leak == NextIteration:
			l.Pos = s.f.syntax.loopEnd(s.Call())
		case e.leak == Returns && !l.Pos.IsValid():
			l.Pos, l.Implicit = closing(s.life.root), true
		}
		add(l)
	}
	slices.SortFunc(all, func(a, b Leak) int { return cmp.Compare(a.Pos, b.Pos) })
	return all
}

// yieldReturns tells what the return of a range-over-func body is in the
// source: it returns true for the next iteration, and false to leave the loop.
func (s *Span) yieldReturns(e event, pos token.Pos) (Way, token.Pos) {
	ret := e.instr.(*ssa.Return)
	if c, ok := ret.Results[0].(*ssa.Const); ok && c.Value != nil && constant.BoolVal(c.Value) {
		if len(e.path.vias) > 0 {
			return NextIteration, e.path.vias[0]
		}
		return NextIteration, s.f.syntax.loopEnd(s.Call())
	}
	if _, ok := s.f.syntax.at(pos).(*ast.ReturnStmt); ok {
		return Returns, pos
	}
	return Breaks, pos
}

// closing returns the position of the closing brace of a function.
func closing(fn *ssa.Function) token.Pos {
	switch n := fn.Syntax().(type) {
	case *ast.FuncDecl:
		return n.Body.Rbrace
	case *ast.FuncLit:
		return n.Body.Rbrace
	case *ast.RangeStmt: // the body of a range over a function
		return n.Body.Rbrace
	}
	return token.NoPos
}

// LateUses returns the calls that record data on the span after its end, in
// the order of the source.
func (s *Span) LateUses() []LateUse {
	var uses []LateUse
	for _, e := range s.events {
		if e.kind != usedLate {
			continue
		}
		use := LateUse{
			Call:     s.source(e.instr),
			End:      s.source(s.f.instr(e.path.end)),
			Deferred: e.deferred,
		}
		if use.Call != nil && use.End != nil && !slices.ContainsFunc(uses, func(u LateUse) bool { return u.Call == use.Call }) {
			uses = append(uses, use)
		}
	}
	slices.SortFunc(uses, func(a, b LateUse) int { return cmp.Compare(a.Call.Pos(), b.Call.Pos()) })
	return uses
}

// Ends returns the calls that end the span, in the order of the source.
func (s *Span) Ends() []*ast.CallExpr { return s.calls(endsLife) }

// DefersInLoop returns the deferred calls that end the span only when the
// function returns, while a loop starts it again and again.
func (s *Span) DefersInLoop() []*ast.CallExpr { return s.calls(defersInLoop) }

// An EarlyEnd is a call that ends the span as soon as it has started, though
// its context is passed to other calls after that.
type EarlyEnd struct {
	Call *ast.CallExpr
	// Later: only by a function that is returned, and runs later.
	Later bool
}

// EarlyEnds returns the early ends of the span, in the order of the source.
func (s *Span) EarlyEnds() []EarlyEnd {
	var ends []EarlyEnd
	for _, call := range s.calls(endedEarly) {
		later := !slices.ContainsFunc(s.events, func(e event) bool {
			return e.kind == endedEarly && !e.later && s.source(e.instr) == call
		})
		ends = append(ends, EarlyEnd{call, later})
	}
	return ends
}

func (s *Span) calls(kind eventKind) []*ast.CallExpr {
	var calls []*ast.CallExpr
	for _, e := range s.events {
		if e.kind != kind {
			continue
		}
		if call := s.source(e.instr); call != nil && !slices.Contains(calls, call) {
			calls = append(calls, call)
		}
	}
	slices.SortFunc(calls, func(a, b *ast.CallExpr) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return calls
}

func (s *Span) source(instr ssa.Instruction) *ast.CallExpr {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	return s.f.syntax.call(call)
}

// add adds the spans of a function.
func (r *Result) add(f *function) {
	if f.broken {
		return
	}
	defer func() {
		if recover() != nil {
			f.broken = true // see summarize
		}
	}()
	for _, s := range f.spans {
		if s.life.borrowed && f.aliased[s.life.start] {
			continue // one that was started in this function
		}
		r.leavesInContext = r.leavesInContext || !s.life.borrowed && !s.Ended() && s.leftStored()
		f.errorsOf(s)
		r.spans = append(r.spans, s)
	}
	r.addContextEnds(f)
	for _, l := range f.params() {
		if l.lib && !l.ctx {
			r.spans = append(r.spans, &Span{f: f, life: l, events: f.simulate(l)})
		}
	}
}

func (r *Result) sort() {
	slices.SortStableFunc(r.contextEnds, func(a, b ContextEnd) int { return cmp.Compare(a.Call.Pos(), b.Call.Pos()) })
	slices.SortStableFunc(r.spans, func(a, b *Span) int { return cmp.Compare(a.pos(), b.pos()) })
}

func (s *Span) pos() token.Pos {
	if s.life.deferred != nil {
		return s.life.deferred.Pos()
	}
	if s.life.start != nil {
		return s.life.start.Pos()
	}
	return s.life.param.Pos()
}
