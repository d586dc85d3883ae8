package requests_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/requests"
)

// analyze runs the pass on a package of one file.
func analyze(t *testing.T, text string) (*requests.Result, map[types.Object]*requests.Runs) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection), Scopes: make(map[ast.Node]*types.Scope),
		Instances: make(map[*ast.Ident]types.Instance), FileVersions: make(map[*ast.File]string),
	}
	pkg, err := (&types.Config{Importer: importer.ForCompiler(fset, "source", nil)}).Check("example.com/p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	facts := make(map[types.Object]*requests.Runs)
	result, err := requests.Analyzer.Run(&analysis.Pass{
		Analyzer: requests.Analyzer, Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportObjectFact:  func(obj types.Object, fact analysis.Fact) { facts[obj] = fact.(*requests.Runs) },
		ExportPackageFact: func(analysis.Fact) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result.(*requests.Result), facts
}

// TestAt checks which context is at hand at each call of hand(): the comment on
// its line says it, or "none".
func TestAt(t *testing.T) {
	const text = `package p

import (
	"context"
	"slices"
	"sync"
)

func hand(...any) bool { return false }

func param(ctx context.Context)  { hand() } // ctx
func noName(_ context.Context)   { hand() } // _
func nothing(n int)              { hand() } // none

func derived(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	hand(ctx) // ctx
	cancel()
	hand() // parent
}

func root(ctx context.Context) {
	ctx = context.Background()
	hand(ctx) // none
}

func branch(ctx context.Context, b bool) {
	if b {
		ctx = context.Background()
		hand() // none
	}
	hand() // none
}

func guard(ctx context.Context) {
	if ctx == nil {
		ctx = context.Background()
	}
	hand(ctx) // ctx
}

func shadow(ctx context.Context) {
	{
		ctx := 1
		hand(ctx) // none
	}
}

func literals(ctx context.Context, xs []int, later *func()) {
	func() { hand() }() // ctx
	local := func() { hand() } // ctx
	local()
	_ = slices.ContainsFunc(xs, func(int) bool { return hand() }) // ctx
	runs(func() { hand() }) // ctx
	*later = func() { hand() } // none
	go func() { hand() }() // none
	var wg sync.WaitGroup
	wg.Go(func() { hand() }) // ctx
	wg.Wait()
	var once sync.Once
	once.Do(func() { hand() }) // none
}

func runs(f func()) { f() }
`
	r, facts := analyze(t, text)
	lines := strings.Split(text, "\n")
	calls := 0
	for _, site := range r.Sites() {
		if site.Fn == nil || site.Fn.Name() != "hand" {
			continue
		}
		calls++
		got := "none"
		if c := r.At(site.Func, site.Call.Pos()); c != nil {
			got = c.Text()
		}
		line := 1 + strings.Count(text[:int(site.Call.Pos())-1], "\n")
		if _, want, _ := strings.Cut(lines[line-1], "// "); got != want {
			t.Errorf("line %d: %s is at hand, want %s", line, got, want)
		}
	}
	if calls < 17 {
		t.Errorf("only %d calls were looked at", calls)
	}
	var names []string
	for obj, fact := range facts {
		names = append(names, fmt.Sprint(obj.Name(), " ", fact))
	}
	slices.Sort(names)
	if want := []string{"runs runs[1] []"}; !slices.Equal(names, want) {
		t.Errorf("facts %q, want %q", names, want)
	}
}

// TestLoops checks that contexts which depend on themselves, in loops within
// loops, are followed in a time that somebody waits for.
func TestLoops(t *testing.T) {
	var b strings.Builder
	b.WriteString("package p\n\nimport \"context\"\n\nfunc f(ctx context.Context, n int) {\n")
	for range 4 {
		b.WriteString("for i := range n {\nctx = context.WithValue(ctx, i, 1)\nif i > 1 {\nctx = context.WithValue(ctx, i, 2)\n}\nctx = context.WithValue(ctx, i, 3)\n")
	}
	b.WriteString("g(ctx)\n" + strings.Repeat("}\n", 4) + "}\n\nfunc g(context.Context) {}\n")
	r, _ := analyze(t, b.String())
	for _, site := range r.Sites() {
		if site.Fn == nil || site.Fn.Name() != "g" {
			continue
		}
		if o := r.Origin(site.Call.Args[0]); o.Kind != requests.Caller {
			t.Errorf("the context of g is of kind %v, want that of the caller", o.Kind)
		}
	}
}

// TestOwn checks which packages belong to the program, whatever a driver says of
// the module of one that is in none: nothing, or an empty module.
func TestOwn(t *testing.T) {
	for _, test := range []struct {
		path, name string
		module     *analysis.Module
		want       bool
	}{
		{"example.com/p", "p", &analysis.Module{Path: "example.com"}, true},
		{"shop/p", "p", &analysis.Module{Path: "shop"}, true},
		{"example.com/p", "p", &analysis.Module{Path: "example.com", Version: "v1.0.0"}, false},
		{"fmt", "fmt", nil, false},
		{"fmt", "fmt", new(analysis.Module), false},
		{"command-line-arguments", "main", nil, true},
		{"command-line-arguments", "main", new(analysis.Module), true},
	} {
		pass := &analysis.Pass{Pkg: types.NewPackage(test.path, test.name), Module: test.module}
		if got := requests.Own(pass); got != test.want {
			t.Errorf("%s in module %v: %v, want %v", test.path, test.module, got, test.want)
		}
	}
}
