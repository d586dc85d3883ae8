package libindex_test

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

	"github.com/tracevet/tracevet/passes/libindex"
)

const tracePath = "go.opentelemetry.io/otel/trace"

// A build is a number of packages, each after those that it imports.
type build struct {
	t        *testing.T
	fset     *token.FileSet
	packages map[string]*types.Package
	reaches  map[*types.Package]bool // has the fact
	withhold map[string]bool         // packages whose facts are lost
}

func newBuild(t *testing.T) *build {
	return &build{t, token.NewFileSet(), make(map[string]*types.Package), make(map[*types.Package]bool), make(map[string]bool)}
}

// Import makes a build an importer.
func (b *build) Import(path string) (*types.Package, error) {
	if pkg := b.packages[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("there is no package %s", path)
}

// add type-checks a package and returns its index.
func (b *build) add(path string, texts ...string) *libindex.Index {
	b.t.Helper()
	var files []*ast.File
	for i, text := range texts {
		file, err := parser.ParseFile(b.fset, fmt.Sprintf("%s/%d.go", path, i), text, parser.SkipObjectResolution)
		if err != nil {
			b.t.Fatal(err)
		}
		files = append(files, file)
	}
	info := &types.Info{
		Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection), Instances: make(map[*ast.Ident]types.Instance),
	}
	pkg, err := (&types.Config{Importer: b}).Check(path, b.fset, files, info)
	if err != nil {
		b.t.Fatal(err)
	}
	b.packages[path] = pkg
	result, err := libindex.Analyzer.Run(&analysis.Pass{
		Analyzer: libindex.Analyzer, Fset: b.fset, Files: files, Pkg: pkg, TypesInfo: info,
		ImportPackageFact: func(pkg *types.Package, _ analysis.Fact) bool { return b.reaches[pkg] },
		ExportPackageFact: func(analysis.Fact) { b.reaches[pkg] = !b.withhold[path] },
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return result.(*libindex.Index)
}

const trace = `package trace

type Span interface { End(); SetName(string) }

type Tracer interface { Start(name string) Span }

func Default() Tracer { return nil }
`

// TestReaches checks which packages of a build are looked at. Each imports
// what the path says, so that export data of the last ones shows no tracing.
func TestReaches(t *testing.T) {
	b := newBuild(t)
	const f = "func f() { func() {}() }\nvar v = func() {}\n"
	for _, test := range []struct {
		path, text string
		want       bool
	}{
		{tracePath, trace, true}, // the API itself: spanflow leaves it out
		{"none", "package none\n" + f, false},
		{"direct", "package direct\nimport \"" + tracePath + "\"\n" + f + "func Hidden() { trace.Default().Start(\"\").End() }", true},
		{"blank", "package blank\nimport _ \"" + tracePath + "\"\n" + f, true},
		{"through", "package through\nimport \"direct\"\n" + f + "func G() { direct.Hidden() }", true},
		{"further", "package further\nimport \"through\"\n" + f + "func H() { through.G() }", true},
		{"beside", "package beside\nimport \"none\"\n" + f + "var _ = none.F", false},
	} {
		if test.path == "none" {
			test.text += "func F() {}"
		}
		x := b.add(test.path, test.text)
		if x.Reaches() != test.want || b.reaches[b.packages[test.path]] != test.want {
			t.Errorf("%s reaches a tracing API: %v, with the fact: %v; want %v", test.path, x.Reaches(), b.reaches[b.packages[test.path]], test.want)
		}
		if empty := len(x.Funcs())+len(x.Inits()) == 0; empty == test.want {
			t.Errorf("%s has %d functions and %d initializers; want some: %v", test.path, len(x.Funcs()), len(x.Inits()), test.want)
		}
	}
	for _, imp := range b.packages["further"].Imports() {
		if imp.Path() == tracePath {
			t.Error("the package further imports the API itself: this test tests nothing")
		}
	}

	// A lost fact makes the package look like one that does not trace.
	b = newBuild(t)
	b.withhold["direct"] = true
	b.add(tracePath, trace)
	b.add("direct", "package direct\nimport _ \""+tracePath+"\"")
	if x := b.add("through", "package through\nimport _ \"direct\"\n"+f); x.Reaches() || len(x.Funcs()) > 0 {
		t.Error("a package reaches a tracing API though it cannot know")
	}
}

// TestFuncs checks what is said of functions: which there are, and which
// functions and fields each mentions, in the order of the first mention.
func TestFuncs(t *testing.T) {
	b := newBuild(t)
	b.add(tracePath, trace)
	x := b.add("p", `package p

import "`+tracePath+`"

type T struct { span trace.Span; n int; inner struct { name string } }

type G[V any] struct { value V; T }

func (g *G[V]) Get() V { return g.value }

func second() { first(); (*T).end(nil) }

func (t *T) end() { t.span.End(); t.n = 1; t.span.SetName(t.inner.name); second() }

func noBody()

func uses() {
	g := G[int]{value: 1, T: T{n: 2}}
	_ = g.Get() + id(g.n)
	_ = id[string]("")
	func() { first(); g.end() }()
	type local struct { only int }
	_ = local{only: 1}
}

func generic[V any]() { var g G[V]; g.Get(); id(g.value) }

func nothing() {}
`, `package p

func id[V any](v V) V { return v }

func first() { var i interface{ end() }; i.end(); println(len("")) }

func init() { first() }

func init() { second() }

func _() { second() }
`)
	want := []string{
		"Get: ; value",
		"second: first end; ",
		"end: End SetName second; span n inner name",
		"uses: Get id first end; value T n only",
		"generic: Get id; value",
		"nothing: ; ",
		"id: ; ",
		"first: end; ",
		"init: first; ",
		"init: second; ",
		"_: second; ",
	}
	var got []string
	for _, fn := range x.Funcs() {
		got = append(got, describe(fn))
		if fn.Decl == nil || fn.Init != nil || fn.Obj == nil || fn.Obj.Name() != fn.Decl.Name.Name {
			t.Errorf("%s does not say which declaration it is", describe(fn))
		}
		for _, mentioned := range fn.Funcs {
			if mentioned != mentioned.Origin() {
				t.Errorf("%s mentions an instance of %s", describe(fn), mentioned.Name())
			}
		}
		for _, field := range fn.Fields {
			if field != field.Origin() {
				t.Errorf("%s mentions an instance of the field %s", describe(fn), field.Name())
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	// T.end and the method of the interface are two.
	if end := x.Funcs()[1].Funcs[1]; end.Signature().Recv() == nil || x.Funcs()[7].Funcs[0] == end {
		t.Error("methods of the same name are mixed up")
	}
}

// describe returns the name of a function and the names of what it mentions.
func describe(fn *libindex.Func) string {
	var funcs, fields []string
	for _, f := range fn.Funcs {
		funcs = append(funcs, f.Name())
	}
	for _, f := range fn.Fields {
		fields = append(fields, f.Name())
	}
	name := "(initializer)"
	if fn.Obj != nil {
		name = fn.Obj.Name()
	}
	return name + ": " + strings.Join(funcs, " ") + "; " + strings.Join(fields, " ")
}

// TestInits checks which initializers of variables are there.
func TestInits(t *testing.T) {
	b := newBuild(t)
	b.add(tracePath, trace)
	x := b.add("p", `package p

import "`+tracePath+`"

var a = func() { trace.Default() }

var (
	none        = trace.Default()
	_           = wrap(func() { a() })
	c, d        = func() { e() }, 1
	inMap       = map[string]func(){"x": func() { trace.Default().Start("").End() }}
	noValue     func()
	methodValue = trace.Default().Start
)

const k = 1

func wrap(f func()) func() { return f }

func e() { local := func() {}; local() }
`)
	var got []string
	for _, fn := range x.Inits() {
		got = append(got, describe(fn))
		if fn.Init == nil || fn.Decl != nil || fn.Obj != nil {
			t.Errorf("%s does not say which expression it is", describe(fn))
		}
	}
	want := []string{
		"(initializer): Default; ",
		"(initializer): wrap; ",
		"(initializer): e; ",
		"(initializer): Default Start End; ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	if len(x.Funcs()) != 2 {
		t.Errorf("there are %d functions, want 2", len(x.Funcs()))
	}
}

func TestFact(t *testing.T) {
	if got := new(libindex.Reaches).String(); got != "reaches" {
		t.Errorf("the fact is shown as %q", got)
	}
}
