package staleparent

import (
	"fmt"
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// checkOlder reports work under the older context of a span whose new context has
// its uses, too. Who gives the new one to a call and goes on with the older one may
// mean that: what comes first is the part that the span is about. So it takes more
// than one older use to be sure. It is one
//
//   - while nothing that is traced is given the new context, which only logs, say;
//   - before work that is given the new one: the span is about that work, and about
//     what comes between;
//   - of the request, out of which the function that is called takes the context
//     from before the span: nobody has written which one it gets.
func (c *checker) checkOlder(s *start, stale []*ctxflow.Use) {
	if !c.covers(s) {
		return
	}
	last, idle := c.newWork(s)
	stale = slices.DeleteFunc(slices.Clone(stale), func(u *ctxflow.Use) bool {
		if u.Work < ctxflow.Traced || c.flow.Marks(u) || !slices.Equal(u.Origin.Steps, s.Use.Origin.Steps) {
			return true // of a context with a bound of its own, as a shorter time
		}
		if _, ok := c.flow.StartOf(u.Call); ok {
			return true // of a sibling
		}
		if knowledge.IsRequest(u.Type) {
			return u.Origin.Source == nil || c.givenAway(s)
		}
		return !idle && (last == nil || last.Pos() < u.Call.End() || !c.flow.MayPrecede(u.Call, last))
	})
	if len(stale) == 0 {
		return
	}
	first := stale[0]
	diag.Report(c.pass, diag.Finding{
		Range:    first.Arg,
		Category: "older-context",
		Message: fmt.Sprintf("%s is from before %s, so what %s traces is not under %s, whose context is %s",
			diag.Text(first.Arg), s.name(), diag.Text(first.Call.Fun), s.name(), s.obj.Name()),
		Related: analysis.RelatedInformation{Pos: s.Assign.Pos(), End: s.Assign.End(), Message: s.name() + " starts here"},
		Fixes:   c.rename(s, stale),
	})
}

// covers reports whether the span is open for sure where the code after its start
// runs: it is started for the whole function, which defers its end, or it has its
// end in the same block.
func (c *checker) covers(s *start) bool {
	if c.over(s).IsValid() {
		return true
	}
	if !c.flow.TopLevel(s.Start) {
		return false
	}
	return slices.ContainsFunc(s.span.Ends(), func(end *ast.CallExpr) bool {
		site, ok := c.flow.SiteOf(end)
		return ok && c.flow.Deferred(site.Cur)
	})
}

// newWork returns the last call that does traced work on the new context, and
// whether there is none at all: neither such a call nor anything by which the
// context may get to one.
func (c *checker) newWork(s *start) (last *ast.CallExpr, idle bool) {
	idle = true
	for _, use := range c.flow.UsesOfVar(s.obj) {
		switch u := c.useAt(use); {
		case u == nil:
			idle = idle && c.asks(use)
		case u.Work == ctxflow.NoWork, c.flow.Marks(u):
		default:
			idle = false
			if u.Work == ctxflow.Traced && u.Func == s.Func && slices.Contains(u.Origin.Steps, s.Call) {
				last = u.Call
			}
		}
	}
	return last, idle
}

// useAt returns the use that the variable at cur is the argument of, or nil.
func (c *checker) useAt(cur inspector.Cursor) *ctxflow.Use {
	call, ok := cur.Parent().Node().(*ast.CallExpr)
	if !ok {
		return nil
	}
	for _, u := range c.flow.UsesOf(call) {
		if ast.Unparen(u.Arg) == cur.Node() && !u.Derives() {
			return u
		}
	}
	return nil
}

// asks reports whether the variable at cur is set, or only asked something, as
// whether it is over.
func (c *checker) asks(cur inspector.Cursor) bool {
	switch n := cur.Parent().Node().(type) {
	case *ast.SelectorExpr:
		return true
	case *ast.AssignStmt:
		kind, i := cur.ParentEdge()
		if kind == edge.AssignStmt_Lhs {
			return true
		}
		id, ok := n.Lhs[min(i, len(n.Lhs)-1)].(*ast.Ident)
		return ok && id.Name == "_"
	}
	return false
}
