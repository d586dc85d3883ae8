package noshutdown

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/providers"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, providers.Analyzer)

// A checker runs the rule on one package.
type checker struct {
	pass *analysis.Pass
	plan *edit.Planner
}

func run(pass *analysis.Pass) error {
	c := &checker{pass, edit.NewPlanner(pass)}
	result := pass.ResultOf[providers.Analyzer].(*providers.Result)
	for _, lost := range result.Lost() {
		c.reportLost(lost)
	}
	for _, end := range result.Cancelled() {
		diag.Report(pass, diag.Finding{
			Range:    end.Ctx,
			Category: "cancelled",
			Message:  fmt.Sprintf("%s is cancelled when %s is called with it, so the last spans are lost", diag.Text(end.Ctx), last(end.Call.Fun)),
			Fixes:    c.renew(end),
		})
	}
	for _, skip := range result.Skipped() {
		diag.Report(pass, diag.Finding{
			Range:    skip.Exit.Fun,
			Category: "skipped",
			Message:  fmt.Sprintf("%s skips the deferred %s, so the last spans are lost", diag.Text(skip.Exit.Fun), diag.Text(skip.Shutdown.Fun)),
			Related:  analysis.RelatedInformation{Pos: skip.Deferred.Pos(), End: skip.Deferred.End(), Message: "the shutdown is deferred here"},
		})
	}
	for _, a := range result.AtOnce() {
		what := "no span is exported"
		if !a.Exporter {
			what = "no span is recorded after that"
		}
		diag.Report(pass, diag.Finding{
			Range:    a.Shutdown.Fun,
			Category: "at-once",
			Message:  fmt.Sprintf("%s is deferred, and %s comes back as soon as tracing is set up, so %s", diag.Text(a.Shutdown.Fun), a.Func.Name(), what),
			Related:  analysis.RelatedInformation{Pos: a.Set.Pos(), End: a.Set.End(), Message: "the provider is the program's from here on"},
		})
	}
	return nil
}

// reportLost reports a provider that nothing shuts down, on the narrowest thing
// that lets it go.
func (c *checker) reportLost(lost *providers.Lost) {
	if lost.Package != nil {
		diag.Report(c.pass, diag.Finding{
			Range:    lost.Package,
			Category: "never",
			Message:  fmt.Sprintf("package %s starts a tracer provider that nothing shuts down, so the spans of its last batch are lost", lost.Imported.Name()),
		})
		return
	}
	f := diag.Finding{Range: lost.Call, Category: "never"}
	name := diag.Text(lost.Call.Fun)
	switch {
	case lost.Callee == nil && lost.Name != nil:
		f.Range = lost.Call.Fun
		f.Message = fmt.Sprintf("%s is never shut down, so the spans of its last batch are lost", lost.Name.Name())
	case lost.Callee == nil:
		f.Range = lost.Call.Fun
		f.Message = "the tracer provider is never shut down, so the spans of its last batch are lost"
	case lost.Function:
		f.Message = fmt.Sprintf("the shutdown function of %s is dropped, so the spans of the last batch are lost", name)
		if id, ok := lost.Dropped.(*ast.Ident); ok && id.Name == "_" {
			f.Range = id
		}
	case lost.Name != nil:
		f.Message = fmt.Sprintf("%s is never shut down, so the spans of its last batch are lost", lost.Name.Name())
	default:
		f.Message = fmt.Sprintf("%s starts a tracer provider that nothing shuts down, so the spans of its last batch are lost", name)
	}
	diag.Report(c.pass, f)
}

// last returns the last name of what is called.
func last(fun ast.Expr) string {
	if sel, ok := ast.Unparen(fun).(*ast.SelectorExpr); ok {
		return sel.Sel.Name
	}
	return diag.Text(fun)
}
