package staleparent

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// checkReturned reports a function that returns the context of a span which it ends
// when it returns: what its caller starts next is under a span that is over, and not
// under the caller's own.
func (c *checker) checkReturned(s *start) {
	if s.obj == nil || !s.span.Ended() || s.span.HandedOver() || !s.Use.Origin.Alive() || c.putBySpan(s) || c.flow.Explained(s.Cur) {
		return
	}
	end := c.endsAtReturn(s)
	if end == nil || c.injects(s) {
		return
	}
	for cur := range s.Func.Cursor().Preorder((*ast.ReturnStmt)(nil)) {
		ret := cur.Node().(*ast.ReturnStmt)
		if ret.Pos() < end.End() || c.flow.FuncAt(cur) != s.Func || !c.succeeds(ret) || c.flow.Explained(cur) {
			continue
		}
		for _, e := range ret.Results {
			if t := c.pass.TypesInfo.TypeOf(e); t == nil || !returnsContext(t) {
				continue
			}
			if o := c.flow.Origin(e); o.Mended || !slices.Contains(o.Steps, s.Call) {
				continue
			}
			diag.Report(c.pass, diag.Finding{
				Range:    e,
				Category: "returned",
				Message:  fmt.Sprintf("%s is returned with %s in it, which ends here, so what the caller starts with it is under a span that is over", diag.Text(e), s.name()),
				Related:  analysis.RelatedInformation{Pos: end.Pos(), End: end.End(), Message: fmt.Sprintf("%s ends when the function returns", s.name())},
			})
			return
		}
	}
}

// injects reports whether the context of the span is written to a carrier: what goes on
// elsewhere is under the span, too, and the span is there to be above all of it.
func (c *checker) injects(s *start) bool {
	return slices.ContainsFunc(c.flow.UsesIn(s.Func.Cursor()), func(u *ctxflow.Use) bool {
		return knowledge.Of(u.Fn).Role == knowledge.InjectContext && slices.Contains(u.Origin.Steps, s.Call)
	})
}

// endsAtReturn returns the call, in a defer right after the start or further on in its
// block, that ends the span whenever the function returns; nil if there is none.
func (c *checker) endsAtReturn(s *start) *ast.CallExpr {
	block := s.Cur.Parent().Parent()
	if block.Node() != s.Func.Body() {
		return nil
	}
	for _, end := range s.span.Ends() {
		site, ok := c.flow.SiteOf(end)
		if !ok || end.Pos() < s.Assign.End() {
			continue
		}
		if stmt := site.Cur.Parent(); stmt.Parent() == block {
			if _, deferred := stmt.Node().(*ast.DeferStmt); deferred {
				return end
			}
		}
	}
	return nil
}

// succeeds reports whether a return says that all is well: there is no error among its
// results, but for nil.
func (c *checker) succeeds(ret *ast.ReturnStmt) bool {
	return !slices.ContainsFunc(ret.Results, func(e ast.Expr) bool {
		tv := c.pass.TypesInfo.Types[e]
		return tv.Type != nil && types.Identical(tv.Type, types.Universe.Lookup("error").Type())
	})
}
