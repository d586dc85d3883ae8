package lazyssa_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/lazyssa"
	"github.com/tracevet/tracevet/passes/noreturn"
)

// A loaded package is one that was type-checked from text.
type loaded struct {
	fset  *token.FileSet
	files []*ast.File
	info  *types.Info
	pkg   *types.Package
}

// load type-checks a package of the given files, at Go 1.26 unless a file says
// otherwise. It can import what importer gives it, or nothing.
func load(t *testing.T, importer types.Importer, texts ...string) *loaded {
	t.Helper()
	l := &loaded{
		fset: token.NewFileSet(),
		info: &types.Info{
			Types:        make(map[ast.Expr]types.TypeAndValue),
			Defs:         make(map[*ast.Ident]types.Object),
			Uses:         make(map[*ast.Ident]types.Object),
			Implicits:    make(map[ast.Node]types.Object),
			Instances:    make(map[*ast.Ident]types.Instance),
			Scopes:       make(map[ast.Node]*types.Scope),
			Selections:   make(map[*ast.SelectorExpr]*types.Selection),
			FileVersions: make(map[*ast.File]string),
		},
	}
	for i, text := range texts {
		file, err := parser.ParseFile(l.fset, fmt.Sprintf("file%d.go", i), text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		l.files = append(l.files, file)
	}
	var err error
	conf := &types.Config{GoVersion: "go1.26", Importer: importer}
	if l.pkg, err = conf.Check("example.com/p", l.fset, l.files, l.info); err != nil {
		t.Fatal(err)
	}
	return l
}

// ssa runs the pass.
func (l *loaded) ssa(t *testing.T) *lazyssa.SSA {
	t.Helper()
	facts := make(map[types.Object]bool)
	pass := &analysis.Pass{
		Fset: l.fset, Files: l.files, Pkg: l.pkg, TypesInfo: l.info,
		ImportObjectFact: func(obj types.Object, _ analysis.Fact) bool { return facts[obj] },
		ExportObjectFact: func(obj types.Object, _ analysis.Fact) { facts[obj] = true },
		ResultOf:         make(map[*analysis.Analyzer]any),
	}
	for _, a := range []*analysis.Analyzer{noreturn.Analyzer, lazyssa.Analyzer} {
		result, err := a.Run(pass)
		if err != nil {
			t.Fatal(err)
		}
		pass.ResultOf[a] = result
	}
	return pass.ResultOf[lazyssa.Analyzer].(*lazyssa.SSA)
}

// decls returns the declarations of functions of the given names: f, or T.f.
func (l *loaded) decls(names ...string) []*ast.FuncDecl {
	var decls []*ast.FuncDecl
	for _, name := range names {
		for _, file := range l.files {
			for _, decl := range file.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && l.name(fn) == name {
					decls = append(decls, fn)
				}
			}
		}
	}
	return decls
}

func (l *loaded) name(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	t := l.info.Defs[fn.Name].(*types.Func).Signature().Recv().Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	return t.(*types.Named).Obj().Name() + "." + fn.Name.Name
}

// vars returns what initializes the package-level variables of the given names.
func (l *loaded) vars(names ...string) []ast.Expr {
	var exprs []ast.Expr
	for _, init := range l.info.InitOrder {
		if slices.Contains(names, init.Lhs[0].Name()) {
			exprs = append(exprs, init.Rhs)
		}
	}
	return exprs
}

const program = `package p

type T struct{ n int }

func (t *T) wanted() int { return t.n + helper(t.n) }

func (t *T) other() int { return t.n }

func wanted(n int) int {
	f := func() int {
		g := func() int { return n }
		return g()
	}
	var t T
	return f() + helper(n) + t.other()
}

func generic[V any](v V) V {
	f := func() V { return v }
	return f()
}

func usesGeneric() int { return generic(1) }

func helper(n int) int {
	return func() int { return n }()
}

var (
	a = func() int { return func() int { return 1 }() }
	b = func() int { return 2 }
	c = helper(3)
)

func init() { c++ }

func external()
`

// TestOnlyWanted checks that the functions that were asked for are built, with
// the literals in them, and no others.
func TestOnlyWanted(t *testing.T) {
	l := load(t, nil, program)
	decls := l.decls("wanted", "T.wanted", "generic")
	funcs, inits := l.ssa(t).Build(decls, nil)
	if len(funcs) != 3 || inits != nil {
		t.Fatalf("there are %d functions and inits %v, want 3 and none", len(funcs), inits)
	}
	for _, decl := range decls {
		fn := funcs[decl]
		if fn == nil || len(fn.Blocks) == 0 || fn.Syntax() != ast.Node(decl) {
			t.Fatalf("%s was not built, or is not the one of that declaration: %v", decl.Name.Name, fn)
		}
	}

	// All other members of the package are external.
	fn := funcs[decls[0]]
	for name, member := range fn.Pkg.Members {
		if other, ok := member.(*ssa.Function); ok && other.Blocks != nil && name != "wanted" && name != "init" && name != "generic" {
			t.Errorf("%s has %d blocks, and nobody asked for it", name, len(other.Blocks))
		}
	}
	for _, name := range []string{"T.other", "helper", "init"} {
		obj := l.info.Defs[l.decls(name)[0].Name].(*types.Func)
		if other := fn.Prog.FuncValue(obj); other != nil && other.Blocks != nil {
			t.Errorf("%s has %d blocks, and nobody asked for it", name, len(other.Blocks))
		}
	}

	// Literals hang below their function, and those in them below them.
	if len(fn.AnonFuncs) != 1 || len(fn.AnonFuncs[0].AnonFuncs) != 1 {
		t.Fatalf("wanted has %d literals", len(fn.AnonFuncs))
	}
	if inner := fn.AnonFuncs[0].AnonFuncs[0]; len(inner.Blocks) == 0 || inner.Parent() != fn.AnonFuncs[0] {
		t.Error("the inner literal was not built")
	}
	if !strings.Contains(calls(fn), "helper") {
		t.Errorf("wanted calls %s, want helper among them", calls(fn))
	}
}

// calls returns the names of the functions that fn calls.
func calls(fn *ssa.Function) string {
	var names []string
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(*ssa.Call); ok && c.Call.StaticCallee() != nil {
				names = append(names, c.Call.StaticCallee().Name())
			}
		}
	}
	return strings.Join(names, " ")
}

// TestVars checks the literals in initializers of package-level variables.
func TestVars(t *testing.T) {
	l := load(t, nil, program)
	builder := l.ssa(t)
	funcs, inits := builder.Build(nil, l.vars("a"))
	if len(funcs) != 0 || inits == nil {
		t.Fatalf("there are %d functions and inits %v, want none and some", len(funcs), inits)
	}
	if len(inits.AnonFuncs) != 1 || len(inits.AnonFuncs[0].AnonFuncs) != 1 || len(inits.AnonFuncs[0].Blocks) == 0 {
		t.Errorf("%d literals hang below inits, want the one of a, with one below it", len(inits.AnonFuncs))
	}
	if lit := l.vars("a")[0]; len(inits.AnonFuncs) > 0 && inits.AnonFuncs[0].Syntax() != ast.Node(lit) {
		t.Error("the literal is not that of a")
	}
	if c := calls(inits); strings.Contains(c, "helper") {
		t.Errorf("inits calls %s, of which c was not asked for", c)
	}

	funcs, inits = builder.Build(l.decls("wanted"), l.vars("a", "b", "c"))
	if len(funcs) != 1 || inits == nil || len(inits.AnonFuncs) != 2 || !strings.Contains(calls(inits), "helper") {
		t.Errorf("there are %d functions, and inits is %v", len(funcs), inits)
	}

	if funcs, inits = builder.Build(nil, nil); len(funcs) != 0 || inits != nil {
		t.Errorf("there are %d functions and inits %v, want nothing for nothing", len(funcs), inits)
	}
}

// TestNoBody checks that a function without a body is missing.
func TestNoBody(t *testing.T) {
	l := load(t, nil, program)
	funcs, _ := l.ssa(t).Build(l.decls("external", "wanted"), nil)
	if len(funcs) != 1 {
		t.Errorf("there are %d functions, want only the one with a body", len(funcs))
	}
}

// TestBeyond checks that a function that go/ssa panics on is missing, and that
// the others are there. None is known that does, so one is made: a use of a
// variable loses its object.
func TestBeyond(t *testing.T) {
	l := load(t, nil, program)
	uses := func(fn *ast.FuncDecl, name string) {
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id.Name == name {
				delete(l.info.Uses, id)
			}
			return true
		})
	}
	bad, good := l.decls("wanted"), l.decls("T.wanted", "T.other", "generic")
	uses(bad[0], "n")

	builder := l.ssa(t)
	if funcs, inits := builder.Build(bad, nil); len(funcs) != 0 || inits != nil {
		t.Fatalf("%v was built, so that this test tests nothing", funcs)
	}
	funcs, inits := builder.Build(slices.Concat(good[:1], bad, good[1:]), l.vars("a"))
	for _, decl := range good {
		if funcs[decl] == nil || len(funcs[decl].Blocks) == 0 {
			t.Errorf("%s was not built", decl.Name.Name)
		}
	}
	if len(funcs) != len(good) {
		t.Errorf("there are %d functions, want %d", len(funcs), len(good))
	}
	if inits == nil || len(inits.AnonFuncs) != 1 {
		t.Errorf("inits is %v, want it with the literal of a", inits)
	}
}
