package edit

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// The packages that the sources of the tests can import. They are small, so
// that the tests are fast.
var library = map[string]string{
	"context": `package context
		type Context interface{ Err() error }
		func Background() Context { return nil }
		func WithoutCancel(ctx Context) Context { return ctx }`,
	"errors":  `package errors; func New(string) error { return nil }`,
	"fmt":     `package fmt; func Println(...any) {}; func Sprint(...any) string { return "" }`,
	"os":      `package os; func Exit(int) {}`,
	"log":     `package log; func Println(...any) {}`,
	"strings": `package strings; func ToUpper(s string) string { return s }`,
	"go.opentelemetry.io/otel/codes": `package codes
		type Code uint32
		const ( Unset Code = iota; Error; Ok )`,
	"google.golang.org/grpc/codes": `package codes
		type Code uint32
		const OK Code = 0`,
	"go.opentelemetry.io/otel/trace": `package trace
		import ("context"; "go.opentelemetry.io/otel/codes")
		type Span interface { End(); SetStatus(codes.Code, string); RecordError(error) }
		type Tracer interface { Start(context.Context, string) (context.Context, Span) }
		func SpanFromContext(context.Context) Span { return nil }`,
	"go.opentelemetry.io/otel/semconv/v1.26.0": `package semconv; const SchemaURL = ""`,
	"gopkg.in/yaml.v3":                         `package yaml; func Marshal(any) {}`,
	"github.com/acme/app/store":                `package store; import "github.com/acme/app/internal/secret"; var X = secret.X`,
	"github.com/acme/app/internal/secret":      `package secret; var X int`,
	"github.com/other/mod": `package mod
		import ("github.com/other/mod/internal/x"; "gopkg.in/yaml.v3"; "go.opentelemetry.io/otel/semconv/v1.26.0"; "go.opentelemetry.io/otel/trace"; "google.golang.org/grpc/codes"; "log")
		func Do() { x.F(); yaml.Marshal(semconv.SchemaURL); log.Println(codes.OK); trace.SpanFromContext(nil) }`,
	"github.com/other/mod/internal/x": `package x; func F() {}`,
}

var loaded struct {
	sync.Mutex
	pkgs map[string]*types.Package
}

// importLib is the importer of the library.
func importLib(path string) (*types.Package, error) {
	loaded.Lock()
	defer loaded.Unlock()
	if loaded.pkgs == nil {
		loaded.pkgs = make(map[string]*types.Package)
	}
	var load func(path string) (*types.Package, error)
	load = func(path string) (*types.Package, error) {
		if pkg := loaded.pkgs[path]; pkg != nil {
			return pkg, nil
		}
		src, ok := library[path]
		if !ok {
			return nil, fmt.Errorf("no package %s", path)
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path+".go", src, 0)
		if err != nil {
			return nil, err
		}
		conf := types.Config{Importer: importerFunc(load)}
		pkg, err := conf.Check(path, fset, []*ast.File{f}, nil)
		if err == nil {
			loaded.pkgs[path] = pkg
		}
		return pkg, err
	}
	return load(path)
}

// pkgPath is the path of the package under test; it is in module acme.
const pkgPath = "github.com/acme/app/api"

// newPass loads a package, given as the contents of files by name, for an
// analyzer. Files whose names begin with _ are ignored by the build.
func newPass(files map[string]string) (*analysis.Pass, error) { return newPassWith(files, importLib) }

// newPassWith is newPass with an importer of its own.
func newPassWith(files map[string]string, imp importerFunc) (*analysis.Pass, error) {
	pass := &analysis.Pass{
		Analyzer: &analysis.Analyzer{Name: "test"},
		Fset:     token.NewFileSet(),
		Module:   &analysis.Module{Path: "github.com/acme/app"},
		TypesInfo: &types.Info{
			Types:      make(map[ast.Expr]types.TypeAndValue),
			Defs:       make(map[*ast.Ident]types.Object),
			Uses:       make(map[*ast.Ident]types.Object),
			Implicits:  make(map[ast.Node]types.Object),
			Selections: make(map[*ast.SelectorExpr]*types.Selection),
			Scopes:     make(map[ast.Node]*types.Scope),
		},
		TypesSizes: types.SizesFor("gc", "amd64"),
		ReadFile: func(name string) ([]byte, error) {
			if src, ok := files[name]; ok {
				return []byte(src), nil
			}
			return nil, os.ErrNotExist
		},
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, "_") {
			pass.IgnoredFiles = append(pass.IgnoredFiles, name)
			continue
		}
		f, err := parser.ParseFile(pass.Fset, name, files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		pass.Files = append(pass.Files, f)
	}
	conf := types.Config{Importer: imp, GoVersion: "go1.26", Sizes: pass.TypesSizes}
	var err error
	pass.Pkg, err = conf.Check(pkgPath, pass.Fset, pass.Files, pass.TypesInfo)
	return pass, err
}

// A fixture is a loaded package and the first of its files, which is edited.
type fixture struct {
	t     testing.TB
	files map[string]string
	name  string
	src   string
	pass  *analysis.Pass
	file  *ast.File
}

func load(t testing.TB, src string, more map[string]string) *fixture {
	t.Helper()
	files := map[string]string{"a.go": src}
	maps.Copy(files, more)
	pass, err := newPass(files)
	if err != nil {
		t.Fatalf("the test's source is wrong: %v\n%s", err, src)
	}
	return &fixture{t, files, "a.go", src, pass, pass.Files[0]}
}

// find returns the first node of type N whose source begins with text.
func find[N ast.Node](f *fixture, text string) N {
	f.t.Helper()
	var found N
	ok := false
	ast.Inspect(f.file, func(n ast.Node) bool {
		if n, is := n.(N); is && !ok && strings.HasPrefix(f.src[f.pass.Fset.File(n.Pos()).Offset(n.Pos()):], text) {
			found, ok = n, true
		}
		return !ok
	})
	if !ok {
		f.t.Fatalf("no %T begins with %q", found, text)
	}
	return found
}

func (f *fixture) stmt(text string) ast.Stmt { f.t.Helper(); return find[ast.Stmt](f, text) }
func (f *fixture) expr(text string) ast.Expr { f.t.Helper(); return find[ast.Expr](f, text) }

// at returns the position where text begins first.
func (f *fixture) at(text string) token.Pos {
	f.t.Helper()
	i := strings.Index(f.src, text)
	if i < 0 {
		f.t.Fatalf("no %q", text)
	}
	return f.pass.Fset.File(f.file.FileStart).Pos(i)
}

// apply applies fixes to the file, and checks what Fixes promises with a
// type-check of its own, of the whole package.
func (f *fixture) apply(fixes ...analysis.SuggestedFix) string {
	f.t.Helper()
	var edits []edit
	tok := f.pass.Fset.File(f.file.FileStart)
	for _, fix := range fixes {
		others := slices.Clone(edits)
		for i, e := range fix.TextEdits {
			if i > 0 && e.Pos < fix.TextEdits[i-1].End {
				f.t.Errorf("edits overlap or are not sorted")
			}
			if f.pass.Fset.File(e.Pos) != tok || f.pass.Fset.File(e.End) != tok {
				f.t.Errorf("edit is not in the file")
			}
			if e := (edit{tok.Offset(e.Pos), tok.Offset(e.End), string(e.NewText)}); !slices.Contains(others, e) {
				edits = append(edits, e)
			}
		}
	}
	sortEdits(edits)
	if overlap(edits) {
		f.t.Errorf("edits of different fixes overlap")
	}
	out, _ := apply([]byte(f.src), edits)
	files := maps.Clone(f.files)
	files[f.name] = string(out)
	if _, err := newPass(files); err != nil {
		f.t.Errorf("the result does not type-check: %v\n%s", err, out)
	}
	if _, err := format.Source(out); err != nil {
		f.t.Errorf("gofmt rejects the result: %v\n%s", err, out)
	}
	before, after := comments(f.src), comments(string(out))
	for _, c := range before {
		i := slices.Index(after, c)
		if i < 0 {
			f.t.Errorf("comment %q is lost\n%s", c, out)
			break
		}
		after = slices.Delete(after, i, i+1)
	}
	return string(out)
}

// comments returns the texts of the comments in src.
func comments(src string) []string {
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	var texts []string
	for _, g := range f.Comments {
		for _, c := range g.List {
			texts = append(texts, c.Text)
		}
	}
	return texts
}

// A planTest plans edits to src and wants the result to be want; "" if the plan
// has to fail. A source that gofmt agrees with has to stay so, unless the test
// is marked as ugly.
type planTest struct {
	name  string
	src   string
	plan  func(p *Plan, f *fixture)
	want  string
	files map[string]string // other files of the package
	ugly  bool
}

func runPlans(t *testing.T, tests []planTest) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := load(t, test.src, test.files)
			plan := New(f.pass, f.file)
			test.plan(plan, f)
			fixes := plan.Fixes("Fix it")
			if fixes == nil {
				if test.want != "" {
					t.Errorf("no fix; want:\n%s", test.want)
				}
				return
			}
			got := f.apply(fixes...)
			if got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
			if !test.ugly && formatted(test.src) && !formatted(got) {
				pretty, _ := format.Source([]byte(got))
				t.Errorf("gofmt changes the result:\n%s\nto:\n%s", got, pretty)
			}
		})
	}
}

func formatted(src string) bool {
	pretty, err := format.Source([]byte(src))
	return err == nil && bytes.Equal(pretty, []byte(src))
}

// in returns a file of package p with body as that of a function, after
// declarations that bodies can use.
func in(body string) string {
	return prelude + "func f(ctx int) {\n" + body + "}\n"
}

const prelude = `package p

type span struct{}

func (span) End()
func start() (int, span)
func use(...any)

var cond bool
var ch chan int

`
