package staleparent

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/spanflow"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, ctxflow.Analyzer, spanflow.Analyzer)

// A checker is one run over one package.
type checker struct {
	pass *analysis.Pass
	flow *ctxflow.Result
	plan *edit.Planner
	puts func() map[types.Object]bool // mentionedByPuts, once
	next []nextFault
	// spans has the calls that start spans.
	spans map[*ast.CallExpr]bool
}

// A nextFault is a span that the handlers which a call runs do not see.
type nextFault struct {
	start *start
	next  *ctxflow.Use
}

func run(pass *analysis.Pass) error {
	c := &checker{
		pass: pass,
		flow: pass.ResultOf[ctxflow.Analyzer].(*ctxflow.Result),
		plan: edit.NewPlanner(pass),

		spans: make(map[*ast.CallExpr]bool),
	}
	for _, span := range pass.ResultOf[spanflow.Analyzer].(*spanflow.Result).Spans() {
		c.spans[span.Call()] = true
	}
	c.puts = sync.OnceValue(c.mentionedByPuts)
	for _, span := range pass.ResultOf[spanflow.Analyzer].(*spanflow.Result).Spans() {
		if s := c.start(span); s != nil {
			c.checkClimbing(s)
			c.checkParent(s)
			c.checkReturned(s)
		}
	}
	for _, f := range c.next {
		c.reportNext(f.start, f.next)
	}
	for _, site := range c.flow.Sites() {
		c.checkResult(site)
		c.checkExtract(site)
	}
	return nil
}

// A start is a call that starts a span and returns a context with it.
type start struct {
	ctxflow.Start
	span *spanflow.Span
	ctx  ast.Expr   // what the context is assigned to
	obj  *types.Var // the variable that is; nil for _ and for fields
}

// start returns where the span starts, or nil if the call returns no context,
// is given none, or is not the whole right-hand side of an assignment.
func (c *checker) start(span *spanflow.Span) *start {
	if span.Parameter() || span.Borrowed() || span.Call() == nil {
		return nil
	}
	st, ok := c.flow.StartOf(span.Call())
	if !ok {
		return nil
	}
	s := &start{Start: st, span: span}
	s.ctx = st.Assign.Lhs[st.Result]
	if id, ok := s.ctx.(*ast.Ident); ok && id.Name != "_" {
		s.obj, _ = c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	}
	return s
}

// name returns what the user calls the span.
func (s *start) name() string {
	switch t := s.span.Target().(type) {
	case *ast.Ident:
		if t.Name != "_" {
			return t.Name
		}
	case *ast.SelectorExpr:
		return diag.Text(t)
	}
	return "the span"
}

// checkParent reports a start whose context is dropped while work goes on under
// the older one.
func (c *checker) checkParent(s *start) {
	if _, ok := s.ctx.(*ast.Ident); !ok || !s.span.Ended() || s.span.HandedOver() || c.putBySpan(s) || c.flow.Explained(s.Cur) {
		return // what becomes of the context is not seen here
	}
	stale := c.staleUses(s)
	if len(stale) == 0 {
		return
	}
	first := stale[0]
	if i := slices.IndexFunc(stale, c.isNext); i >= 0 && !c.givenAway(s) {
		c.addNext(s, stale[i])
		return
	}
	if s.obj != nil && c.flow.Used(s.obj) {
		c.checkOlder(s, stale)
		return
	}
	diag.Report(c.pass, diag.Finding{
		Range:    s.ctx,
		Category: "dropped-context",
		Message: fmt.Sprintf("the context of %s is dropped and %s is used on line %d, so what that call traces is not under %s",
			s.name(), diag.Text(first.Arg), c.pass.Fset.Position(first.Arg.Pos()).Line, s.name()),
		Related: analysis.RelatedInformation{Pos: first.Arg.Pos(), End: first.Arg.End(), Message: fmt.Sprintf("%s is the older context", diag.Text(first.Arg))},
		Fixes:   c.keep(s, stale),
	})
}

// addNext notes what reportNext is to report. Of several spans that are open when
// the handlers run only the one that started last is to be seen by them: the
// others are above it, or beside it, and whoever put one of their contexts on
// the request would take that of the last one away.
func (c *checker) addNext(s *start, next *ctxflow.Use) {
	for _, step := range next.Origin.Steps {
		if c.spans[step] && step.Pos() > s.Assign.End() {
			return // that of a later span is on the request
		}
	}
	for i, f := range c.next {
		if f.next.Call == next.Call {
			if f.start.Assign.Pos() < s.Assign.Pos() {
				c.next[i].start = s
			}
			return
		}
	}
	c.next = append(c.next, nextFault{s, next})
}

// reportNext reports that the handlers which next runs are given the context
// from before the span.
func (c *checker) reportNext(s *start, next *ctxflow.Use) {
	f := diag.Finding{
		Range:    s.ctx,
		Category: "middleware",
		Message:  fmt.Sprintf("%s is not put on the request before %s, so the handler's spans are not under %s", contextName(s), diag.Text(next.Call), s.name()),
		Related:  analysis.RelatedInformation{Pos: next.Call.Pos(), End: next.Call.End(), Message: "the handlers that follow are given the older context here"},
	}
	if knowledge.IsContext(next.Type) { // an interceptor
		f.Message = fmt.Sprintf("%s is not passed to %s, so the handler's spans are not under %s", contextName(s), diag.Text(next.Call.Fun), s.name())
		f.Fixes = c.keep(s, []*ctxflow.Use{next})
	} else {
		f.Fixes = c.put(s, next)
	}
	diag.Report(c.pass, f)
}

// givenAway reports whether a call is given both the context of the span and
// the request, and may put the one on the other.
func (c *checker) givenAway(s *start) bool {
	if s.obj == nil {
		return false
	}
	for _, use := range c.flow.UsesOfVar(s.obj) {
		call, ok := use.Parent().Node().(*ast.CallExpr)
		if !ok {
			continue
		}
		for _, u := range c.flow.UsesOf(call) {
			if knowledge.IsRequest(u.Type) && u.Origin.Source != nil && u.Origin.Source == s.Use.Origin.Source {
				return true
			}
		}
	}
	return false
}

func contextName(s *start) string {
	if s.obj == nil {
		return "the context of " + s.name()
	}
	return s.obj.Name()
}

// staleUses returns the uses of an older context for traced work while the span
// is open. The first one in a middleware is that by which the handlers run.
func (c *checker) staleUses(s *start) []*ctxflow.Use {
	var uses []*ctxflow.Use
	for _, u := range c.flow.UsesAfter(s.Start, c.over(s)) {
		switch {
		case u.Work < ctxflow.Dynamic || u.Work == ctxflow.Dynamic && !u.Own:
		case u.Fn == nil && !c.isNext(u): // a function value may do anything, or nothing
		case c.prepares(u): // the work comes later
		case c.replaces(s, u): // the next phase, which is to be a sibling
		case c.closed(s, u.Cur), c.flow.Explained(u.Cur):
		default:
			uses = append(uses, u)
		}
	}
	// f(r.WithContext(ctx)) uses ctx, and says so best.
	return slices.DeleteFunc(uses, func(u *ctxflow.Use) bool {
		return !c.isNext(u) && slices.ContainsFunc(uses, func(inner *ctxflow.Use) bool {
			return inner != u && u.Arg.Pos() <= inner.Call.Pos() && inner.Call.End() <= u.Arg.End()
		})
	})
}

// over returns where the span has ended for all that follows: behind the first End
// that stands in the same block as the start. There is no such place if that is
// deferred, or in a branch.
func (c *checker) over(s *start) token.Pos {
	block := s.Cur.Parent().Parent()
	for _, end := range s.span.Ends() {
		site, ok := c.flow.SiteOf(end)
		if !ok || end.Pos() < s.Assign.End() {
			continue
		}
		if stmt := site.Cur.Parent(); stmt.Parent() == block {
			if _, ok := stmt.Node().(*ast.ExprStmt); ok {
				return end.End()
			}
		}
	}
	return token.NoPos
}

// closed reports whether the span may have ended before the call at cur runs.
func (c *checker) closed(s *start, cur inspector.Cursor) bool {
	n := cur.Node()
	deferred := c.flow.Deferred(cur)
	for _, end := range s.span.Ends() {
		switch {
		case end.Pos() == n.Pos():
			return true
		case deferred && (end.Pos() > n.Pos() || c.flow.MayPrecede(end, n)):
			return true // runs after the End, or nobody knows
		case !deferred && s.Assign.End() <= end.Pos() && end.End() <= n.Pos() && c.flow.MayPrecede(end, n):
			return true
		}
	}
	return false
}

// isNext reports whether a use runs the handlers that follow a middleware.
func (c *checker) isNext(u *ctxflow.Use) bool {
	if knowledge.Of(u.Fn).Role == knowledge.NextHandler {
		return true
	}
	if u.Fn == nil {
		t := c.pass.TypesInfo.TypeOf(u.Call.Fun)
		if t == nil || c.isShared(u.Call.Fun) {
			return false
		}
		// A function of the type that the middleware itself has is what it wraps.
		return isHandlerFunc(t) || knowledge.IsNextFunc(t) || u.Func != nil && types.Identical(t.Underlying(), u.Func.Sig)
	}
	return u.Fn.Name() == "ServeHTTP" && knowledge.IsRequest(u.Type)
}

// isShared reports whether fun is a variable of another package: what that holds is
// the same for all, and not what this middleware was given.
func (c *checker) isShared(fun ast.Expr) bool {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := c.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
	return ok && !v.IsField() && v.Pkg() != c.pass.Pkg
}

// isHandlerFunc reports whether t is the type of functions that are given a
// request and nothing else.
func isHandlerFunc(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Params().Len() == 0 {
		return false
	}
	for v := range sig.Params().Variables() {
		if !knowledge.IsRequest(v.Type()) {
			return false
		}
	}
	for v := range sig.Results().Variables() {
		if knowledge.IsRequest(v.Type()) {
			return false // it makes another request of it
		}
	}
	return true
}

// putBySpan reports whether the span itself goes to a call that may put it into
// a context.
func (c *checker) putBySpan(s *start) bool {
	id, ok := s.span.Target().(*ast.Ident)
	if !ok {
		return false
	}
	return c.puts()[c.pass.TypesInfo.ObjectOf(id)]
}

// mentionedByPuts returns what the arguments of calls mention that return a context.
func (c *checker) mentionedByPuts() map[types.Object]bool {
	objs := make(map[types.Object]bool)
	for _, site := range c.flow.Sites() {
		if !returnsContext(c.pass.TypesInfo.TypeOf(site.Call)) {
			continue
		}
		for _, arg := range site.Call.Args {
			ast.Inspect(arg, func(n ast.Node) bool {
				if x, ok := n.(*ast.Ident); ok && c.pass.TypesInfo.Uses[x] != nil {
					objs[c.pass.TypesInfo.Uses[x]] = true
				}
				return true
			})
		}
	}
	return objs
}

func returnsContext(t types.Type) bool {
	if tuple, ok := t.(*types.Tuple); ok {
		for v := range tuple.Variables() {
			if knowledge.IsContext(v.Type()) {
				return true
			}
		}
		return false
	}
	return t != nil && knowledge.IsContext(t)
}
