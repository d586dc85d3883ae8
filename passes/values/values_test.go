package values_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/values"
)

// findings returns what the pass says of a package, each by its place.
func findings(pkg *packages.Package, r *values.Result) map[string]bool {
	found := make(map[string]bool)
	for sink := knowledge.SpanName; sink <= knowledge.MetricLabel; sink++ {
		for _, u := range r.Unbounded(sink) {
			p := pkg.Fset.Position(u.Call().Pos())
			part := ""
			if u.Part() != nil {
				part = types.ExprString(u.Part())
			}
			found[fmt.Sprintf("%s/%s:%d:%d %d %s %s %v", short(pkg.PkgPath), path.Base(p.Filename), p.Line, p.Column, sink, u.Source(), part, u.Arg() != nil)] = true
		}
	}
	return found
}

// TestFacts checks the facts about the functions in testdata/passes/values: each
// is what the comment on the line of the function says.
func TestFacts(t *testing.T) {
	d := newDriver(t)
	functions, facts := 0, 0
	for _, pkg := range loaded(t) {
		if !strings.HasPrefix(short(pkg.PkgPath), "passes/values/") {
			continue
		}
		d.run(pkg)
		for _, file := range pkg.Syntax {
			wants := make(map[int]string)
			for _, group := range file.Comments {
				for _, c := range group.List {
					if text, ok := strings.CutPrefix(c.Text, "// fact "); ok {
						wants[pkg.Fset.Position(c.Pos()).Line] = text
					}
				}
			}
			for _, decl := range file.Decls {
				decl, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				functions++
				line := pkg.Fset.Position(decl.Name.Pos()).Line
				got := ""
				if sum := d.summary(pkg.TypesInfo.Defs[decl.Name].(*types.Func)); sum != nil {
					facts++
					got = sum.String()
				}
				if got != wants[line] {
					t.Errorf("%s: %s: got %q, want %q", pkg.Fset.Position(decl.Pos()), decl.Name.Name, got, wants[line])
				}
				delete(wants, line)
			}
			for line, want := range wants {
				t.Errorf("%s:%d: %q is on no line of a function", short(pkg.PkgPath), line, want)
			}
		}
	}
	if functions < 30 || facts == functions {
		t.Errorf("%d functions have %d facts", functions, facts)
	}
}

// TestSame checks that the pass says the same of a package in each run, and
// exports the same facts, byte for byte, and small ones.
func TestSame(t *testing.T) {
	pkgs := loaded(t)
	first := newDriver(t)
	want := make([]map[string]bool, len(pkgs))
	for i, pkg := range pkgs {
		want[i] = findings(pkg, first.run(pkg))
	}
	for range 5 {
		again := newDriver(t)
		for i, pkg := range pkgs {
			if got := findings(pkg, again.run(pkg)); !maps.Equal(got, want[i]) {
				t.Fatalf("%s: two runs differ:\n%v\n%v", short(pkg.PkgPath), want[i], got)
			}
		}
		if !slices.Equal(first.Order, again.Order) {
			t.Error("facts are exported in another order")
		}
		for key, text := range first.Facts {
			if !bytes.Equal(text, again.Facts[key]) {
				t.Errorf("the fact about %v differs in two runs", key.About)
			}
		}
	}
	total, count := 0, 0
	for _, key := range first.Order {
		if key.Type != reflect.TypeFor[*values.Summary]() {
			continue
		}
		n := size(t, first.summary(key.About.(*types.Func)))
		if n > 60 {
			t.Errorf("the fact about %v has %d bytes", key.About, n)
		}
		total += n
		count++
	}
	t.Logf("%d facts, %d bytes", count, total)
	if count < 40 || total > 25*count {
		t.Errorf("%d facts have %d bytes", count, total)
	}
}

// size returns how much longer one more fact makes a file of facts.
func size(t *testing.T, sum *values.Summary) int {
	var b bytes.Buffer
	enc := gob.NewEncoder(&b)
	for range 2 {
		b.Reset()
		if err := enc.Encode(sum); err != nil {
			t.Fatal(err)
		}
	}
	return b.Len()
}

// TestLostFacts withholds each fact from the packages that import it: there
// may be fewer findings then, and never more.
func TestLostFacts(t *testing.T) {
	pkgs := loaded(t)
	full := newDriver(t)
	want := make(map[string]bool)
	for _, pkg := range pkgs {
		maps.Copy(want, findings(pkg, full.run(pkg)))
	}
	runs, fewer := 0, 0
	for _, lostKey := range full.Order {
		about, ok := lostKey.About.(*types.Func)
		if !ok || lostKey.Type != reflect.TypeFor[*values.Summary]() {
			continue
		}
		d := newDriver(t)
		d.Lost = func(fn any, fact analysis.Fact) bool {
			return fn == about && reflect.TypeOf(fact) == lostKey.Type
		}
		got := make(map[string]bool)
		for _, pkg := range related(pkgs, about.Pkg().Path()) {
			maps.Copy(got, findings(pkg, d.run(pkg)))
		}
		runs++
		lost := false
		for _, pkg := range related(pkgs, about.Pkg().Path()) {
			for at := range want {
				lost = lost || strings.HasPrefix(at, short(pkg.PkgPath)+"/") && !got[at]
			}
		}
		if lost {
			fewer++
		}
		for at := range got {
			if !want[at] {
				t.Errorf("without the fact about %v there is a finding more: %s", about, at)
			}
		}
	}
	t.Logf("%d findings, %d facts withheld, %d times findings lost", len(want), runs, fewer)
	if len(want) < 80 || runs < 40 || fewer < 8 {
		t.Errorf("%d findings, %d facts were withheld, and that took findings away %d times: this test tests little", len(want), runs, fewer)
	}
}

// related returns the package at path, those that import it, and what they need.
func related(pkgs []*packages.Package, path string) []*packages.Package {
	root, _, _ := strings.Cut(short(path), "/")
	if root == "passes" {
		root = "passes/values"
	}
	var some []*packages.Package
	for _, pkg := range pkgs {
		if pkg.PkgPath == path || pkg.Imports[path] != nil || strings.HasPrefix(short(pkg.PkgPath), root+"/wrappers") || root == "passes/values" && strings.HasPrefix(short(pkg.PkgPath), root) {
			some = append(some, pkg)
		}
	}
	return some
}
