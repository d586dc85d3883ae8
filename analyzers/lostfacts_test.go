package analyzers_test

import (
	"bytes"
	"fmt"
	"go/types"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/ctxless"
	"github.com/tracevet/tracevet/passes/passtest"
	"github.com/tracevet/tracevet/passes/requests"
)

// contextRules are the rules that rest on the facts of passes/ctxflow and
// passes/requests. The tests of passes/spanflow and passes/values withhold the facts
// of those.
var contextRules = []string{"ctxlesscall", "detachedgo", "rootctx", "staleparent", "webctx"}

// layered are those fixtures of these rules that import each other.
var layered = passtest.Fixtures{Patterns: []string{
	"./rootctx/innocent_chains/...", "./rootctx/layers/...", "./rootctx/billing/...", "./rootctx/shop/...", "./rootctx/fleet/...",
	"./webctx/engine/...", "./webctx/backend/...", "./webctx/layers/...", "./webctx/innocent_indirect/...", "./webctx/innocent_imported/...",
	"./detachedgo/...", "./ctxlesscall/...", "./staleparent/...",
}}

// A contextRun is a run of the rules about contexts.
type contextRun struct {
	*passtest.Driver
	rules []*analysis.Analyzer
	found map[string]bool
}

func newContextRun(t testing.TB, d *passtest.Driver) *contextRun {
	run := &contextRun{Driver: d, found: make(map[string]bool)}
	for _, r := range analyzers.All() {
		if slices.Contains(contextRules, r.Name) {
			run.rules = append(run.rules, r.Analyzer)
		}
	}
	if len(run.rules) != len(contextRules) {
		t.Fatalf("of %q, there are %d rules", contextRules, len(run.rules))
	}
	d.Report = func(pkg *packages.Package, a *analysis.Analyzer, diag analysis.Diagnostic) {
		p := pkg.Fset.Position(diag.Pos)
		run.found[fmt.Sprintf("%s/%s:%d:%d %s %s", passtest.Short(pkg.PkgPath), path.Base(p.Filename), p.Line, p.Column, a.Name, diag.Category)] = true
	}
	return run
}

func (r *contextRun) all(pkgs []*packages.Package) {
	for _, pkg := range pkgs {
		r.Run(pkg, r.rules...)
	}
}

// name says what a fact is about.
func name(key passtest.FactKey) string {
	what := strings.TrimPrefix(key.Type.String(), "*")
	switch about := key.About.(type) {
	case types.Object:
		return what + " of " + passtest.Short(about.Pkg().Path()) + "." + about.Name()
	case *types.Package:
		return what + " of " + passtest.Short(about.Path())
	}
	return what
}

// TestLostFacts withholds each fact of the passes about contexts from the packages
// that import it, and checks that there is no finding more then: caches lose facts,
// and some drivers have none.
func TestLostFacts(t *testing.T) {
	pkgs := layered.Load(t)
	full := newContextRun(t, passtest.NewDriver(t))
	full.all(pkgs)
	ours := []reflect.Type{reflect.TypeFor[*ctxflow.Summary](), reflect.TypeFor[*requests.Runs](), reflect.TypeFor[*requests.Fallback](),
		reflect.TypeFor[*ctxless.Bare](), reflect.TypeFor[*ctxless.Traced](), reflect.TypeFor[*ctxless.Lends](), reflect.TypeFor[*requests.Recorder]()}
	facts, lost := 0, 0
	for _, pkg := range pkgs {
		users := passtest.Importers(pkgs, pkg)
		if len(users) == 0 {
			continue
		}
		for _, key := range full.Order {
			if !key.Of(pkg.Types) || !slices.Contains(ours, key.Type) {
				continue
			}
			run := newContextRun(t, full.Without(users...))
			run.Lost = func(about any, fact analysis.Fact) bool {
				return about == key.About && reflect.TypeOf(fact) == key.Type
			}
			run.all(users)
			facts++
			var extra []string
			for at := range run.found {
				if !full.found[at] {
					extra = append(extra, at)
				}
			}
			slices.Sort(extra)
			if len(extra) > 0 {
				t.Errorf("without %s there are these findings more: %q", name(key), extra)
			}
			for at := range full.found {
				if !run.found[at] && slices.ContainsFunc(users, func(user *packages.Package) bool {
					file, _, _ := strings.Cut(at, ":")
					return path.Dir(file) == passtest.Short(user.PkgPath)
				}) {
					lost++
					break
				}
			}
		}
	}
	t.Logf("%d findings, %d times a fact withheld, %d times findings lost", len(full.found), facts, lost)
	if len(full.found) < 50 || facts < 20 || lost < 5 {
		t.Errorf("%d findings, %d times a fact withheld, %d times findings lost: this test tests little", len(full.found), facts, lost)
	}
}

// TestSameFacts checks that the rules about contexts say the same in each run, and
// that their passes export the same facts in the same order, byte for byte: the go
// command takes a package whose facts changed for one that changed itself.
func TestSameFacts(t *testing.T) {
	pkgs := layered.Load(t)
	first := newContextRun(t, passtest.NewDriver(t))
	first.all(pkgs)
	for range 4 {
		again := newContextRun(t, passtest.NewDriver(t))
		again.all(pkgs)
		if !maps.Equal(again.found, first.found) {
			t.Fatal("two runs have different findings")
		}
		if !slices.Equal(again.Order, first.Order) {
			t.Fatal("facts are exported in another order")
		}
		for _, key := range first.Order {
			if !bytes.Equal(first.Facts[key], again.Facts[key]) {
				t.Errorf("%s differs in two runs", name(key))
			}
		}
	}
	// What a fact says must survive its being written, and it must be small.
	total, n := 0, 0
	for _, key := range first.Order {
		sum := new(ctxflow.Summary)
		if key.Type != reflect.TypeOf(sum) || !first.Load(key.About, sum) {
			continue
		}
		total += len(sum.Works) + len(sum.Alive) + len(sum.Escapes) + len(sum.Keys) + len(sum.Root) + len(sum.Call) + len(sum.Spawner)
		n++
	}
	t.Logf("%d summaries, %d bytes", n, total)
	if n < 50 || total > 60*n {
		t.Errorf("%d summaries have %d bytes", n, total)
	}
}
