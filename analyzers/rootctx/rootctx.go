package rootctx

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/ctxflow"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, ctxflow.Analyzer)

func run(pass *analysis.Pass) error {
	result := pass.ResultOf[ctxflow.Analyzer].(*ctxflow.Result)
	if !result.Records() {
		return nil // a program without traces
	}
	fx := &fixer{pass: pass, planner: edit.NewPlanner(pass), result: result}
	for _, fault := range result.Faults() {
		diag.Report(pass, finding(fault, fx))
	}
	return nil
}

// finding returns what to say of a fault.
func finding(fault *ctxflow.Fault, fx *fixer) diag.Finding {
	whose, category := "the caller's context", "caller"
	switch {
	case fault.Context.Request:
		whose, category = "the request's context", "request"
	case fault.Context.Started != nil:
		whose, category = "the context of an open span", "started"
	}
	hand := fmt.Sprintf("%s is at hand: %s", whose, fault.Context.Text())
	if !fault.Context.Named() {
		hand = whose + " is at hand, in a parameter without a name"
	}
	switch {
	case fault.Arg != nil && len(fault.Chain) == 0:
		return diag.Finding{
			Range:    fault.Arg,
			Category: category,
			Message:  fmt.Sprintf("%s is %s and starts a new trace, although %s", diag.Text(fault.Arg), callText(fault.Root), hand),
			Fixes:    fx.replace(fault.Arg, fault),
		}
	case len(fault.Chain) == 0:
		return diag.Finding{
			Range:    fault.Root,
			Category: category,
			Message:  fmt.Sprintf("%s starts a new trace, although %s", callText(fault.Root), hand),
			Fixes:    fx.replace(fault.Root, fault),
		}
	}
	last := fault.Chain[len(fault.Chain)-1]
	related := analysis.RelatedInformation{
		Pos:     last.Call.Pos(),
		End:     last.Call.End(),
		Message: fmt.Sprintf("here %s", hand),
	}
	if fault.Far != nil {
		return diag.Finding{
			Range:    fault.Chain[0].Call.Fun,
			Category: "call",
			Message:  fmt.Sprintf("%s starts a new trace: it reaches %s in %s", diag.Text(fault.Chain[0].Call.Fun), fault.FarCall, fault.FarRoot) + from(fault),
			Related:  relatedIf(len(fault.Chain) > 1, related),
		}
	}
	if fault.Arg != nil {
		return diag.Finding{
			Range:    fault.Arg,
			Category: "reached",
			Message:  fmt.Sprintf("%s is %s and starts a new trace: %s is reached%s", diag.Text(fault.Arg), callText(fault.Root), fault.Chain[0].Fn.Name(), from(fault)),
			Related:  related,
		}
	}
	return diag.Finding{
		Range:    fault.Root,
		Category: "reached",
		Message:  fmt.Sprintf("%s starts a new trace: %s is reached%s", callText(fault.Root), fault.Chain[0].Fn.Name(), from(fault)),
		Related:  related,
		Fixes:    fx.thread(fault),
	}
}

// callText returns a root as it is written, but for parentheses.
func callText(root *ast.CallExpr) string { return diag.Text(root.Fun) + "()" }

func relatedIf(ok bool, related analysis.RelatedInformation) analysis.RelatedInformation {
	if !ok {
		return analysis.RelatedInformation{}
	}
	return related
}

// from says where a chain of calls begins, and what it goes through:
// " from handler (*API).Order through load".
func from(fault *ctxflow.Fault) string {
	return " from " + ctxflow.Reached{Chain: fault.Chain, Context: fault.Context}.From()
}
