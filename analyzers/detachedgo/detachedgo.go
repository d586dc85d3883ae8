package detachedgo

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, ctxflow.Analyzer)

// A checker is one run over one package.
type checker struct {
	pass    *analysis.Pass
	flow    *ctxflow.Result
	planner *edit.Planner
	// reported are the functions with a finding about a goroutine of theirs.
	reported map[*types.Func]bool
}

func run(pass *analysis.Pass) error {
	c := &checker{
		pass:    pass,
		flow:    pass.ResultOf[ctxflow.Analyzer].(*ctxflow.Result),
		planner: edit.NewPlanner(pass),

		reported: make(map[*types.Func]bool),
	}
	if !c.flow.Records() {
		return nil // a program without traces
	}
	for _, s := range c.flow.Spawns() {
		if s.Explained(c.flow) {
			continue
		}
		// The worst comes first; one finding is enough for a goroutine.
		if !s.Joined && (c.captured(s) || c.cancelled(s)) {
			continue
		}
		c.newTrace(s)
	}
	for _, u := range c.flow.Uses() {
		c.handedOn(u)
	}
	for _, d := range c.flow.Detaches() {
		c.reached(d)
	}
	return nil
}

// handedOn reports a call of a function that gives the context to a goroutine
// of its own, and does not wait for that.
func (c *checker) handedOn(u *ctxflow.Use) {
	if u.Func == nil || !knowledge.IsContext(u.Type) || slices.ContainsFunc(u.Call.Args, c.isSignal) || !c.flow.Escapes(u) || c.flow.Explained(u.Cur) {
		return
	}
	if u.Fn != nil && u.Fn.Pkg() == c.pass.Pkg && c.reported[u.Fn] {
		return // at the go statement
	}
	f := diag.Finding{Range: u.Call.Fun}
	switch {
	case c.flow.Cancelled(u):
		h := c.servedBy(u.Func, u.Origin.Source)
		if h == nil {
			return
		}
		f.Category = "cancelled"
		f.Message = fmt.Sprintf("the goroutine works on %s, which is cancelled when %s returns: it is started in %s", diag.Text(u.Arg), handler(h), c.flow.EscapesIn(u))
	case u.Origin.Kind == requests.Root && !u.Origin.Mended && u.Work > ctxflow.NoWork:
		hand := c.flow.At(u.Func, u.Call.Pos())
		if hand == nil || !hand.Request || u.Origin.Root.Pos() < u.Call.Pos() {
			return
		}
		f.Category = "new-trace"
		f.Message = fmt.Sprintf("the goroutine works on %s, so what it does is in a trace of its own", diag.Text(u.Origin.Root))
	default:
		return
	}
	diag.Report(c.pass, f)
}

// isSignal reports whether e is a channel or a group, by which a function may
// tell that it is done.
func (c *checker) isSignal(e ast.Expr) bool {
	t := c.pass.TypesInfo.TypeOf(e)
	return t != nil && requests.IsSignal(t)
}

// at returns where a goroutine is reported: the call that it runs, or that runs
// it.
func at(s *ctxflow.Spawn) analysis.Range {
	if stmt, ok := s.Node.(*ast.GoStmt); ok {
		return headOf{stmt.Go, stmt.Call}
	}
	if call, ok := s.Node.(*ast.CallExpr); ok {
		return headOf{call.Pos(), call}
	}
	return s.Node // jobs <- func() {...}
}

// headOf is a call without the body of a literal that it calls.
type headOf struct {
	pos  token.Pos
	call *ast.CallExpr
}

func (h headOf) Pos() token.Pos { return h.pos }
func (h headOf) End() token.Pos {
	if lit, ok := ast.Unparen(h.call.Fun).(*ast.FuncLit); ok {
		return lit.Type.End()
	}
	return h.call.Fun.End()
}

// captured reports a goroutine that uses what stands for the request when the
// framework may have given it to the next one.
func (c *checker) captured(s *ctxflow.Spawn) bool {
	mentions := s.Mentions(c.flow)
	var vars []*types.Var
	for v := range mentions {
		if c.servedBy(s.Func, v) != nil && !c.flow.Copied(v) {
			vars = append(vars, v)
		}
	}
	if len(vars) == 0 {
		return false
	}
	v := slices.MinFunc(vars, func(x, y *types.Var) int { return int(x.Pos() - y.Pos()) })
	f := c.servedBy(s.Func, v)
	diag.Report(c.pass, diag.Finding{
		Range:    at(s),
		Category: "captured",
		Message: fmt.Sprintf("the goroutine uses %s after %s returned, when %s may have given it to another request",
			v.Name(), handler(f), framework(v.Type())),
		Related: analysis.RelatedInformation{Pos: mentions[v][0].Pos(), End: mentions[v][0].End(), Message: fmt.Sprintf("%s is used here", v.Name())},
		Fixes:   c.hoistRequest(s, v, mentions[v]),
	})
	return true
}

// servedBy returns the handler that v is a parameter of, if that is f or around
// it; nil if v is of some other function.
func (c *checker) servedBy(f *requests.Func, v *types.Var) *requests.Func {
	for ; f != nil; f = f.Outer {
		if c.flow.DeclaredBy(v) == f {
			if f.Handler() {
				return f
			}
			return nil
		}
	}
	return nil
}

// framework returns the name of the package whose type t is.
func framework(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		return named.Obj().Pkg().Name()
	}
	return "the framework"
}

func handler(f *requests.Func) string {
	if f.Obj == nil {
		return "the handler"
	}
	return "the handler " + f.Name()
}

// cancelled reports a goroutine that works on the context of the request, which
// ends with the handler.
func (c *checker) cancelled(s *ctxflow.Spawn) bool {
	if s.Watches {
		return false // it knows
	}
	for _, u := range s.Uses {
		f := c.endsWith(s, u)
		if f == nil || c.flow.Explained(u.Cur) {
			continue
		}
		c.reported[s.Func.Decl().Obj] = true
		diag.Report(c.pass, diag.Finding{
			Range:    at(s),
			Category: "cancelled",
			Message:  fmt.Sprintf("the goroutine works on %s, which is cancelled when %s returns", diag.Text(u.Arg), whose(f)),
			Related:  analysis.RelatedInformation{Pos: u.Arg.Pos(), End: u.Arg.End(), Message: fmt.Sprintf("%s is used here", diag.Text(u.Arg))},
			Fixes:    c.detach(s, u),
		})
		return true
	}
	return false
}

// endsWith returns the function with whose return the context that is used may
// end: the handler whose request's it is, or the function whose caller's it is
// if the goroutine works on what belongs to that one call.
func (c *checker) endsWith(s *ctxflow.Spawn, u *ctxflow.Use) *requests.Func {
	if c.flow.Cancelled(u) {
		return c.servedBy(s.Func, u.Origin.Source)
	}
	if !c.flow.CancelledByCaller(u) || s.Loops || s.Repeated(c.flow) || c.callsBack(u) || !s.UsesData(c.flow) || s.Tells(c.flow) || c.flow.Serves(s) || c.flow.Lifetime(s.Func) {
		return nil
	}
	return c.flow.DeclaredBy(u.Origin.Source)
}

// callsBack reports whether what is given the context is given a function to call
// under it, too, as what receives messages is: that goes on until it is over.
func (c *checker) callsBack(u *ctxflow.Use) bool {
	return slices.ContainsFunc(u.Call.Args, func(arg ast.Expr) bool {
		t := c.pass.TypesInfo.TypeOf(arg)
		if t == nil {
			return false
		}
		sig, ok := t.Underlying().(*types.Signature)
		return ok && sig.Params().Len() > 0 && knowledge.IsContext(sig.Params().At(0).Type())
	})
}

// whose says whose return ends a context.
func whose(f *requests.Func) string {
	if f.Handler() {
		return handler(f)
	}
	return "the caller of " + f.Name()
}

// newTrace reports a goroutine that works on a root although a context is at
// hand where it is started.
func (c *checker) newTrace(s *ctxflow.Spawn) {
	hand := c.flow.At(s.Func, s.Node.Pos())
	if hand == nil || s.Loops || c.flow.Lasts(hand) || !hand.Request && (!s.UsesData(c.flow) || c.flow.Serves(s) || !s.Joined && c.flow.Lifetime(s.Func)) {
		return
	}
	u, root := s.Root(c.flow)
	f := diag.Finding{Range: at(s), Category: "new-trace"}
	switch {
	case u != nil:
		f.Message = fmt.Sprintf("the goroutine works on %s, so what it does is in a trace of its own", diag.Text(root))
		f.Related = analysis.RelatedInformation{Pos: u.Arg.Pos(), End: u.Arg.End(), Message: fmt.Sprintf("%s is used here", diag.Text(u.Arg))}
		f.Fixes = c.carry(s, root, hand)
	default:
		name, call := s.Hidden(c.flow)
		if name == "" || s.Joined {
			return
		}
		f.Message = fmt.Sprintf("the goroutine works on %s in %s, so what it does is in a trace of its own", call, name)
	}
	diag.Report(c.pass, f)
}
