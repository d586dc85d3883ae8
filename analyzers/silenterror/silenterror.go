package silenterror

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
	"github.com/tracevet/tracevet/passes/spanflow"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, spanflow.Analyzer, libindex.Analyzer)

// returned: report errors that are returned without a status, too.
var returned bool

func init() {
	Analyzer.Flags.BoolVar(&returned, "returned", false, "report errors that are returned while the span has no status, too")
}

// A checker runs the rule on one package.
type checker struct {
	pass    *analysis.Pass
	planner *edit.Planner
	// helpers are those that errors were reported of.
	helpers map[*types.Func]bool
}

func run(pass *analysis.Pass) error {
	c := &checker{pass, edit.NewPlanner(pass), make(map[*types.Func]bool)}
	result := pass.ResultOf[spanflow.Analyzer].(*spanflow.Result)
	for _, span := range result.Spans() {
		for _, e := range span.SilentErrors() {
			c.noStatus(e.Call)
		}
		for _, e := range span.ErasedErrors() {
			diag.Report(pass, diag.Finding{
				Range:    e.Call,
				Category: "erased",
				Message:  fmt.Sprintf("%s sets Ok, which erases the error that line %d set", diag.Text(e.Call.Fun), c.line(e.Failed.Pos())),
				Related:  analysis.RelatedInformation{Pos: e.Failed.Pos(), End: e.Failed.End(), Message: "the error is set here"},
			})
		}
		if returned {
			c.returned(span)
		}
	}
	c.deferred(pass.ResultOf[libindex.Analyzer].(*libindex.Index), result.Spans())
	return nil
}

// noStatus reports a call that records an error and sets no status: of RecordError,
// or of a helper that calls that. A helper is reported where it is called first:
// what is to be mended is in one place.
func (c *checker) noStatus(call *ast.CallExpr) {
	f := diag.Finding{
		Range:    call,
		Category: "no-status",
		Message:  fmt.Sprintf("%s leaves the status of the span unset, so the operation looks as if it had succeeded", diag.Text(call.Fun)),
	}
	if fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func); ok && knowledge.ErrorRole(fn) == knowledge.NoErrorRole {
		if c.helpers[fn] {
			return
		}
		c.helpers[fn] = true
		f.Message = fmt.Sprintf("%s records the error and leaves the status of the span unset, so the operation looks as if it had succeeded", diag.Text(call.Fun))
	} else {
		f.Fixes = c.setStatus(call)
	}
	diag.Report(c.pass, f)
}

func (c *checker) line(pos token.Pos) int { return c.pass.Fset.Position(pos).Line }
