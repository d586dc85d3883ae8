package ruletest

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/types/typeutil"
)

// TestNoReturn checks that the functions of the standard library that end a
// program or a goroutine are still known as such, although load drops function
// bodies, and that no other function is taken for one of them.
func TestNoReturn(t *testing.T) {
	dir := write(t, `
-- a.go --
package a

import (
	"fmt"
	"log"
	"os"
	"runtime"
	"testing"
)

func f(t testing.TB, n int) {
	switch n {
	case 0:
		os.Exit(1)
	case 1:
		log.Fatalf("%d", n)
	case 2:
		log.Default().Panicln(n)
	case 3:
		t.(*testing.T).FailNow()
	case 4:
		t.(*testing.T).Skip()
	case 5:
		runtime.Goexit()
	case 6:
		fmt.Println()
	case 7:
		log.Println()
	}
}
`)
	prog, err := load(dir, "toy", nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	_, err = analyze(&analysis.Analyzer{
		Name:     "noreturn",
		Doc:      "noreturn collects calls that do not return",
		Requires: []*analysis.Analyzer{ctrlflow.Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			cfgs := pass.ResultOf[ctrlflow.Analyzer].(*ctrlflow.CFGs)
			ast.Inspect(pass.Files[0], func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if fn, ok := typeutil.Callee(pass.TypesInfo, call).(*types.Func); ok && cfgs.NoReturn(fn) {
						got = append(got, fn.Name())
					}
				}
				return true
			})
			return nil, nil
		},
	}, prog)
	if err != nil {
		t.Fatal(err)
	}
	const want = "Exit Fatalf Panicln FailNow Skip Goexit"
	if got := strings.Join(got, " "); got != want {
		t.Errorf("these do not return: %s, want %s", got, want)
	}
}

// TestVariants checks that a package with tests is analysed once, with them,
// and that an external test package is analysed too.
func TestVariants(t *testing.T) {
	dir := write(t, `
-- a/a.go --
package a
-- a/a_test.go --
package a
-- a/x_test.go --
package a_test
-- b/b.go --
package b

import _ "example.com/m/toy/a"
`)
	prog, err := load(dir, "toy", nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, root := range prog.roots {
		got = append(got, root.ID)
	}
	slices.Sort(got) // b does not come after the variant of a, which it does not import
	const want = "example.com/m/toy/a [example.com/m/toy/a.test], example.com/m/toy/a_test [example.com/m/toy/a.test], example.com/m/toy/b"
	if got := strings.Join(got, ", "); got != want {
		t.Errorf("the packages are %s, want %s", got, want)
	}
}
