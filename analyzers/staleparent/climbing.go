package staleparent

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/requests"
)

// checkClimbing reports a start in a loop that is given the context which the
// start in the iteration before returned.
func (c *checker) checkClimbing(s *start) {
	loop := c.roundOf(s.Site)
	if loop == nil || runsOnce(loop) || s.Use.Mends || s.Assign.Tok != token.ASSIGN || !c.flow.SameVar(s.Use.Arg, s.ctx) {
		return
	}
	base := rootOf(s.ctx)
	v, ok := c.pass.TypesInfo.ObjectOf(base).(*types.Var)
	if base == nil || !ok || v.Pos() >= loop.Pos() {
		return // a new one in each iteration
	}
	if c.flow.SetIn(loop, s.ctx) != 1 || c.setBack(loop, s.Site, s.ctx) {
		return // something sets it back
	}
	if !c.endsIn(loop, s) && !c.worksIn(loop, s) {
		return // a span for each level on the way down, all open at once
	}
	diag.Report(c.pass, diag.Finding{
		Range:    s.ctx,
		Category: "climbing",
		Message:  fmt.Sprintf("%s climbs from %s, so each span is under the one before", diag.Text(s.ctx), turns(loop)),
		Fixes:    c.declareInLoop(s, loop),
	})
}

// roundOf returns what is done again and again with the call of site in it: the
// loop around that, or the function literal that it is in, if that is called by a
// loop; nil if neither is.
func (c *checker) roundOf(site requests.Site) ast.Node {
	if loop := c.flow.LoopAround(site.Cur); loop != nil {
		return loop
	}
	if f := site.Func; f != nil && f.Outer != nil && c.flow.Again(f) {
		return f.Node
	}
	return nil
}

// setBack reports whether ctx, which a literal sets each time that it runs, may be
// given another value in between, by the function around it.
func (c *checker) setBack(round ast.Node, site requests.Site, ctx ast.Expr) bool {
	if _, ok := round.(*ast.FuncLit); !ok {
		return false
	}
	set := false
	ast.Inspect(site.Func.Outer.Body(), func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok && assign.Pos() > round.End() {
			set = set || slices.ContainsFunc(assign.Lhs, func(lhs ast.Expr) bool { return c.flow.SameVar(lhs, ctx) })
		}
		return !set
	})
	return set || c.flow.InLoop(site.Func.Cursor()) && c.flow.SetIn(site.Func.Outer.Body(), ctx) != 1
}

// turns says from what to what a context climbs.
func turns(round ast.Node) string {
	if _, ok := round.(*ast.FuncLit); ok {
		return "call to call"
	}
	return "iteration to iteration"
}

func roundName(round ast.Node) string {
	if _, ok := round.(*ast.FuncLit); ok {
		return "literal"
	}
	return "loop"
}

// rootOf returns the variable that e is, or that e is a field of.
func rootOf(e ast.Expr) *ast.Ident {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// endsIn reports whether the span ends in the iteration that starts it.
func (c *checker) endsIn(loop ast.Node, s *start) bool {
	for _, end := range s.span.Ends() {
		if loop.Pos() < end.Pos() && end.End() <= loop.End() && !slices.Contains(s.span.DefersInLoop(), end) {
			return true
		}
	}
	return false
}

// worksIn reports whether the iteration that starts the span works under it.
func (c *checker) worksIn(loop ast.Node, s *start) bool {
	for _, u := range c.flow.Uses() {
		if s.Assign.End() <= u.Call.Pos() && u.Call.End() <= loop.End() && u.Work > ctxflow.NoWork && c.flow.SameVar(u.Arg, s.ctx) {
			return true
		}
	}
	return false
}

// runsOnce reports whether a loop leaves at the end of its body.
func runsOnce(loop ast.Node) bool {
	var body *ast.BlockStmt
	switch n := loop.(type) {
	case *ast.ForStmt:
		body = n.Body
	case *ast.RangeStmt:
		body = n.Body
	}
	return body != nil && requests.LeavesAtEnd(body)
}
