package spanflow_test

import (
	"bytes"
	"go/types"
	"testing"
)

// TestSameResults checks that the pass says the same of a package in each run,
// and exports the same facts, byte for byte: the go command takes a package
// whose facts changed for one that changed itself.
func TestSameResults(t *testing.T) {
	pkgs := loaded(t)
	first := analysed(t)
	for i, pkg := range pkgs {
		want := describeAll(pkg, first.results[i])
		for range 9 {
			again := driver{first.Without(pkg)}
			if got := describeAll(pkg, again.run(pkg)); got != want {
				t.Fatalf("%s: two runs differ:\n%s\n%s", short(pkg.PkgPath), want, got)
			}
			for _, key := range again.Order {
				if !bytes.Equal(again.Facts[key], first.Facts[key]) {
					t.Errorf("the fact about %v differs in two runs", key.About)
				}
			}
			if got, want := len(again.Order), exported(first.driver, pkg.Types); got != want {
				t.Errorf("%s: %d facts in one run, %d in another", short(pkg.PkgPath), got, want)
			}
		}
	}
	if len(first.Facts) < 100 {
		t.Errorf("there are only %d facts", len(first.Facts))
	}
}

// exported returns the number of facts about pkg.
func exported(d driver, pkg *types.Package) int {
	n := 0
	for key := range d.Facts {
		if key.Of(pkg) {
			n++
		}
	}
	return n
}
