package providers

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// This file has what a package does to the set-up of tracing without any function
// of it being called by its name: in init functions, in the initializers of its
// variables, and in the functions that these mention, such as the commands of a
// command line.

// starts notes what the package does so.
func (r *Result) starts() {
	add := func(s *Summary) {
		if s == nil {
			return
		}
		for bit, is := range map[Content]bool{StartsSets: s.Sets, StartsLoses: s.Loses, StartsStores: s.Stores} {
			if is {
				r.contents.Set |= bit
			}
		}
	}
	if r.pass.Pkg.Name() == "main" {
		return // what it calls is looked at by itself
	}
	for _, f := range r.funcs {
		if f.decl.Recv == nil && f.decl.Name.Name == "init" {
			add(f.sum)
		}
	}
	for _, file := range r.pass.Files {
		if r.inTest(file) {
			continue
		}
		for _, decl := range file.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.VAR {
				ast.Inspect(gen, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						if fn, ok := r.pass.TypesInfo.Uses[id].(*types.Func); ok {
							add(r.summary(fn))
						}
					}
					return true
				})
			}
		}
	}
	for _, s := range r.sites {
		if r.declaring(s) {
			continue
		}
		sum := &Summary{Sets: r.installs(s)}
		for _, o := range r.obligations(s) {
			fate := r.fateOfResult(nil, s.cur, o.index, o.results, o.holds)
			sum.Loses = sum.Loses || fate.lost()
			sum.Stores = sum.Stores || fate.stored && !fate.closed && len(fate.results) == 0
		}
		add(sum)
	}
}

// declaring reports whether a call stands in a declared function.
func (r *Result) declaring(s *site) bool {
	for range s.cur.Enclosing((*ast.FuncDecl)(nil)) {
		return true
	}
	return false
}

// collectStarts finds the imports of a program that start a provider, or install
// one, if nothing in the program itself does: the first of each.
func (r *Result) collectStarts() {
	for _, file := range r.pass.Files {
		if r.inTest(file) {
			continue
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			var of Contents
			var pkg *types.Package
			for _, imp := range r.pass.Pkg.Imports() {
				if imp.Path() == path && r.pass.ImportPackageFact(imp, &of) {
					pkg = imp
				}
			}
			if of.Has(StartsSets) && len(r.sets) == 0 {
				r.sets = append(r.sets, &Set{Package: spec, Imported: pkg})
			}
			if (of.Has(StartsLoses) || of.Has(StartsStores) && !r.contents.Has(ShutsStored)) &&
				len(r.lost) == 0 && !r.contents.Has(ShutsInstalled|Hidden) && !r.waitsForever() {
				r.lost = append(r.lost, &Lost{Package: spec, Imported: pkg})
			}
		}
	}
}
