package passtest

import (
	"bytes"
	"encoding/gob"
	"go/types"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
)

// A Driver runs passes on packages, one after the other.
type Driver struct {
	T testing.TB
	// Facts are those that were exported, as bytes.
	Facts map[FactKey][]byte
	// Order is the order in which they were.
	Order []FactKey
	// Lost, if not nil, tells which facts about a *types.Func, another object or a
	// *types.Package do not get to other packages.
	Lost func(about any, fact analysis.Fact) bool
	// Report, if not nil, is called with what rules report. Passes report nothing.
	Report func(pkg *packages.Package, a *analysis.Analyzer, diag analysis.Diagnostic)
}

// A FactKey is what a fact is about, an object or a package, and its type.
type FactKey struct {
	About any
	Type  reflect.Type
}

// Of reports whether the fact is about something of pkg, or pkg itself.
func (k FactKey) Of(pkg *types.Package) bool {
	if obj, ok := k.About.(types.Object); ok {
		return obj.Pkg() == pkg
	}
	return k.About == pkg
}

// NewDriver returns a driver without facts.
func NewDriver(t testing.TB) *Driver {
	return &Driver{T: t, Facts: make(map[FactKey][]byte)}
}

// Run runs analyzers, and those that they require, on a package, and returns the
// results of all. The packages that it imports must have been run.
func (d *Driver) Run(pkg *packages.Package, analyzers ...*analysis.Analyzer) map[*analysis.Analyzer]any {
	d.T.Helper()
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
			d.T.Fatalf("%s on %s: %v", a.Name, pkg.PkgPath, err)
		}
		results[a] = result
	}
	for _, a := range analyzers {
		run(a)
	}
	return results
}

func (d *Driver) pass(a *analysis.Analyzer, pkg *packages.Package, results map[*analysis.Analyzer]any) *analysis.Pass {
	pass := &analysis.Pass{
		Analyzer:   a,
		Fset:       pkg.Fset,
		Files:      pkg.Syntax,
		Pkg:        pkg.Types,
		TypesInfo:  pkg.TypesInfo,
		TypesSizes: pkg.TypesSizes,
		ResultOf:   results,
		ReadFile:   os.ReadFile,
		Report: func(diag analysis.Diagnostic) {
			if d.Report == nil {
				d.T.Errorf("a pass reports %q", diag.Message)
				return
			}
			d.Report(pkg, a, diag)
		},
		ImportObjectFact: func(obj types.Object, fact analysis.Fact) bool {
			if d.Lost != nil && obj.Pkg() != pkg.Types && d.Lost(obj, fact) {
				return false
			}
			return d.Load(obj, fact)
		},
		ExportObjectFact: func(obj types.Object, fact analysis.Fact) {
			if obj.Pkg() != pkg.Types {
				d.T.Errorf("%s exports a fact about %v of another package", pkg.PkgPath, obj)
			}
			d.store(obj, fact)
		},
		ImportPackageFact: func(of *types.Package, fact analysis.Fact) bool {
			if _, ok := fact.(*libindex.Reaches); ok && reachesTracing(of) {
				return true // a library, which is not analysed here
			}
			if d.Lost != nil && of != pkg.Types && d.Lost(of, fact) {
				return false
			}
			return d.Load(of, fact)
		},
		ExportPackageFact: func(fact analysis.Fact) { d.store(pkg.Types, fact) },
	}
	if pkg.Module != nil {
		pass.Module = &analysis.Module{Path: pkg.Module.Path, Version: pkg.Module.Version, GoVersion: pkg.Module.GoVersion}
	}
	return pass
}

func (d *Driver) store(about any, fact analysis.Fact) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		d.T.Fatalf("the fact %v about %v: %v", fact, about, err)
	}
	key := FactKey{about, reflect.TypeOf(fact)}
	if _, again := d.Facts[key]; !again {
		d.Order = append(d.Order, key)
	}
	d.Facts[key] = b.Bytes()
}

// Load decodes a fact that was exported, and reports whether it was.
func (d *Driver) Load(about any, fact analysis.Fact) bool {
	text, ok := d.Facts[FactKey{about, reflect.TypeOf(fact)}]
	if ok {
		if err := gob.NewDecoder(bytes.NewReader(text)).Decode(fact); err != nil {
			d.T.Fatalf("a fact about %v: %v", about, err)
		}
	}
	return ok
}

// Without returns a driver that knows the facts of d, but for those about the
// given packages.
func (d *Driver) Without(pkgs ...*packages.Package) *Driver {
	again := NewDriver(d.T)
	for key, text := range d.Facts {
		if !slices.ContainsFunc(pkgs, func(pkg *packages.Package) bool { return key.Of(pkg.Types) }) {
			again.Facts[key] = text
		}
	}
	return again
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

// Importers returns the packages that import pkg, be it through others, in the order
// of pkgs.
func Importers(pkgs []*packages.Package, pkg *packages.Package) []*packages.Package {
	tainted := map[string]bool{pkg.PkgPath: true}
	var some []*packages.Package
	for _, other := range pkgs {
		for path := range other.Imports {
			if tainted[path] && other != pkg {
				tainted[other.PkgPath] = true
			}
		}
		if tainted[other.PkgPath] && other != pkg {
			some = append(some, other)
		}
	}
	return some
}
