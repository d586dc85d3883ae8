package rootctx

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/requests"
)

// A fixer makes the fixes of one package.
type fixer struct {
	pass    *analysis.Pass
	planner *edit.Planner
	result  *ctxflow.Result
	other   *otherFiles
}

// replace puts the context at hand where e, a root, is.
func (fx *fixer) replace(e ast.Expr, fault *ctxflow.Fault) []analysis.SuggestedFix {
	file := diag.File(fx.pass, e.Pos())
	if file == nil || fault.Spawns {
		return nil
	}
	plan := fx.planner.Plan(file)
	text := fx.spell(plan, fault.Context, e)
	plan.Replace(e, text)
	if assignsToItself(file, e, text) {
		return nil
	}
	return plan.Fixes(fmt.Sprintf("Replace %s by %s", diag.Text(e), text))
}

// spell returns how the context is spelled at e; it gives a parameter without
// a name one.
func (fx *fixer) spell(plan *edit.Plan, c *requests.Context, e ast.Expr) string {
	if c.Named() {
		plan.Ref(c.Var, e.Pos())
		return c.Text()
	}
	return fx.name(plan, c, e)
}

// name names the parameter _ of a function.
func (fx *fixer) name(plan *edit.Plan, c *requests.Context, e ast.Expr) string {
	base := "ctx"
	if c.Suffix != "" {
		base = strings.ToLower(c.Var.Type().String()[strings.LastIndexByte(c.Var.Type().String(), '.')+1:])[:1]
	}
	id := parameter(c.Func, c.Var)
	if id == nil {
		plan.Refuse()
		return ""
	}
	name := plan.FreshName(base, e.Pos())
	plan.Replace(id, name)
	return name + c.Suffix
}

// parameter returns the identifier that declares a parameter, if it has one.
func parameter(f *requests.Func, v interface{ Pos() token.Pos }) *ast.Ident {
	var fields *ast.FieldList
	switch n := f.Node.(type) {
	case *ast.FuncDecl:
		fields = n.Type.Params
	case *ast.FuncLit:
		fields = n.Type.Params
	}
	for _, field := range fields.List {
		for _, id := range field.Names {
			if id.Pos() == v.Pos() {
				return id
			}
		}
	}
	return nil
}

// assignsToItself reports whether e, once it is text, is assigned to a variable
// of that name.
func assignsToItself(file *ast.File, e ast.Expr, text string) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok && len(assign.Lhs) == len(assign.Rhs) {
			for i, rhs := range assign.Rhs {
				if id, ok := assign.Lhs[i].(*ast.Ident); ok && ast.Unparen(rhs) == e && id.Name == text {
					found = true
				}
			}
		}
		return !found
	})
	return found
}
