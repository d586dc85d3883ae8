package noreturn_test

import (
	"go/token"
	"go/types"
	"sync"
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

// TestConcurrent asks from several goroutines at once, as the passes of one
// package do: drivers run them side by side. An answer that is kept without a
// lock ends the program.
func TestConcurrent(t *testing.T) {
	for _, r := range analysistest.Run(t, analysistest.TestData(), noreturn.Analyzer, "ends") {
		result := r.Result.(*noreturn.Result)
		var wg sync.WaitGroup
		for range 8 {
			// Functions that nobody has asked for yet: results are kept by object.
			pkg := types.NewPackage("example.com/p", "p")
			var fns []*types.Func
			for range 2000 {
				fns = append(fns, types.NewFunc(token.NoPos, pkg, "f", types.NewSignatureType(nil, nil, nil, nil, nil, false)))
			}
			wg.Go(func() {
				for _, fn := range fns {
					result.NoReturn(fn)
				}
			})
		}
		wg.Wait()
	}
}
