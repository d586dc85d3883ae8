package ctxflow

import (
	"go/ast"
	"go/types"
	"maps"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/requests"
)

// implementations finds the methods that a call through an interface may run,
// as far as the package at hand can see: those of its own types, and of types
// of the packages of the module that it imports.
type implementations struct {
	pass  *analysis.Pass
	types []*types.Named
	mu    sync.Mutex // several rules ask at once
	found map[*types.Func][]*types.Func
	by    map[*types.Interface][]*types.Named
}

func newImplementations(pass *analysis.Pass) *implementations {
	return &implementations{pass: pass, found: make(map[*types.Func][]*types.Func), by: make(map[*types.Interface][]*types.Named)}
}

// of returns the methods by which types implement method, in the order of
// packages and names; none if a type has it in a way that is not seen.
func (x *implementations) of(method *types.Func) []*types.Func {
	x.mu.Lock()
	defer x.mu.Unlock()
	if fns, ok := x.found[method]; ok {
		return fns
	}
	var fns []*types.Func
	if iface, ok := method.Signature().Recv().Type().Underlying().(*types.Interface); ok {
		for _, t := range x.implementers(iface) {
			obj, _, _ := types.LookupFieldOrMethod(t, true, method.Pkg(), method.Name())
			fn, is := obj.(*types.Func)
			if is && decorates(t, iface) && isInterfaceMethod(fn) {
				continue // it calls the method of one of the others, that it has in it
			}
			if !is || isInterfaceMethod(fn) {
				fns = nil
				break
			}
			fns = append(fns, fn.Origin())
		}
	}
	x.found[method] = fns
	return fns
}

// decorates reports whether t is a struct that embeds the interface, and nothing else:
// the methods that it does not declare are those of what it wraps, which is one of the
// types that implement the interface.
func decorates(t *types.Named, iface *types.Interface) bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	embeds := 0
	for field := range st.Fields() {
		if !field.Embedded() {
			continue
		}
		if !types.Identical(field.Type().Underlying(), iface) {
			return false
		}
		embeds++
	}
	return embeds == 1
}

// Implementation returns the method that a call of method, one of an interface,
// runs; nil if it is not the only one that the package at hand can see.
func (r *Result) Implementation(method *types.Func) *types.Func {
	if fns := r.impls.of(method); len(fns) == 1 {
		return fns[0]
	}
	return nil
}

// implementers returns the types that implement an interface, or whose pointers do.
func (x *implementations) implementers(iface *types.Interface) []*types.Named {
	if ts, ok := x.by[iface]; ok {
		return ts
	}
	if x.types == nil {
		x.collect()
	}
	var ts []*types.Named
	for _, t := range x.types {
		if types.Implements(types.NewPointer(t), iface) { // it has the methods of t, too
			ts = append(ts, t)
		}
	}
	x.by[iface] = ts
	return ts
}

// collect lists the types that may implement interfaces.
func (x *implementations) collect() {
	x.types = make([]*types.Named, 0, 16)
	x.collectFrom(x.pass.Pkg)
	tested := x.importedByTests()
	for _, imp := range x.pass.Pkg.Imports() {
		if requests.IsOwnPackage(x.pass, imp) && !tested[imp.Path()] {
			x.collectFrom(imp)
		}
	}
}

// importedByTests returns the packages that only the tests of a package import:
// what they implement stands in for others.
func (x *implementations) importedByTests() map[string]bool {
	tested, used := make(map[string]bool), make(map[string]bool)
	for _, f := range x.pass.Files {
		into := used
		if strings.HasSuffix(x.pass.Fset.File(f.FileStart).Name(), "_test.go") {
			into = tested
		}
		for _, spec := range f.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				into[path] = true
			}
		}
	}
	if len(used) == 0 {
		return nil // a package of tests alone
	}
	maps.DeleteFunc(tested, func(path string, _ bool) bool { return used[path] })
	return tested
}

// isDouble reports whether a type stands in for others in tests: its file is a
// test, or generated.
func (x *implementations) isDouble(tn *types.TypeName) bool {
	if tn.Pkg() != x.pass.Pkg {
		return false
	}
	for _, f := range x.pass.Files {
		if f.FileStart <= tn.Pos() && tn.Pos() < f.FileEnd {
			return ast.IsGenerated(f) || strings.HasSuffix(x.pass.Fset.File(tn.Pos()).Name(), "_test.go")
		}
	}
	return false
}

func (x *implementations) collectFrom(pkg *types.Package) {
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() {
			continue
		}
		named, ok := tn.Type().(*types.Named)
		if !ok || x.isDouble(tn) || types.IsInterface(named) || named.TypeParams().Len() > 0 {
			continue
		}
		x.types = append(x.types, named)
	}
}
