package values_test

import (
	"go/types"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/passtest"
	"github.com/tracevet/tracevet/passes/values"
)

// fixtures are the packages that the tests run on: their own, and those of the
// rules, which have more shapes of code than anybody would write twice.
var fixtures = passtest.Fixtures{Patterns: []string{"./passes/values/...", "./dynamicname/...", "./dynamiclabel/..."}}

// loaded returns the fixtures, each package after those that it imports.
func loaded(t testing.TB) []*packages.Package {
	t.Helper()
	return fixtures.Load(t)
}

func short(path string) string { return passtest.Short(path) }

// A driver runs the pass on packages.
type driver struct{ *passtest.Driver }

func newDriver(t testing.TB) driver { return driver{passtest.NewDriver(t)} }

// run runs the pass on a package. Those that it imports must have been run.
func (d driver) run(pkg *packages.Package) *values.Result {
	d.T.Helper()
	return d.Run(pkg, values.Analyzer)[values.Analyzer].(*values.Result)
}

// summary returns the fact about a function, nil if there is none.
func (d driver) summary(fn *types.Func) *values.Summary {
	sum := new(values.Summary)
	if !d.Load(fn, sum) {
		return nil
	}
	return sum
}
