package silenterror

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/spanflow"
)

// returned reports a span that tells nothing of the errors that its function
// returns: one finding a span, since one deferred function mends them all.
func (c *checker) returned(span *spanflow.Span) {
	errors := span.ReturnedErrors()
	target, ok := span.Target().(*ast.Ident)
	if len(errors) == 0 || !ok {
		return
	}
	first := errors[0]
	diag.Report(c.pass, diag.Finding{
		Range:    target,
		Category: "returned",
		Message:  fmt.Sprintf("%s has no status when the error on line %d is returned, so the operation looks as if it had succeeded", target.Name, c.line(first.Return.Pos())),
		Related:  analysis.RelatedInformation{Pos: first.Value.Pos(), End: first.Value.End(), Message: "this error leaves the span without a status"},
		Fixes:    c.setStatuses(target, errors),
	})
}

// setStatuses sets the status before each of the returns. It does not if one of
// them is not known to return an error, or not one that is in a variable.
func (c *checker) setStatuses(span *ast.Ident, errors []spanflow.ReturnedError) []analysis.SuggestedFix {
	obj := c.pass.TypesInfo.ObjectOf(span)
	file := diag.File(c.pass, span.Pos())
	plan := c.planner.Plan(file)
	for _, e := range errors {
		err := c.cause(e)
		path, _ := astutil.PathEnclosingInterval(file, e.Return.Pos(), e.Return.End())
		if err == nil || len(path) < 3 || !c.isFailure(append([]ast.Node{nil}, path...), e.Return, err) {
			return nil
		}
		if plan.Ref(obj, e.Return.Pos()) != span.Name {
			return nil // another variable has that name there
		}
		plan.InsertBefore(e.Return, c.status(plan, span, err, e.Return))
	}
	return plan.Fixes(fmt.Sprintf("Set the status of %s before the error is returned", span.Name))
}

// cause returns the variable that holds the error that is returned, or the one
// that it is made from.
func (c *checker) cause(e spanflow.ReturnedError) *ast.Ident {
	if !e.Certain || e.Late {
		return nil
	}
	var causes []*ast.Ident
	ast.Inspect(e.Value, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if ok {
			if v, ok := c.pass.TypesInfo.Uses[id].(*types.Var); ok && types.Identical(v.Type(), types.Universe.Lookup("error").Type()) {
				causes = append(causes, id)
			}
		}
		return true
	})
	if len(causes) != 1 {
		return nil
	}
	return causes[0]
}
