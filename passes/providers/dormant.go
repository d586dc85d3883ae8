package providers

import (
	"go/ast"
	"go/types"
	"slices"
)

// Shutter is the fact about a function that shuts a provider down, and that no code
// of its package runs: it is as if it were not there, until another package calls it.
type Shutter struct{}

// AFact marks Shutter as a fact.
func (*Shutter) AFact() {}

func (*Shutter) String() string { return "shutter" }

// awake reports whether code that contains one of the mentions may run: one is in a
// method, an initializer or the program itself, or in a function that such a place
// mentions. Otherwise it returns the functions of the package from which control comes
// to them, if other packages call these.
func (r *Result) awake(mentions []*ast.Ident) (dormant map[*types.Func]bool, awake bool) {
	if len(mentions) == 0 {
		return nil, false
	}
	if r.pass.Pkg.Name() == "main" {
		return nil, true
	}
	uses := make(map[types.Object][]*ast.Ident)
	for id, obj := range r.pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Pkg() == r.pass.Pkg && !r.inTest(id) {
			uses[fn] = append(uses[fn], id)
		}
	}
	dormant = make(map[*types.Func]bool)
	for len(mentions) > 0 {
		id := mentions[0]
		mentions = mentions[1:]
		fn := r.functionAround(id)
		if fn == nil {
			return nil, true
		}
		if !dormant[fn] {
			dormant[fn] = true
			mentions = append(mentions, uses[fn]...)
		}
	}
	return dormant, false
}

// exportShutters makes known to the other packages which functions shut a provider down
// if they are called.
func (r *Result) exportShutters() {
	for fn := range r.dormant {
		if fn.Exported() {
			r.pass.ExportObjectFact(fn, new(Shutter))
		}
	}
}

// exportedNames returns the names of the functions that other packages can mention, sorted.
func exportedNames(fns map[*types.Func]bool) []string {
	var names []string
	for fn := range fns {
		if fn.Exported() {
			names = append(names, fn.Name())
		}
	}
	slices.Sort(names)
	return names
}

// functionAround returns the declared function that n is in, which runs only if
// somebody names it; nil for methods, which run through interfaces, and for
// initializers.
func (r *Result) functionAround(n ast.Node) *types.Func {
	for _, file := range r.pass.Files {
		if !contains(file, n.Pos()) {
			continue
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && contains(fn, n.Pos()) && fn.Recv == nil && fn.Name.Name != "init" {
				obj, _ := r.pass.TypesInfo.Defs[fn.Name].(*types.Func)
				return obj
			}
		}
	}
	return nil
}
