package ctxlesscall

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/requests"
)

// replace calls the form with a context in place of the one without.
func (c *checker) replace(site requests.Site, hand *requests.Context, twin *types.Func, extra bool) []analysis.SuggestedFix {
	file := diag.File(c.pass, site.Call.Pos())
	if file == nil || !hand.Named() {
		return nil
	}
	plan := c.planner.Plan(file)
	plan.Ref(hand.Var, site.Call.Pos())
	name, ok := nameOf(site.Call).(*ast.Ident)
	if !ok {
		return nil
	}
	plan.Replace(name, twin.Name())
	args := hand.Text()
	switch {
	case extra && len(site.Call.Args) == 0:
		args += ", nil"
	case extra:
		return nil
	case len(site.Call.Args) > 0:
		args += ", "
	}
	if len(site.Call.Args) > 0 {
		plan.Prefix(site.Call.Args[0], args)
	} else {
		plan.Prefix(at{site.Call.Rparen}, args)
	}
	return plan.Fixes(fmt.Sprintf("Call %s with %s", twin.Name(), hand.Text()))
}

// at is a position.
type at struct{ pos token.Pos }

func (a at) Pos() token.Pos { return a.pos }
func (a at) End() token.Pos { return a.pos }

// give gives a handle the context at hand.
func (c *checker) give(handle ast.Expr, hand *requests.Context, with string) []analysis.SuggestedFix {
	file := diag.File(c.pass, handle.Pos())
	if file == nil || !hand.Named() {
		return nil
	}
	plan := c.planner.Plan(file)
	plan.Ref(hand.Var, handle.Pos())
	plan.Prefix(at{handle.End()}, fmt.Sprintf(".%s(%s)", with, hand.Text()))
	return plan.Fixes(fmt.Sprintf("Give it the context by %s", with))
}
