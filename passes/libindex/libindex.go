// Package libindex finds what a package has to do with tracing: whether it can
// touch a span at all, and which objects each of its functions mentions. It is
// the gate that keeps the cost of all other passes away from packages that do
// not trace.
package libindex

import (
	"go/ast"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Analyzer computes an *Index of the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_libindex",
	Doc:        "index what a package does with tracing libraries",
	Run:        run,
	ResultType: reflect.TypeFor[*Index](),
	FactTypes:  []analysis.Fact{new(Reaches)},
}

// Reaches is the fact that a package imports a tracing API, be it through
// other packages. Export data cannot tell: it lists only the imports that
// show in a package's exported declarations.
type Reaches struct{}

func (*Reaches) AFact()         {}
func (*Reaches) String() string { return "reaches" }

// An Index describes one package. That of a package that does not reach a
// tracing API is empty.
type Index struct {
	reaches bool
	funcs   []*Func
	vars    []*Func
}

// A Func is a function that is declared in the package, or an initializer of
// package-level variables that holds function literals.
type Func struct {
	Decl *ast.FuncDecl // nil for an initializer
	Init ast.Expr      // nil for a declared function
	Obj  *types.Func   // nil for an initializer

	// Funcs are the functions and methods that the body mentions, in the order
	// of their first mention, each as its generic origin.
	Funcs []*types.Func
	// Fields are the struct fields that it selects or sets, likewise.
	Fields []*types.Var
}

// Reaches reports whether the package imports a tracing API, be it through
// other packages.
func (x *Index) Reaches() bool { return x.reaches }

// Funcs returns the functions of the package that have a body, in source order.
func (x *Index) Funcs() []*Func { return x.funcs }

// Inits returns the initializers of package-level variables that hold function
// literals, in source order.
func (x *Index) Inits() []*Func { return x.vars }

func run(pass *analysis.Pass) (any, error) {
	if !reaches(pass) {
		return new(Index), nil
	}
	x := Build(pass)
	x.reaches = true
	pass.ExportPackageFact(new(Reaches))
	return x, nil
}

// Build indexes the package of pass, whether or not it reaches a tracing API,
// for passes that have a reason of their own to look at it.
func Build(pass *analysis.Pass) *Index {
	x := new(Index)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if obj, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && decl.Body != nil {
					fn := &Func{Decl: decl, Obj: obj}
					fn.index(pass.TypesInfo, decl.Body)
					x.funcs = append(x.funcs, fn)
				}
			case *ast.GenDecl:
				x.indexVars(pass.TypesInfo, decl)
			}
		}
	}
	return x
}

func reaches(pass *analysis.Pass) bool {
	for _, imp := range pass.Pkg.Imports() {
		if knowledge.IsTracing(imp.Path()) || pass.ImportPackageFact(imp, new(Reaches)) {
			return true
		}
	}
	return knowledge.IsTracing(pass.Pkg.Path())
}

func (x *Index) indexVars(info *types.Info, decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for _, init := range spec.Values {
			if !holdsFuncLit(init) {
				continue
			}
			fn := &Func{Init: init}
			fn.index(info, init)
			x.vars = append(x.vars, fn)
		}
	}
}

func holdsFuncLit(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			found = true
		}
		return !found
	})
	return found
}

// index collects the functions and the fields that body mentions.
func (f *Func) index(info *types.Info, body ast.Node) {
	funcs := make(map[*types.Func]bool)
	fields := make(map[*types.Var]bool)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			switch obj := info.Uses[n].(type) {
			case *types.Func:
				if obj = obj.Origin(); !funcs[obj] {
					funcs[obj] = true
					f.Funcs = append(f.Funcs, obj)
				}
			case *types.Var:
				if obj.IsField() {
					if obj = obj.Origin(); !fields[obj] {
						fields[obj] = true
						f.Fields = append(f.Fields, obj)
					}
				}
			}
		}
		return true
	})
}
