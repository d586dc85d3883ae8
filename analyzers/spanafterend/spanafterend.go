package spanafterend

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"

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

// A checker runs the rule on one package.
type checker struct {
	pass    *analysis.Pass
	planner *edit.Planner
	result  *spanflow.Result
}

func run(pass *analysis.Pass) error {
	c := &checker{
		pass:    pass,
		planner: edit.NewPlanner(pass),
		result:  pass.ResultOf[spanflow.Analyzer].(*spanflow.Result),
	}
	for _, span := range c.result.Spans() {
		c.lateUses(span)
		switch {
		case span.Borrowed():
			c.borrowed(span)
		case !span.Parameter():
			c.lateEnds(span)
			c.earlyEnds(span)
		}
	}
	c.endsThroughContext()
	return nil
}

func (c *checker) line(pos token.Pos) int { return c.pass.Fset.Position(pos).Line }

// lateUses reports what is recorded on a span that has ended.
func (c *checker) lateUses(span *spanflow.Span) {
	moved := make(map[*ast.CallExpr]bool) // Ends that the fix of an earlier finding moves
	uses := span.LateUses()
	for _, use := range uses {
		f := diag.Finding{
			Range:    use.Call,
			Category: "after-end",
			Message:  fmt.Sprintf("%s comes after %s on line %d, so it is lost", diag.Text(use.Call.Fun), c.ender(span, use.End), c.line(use.End.Pos())),
			Related:  analysis.RelatedInformation{Pos: use.End.Pos(), End: use.End.End(), Message: "the span ends here"},
		}
		if use.Deferred {
			f.Category = "deferred-status"
			f.Message = fmt.Sprintf("%s is deferred before %s on line %d and so runs after it: it is lost", diag.Text(use.Call.Fun), c.ender(span, use.End), c.line(use.End.Pos()))
		}
		if !moved[use.End] {
			moved[use.End] = true
			if use.Deferred {
				f.Fixes = c.deferFirst(span, use)
			} else {
				f.Fixes = c.moveEnd(use, uses)
			}
		}
		diag.Report(c.pass, f)
	}
}

// ender returns what the user calls the end of a span: the method that was
// called, or, if that was done in a function literal, the variable's.
func (c *checker) ender(span *spanflow.Span, end *ast.CallExpr) string {
	if _, literal := ast.Unparen(end.Fun).(*ast.FuncLit); !literal {
		return diag.Text(end.Fun)
	}
	name := "the span's End"
	if id, ok := span.Target().(*ast.Ident); ok && len(span.Enders()) > 0 {
		name = id.Name
		if m := span.Enders()[0]; m != spanflow.CallItself {
			name += "." + m
		}
	}
	return name
}

// borrowed reports the end of a span that belongs to the server of the request.
func (c *checker) borrowed(span *spanflow.Span) {
	if span.Origin() != spanflow.Request || c.result.LeavesInContext() {
		return // a function that another one left the span to may end it
	}
	for _, end := range span.Ends() {
		c.reportBorrowed(end, c.ender(span, end), c.removeEnd(span, end))
	}
}

// endsThroughContext reports calls of helpers that end the span of a context,
// where that is the server's.
func (c *checker) endsThroughContext() {
	if c.result.LeavesInContext() {
		return
	}
	for _, end := range c.result.ContextEnds() {
		if end.Origin == spanflow.Request {
			c.reportBorrowed(end.Call, diag.Text(end.Call.Fun), nil)
		}
	}
}

func (c *checker) reportBorrowed(end *ast.CallExpr, name string, fixes []analysis.SuggestedFix) {
	diag.Report(c.pass, diag.Finding{
		Range:    end,
		Category: "borrowed",
		Message:  name + " ends a span that this function does not own, so what its owner records later is lost",
		Fixes:    fixes,
	})
}

// lateEnds reports deferred ends in loops.
func (c *checker) lateEnds(span *spanflow.Span) {
	for _, end := range span.DefersInLoop() {
		if c.outlivesLoop(span) {
			continue // it is meant to stay open
		}
		diag.Report(c.pass, diag.Finding{
			Range:    c.deferOf(end),
			Category: "defer-in-loop",
			Message:  fmt.Sprintf("deferred %s runs when the function returns, so the span of each iteration stays open until then", c.ender(span, end)),
			Fixes:    c.wrapIteration(span, end),
		})
	}
}

// earlyEnds reports spans that are over before the work begins.
func (c *checker) earlyEnds(span *spanflow.Span) {
	for _, early := range span.EarlyEnds() {
		f := diag.Finding{
			Range:    early.Call,
			Category: "ended-early",
			Message:  fmt.Sprintf("%s comes before the work that its context is passed to, so the span has no duration", c.ender(span, early.Call)),
		}
		if !early.Later {
			f.Fixes = c.deferEnd(span, early.Call)
		}
		diag.Report(c.pass, f)
	}
}
