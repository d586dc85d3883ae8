package noreturn_test

import (
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/tracevet/tracevet/passes/noreturn"
)

// TestFacts checks which functions have the fact that they never return.
func TestFacts(t *testing.T) {
	results := analysistest.Run(t, analysistest.TestData(), noreturn.Analyzer, "fatal", "ends")

	// What the pass says of a function is what its fact says, also of one of
	// another package, and of an instance of a generic one.
	for _, r := range results {
		result := r.Result.(*noreturn.Result)
		asked := 0
		for _, obj := range r.Pass.TypesInfo.Uses {
			fn, ok := obj.(*types.Func)
			if !ok {
				continue
			}
			asked++
			want := r.Pass.ImportObjectFact(fn.Origin(), new(noreturn.Never))
			known := map[string]bool{"os.Exit": true, "runtime.Goexit": true}[fn.FullName()]
			if got := result.NoReturn(fn); got != (want || known) {
				t.Errorf("%s never returns: %v, want %v", fn.FullName(), got, want || known)
			}
		}
		if asked == 0 {
			t.Errorf("%s uses no functions", r.Pass.Pkg.Path())
		}
	}
}

// TestFact checks how a fact is shown.
func TestFact(t *testing.T) {
	if got := new(noreturn.Never).String(); got != "noreturn" {
		t.Errorf("the fact is shown as %q", got)
	}
}
