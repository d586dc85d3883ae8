package ctxlesscall

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/ctxless"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, ctxflow.Analyzer, ctxless.Analyzer)

// withLogs: report log calls without a context, too. allReached: report work in functions
// without a context also where no instrumentation of it is seen.
var withLogs, allReached bool

func init() {
	Analyzer.Flags.BoolVar(&withLogs, "logs", false, "report log calls without a context, too")
	Analyzer.Flags.BoolVar(&allReached, "reached", false, "report work in functions without a context also where nothing shows that it is traced")
}

// A checker is one run over one package.
type checker struct {
	pass    *analysis.Pass
	flow    *ctxflow.Result
	less    *ctxless.Result
	planner *edit.Planner
}

func run(pass *analysis.Pass) error {
	c := &checker{
		pass:    pass,
		flow:    pass.ResultOf[ctxflow.Analyzer].(*ctxflow.Result),
		less:    pass.ResultOf[ctxless.Analyzer].(*ctxless.Result),
		planner: edit.NewPlanner(pass),
	}
	if !c.flow.Records() {
		return nil // a program without traces
	}
	for _, call := range c.less.Calls() {
		c.call(call)
	}
	for _, x := range c.less.Reached() {
		if x.Traced || allReached {
			c.reached(x)
		}
	}
	if withLogs {
		c.logs()
	}
	return nil
}

// call reports work without a context where one is at hand.
func (c *checker) call(call *ctxless.Call) {
	f := diag.Finding{Range: place(call), Message: without(call)}
	switch call.Kind {
	case ctxless.Client:
		f.Category = "client"
	case ctxless.Variant:
		f.Category = "variant"
		f.Message += fmt.Sprintf(": %s takes one", call.Twin.Name())
		f.Fixes = c.replace(call.Site, call.Hand, call.Twin, call.Extra)
	case ctxless.Session:
		f.Category = "session"
		f.Message += fmt.Sprintf(": %s gives it one", call.Session.With)
		f.Fixes = c.give(call.Handle, call.Hand, call.Session.With)
	}
	diag.Report(c.pass, f)
}

// reached reports work in a function that has no context, but is called where one is:
// at the work, or, if that is in another package, at the call that leads there.
func (c *checker) reached(x *ctxless.Reach) {
	last := x.Chain[len(x.Chain)-1]
	whose := "the caller's context"
	if x.Context.Request {
		whose = "the request's context"
	}
	f := diag.Finding{
		Category: "reached",
		Related:  analysis.RelatedInformation{Pos: last.Call.Pos(), End: last.Call.End(), Message: fmt.Sprintf("here %s is at hand: %s", whose, x.Context.Text())},
	}
	if x.Call != nil {
		f.Range = place(x.Call)
		f.Message = fmt.Sprintf("%s: %s is reached from %s", without(x.Call), x.Fn.Name(), x.From())
	} else {
		f.Range = x.Chain[0].Call.Fun
		f.Message = fmt.Sprintf("%s takes no context, so %s in %s is not in the trace of %s", diag.Text(x.Chain[0].Call.Fun), x.Far.Call, x.Far.In, x.From())
		if len(x.Chain) == 1 {
			f.Related = analysis.RelatedInformation{}
		}
	}
	diag.Report(c.pass, f)
}

// place returns where work without a context is reported.
func place(call *ctxless.Call) analysis.Range {
	if call.Kind == ctxless.Session {
		return call.Handle
	}
	return nameOf(call.Call)
}

// without says what work is done without a context, and what comes of it.
func without(call *ctxless.Call) string {
	switch call.Kind {
	case ctxless.Client:
		return diag.Text(call.Call.Fun) + " has no context, so the request is not in the trace"
	case ctxless.Session:
		return fmt.Sprintf("%s carries no context, so %s not in the trace", diag.Text(call.Handle), call.Session.Work)
	}
	return diag.Text(call.Call.Fun) + " has no context, so its work is not in the trace"
}

// nameOf returns the name in a call of a function.
func nameOf(call *ast.CallExpr) analysis.Range {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.Sel
	}
	return call.Fun
}
