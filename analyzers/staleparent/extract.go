package staleparent

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// checkExtract reports an Extract in a loop that is given the context which it
// returned in the iteration before.
func (c *checker) checkExtract(site requests.Site) {
	assign, ok := site.Cur.Parent().Node().(*ast.AssignStmt)
	if !ok || assign.Tok != token.ASSIGN || len(assign.Lhs) != 1 || len(site.Call.Args) == 0 ||
		knowledge.Of(site.Fn).Role != knowledge.ExtractContext {
		return
	}
	ctx, arg := assign.Lhs[0], site.Call.Args[0]
	loop := c.roundOf(site)
	if loop == nil || runsOnce(loop) || !c.flow.SameVar(ctx, arg) {
		return
	}
	base := rootOf(ctx)
	if base == nil {
		return
	}
	v, ok := c.pass.TypesInfo.ObjectOf(base).(*types.Var)
	if !ok || v.Pos() >= loop.Pos() || c.flow.SetIn(loop, ctx) != 1 || c.setBack(loop, site, ctx) {
		return // a new one in each iteration, or something sets it back
	}
	if c.flow.Explained(site.Cur) {
		return
	}
	// A loop over propagators adds up what they find in one message.
	if len(site.Call.Args) != 2 || c.madeIn(loop, site.Call.Fun) || !c.madeIn(loop, site.Call.Args[1]) {
		return
	}
	if !c.worksAfter(loop, assign, ctx) {
		return // it may be looking for a trace in several places
	}
	diag.Report(c.pass, diag.Finding{
		Range:    ctx,
		Category: "climbing",
		Message:  fmt.Sprintf("%s climbs from %s, so a message without a header joins the trace of the one before", diag.Text(ctx), turns(loop)),
		Fixes:    c.declareExtracted(assign, loop),
	})
}

// declareExtracted declares the context anew in each iteration.
func (c *checker) declareExtracted(assign *ast.AssignStmt, round ast.Node) []analysis.SuggestedFix {
	plan := c.plan.Plan(diag.File(c.pass, assign.Pos()))
	plan.Replace(operator{assign}, token.DEFINE.String())
	return plan.Fixes(fmt.Sprintf("Declare %s in the %s", diag.Text(assign.Lhs[0]), roundName(round)))
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
