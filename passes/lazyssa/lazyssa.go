// Package lazyssa builds the SSA form of functions, but only of those that a
// pass asks for. The buildssa pass of x/tools builds all functions of a
// package, and of a few hundred packages only a few have functions in which a
// span lives.
//
// go/ssa has no way to build a single function. But a function without a body
// is for it an external one, so a package is built from copies of its files in
// which only the wanted functions keep their bodies, and what they do not mention
// is left out.
package lazyssa

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/noreturn"
)

// Analyzer computes a *SSA for the package at hand, which builds nothing yet.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_lazyssa",
	Doc:        "build SSA form on demand",
	Run:        run,
	Requires:   []*analysis.Analyzer{noreturn.Analyzer},
	ResultType: reflect.TypeFor[*SSA](),
}

// An SSA builds functions of one package.
type SSA struct {
	pass     *analysis.Pass
	noReturn func(*types.Func) bool
}

func run(pass *analysis.Pass) (any, error) {
	return &SSA{pass: pass, noReturn: pass.ResultOf[noreturn.Analyzer].(*noreturn.Result).NoReturn}, nil
}

// Build returns the SSA form of the given functions of the package, by their
// declaration; function literals hang below them as AnonFuncs. Control flow
// ends at calls of functions that never return.
//
// vars are expressions that initialize package-level variables and hold
// function literals that are wanted too; these hang below the synthetic
// function that is returned as inits, which is nil if vars is empty.
//
// A function that go/ssa cannot build is missing from the result; the others
// are there. Functions of two calls belong to two programs and share no values.
func (s *SSA) Build(decls []*ast.FuncDecl, vars []ast.Expr) (funcs map[*ast.FuncDecl]*ssa.Function, inits *ssa.Function) {
	funcs, inits, ok := s.build(decls, vars)
	if ok {
		return funcs, inits
	}
	// One of them is beyond go/ssa: find it, and keep the rest.
	funcs = make(map[*ast.FuncDecl]*ssa.Function)
	for _, decl := range decls {
		if one, _, ok := s.build([]*ast.FuncDecl{decl}, nil); ok {
			funcs[decl] = one[decl]
		}
	}
	if len(vars) > 0 {
		_, inits, _ = s.build(nil, vars)
	}
	return funcs, inits
}

func (s *SSA) build(decls []*ast.FuncDecl, vars []ast.Expr) (funcs map[*ast.FuncDecl]*ssa.Function, inits *ssa.Function, ok bool) {
	defer func() {
		if recover() != nil {
			funcs, inits, ok = nil, nil, false
		}
	}()

	wanted := make(map[*ast.FuncDecl]bool, len(decls))
	for _, decl := range decls {
		wanted[decl] = true
	}
	info := *s.pass.TypesInfo
	info.FileVersions = maps.Clone(info.FileVersions)
	var files []*ast.File
	mentioned := s.mentioned(decls, vars)
	for _, file := range s.pass.Files {
		dup := s.reduced(file, wanted, mentioned)
		if v, ok := s.pass.TypesInfo.FileVersions[file]; ok {
			info.FileVersions[dup] = v // what loop variables mean depends on it
		}
		files = append(files, dup)
	}

	// BareInits: package initializers need no calls of other packages' ones.
	// GlobalDebug: passes want to know which expression a value came from.
	prog := ssa.NewProgram(s.pass.Fset, ssa.BareInits|ssa.GlobalDebug)
	prog.SetNoReturn(s.noReturn)
	for _, imp := range s.pass.Pkg.Imports() {
		if mentioned.packages[imp] {
			prog.CreatePackage(imp, nil, nil, true)
		}
	}
	info.InitOrder = nil
	for _, init := range s.pass.TypesInfo.InitOrder {
		if slices.Contains(vars, init.Rhs) {
			info.InitOrder = append(info.InitOrder, init)
		}
	}
	pkg := prog.CreatePackage(s.pass.Pkg, files, &info, false)
	pkg.Build()

	funcs = make(map[*ast.FuncDecl]*ssa.Function, len(decls))
	for _, decl := range decls {
		if obj, ok := s.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
			if fn := prog.FuncValue(obj); fn != nil && fn.Blocks != nil {
				funcs[decl] = fn
			}
		}
	}
	if len(vars) > 0 {
		inits = pkg.Func("init")
	}
	return funcs, inits, true
}

// mentions are what bodies mention of the package level.
type mentions struct {
	objects  map[types.Object]bool
	packages map[*types.Package]bool // where functions and variables among these are declared
}

// mentioned returns what is mentioned in the bodies of decls, and in vars.
//
// A member of an SSA package is made of each object of the package level, and of each method,
// be it of the package at hand or of one that it imports: with large imports, that is most of the work of building a
// function or two. What nobody mentions is not asked for, and methods
// of packages without members are made when they are needed.
func (s *SSA) mentioned(decls []*ast.FuncDecl, vars []ast.Expr) mentions {
	m := mentions{make(map[types.Object]bool), make(map[*types.Package]bool)}
	look := func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		switch obj := s.pass.TypesInfo.Uses[id].(type) {
		case *types.Func:
			m.objects[obj.Origin()] = true
			if obj.Signature().Recv() == nil {
				m.packages[obj.Pkg()] = true
			}
		case *types.Var:
			if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
				m.packages[obj.Pkg()] = true
			}
		}
		return true
	}
	for _, decl := range decls {
		ast.Inspect(decl, look)
	}
	for _, e := range vars {
		ast.Inspect(e, look)
	}
	return m
}

// reduced returns a copy of file that has its variables, the wanted functions, and those that are mentioned,
// without bodies. Constants and types have no code. The syntax trees below are shared, so that
// the type information, which is keyed by them, holds for the copy too.
func (s *SSA) reduced(file *ast.File, wanted map[*ast.FuncDecl]bool, mentioned mentions) *ast.File {
	dup := *file
	dup.Decls = nil
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			if d.Tok != token.VAR {
				continue
			}
		case *ast.FuncDecl:
			if !wanted[d] {
				if !mentioned.objects[s.pass.TypesInfo.Defs[d.Name]] {
					continue
				}
				bare := *d
				bare.Body = nil
				decl = &bare
			}
		}
		dup.Decls = append(dup.Decls, decl)
	}
	return &dup
}
