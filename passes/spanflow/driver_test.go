package spanflow_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/passtest"
	"github.com/tracevet/tracevet/passes/spanflow"
)

// fixtures are the packages that the tests run on: their own, and those of the
// rules, which have more shapes of code than anybody would write twice.
var fixtures = passtest.Fixtures{Patterns: []string{"./passes/spanflow/...", "./spanleak/...", "./spanafterend/..."}}

// loaded returns the fixtures, each package after those that it imports.
func loaded(t testing.TB) []*packages.Package {
	t.Helper()
	return fixtures.Load(t)
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

func short(path string) string { return passtest.Short(path) }

// A driver runs the pass on packages.
type driver struct{ *passtest.Driver }

func newDriver(t testing.TB) driver { return driver{passtest.NewDriver(t)} }

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
		run := &whole{driver: newDriver(t), found: make(map[string]string)}
		run.results = run.runAll(pkgs)
		for i, pkg := range pkgs {
			maps.Copy(run.found, findings(pkg, run.results[i]))
		}
		all = run
	}
	all.T = t
	return all
}

// run runs the pass on a package. Those that it imports must have been run.
func (d driver) run(pkg *packages.Package) *spanflow.Result {
	d.T.Helper()
	return d.Run(pkg, spanflow.Analyzer)[spanflow.Analyzer].(*spanflow.Result)
}

// runAll runs it on several, and returns the results in the same order.
func (d driver) runAll(pkgs []*packages.Package) []*spanflow.Result {
	d.T.Helper()
	var results []*spanflow.Result
	for _, pkg := range pkgs {
		results = append(results, d.run(pkg))
	}
	return results
}

// summary returns the fact about a function, nil if there is none.
func (d driver) summary(fn *types.Func) *spanflow.Summary {
	sum := new(spanflow.Summary)
	if !d.Load(fn, sum) {
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
