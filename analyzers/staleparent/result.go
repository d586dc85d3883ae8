package staleparent

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// checkResult reports a call whose only effect is its result, a context or a
// request with one, if that is dropped.
func (c *checker) checkResult(site requests.Site) {
	switch knowledge.Of(site.Fn).Role {
	case knowledge.CarryContext, knowledge.PutSpan, knowledge.CarrySpan, knowledge.ExtractContext, knowledge.DeriveContext:
	default:
		return
	}
	stmt, blank := dropped(site)
	if stmt == nil {
		return
	}
	diag.Report(c.pass, diag.Finding{
		Range:    site.Call,
		Category: "unused-result",
		Message:  fmt.Sprintf("the result of %s is dropped, so the call has no effect", diag.Text(site.Call.Fun)),
		Fixes:    c.assign(site, stmt, blank),
	})
}

// dropped returns the statement that drops the result of a call: the call
// itself, or an assignment to _, which is blank then.
func dropped(site requests.Site) (stmt ast.Stmt, blank ast.Expr) {
	switch n := site.Cur.Parent().Node().(type) {
	case *ast.ExprStmt:
		return n, nil
	case *ast.AssignStmt:
		if len(n.Lhs) != 1 {
			return nil, nil
		}
		if id, ok := n.Lhs[0].(*ast.Ident); ok && id.Name == "_" {
			return n, id
		}
	}
	return nil, nil
}

// assign assigns the result to what it is a new form of: r = r.WithContext(ctx).
func (c *checker) assign(site requests.Site, stmt ast.Stmt, blank ast.Expr) []analysis.SuggestedFix {
	if c.flow.InLoop(site.Cur) {
		return nil // what one iteration puts in, the next one would find
	}
	var target ast.Expr
	if knowledge.Of(site.Fn).Role == knowledge.CarryContext {
		if sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr); ok {
			target = sel.X
		}
	} else if len(site.Call.Args) > 0 {
		target = site.Call.Args[0]
	}
	switch t := ast.Unparen(target).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		if sel, ok := t.(*ast.SelectorExpr); ok {
			if _, ok := ast.Unparen(sel.X).(*ast.Ident); !ok {
				return nil
			}
		}
	default:
		return nil
	}
	file := diag.File(c.pass, site.Call.Pos())
	if file == nil {
		return nil
	}
	plan := c.plan.Plan(file)
	name := diag.Text(target)
	if blank != nil {
		plan.Replace(blank, name)
	} else {
		plan.Prefix(stmt, name+" = ")
	}
	return plan.Fixes(fmt.Sprintf("Assign the result to %s", name))
}
