package spanleak

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/spanflow"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, spanflow.Analyzer)

func run(pass *analysis.Pass) error {
	result := pass.ResultOf[spanflow.Analyzer].(*spanflow.Result)
	planner := edit.NewPlanner(pass)
	for _, span := range result.Spans() {
		if span.Parameter() || span.Borrowed() {
			continue // it is not ours to end
		}
		if leaks := span.Leaks(); len(leaks) > 0 && !endedElsewhere(result, span) {
			report(pass, planner, span, leaks)
		}
	}
	return nil
}

// endedElsewhere reports whether another function may take the span out of its
// context and end it, since nothing here does.
func endedElsewhere(result *spanflow.Result, span *spanflow.Span) bool {
	if span.Ended() {
		return false
	}
	if span.Shared() {
		return true
	}
	left, served := span.LeftInContext()
	return left && (!served || result.EndsBorrowed())
}

// report reports a span that each of the leaks leaves open.
func report(pass *analysis.Pass, planner *edit.Planner, span *spanflow.Span, leaks []spanflow.Leak) {
	call := span.Call()
	if call == nil {
		return
	}
	at, name := place(span, call)
	f := diag.Finding{Range: at}
	line := func(pos token.Pos) int { return pass.Fset.Position(pos).Line }
	replaced := slices.IndexFunc(leaks, func(l spanflow.Leak) bool { return l.Replaced.IsValid() })
	switch first := leaks[0]; {
	case span.Discarded() && !span.Ended():
		f.Category = "discarded"
		f.Message = fmt.Sprintf("the span that %s returns is discarded, so it is never ended and never exported", diag.Text(call.Fun))
	case replaced >= 0:
		by := leaks[replaced].Replaced
		f.Category = "replaced"
		f.Message = fmt.Sprintf("%s is replaced on line %d before it is ended, so the first span is never exported", name, line(by))
		f.Related = analysis.RelatedInformation{Pos: by, Message: fmt.Sprintf("%s gets another value while its span is open", name)}
	case !span.Ended() && !span.HandedOver():
		f.Category = "never-ended"
		f.Message = fmt.Sprintf("%s is never ended, so it is never exported", name)
	default:
		f.Category = "path"
		f.Message = fmt.Sprintf("%s is not ended on the path that %s on line %d, so it is never exported", name, way(pass, first), line(first.Pos))
		f.Related = analysis.RelatedInformation{Pos: first.Pos, Message: fmt.Sprintf("this path leaves %s open", name)}
	}
	if fx := newFixer(pass, planner, span, leaks); fx != nil {
		switch f.Category {
		case "discarded":
			f.Fixes = fx.name()
		case "never-ended", "path":
			f.Fixes = fx.end()
		}
	}
	diag.Report(pass, f)
}

// place returns where a span is reported, and what the user calls it: the
// variable or the field that it is assigned to, or else the call.
func place(span *spanflow.Span, call *ast.CallExpr) (analysis.Range, string) {
	switch target := span.Target().(type) {
	case *ast.Ident:
		if target.Name == "_" { // another result ends it
			return call.Fun, "the span that " + diag.Text(call.Fun) + " starts"
		}
		return target, target.Name
	case *ast.SelectorExpr:
		return target.Sel, target.Sel.Name
	case nil:
	default:
		return target, "the span"
	}
	return call, "the span"
}

// way says how a path leaves the span.
func way(pass *analysis.Pass, l spanflow.Leak) string {
	switch l.Way {
	case spanflow.NextIteration:
		return "starts the next iteration"
	case spanflow.Breaks:
		return "leaves the loop"
	case spanflow.Panics:
		return "panics"
	}
	if l.Implicit {
		return "reaches the end of the function"
	}
	return "returns"
}
