package requests

import (
	"go/ast"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Fallback is the fact that a package, or one that it imports, makes the
// framework's own contexts find what the context of the request holds.
type Fallback struct{}

// AFact marks Fallback as a fact.
func (*Fallback) AFact() {}

func (*Fallback) String() string { return "fallback" }

// findFallback reports whether the package of pass, of whatever module, has the
// fact Fallback, and exports it.
func findFallback(pass *analysis.Pass) bool {
	found, direct := false, false
	for _, imp := range pass.Pkg.Imports() {
		direct = direct || knowledge.HasFallback(imp.Path())
		found = found || pass.ImportPackageFact(imp, new(Fallback))
	}
	if !found && direct {
		for _, file := range pass.Files {
			found = found || setsFallback(pass.TypesInfo, file)
		}
	}
	if found {
		pass.ExportPackageFact(new(Fallback))
	}
	return found
}

// setsFallback reports whether a file sets the switch to anything but false.
func setsFallback(info *types.Info, file *ast.File) bool {
	found := false
	set := func(id *ast.Ident, val ast.Expr) {
		field, ok := info.Uses[id].(*types.Var)
		if !ok || !knowledge.IsFallback(field) {
			return
		}
		tv := info.Types[val]
		found = found || tv.Value == nil || constant.BoolVal(tv.Value)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				if sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok && len(n.Lhs) == len(n.Rhs) {
					set(sel.Sel, n.Rhs[i])
				}
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok {
				set(id, n.Value)
			}
		}
		return !found
	})
	return found
}

// Fallback reports whether the package at hand, or one that it imports, makes
// the framework's own contexts find what the context of the request holds.
func (r *Result) Fallback() bool { return r.fallback }
