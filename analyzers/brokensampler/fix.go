package brokensampler

import (
	"go/ast"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/providers"
)

// symbol returns the identifier of the function that is called, without its package.
func symbol(call *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
}

// prefix returns what stands before that identifier: "sdktrace." or nothing.
func prefix(call *ast.CallExpr) string {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return diag.Text(sel.X) + "."
	}
	return ""
}

// askParent puts ParentBased around a sampler.
func (c *checker) askParent(call *ast.CallExpr) []analysis.SuggestedFix {
	plan := c.plan.Plan(diag.File(c.pass, call.Pos()))
	plan.Prefix(call, prefix(call)+"ParentBased(")
	plan.Suffix(call, ")")
	return plan.Fixes("Sample as the caller does")
}

// batch exports in batches what was exported one by one.
func (c *checker) batch(call *ast.CallExpr) []analysis.SuggestedFix {
	id := symbol(call)
	if id == nil {
		return nil
	}
	name := "WithBatcher"
	if strings.HasPrefix(id.Name, "New") {
		name = "NewBatchSpanProcessor"
	}
	plan := c.plan.Plan(diag.File(c.pass, call.Pos()))
	plan.Replace(id, name)
	return plan.Fixes("Export in batches")
}

// swap exchanges the arguments of a call.
func (c *checker) swap(call *ast.CallExpr) []analysis.SuggestedFix {
	plan := c.plan.Plan(diag.File(c.pass, call.Pos()))
	x, y := call.Args[0], call.Args[1]
	textX, textY := plan.Text(x), plan.Text(y)
	plan.Replace(x, textY)
	plan.Replace(y, textX)
	return plan.Fixes("Let the other resource win")
}

// endpoint makes an endpoint one that the exporter can use, where the constant
// is written right there.
func (c *checker) endpoint(e providers.Endpoint) []analysis.SuggestedFix {
	lit, ok := ast.Unparen(e.Arg).(*ast.BasicLit)
	id := symbol(e.Call)
	if !ok || id == nil {
		return nil
	}
	const path = "/v1/traces"
	plan := c.plan.Plan(diag.File(c.pass, e.Call.Pos()))
	_, rest, _ := strings.Cut(e.Text, "://")
	switch {
	case e.URL:
		plan.Replace(lit, strconv.Quote(e.Text+path))
		return plan.Fixes("Add the path " + path)
	case !e.HTTP: // gRPC has no path
	case !strings.Contains(rest, "/"):
		plan.Replace(lit, strconv.Quote(e.Text+path))
	case strings.HasSuffix(rest, "/") && strings.Count(rest, "/") == 1:
		plan.Replace(lit, strconv.Quote(strings.TrimSuffix(e.Text, "/")+path))
	}
	plan.Replace(id, "WithEndpointURL")
	return plan.Fixes("Give the whole URL")
}
