package staleparent

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// checkExtract reports a loop over messages that puts the trace of each into
// the context from which it goes on to the next: Extract leaves the context as it is when a message
// has no trace, and then the work for that message is in the trace of the one before.
func (c *checker) checkExtract(site requests.Site) {
	know := knowledge.Of(site.Fn)
	assign, ok := site.Cur.Parent().Node().(*ast.AssignStmt)
	if know.Role != knowledge.ExtractContext || !ok || assign.Tok != token.ASSIGN || len(assign.Lhs) != 1 || len(site.Call.Args) != 2 {
		return
	}
	ctx, loop := assign.Lhs[0], c.flow.LoopAt(site.Cur)
	if loop == nil || runsOnce(loop) || !c.flow.SameVar(ctx, site.Call.Args[0]) {
		return
	}
	v, ok := c.pass.TypesInfo.ObjectOf(rootOf(ctx)).(*types.Var)
	if !ok || v.Pos() >= loop.Pos() || c.flow.SetIn(loop, ctx) != 1 {
		return // a new one in each iteration, or something sets it back
	}
	// A loop over propagators, for one message, adds up what they find.
	if c.madeIn(loop, site.Call.Fun) || !c.madeIn(loop, site.Call.Args[1]) {
		return
	}
	if !c.worksAfter(loop, assign, ctx) {
		return // it may be looking for a trace in several places
	}
	plan := c.plan.Plan(diag.File(c.pass, assign.Pos()))
	plan.Replace(operator{assign}, token.DEFINE.String())
	diag.Report(c.pass, diag.Finding{
		Range:    ctx,
		Category: "climbing",
		Message:  fmt.Sprintf("%s keeps the trace of one message for the next, which is in it unless it brings one of its own", diag.Text(ctx)),
		Fixes:    plan.Fixes(fmt.Sprintf("Declare %s in the loop", diag.Text(ctx))),
	})
}

// madeIn reports whether e mentions a variable that is declared in the loop.
func (c *checker) madeIn(loop ast.Node, e ast.Expr) bool {
	made := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := c.pass.TypesInfo.Uses[id].(*types.Var); ok && loop.Pos() <= v.Pos() && v.Pos() < loop.End() {
				made = true
			}
		}
		return !made
	})
	return made
}

// worksAfter reports whether the iteration goes on to work with ctx.
func (c *checker) worksAfter(loop, assign ast.Node, ctx ast.Expr) bool {
	for _, u := range c.flow.Uses() {
		if assign.End() <= u.Call.Pos() && u.Call.End() <= loop.End() && u.Work > ctxflow.NoWork && c.flow.SameVar(u.Arg, ctx) {
			return true
		}
	}
	return false
}
