package mworder_test

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/analyzers/mworder"
	"github.com/tracevet/tracevet/passes/routes"
)

// A driver runs the rule on packages as the go command does: one after the
// other, with nothing between them but facts, which are bytes.
type driver struct {
	t     *testing.T
	facts map[factKey][]byte
	bytes int // of the facts of passes/routes
	// lost tells which facts do not get to other packages.
	lost  func(fact analysis.Fact, n int) bool
	asked int
	found map[string]bool
}

type factKey struct {
	about any
	typ   reflect.Type
}

func load(t *testing.T) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes,
		Dir: "../../testdata",
		Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly"),
	}, "./mworder/...")
	if err != nil {
		t.Fatal(err)
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
	if err != nil || len(sorted) < 10 {
		t.Fatalf("%d packages, %v", len(sorted), err)
	}
	return sorted
}

func run(t *testing.T, pkgs []*packages.Package, lost func(fact analysis.Fact, n int) bool) *driver {
	t.Helper()
	d := &driver{t: t, facts: make(map[factKey][]byte), lost: lost, found: make(map[string]bool)}
	for _, pkg := range pkgs {
		d.run(mworder.Analyzer, pkg, make(map[*analysis.Analyzer]any))
	}
	return d
}

func (d *driver) run(a *analysis.Analyzer, pkg *packages.Package, results map[*analysis.Analyzer]any) {
	if _, done := results[a]; done {
		return
	}
	for _, req := range a.Requires {
		d.run(req, pkg, results)
	}
	result, err := a.Run(d.pass(a, pkg, results))
	if err != nil {
		d.t.Fatalf("%s on %s: %v", a.Name, pkg.PkgPath, err)
	}
	results[a] = result
}

func (d *driver) pass(a *analysis.Analyzer, pkg *packages.Package, results map[*analysis.Analyzer]any) *analysis.Pass {
	return &analysis.Pass{
		Analyzer: a, Fset: pkg.Fset, Files: pkg.Syntax, Pkg: pkg.Types, TypesInfo: pkg.TypesInfo, TypesSizes: pkg.TypesSizes,
		Module: &analysis.Module{Path: "github.com/tracevet/tracevet/testdata"}, ResultOf: results, ReadFile: os.ReadFile,
		Report: func(diag analysis.Diagnostic) {
			posn := pkg.Fset.Position(diag.Pos)
			// By place and category: with fewer facts it names fewer routes.
			d.found[fmt.Sprintf("%s:%d:%d: %s", filepath.Base(posn.Filename), posn.Line, posn.Column, diag.Category)] = true
		},
		ImportObjectFact: func(obj types.Object, fact analysis.Fact) bool {
			if obj.Pkg() != pkg.Types && d.lost != nil {
				d.asked++
				if d.lost(fact, d.asked) {
					return false
				}
			}
			return d.load(obj, fact)
		},
		ExportObjectFact:  func(obj types.Object, fact analysis.Fact) { d.store(obj, fact) },
		ImportPackageFact: func(of *types.Package, fact analysis.Fact) bool { return d.load(of, fact) },
		ExportPackageFact: func(fact analysis.Fact) { d.store(pkg.Types, fact) },
	}
}

func (d *driver) store(about any, fact analysis.Fact) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		d.t.Fatalf("the fact %v about %v: %v", fact, about, err)
	}
	switch fact.(type) {
	case *routes.Setup, *routes.Handles:
		d.bytes += b.Len()
	}
	d.facts[factKey{about, reflect.TypeOf(fact)}] = b.Bytes()
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

// TestFacts checks that facts are the same bytes whenever the same code is
// analysed, and few.
func TestFacts(t *testing.T) {
	pkgs := load(t)
	d, again := run(t, pkgs, nil), run(t, pkgs, nil)
	setups := 0
	for key, text := range d.facts {
		if !bytes.Equal(text, again.facts[key]) {
			t.Errorf("the fact %v about %v differs from run to run", key.typ, key.about)
		}
		if key.typ == reflect.TypeFor[*routes.Setup]() {
			setups++
			if len(text) > 4096 {
				t.Errorf("the fact about %v has %d bytes", key.about, len(text))
			}
		}
	}
	if setups < 10 || !maps.Equal(d.found, again.found) || len(d.found) < 50 {
		t.Errorf("%d facts about set-up, %d findings, then %d", setups, len(d.found), len(again.found))
	}
	t.Logf("%d facts about set-up; all facts of the pass have %d bytes", setups, d.bytes)
}

// TestLostFacts checks that a fact that is lost, as caches lose them, hides
// findings and makes none.
func TestLostFacts(t *testing.T) {
	pkgs := load(t)
	all := run(t, pkgs, nil).found
	tests := map[string]func(fact analysis.Fact, n int) bool{
		"all": func(analysis.Fact, int) bool { return true },
		"setups": func(fact analysis.Fact, _ int) bool {
			_, is := fact.(*routes.Setup)
			return is
		},
		"handles": func(fact analysis.Fact, _ int) bool {
			_, is := fact.(*routes.Handles)
			return is
		},
		"others": func(fact analysis.Fact, _ int) bool {
			switch fact.(type) {
			case *routes.Setup, *routes.Handles:
				return false
			}
			return true
		},
	}
	for k := 2; k < 8; k++ {
		tests[fmt.Sprintf("every %dth", k)] = func(_ analysis.Fact, n int) bool { return n%k == 0 }
	}
	for _, name := range slices.Sorted(maps.Keys(tests)) {
		t.Run(name, func(t *testing.T) {
			found := run(t, pkgs, tests[name]).found
			for _, finding := range slices.Sorted(maps.Keys(found)) {
				if !all[finding] {
					t.Errorf("without facts: %s", finding)
				}
			}
			if name == "all" && len(found) == len(all) {
				t.Errorf("no finding rests on a fact")
			}
		})
	}
}
