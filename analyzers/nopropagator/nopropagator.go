package nopropagator

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/providers"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, providers.Analyzer)

// A checker runs the rule on one package.
type checker struct {
	pass   *analysis.Pass
	plan   *edit.Planner
	result *providers.Result
}

func run(pass *analysis.Pass) error {
	c := &checker{pass, edit.NewPlanner(pass), pass.ResultOf[providers.Analyzer].(*providers.Result)}
	c.checkUnset()
	for _, call := range c.result.EmptyPropagators() {
		diag.Report(pass, diag.Finding{
			Range:    call,
			Category: "empty",
			Message:  "the propagator is empty, so no trace goes beyond this process",
			Fixes:    c.fill(call),
		})
	}
	c.checkByHand()
	for _, lit := range c.result.Unsampled() {
		diag.Report(pass, diag.Finding{
			Range:    lit.Type,
			Category: "unsampled",
			Message:  "the span context has the id of a trace and no TraceFlags, so it says that the trace is not sampled, and what is started under it is not recorded",
		})
	}
	return nil
}

// checkUnset reports a program that installs a provider and sets no propagator,
// where it uses one.
func (c *checker) checkUnset() {
	set := c.result.Install()
	if set == nil || !c.result.Main() ||
		c.result.Has(providers.HasPropagator|providers.Hidden) || // all is well, or not all is seen
		!c.result.Has(providers.UsesPropagator) { // nothing would be sent anyway
		return
	}
	f := diag.Finding{
		Range:    set.Call,
		Category: "unset",
		Message:  "a tracer provider is set, but no propagator in the whole program, so no trace goes beyond this process",
	}
	switch {
	case set.Package != nil:
		f.Range = set.Package
		f.Message = fmt.Sprintf("package %s sets a tracer provider, but nothing in the program sets a propagator, so no trace goes beyond this process", set.Imported.Name())
	case set.Callee != nil:
		f.Message = fmt.Sprintf("%s sets a tracer provider, but nothing in the program sets a propagator, so no trace goes beyond this process", diag.Text(set.Call.Fun))
	}
	if set.Package == nil {
		f.Fixes = c.set(set)
	}
	diag.Report(c.pass, f)
}

// set sets a propagator after the provider.
func (c *checker) set(set *providers.Set) []analysis.SuggestedFix {
	stmt, ok := set.Cur.Parent().Node().(*ast.ExprStmt)
	if !ok || set.Callee != nil {
		return nil // what comes after the call may be an error, or not run
	}
	plan := c.plan.Plan(diag.File(c.pass, stmt.Pos()))
	otel := plan.Qualifier(set.Installer.Pkg().Path(), set.Installer.Pkg().Name(), stmt.End())
	prop := plan.Qualifier(knowledge.PropagationPackage, "propagation", stmt.End())
	plan.InsertAfter(stmt, fmt.Sprintf("%sSetTextMapPropagator(%sNewCompositeTextMapPropagator(%sTraceContext{}, %sBaggage{}))", otel, prop, prop, prop))
	return plan.Fixes("Set the propagator of the W3C Trace Context, and Baggage")
}

// fill gives an empty composite propagator its parts.
func (c *checker) fill(call *ast.CallExpr) []analysis.SuggestedFix {
	if call.Ellipsis.IsValid() || len(call.Args) > 0 {
		return nil
	}
	plan := c.plan.Plan(diag.File(c.pass, call.Pos()))
	prop := plan.Qualifier(knowledge.PropagationPackage, "propagation", call.Pos())
	plan.Replace(call, fmt.Sprintf("%s(%sTraceContext{}, %sBaggage{})", types.ExprString(call.Fun), prop, prop))
	return plan.Fixes("Propagate the W3C Trace Context, and Baggage")
}

// checkByHand reports headers of a trace that no propagator writes.
func (c *checker) checkByHand() {
	for _, h := range c.result.HandMade() {
		f := diag.Finding{
			Range:    h.Key,
			Category: "by-hand",
			Message:  "traceparent is written by hand, so tracestate and baggage do not go with it",
		}
		if h.Sampled {
			f.Message = "traceparent is written by hand as that of a sampled trace, so the callee records what the caller does not"
		}
		diag.Report(c.pass, f)
	}
}
