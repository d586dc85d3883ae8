package providers

import (
	"go/ast"
	"go/types"
)

// Shutter is the fact about a function that shuts a provider down, and that no code
// of its package runs: it is as if it were not there, until another package calls it.
type Shutter struct{}

// AFact marks Shutter as a fact.
func (*Shutter) AFact() {}

func (*Shutter) String() string { return "shutter" }

// awake reports whether code of the package that shuts providers down may run: one
// of the mentions of what does so is in a method, an initializer or the program
// itself, or in a function that such a place mentions. Otherwise the functions that
// other packages could call get a fact.
func (r *Result) awake(mentions []*ast.Ident) bool {
	if len(mentions) == 0 {
		return false
	}
	if r.pass.Pkg.Name() == "main" {
		return true
	}
	uses := make(map[types.Object][]*ast.Ident)
	for id, obj := range r.pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Pkg() == r.pass.Pkg && !r.inTest(id) {
			uses[fn] = append(uses[fn], id)
		}
	}
	dormant := make(map[*types.Func]bool)
	for len(mentions) > 0 {
		id := mentions[0]
		mentions = mentions[1:]
		fn := r.functionAround(id)
		if fn == nil {
			return true
		}
		if !dormant[fn] {
			dormant[fn] = true
			mentions = append(mentions, uses[fn]...)
		}
	}
	r.dormant = dormant
	for fn := range dormant {
		if fn.Exported() {
			r.pass.ExportObjectFact(fn, new(Shutter))
		}
	}
	return false
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
