package edit

import (
	"go/ast"
	"go/types"
	"slices"
)

// holdImports adds to the edits of a plan, which are sorted, one for each import of
// the file that the plan has come to rely on. It writes the path of the import as it
// stands.
//
// Another rule may offer a fix that removes the last use of that import, and the
// import with it. Each fix is right by itself, but together they do not build, and
// no driver asks about that. Two edits of the same text every driver notices: it
// makes one of the fixes now, and the other one when it comes by again.
//
// Where an import has a use that no fix of ours takes away, nothing is added.
func (p *Plan) holdImports(edits []edit) []edit {
	for _, spec := range p.reused {
		if p.staysUsed(p.planner.pass.TypesInfo.PkgNameOf(spec)) {
			continue
		}
		start, end := p.src.offset(spec.Path.Pos()), p.src.end(spec.Path)
		hold := edit{start, end, spec.Path.Value}
		if !slices.ContainsFunc(edits, func(e edit) bool { return e.start < end && start < e.end }) {
			edits = append(edits, hold)
		}
	}
	sortEdits(edits)
	return edits
}

// staysUsed reports whether the file has a use of an import that is outside of functions,
// or that names a type: fixes replace values, and in functions.
func (p *Plan) staysUsed(pkg *types.PkgName) bool {
	info := p.planner.pass.TypesInfo
	found := false
	var walk func(root ast.Node, inFunc bool)
	walk = func(root ast.Node, inFunc bool) {
		ast.Inspect(root, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BlockStmt:
				if !inFunc {
					walk(n, true)
					return false
				}
			case *ast.SelectorExpr:
				if id, ok := n.X.(*ast.Ident); ok && info.Uses[id] == pkg && (!inFunc || info.Types[n].IsType()) {
					found = true
				}
			}
			return !found
		})
	}
	walk(p.src.file, false)
	return found
}
