package spanflow_test

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
	"github.com/tracevet/tracevet/passes/spanflow"
)

// fixtures are the packages that the tests run on: their own, and those of the
// rules, which have more shapes of code than anybody would write twice.
var fixtures = []string{"./passes/spanflow/...", "./spanleak/...", "./spanafterend/..."}

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

// named returns those packages whose paths, below the module's, start with one
// of the prefixes.
func named(pkgs []*packages.Package, prefixes ...string) []*packages.Package {
	var some []*packages.Package
	for _, pkg := range pkgs {
		for _, prefix := range prefixes {
			if strings.HasPrefix(short(pkg.PkgPath)+"/", prefix) {
				some = append(some, pkg)
				break
			}
		}
	}
	return some
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

// A whole is a run over all fixtures.
type whole struct {
	driver
	results []*spanflow.Result
	found   map[string]string // see findings
}

var all *whole

// analysed returns a run over all fixtures that tests share.
func analysed(t testing.TB) *whole {
	t.Helper()
	if all == nil {
		pkgs := loaded(t)
		run := &whole{driver: *newDriver(t), found: make(map[string]string)}
		run.results = run.runAll(pkgs)
		for i, pkg := range pkgs {
			maps.Copy(run.found, findings(pkg, run.results[i]))
		}
		all = run
	}
	again := *all
	again.t = t
	return &again
}

// run runs the pass on a package. Those that it imports must have been run.
func (d *driver) run(pkg *packages.Package) *spanflow.Result {
	d.t.Helper()
	return d.results(pkg)[spanflow.Analyzer].(*spanflow.Result)
}

// runAll runs it on several, and returns the results in the same order.
func (d *driver) runAll(pkgs []*packages.Package) []*spanflow.Result {
	d.t.Helper()
	var results []*spanflow.Result
	for _, pkg := range pkgs {
		results = append(results, d.run(pkg))
	}
	return results
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
	run(spanflow.Analyzer)
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
func (d *driver) summary(fn *types.Func) *spanflow.Summary {
	sum := new(spanflow.Summary)
	if !d.load(fn, sum) {
		return nil
	}
	return sum
}

// describe says all that the exported methods of a span do.
func describe(pkg *packages.Package, s *spanflow.Span) string {
	at := func(n ast.Node) string { return position(pkg, n.Pos()) }
	var b strings.Builder
	if call := s.Call(); call != nil {
		fmt.Fprintf(&b, "call %s ", at(call))
	}
	if target := s.Target(); target != nil {
		fmt.Fprintf(&b, "target %s ", at(target))
	}
	left, served := s.LeftInContext()
	fmt.Fprint(&b, left, served, s.Result(), s.Discarded(), s.Borrowed(), s.Parameter(), s.Known(), s.MayBeNil(), s.Shared(), s.Deferred(),
		s.Enders(), s.InLoop(), s.Ended(), s.HandedOver())
	for _, l := range s.Leaks() {
		fmt.Fprintf(&b, " leak %d %s %v %s", l.Way, position(pkg, l.Pos), l.Implicit, position(pkg, l.Replaced))
	}
	for _, u := range s.LateUses() {
		fmt.Fprintf(&b, " late %s after %s %v", at(u.Call), at(u.End), u.Deferred)
	}
	for _, e := range s.Ends() {
		fmt.Fprintf(&b, " end %s", at(e))
	}
	for _, e := range s.DefersInLoop() {
		fmt.Fprintf(&b, " defer %s", at(e))
	}
	for _, e := range s.EarlyEnds() {
		fmt.Fprintf(&b, " early %s %v", at(e.Call), e.Later)
	}
	if s.Borrowed() {
		fmt.Fprintf(&b, " origin %d", s.Origin())
	}
	return b.String()
}

// describeAll says all of a result.
func describeAll(pkg *packages.Package, r *spanflow.Result) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.LeavesInContext(), r.EndsBorrowed())
	for _, s := range r.Spans() {
		fmt.Fprintln(&b, describe(pkg, s))
	}
	for _, e := range r.ContextEnds() {
		fmt.Fprintf(&b, "context end %s %d\n", position(pkg, e.Call.Pos()), e.Origin)
	}
	return b.String()
}

func position(pkg *packages.Package, pos token.Pos) string {
	if !pos.IsValid() {
		return "nowhere"
	}
	p := pkg.Fset.Position(pos)
	return fmt.Sprintf("%s:%d:%d", filepath.Base(p.Filename), p.Line, p.Column)
}
