package driver

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/analyzers"
)

// A world is the libraries that made-up programs import, type-checked from source
// once, and what the passes know of them. Programs of one file are then analysed
// in memory, in some milliseconds each, as many at a time as there are cores.
type world struct {
	fset    *token.FileSet
	libs    map[string]*packages.Package // by import path
	sizes   types.Sizes
	module  *analysis.Module
	version string
	rules   []*analysis.Analyzer
	actions []*analysis.Analyzer // the rules and what they require, each after what it requires
	facts   facts                // of the libraries
}

// A factKey names a fact: at most one of each type is about an object, or a package.
type factKey struct {
	about any // a types.Object or a *types.Package
	typ   reflect.Type
}

// facts hold what was said of a set of packages; those of outer are read only.
type facts struct {
	outer map[factKey]analysis.Fact
	own   map[factKey]analysis.Fact
}

func (f facts) get(about any, ptr analysis.Fact) bool {
	k := factKey{about, reflect.TypeOf(ptr)}
	fact, ok := f.own[k]
	if !ok {
		fact, ok = f.outer[k]
	}
	if ok {
		reflect.ValueOf(ptr).Elem().Set(reflect.ValueOf(fact).Elem())
	}
	return ok
}

func (f facts) set(about any, fact analysis.Fact) { f.own[factKey{about, reflect.TypeOf(fact)}] = fact }

// tortureWorld loads the world; the tests of this package share it.
var tortureWorld = sync.OnceValues(newWorld)

// theWorld returns the world that the tests of this package share.
func theWorld(t testing.TB) *world {
	t.Helper()
	w, err := tortureWorld()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func newWorld() (*world, error) {
	dir, err := filepath.Abs("../../../testdata")
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "torture")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	// A file that imports them: their own names would bring their tests along.
	text := "package p\n"
	for _, path := range slices.Sorted(maps.Values(libraries)) {
		text += fmt.Sprintf("import _ %q\n", path)
	}
	file := filepath.Join(tmp, "a.go")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		return nil, err
	}
	s := &session{o: Options{Dir: dir}}
	l, roots, err := s.load(context.Background(), []string{file}, nil)
	if err != nil {
		return nil, err
	}
	w := &world{
		fset:    l.fset,
		libs:    make(map[string]*packages.Package),
		module:  &analysis.Module{Path: "example.com/torture", GoVersion: "1.26.0"},
		version: "go1.26.0",
		facts:   facts{own: make(map[factKey]analysis.Fact)},
	}
	for _, r := range analyzers.All() {
		for _, option := range tortureOptions[r.Name] {
			if err := r.Flags.Set(option, "true"); err != nil {
				return nil, err
			}
		}
		w.rules = append(w.rules, r.Analyzer)
	}
	w.actions = inOrder(w.rules)
	about := withFacts(w.actions)
	var failed error
	packages.Visit(roots, nil, func(p *packages.Package) { // dependencies first
		w.libs[p.PkgPath] = p
		w.sizes = p.TypesSizes
		if bad := l.broken(p); bad != nil && failed == nil {
			failed = fmt.Errorf("%s: %s", bad.PkgPath, l.buildError(bad, dir))
		}
		if failed == nil && p.PkgPath != "unsafe" {
			_, failed = w.analyse(&program{path: p.PkgPath, files: p.Syntax, pkg: p.Types, info: p.TypesInfo}, about, w.facts)
		}
	})
	return w, failed
}

// inOrder returns analyzers and all that they require, the latter first.
func inOrder(roots []*analysis.Analyzer) []*analysis.Analyzer {
	var ordered []*analysis.Analyzer
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if slices.Contains(ordered, a) {
			return
		}
		for _, r := range a.Requires {
			visit(r)
		}
		ordered = append(ordered, a)
	}
	for _, a := range roots {
		visit(a)
	}
	return ordered
}

// withFacts returns the analyzers that a driver runs on dependencies.
func withFacts(actions []*analysis.Analyzer) []*analysis.Analyzer {
	var found []*analysis.Analyzer
	for _, a := range actions {
		if len(a.FactTypes) > 0 {
			found = append(found, a)
		}
	}
	return inOrder(found)
}

// A program is a type-checked package of one file, or a library.
type program struct {
	path  string
	text  []byte
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
}

// parse parses and type-checks a program. The path tells it from the others.
func (w *world) parse(path string, text []byte) (*program, error) {
	p := &program{path: path, text: text, info: &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}}
	file, err := parser.ParseFile(w.fset, p.file(), text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	more, err := parser.ParseFile(w.fset, p.dir()+"b.go", helpers, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	p.files = []*ast.File{file, more}
	conf := types.Config{
		GoVersion: w.version,
		Sizes:     w.sizes,
		Importer: importerFunc(func(path string) (*types.Package, error) {
			if lib := w.libs[path]; lib != nil {
				return lib.Types, nil
			}
			return nil, fmt.Errorf("no library of that path: %s", path)
		}),
	}
	p.pkg, err = conf.Check(path, w.fset, p.files, p.info)
	return p, err
}

func (p *program) dir() string  { return "/" + p.path + "/" }
func (p *program) file() string { return p.dir() + "a.go" }

// read returns the text of a file of p, which is on no disk.
func (p *program) read(name string) ([]byte, error) {
	if name == p.file() {
		return p.text, nil
	}
	return []byte(helpers), nil
}

// A found is a finding in a program.
type found struct {
	rule string
	analysis.Diagnostic
}

// analyse runs actions, which are in order, on a program, and returns what they report.
func (w *world) analyse(p *program, actions []*analysis.Analyzer, f facts) ([]found, error) {
	var all []found
	results := make(map[*analysis.Analyzer]any)
	for _, a := range actions {
		resultOf := make(map[*analysis.Analyzer]any)
		for _, r := range a.Requires {
			resultOf[r] = results[r]
		}
		pass := &analysis.Pass{
			Analyzer: a, Fset: w.fset, Files: p.files, Pkg: p.pkg, TypesInfo: p.info, TypesSizes: w.sizes,
			Module:   w.module,
			ResultOf: resultOf,
			Report:   func(d analysis.Diagnostic) { all = append(all, found{a.Name, d}) },
			ReadFile: p.read,
			ImportObjectFact: func(obj types.Object, ptr analysis.Fact) bool {
				return f.get(obj, ptr)
			},
			ExportObjectFact:  func(obj types.Object, fact analysis.Fact) { f.set(obj, fact) },
			ImportPackageFact: func(pkg *types.Package, ptr analysis.Fact) bool { return f.get(pkg, ptr) },
			ExportPackageFact: func(fact analysis.Fact) { f.set(p.pkg, fact) },
			AllObjectFacts:    func() []analysis.ObjectFact { panic("not used by any pass") },
			AllPackageFacts:   func() []analysis.PackageFact { panic("not used by any pass") },
		}
		result, err := a.Run(pass)
		if err != nil {
			return nil, fmt.Errorf("%s on %s: %w", a.Name, p.path, err)
		}
		results[a] = result
	}
	slices.SortStableFunc(all, func(x, y found) int { return int(x.Pos - y.Pos) })
	return all, nil
}

// findings returns what the rules find in a program.
func (w *world) findings(p *program) ([]found, error) {
	return w.analyse(p, w.actions, facts{outer: w.facts.own, own: make(map[factKey]analysis.Fact)})
}
