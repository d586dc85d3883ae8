package values_test

import (
	"bytes"
	"encoding/gob"
	"errors"
	"go/types"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
	"github.com/tracevet/tracevet/passes/values"
)

// fixtures are the packages that the tests run on: their own, and those of the
// rules, which have more shapes of code than anybody would write twice.
var fixtures = []string{"./passes/values/...", "./dynamicname/...", "./dynamiclabel/..."}

var loadOnce = sync.OnceValues(func() ([]*packages.Package, error) {
	pkgs, err := load("GOPROXY=off")
	if err != nil {
		pkgs, err = load() // the libraries were never downloaded
	}
	return pkgs, err
})

// loaded returns the fixtures, each package after those that it imports.
func loaded(t testing.TB) []*packages.Package {
	t.Helper()
	pkgs, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

// load loads the fixtures from source, and what they import from export data.
func load(env ...string) ([]*packages.Package, error) {
	env = append([]string{"GOWORK=off", "GOFLAGS=-mod=readonly"}, env...)
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes,
		Dir: "../../testdata",
		Env: append(os.Environ(), env...),
	}, fixtures...)
	if err != nil {
		return nil, err
	}
	var sorted []*packages.Package
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		if slices.Contains(pkgs, pkg) {
			sorted = append(sorted, pkg)
			for _, e := range pkg.Errors {
				err = errors.Join(err, e)
			}
		}
	})
	if len(sorted) == 0 && err == nil {
		err = errors.New("there are no fixtures")
	}
	return sorted, err
}

func short(path string) string {
	return strings.TrimPrefix(path, "github.com/tracevet/tracevet/testdata/")
}

// A driver runs the pass on packages, as the go command does: one after the
// other, with nothing between them but facts, which are bytes.
type driver struct {
	t     testing.TB
	facts map[factKey][]byte
	order []factKey // in which they were exported
	// lost tells which facts about functions do not get to other packages.
	lost func(fn *types.Func, fact analysis.Fact) bool
}

// A factKey is what a fact is about, an object or a package, and its type.
type factKey struct {
	about any
	typ   reflect.Type
}

func newDriver(t testing.TB) *driver {
	return &driver{t: t, facts: make(map[factKey][]byte)}
}

// run runs the pass on a package. Those that it imports must have been run.
func (d *driver) run(pkg *packages.Package) *values.Result {
	d.t.Helper()
	return d.results(pkg)[values.Analyzer].(*values.Result)
}

func (d *driver) results(pkg *packages.Package) map[*analysis.Analyzer]any {
	d.t.Helper()
	results := make(map[*analysis.Analyzer]any)
	var run func(a *analysis.Analyzer)
	run = func(a *analysis.Analyzer) {
		if _, done := results[a]; done {
			return
		}
		for _, req := range a.Requires {
			run(req)
		}
		result, err := a.Run(d.pass(a, pkg, results))
		if err != nil {
			d.t.Fatalf("%s on %s: %v", a.Name, pkg.PkgPath, err)
		}
		results[a] = result
	}
	run(values.Analyzer)
	return results
}

func (d *driver) pass(a *analysis.Analyzer, pkg *packages.Package, results map[*analysis.Analyzer]any) *analysis.Pass {
	return &analysis.Pass{
		Analyzer:   a,
		Fset:       pkg.Fset,
		Files:      pkg.Syntax,
		Pkg:        pkg.Types,
		TypesInfo:  pkg.TypesInfo,
		TypesSizes: pkg.TypesSizes,
		ResultOf:   results,
		Report:     func(diag analysis.Diagnostic) { d.t.Errorf("a pass reports %q", diag.Message) },
		ImportObjectFact: func(obj types.Object, fact analysis.Fact) bool {
			fn, isFunc := obj.(*types.Func)
			if isFunc && d.lost != nil && fn.Pkg() != pkg.Types && d.lost(fn, fact) {
				return false
			}
			return d.load(obj, fact)
		},
		ExportObjectFact: func(obj types.Object, fact analysis.Fact) {
			if obj.Pkg() != pkg.Types {
				d.t.Errorf("%s exports a fact about %v of another package", pkg.PkgPath, obj)
			}
			d.store(obj, fact)
		},
		ImportPackageFact: func(of *types.Package, fact analysis.Fact) bool {
			if _, ok := fact.(*libindex.Reaches); ok && reachesTracing(of) {
				return true // a library, which is not analysed here
			}
			return d.load(of, fact)
		},
		ExportPackageFact: func(fact analysis.Fact) { d.store(pkg.Types, fact) },
	}
}

func (d *driver) store(about any, fact analysis.Fact) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		d.t.Fatalf("the fact %v about %v: %v", fact, about, err)
	}
	key := factKey{about, reflect.TypeOf(fact)}
	if _, again := d.facts[key]; !again {
		d.order = append(d.order, key)
	}
	d.facts[key] = b.Bytes()
}

func (d *driver) load(about any, fact analysis.Fact) bool {
	text, ok := d.facts[factKey{about, reflect.TypeOf(fact)}]
	if ok {
		if err := gob.NewDecoder(bytes.NewReader(text)).Decode(fact); err != nil {
			d.t.Fatalf("a fact about %v: %v", about, err)
		}
	}
	return ok
}

// reachesTracing reports whether a package imports a tracing API, as far as
// its export data tells.
func reachesTracing(pkg *types.Package) bool {
	seen := make(map[*types.Package]bool)
	var visit func(pkg *types.Package) bool
	visit = func(pkg *types.Package) bool {
		if seen[pkg] {
			return false
		}
		seen[pkg] = true
		return knowledge.IsTracing(pkg.Path()) || slices.ContainsFunc(pkg.Imports(), visit)
	}
	return strings.Contains(pkg.Path(), ".") && !strings.Contains(pkg.Path(), "/tracevet/") && visit(pkg)
}

// summary returns the fact about a function, nil if there is none.
func (d *driver) summary(fn *types.Func) *values.Summary {
	sum := new(values.Summary)
	if !d.load(fn, sum) {
		return nil
	}
	return sum
}
