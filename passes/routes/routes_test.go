package routes_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/routes"
)

// load loads packages of the module of the fixtures.
func load(t *testing.T, patterns ...string) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes,
		Dir: "../../testdata",
		Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly"),
	}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range pkgs {
		for _, e := range pkg.Errors {
			err = errors.Join(err, e)
		}
	}
	if err != nil || len(pkgs) == 0 {
		t.Fatalf("%d packages: %v", len(pkgs), err)
	}
	return pkgs
}

// analyze runs the pass on one package, without facts about others.
func analyze(t *testing.T, pkg *packages.Package) (result *routes.Result, facts []string) {
	t.Helper()
	results := make(map[*analysis.Analyzer]any)
	var run func(a *analysis.Analyzer)
	run = func(a *analysis.Analyzer) {
		if results[a] != nil {
			return
		}
		for _, req := range a.Requires {
			run(req)
		}
		pass := analysisPass(t, a, pkg, results, &facts)
		res, err := a.Run(pass)
		if err != nil {
			t.Fatal(err)
		}
		results[a] = res
	}
	run(routes.Analyzer)
	return results[routes.Analyzer].(*routes.Result), facts
}

// TestOrder checks what is found in fixtures of the rule that stands on the pass,
// by function: the kind of each registration, and what it is.
func TestOrder(t *testing.T) {
	r, _ := analyze(t, load(t, "./passes/routes/order")[0])
	got := make(map[string]string)
	for _, f := range r.Functions() {
		var list []string
		for _, e := range f.All() {
			list = append(list, describe(e))
		}
		got[f.Name()] = strings.Join(list, "; ")
	}
	want := map[string]string{
		"plain":             "use tracing; route GET /orders works [tracing]",
		"fields":            "route GET /orders works []; use tracing",
		"(*server).routes":  "route GET /orders works []",
		"(*server).tracing": "use tracing",
		"groups":            "use other; group /api; use tracing; route GET /orders works [other]",
		"branches":          "use tracing; route GET /a works []; route GET /b works []",
		"unknown":           "given away; route GET /orders works [unknown]",
		"wrapped":           "route /orders works []; wrap tracing; wrap other",
	}
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s: got %q, want %q", name, got[name], w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d functions register something: %v", len(got), got)
	}
}

func describe(e *routes.Event) string {
	var classes []string
	for _, it := range e.List {
		classes = append(classes, class(it))
	}
	switch e.Kind {
	case knowledge.AddMiddleware:
		if e.Wraps {
			return "wrap " + strings.Join(classes, ",")
		}
		return "use " + strings.Join(classes, ",")
	case knowledge.MakeGroup:
		return "group " + e.Path
	case knowledge.AddRoute:
		var before []string
		for _, it := range e.Chain() {
			if it.Event == nil || e.Implies(it.Event) {
				before = append(before, class(it))
			}
		}
		works := "idle"
		if e.Works() {
			works = "works"
		}
		return fmt.Sprintf("route %s %s [%s]", strings.TrimSpace(e.Verb+" "+e.Path), works, strings.Join(before, ","))
	}
	return "given away"
}

func class(it *routes.Item) string {
	switch it.Class {
	case routes.Tracing:
		return "tracing"
	case routes.Unknown:
		return "unknown"
	}
	return "other"
}

// TestNothing checks that a package without routers costs no facts.
func TestNothing(t *testing.T) {
	for _, pkg := range load(t, "./mworder/backend") {
		r, facts := analyze(t, pkg)
		if len(r.Functions()) > 0 || slices.ContainsFunc(facts, func(f string) bool { return strings.HasPrefix(f, "setup") || strings.HasPrefix(f, "handles") }) {
			t.Errorf("%s: %d functions, facts %q", pkg.PkgPath, len(r.Functions()), facts)
		}
	}
}
