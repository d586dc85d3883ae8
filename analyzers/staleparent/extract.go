package staleparent

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
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
	loop := c.flow.LoopAround(site.Cur)
	if loop == nil || runsOnce(loop) || !c.flow.SameVar(ctx, arg) {
		return
	}
	base := rootOf(ctx)
	if base == nil {
		return
	}
	v, ok := c.pass.TypesInfo.ObjectOf(base).(*types.Var)
	if !ok || v.Pos() >= loop.Pos() || c.flow.SetIn(loop, ctx) != 1 {
		return // a new one in each iteration, or something sets it back
	}
	if c.flow.Explained(site.Cur) {
		return
	}
	diag.Report(c.pass, diag.Finding{
		Range:    ctx,
		Category: "climbing",
		Message:  fmt.Sprintf("%s climbs from iteration to iteration, so a message without a header joins the trace of the one before", diag.Text(ctx)),
		Fixes:    c.declareExtracted(assign),
	})
}

// declareExtracted declares the context anew in each iteration.
func (c *checker) declareExtracted(assign *ast.AssignStmt) []analysis.SuggestedFix {
	plan := c.plan.Plan(diag.File(c.pass, assign.Pos()))
	plan.Replace(operator{assign}, token.DEFINE.String())
	return plan.Fixes(fmt.Sprintf("Declare %s in the loop", diag.Text(assign.Lhs[0])))
}
