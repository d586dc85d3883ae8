package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// FreshName returns a name for a new variable at position at: base, or base2,
// base3, ... It is a name that means nothing yet in the package, in the file,
// or anywhere in the declaration around at (which includes the closures in
// it), so that the variable neither shadows nor captures anything, wherever in
// that function it is declared. Names that earlier fixes of the planner or
// this plan took there are not given out again.
//
// The plan fails if base is no identifier or at is not in a declaration.
func (p *Plan) FreshName(base string, at token.Pos) string {
	if p.refused() {
		return ""
	}
	decl := p.declAt(at)
	if decl == nil || base == "_" || !token.IsIdentifier(base) {
		p.Refuse()
		return ""
	}
	info := p.planner.pass.TypesInfo
	used := lexicalNames(info, decl)
	var offered map[string]bool
	if o := p.planner.offered[p.src]; o != nil {
		offered = o.names[decl]
	}
	name := firstFree(base, func(name string) bool {
		return used[name] || offered[name] || p.names[decl][name] ||
			p.quals[name] != "" ||
			info.Scopes[p.src.file].Lookup(name) != nil || // imports, and what a dot import brings
			p.planner.pass.Pkg.Scope().Lookup(name) != nil
	})
	addName(p.names, decl, name)
	p.additive = false
	return name
}

// Ref returns the name by which code at position at refers to obj, which is
// declared in the function around at, in its file or in its package. The plan
// fails if obj is not in scope there or another object of that name hides it.
//
// The scope of a variable begins after the statement that declares it, so a
// statement that is inserted after s is at s.End().
func (p *Plan) Ref(obj types.Object, at token.Pos) string {
	if p.refused() {
		return ""
	}
	if obj == nil || obj.Name() == "_" || p.lookup(obj.Name(), at) != obj {
		p.Refuse()
		return ""
	}
	return obj.Name()
}

// lookup returns the object that name denotes at position at, or nil.
func (p *Plan) lookup(name string, at token.Pos) types.Object {
	scope := p.scopeAt(at)
	if scope == nil {
		return nil
	}
	_, obj := scope.LookupParent(name, at)
	return obj
}

// scopeAt returns the innermost scope at position at, or nil.
func (p *Plan) scopeAt(at token.Pos) *types.Scope {
	decl := p.declAt(at)
	if decl == nil {
		return nil
	}
	info := p.planner.pass.TypesInfo
	scope := info.Scopes[p.src.file].Innermost(at)
	// A clause ends with its last statement, but what is inserted after that
	// statement still belongs to the clause.
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.CaseClause, *ast.CommClause:
			if n.End() == at && info.Scopes[n] != nil {
				scope = info.Scopes[n]
			}
		}
		return n != nil && n.Pos() <= at && at <= n.End()
	})
	return scope
}

// declAt returns the declaration of the file that at is in, or nil.
func (p *Plan) declAt(at token.Pos) ast.Decl {
	for _, decl := range p.src.file.Decls {
		if decl.Pos() <= at && at <= decl.End() {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
				return nil
			}
			return decl
		}
	}
	return nil
}

// lexicalNames returns the names that root declares in some scope, or looks up
// in one. Fields, methods and labels are not found through scopes. A name of
// which nothing is known, such as the x of "switch x := y.(type)", counts.
func lexicalNames(info *types.Info, root ast.Node) map[string]bool {
	names := make(map[string]bool)
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, visit)
			return false
		case *ast.Ident:
			// An embedded field defines the field and uses the type.
			def, use := info.Defs[n], info.Uses[n]
			if def != nil && isLexical(def) || use != nil && isLexical(use) || def == nil && use == nil {
				names[n.Name] = true
			}
		}
		return true
	}
	ast.Inspect(root, visit)
	return names
}

// isLexical reports whether obj is found through scopes.
func isLexical(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Var:
		return !obj.IsField()
	case *types.Func:
		return obj.Signature().Recv() == nil
	case *types.Label:
		return false
	}
	return true
}

// firstFree returns base, an identifier, or the first of base2, base3, ... that
// is not taken. Predeclared names always are.
func firstFree(base string, taken func(name string) bool) string {
	name := base
	for i := 2; types.Universe.Lookup(name) != nil || taken(name); i++ {
		name = fmt.Sprint(base, i)
	}
	return name
}

func addName(m map[ast.Decl]map[string]bool, decl ast.Decl, name string) {
	if m[decl] == nil {
		m[decl] = make(map[string]bool)
	}
	m[decl][name] = true
}
