package silenterror

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
)

// recordsErrors reports whether a function mentions a method that records
// errors.
func recordsErrors(fn *libindex.Func) bool {
	for _, mentioned := range fn.Funcs {
		if knowledge.ErrorRole(mentioned) == knowledge.RecordsError {
			return true
		}
	}
	return false
}

// deferred reports the defer statements of a function that record an error as
// it is then, though the variable is set later.
func (c *checker) deferred(decl *ast.FuncDecl) {
	// The innermost function around, for its results.
	var walk func(n ast.Node, typ *ast.FuncType, body *ast.BlockStmt)
	walk = func(n ast.Node, typ *ast.FuncType, body *ast.BlockStmt) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				walk(n.Body, n.Type, n.Body)
				return false
			case *ast.DeferStmt:
				c.early(n, typ, body)
			}
			return true
		})
	}
	walk(decl.Body, decl.Type, decl.Body)
}

func (c *checker) early(d *ast.DeferStmt, typ *ast.FuncType, body *ast.BlockStmt) {
	sel, ok := ast.Unparen(d.Call.Fun).(*ast.SelectorExpr)
	if !ok || len(d.Call.Args) == 0 {
		return
	}
	fn, _ := c.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	id, ok := ast.Unparen(d.Call.Args[0]).(*ast.Ident)
	if !ok || knowledge.ErrorRole(fn) != knowledge.RecordsError {
		return
	}
	v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || v.IsField() {
		return
	}
	// Have: the deferred call is span.RecordError(v).
	what := ""
	if set := c.setAfter(body, v, d.End()); set.IsValid() {
		what = fmt.Sprintf("what it is set to on line %d", c.line(set))
	} else if c.isResult(typ, v) {
		what = "what the function returns"
	} else {
		return
	}
	diag.Report(c.pass, diag.Finding{
		Range:    id,
		Category: "evaluated-early",
		Message:  fmt.Sprintf("%s is evaluated when the defer statement runs, so %s is never recorded", id.Name, what),
		Fixes:    c.postpone(d, sel, id),
	})
}

// setAfter returns where a variable is set after a position; NoPos if nowhere.
func (c *checker) setAfter(body *ast.BlockStmt, v *types.Var, pos token.Pos) token.Pos {
	found := token.NoPos
	ast.Inspect(body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || assign.Pos() < pos || found.IsValid() {
			return !found.IsValid()
		}
		for _, lhs := range assign.Lhs {
			if id, ok := ast.Unparen(lhs).(*ast.Ident); ok && c.pass.TypesInfo.ObjectOf(id) == v {
				found = assign.Pos()
			}
		}
		return true
	})
	return found
}

// isResult reports whether v is a named result, which return statements set.
func (c *checker) isResult(typ *ast.FuncType, v *types.Var) bool {
	if typ.Results == nil {
		return false
	}
	for _, field := range typ.Results.List {
		for _, name := range field.Names {
			if c.pass.TypesInfo.Defs[name] == v {
				return true
			}
		}
	}
	return false
}
