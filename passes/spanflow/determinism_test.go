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
			again := newDriver(t)
			again.facts = clone(&first.driver, pkg.Types)
			if got := describeAll(pkg, again.run(pkg)); got != want {
				t.Fatalf("%s: two runs differ:\n%s\n%s", short(pkg.PkgPath), want, got)
			}
			for _, key := range again.order {
				if !bytes.Equal(again.facts[key], first.facts[key]) {
					t.Errorf("the fact about %v differs in two runs", key.about)
				}
			}
			if got, want := len(again.order), exported(&first.driver, pkg.Types); got != want {
				t.Errorf("%s: %d facts in one run, %d in another", short(pkg.PkgPath), got, want)
			}
		}
	}
	if len(first.facts) < 100 {
		t.Errorf("there are only %d facts", len(first.facts))
	}
}

// clone returns the facts of a driver, but for those about pkg.
func clone(d *driver, pkg *types.Package) map[factKey][]byte {
	facts := make(map[factKey][]byte)
	for key, text := range d.facts {
		if !isAbout(key, pkg) {
			facts[key] = text
		}
	}
	return facts
}

// exported returns the number of facts about pkg.
func exported(d *driver, pkg *types.Package) int {
	n := 0
	for key := range d.facts {
		if isAbout(key, pkg) {
			n++
		}
	}
	return n
}

func isAbout(key factKey, pkg *types.Package) bool {
	if obj, ok := key.about.(types.Object); ok {
		return obj.Pkg() == pkg
	}
	return key.about == pkg
}
