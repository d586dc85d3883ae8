package requests

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Fallback is the fact about a package that reaches a framework whose own contexts can
// be made to find what the context of the request holds, be it through other packages.
type Fallback struct {
	// Set: the package, or one that it imports, does so; or it imports one of which
	// that is not known.
	Set bool
}

// AFact marks Fallback as a fact.
func (*Fallback) AFact() {}

func (f *Fallback) String() string { return fmt.Sprintf("fallback %t", f.Set) }

// findFallback returns what is known of the package of pass, of whatever module, and of
// all that it imports, and exports that. A package of which there is to be a fact, as it
// imports the framework, and is none, may be the one that sets the switch. What it imports
// is seen by its types, which are there where facts are lost. That is looked at where the
// answer hangs on it: in a package that has such a fact itself, or is asked for its answer.
func findFallback(pass *analysis.Pass) func() bool {
	reaches, direct, set := false, false, false
	var silent []*types.Package
	for _, imp := range pass.Pkg.Imports() {
		var of Fallback
		switch {
		case knowledge.HasFallback(imp.Path()):
			direct = true
		case pass.ImportPackageFact(imp, &of):
			reaches, set = true, set || of.Set
		case !knowledge.IsStandard(imp.Path()):
			silent = append(silent, imp)
		}
	}
	if !set && direct {
		set = slices.ContainsFunc(pass.Files, func(file *ast.File) bool { return setsFallback(pass.TypesInfo, file) })
	}
	set = set || (reaches || direct) && anyReachesFallback(silent)
	if reaches || direct {
		pass.ExportPackageFact(&Fallback{Set: set})
		return func() bool { return set }
	}
	return sync.OnceValue(func() bool { return anyReachesFallback(silent) })
}

// anyReachesFallback reports whether one of the packages imports such a framework, be it
// through others.
func anyReachesFallback(pkgs []*types.Package) bool {
	known := make(map[*types.Package]bool)
	var reaches func(pkg *types.Package) bool
	reaches = func(pkg *types.Package) bool {
		if knowledge.HasFallback(pkg.Path()) {
			return true
		}
		if found, ok := known[pkg]; ok || knowledge.IsStandard(pkg.Path()) {
			return found
		}
		known[pkg] = false // imports have no cycles
		known[pkg] = slices.ContainsFunc(pkg.Imports(), reaches)
		return known[pkg]
	}
	return slices.ContainsFunc(pkgs, reaches)
}

// setsFallback reports whether a file sets the switch to anything but false. Of another
// module's functions not all need be type-checked: there the name alone counts.
func setsFallback(info *types.Info, file *ast.File) bool {
	found := false
	set := func(id *ast.Ident, val ast.Expr) {
		obj := info.Uses[id]
		if field, ok := obj.(*types.Var); obj != nil && !(ok && knowledge.IsFallback(field)) || id.Name != knowledge.FallbackField {
			return
		}
		tv := info.Types[val]
		found = found || tv.Value == nil || tv.Value.Kind() != constant.Bool || constant.BoolVal(tv.Value)
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
// the framework's own contexts find what the context of the request holds; or may do so,
// as the fact about one of them is lost.
func (r *Result) Fallback() bool { return r.fallback() }
