package lazyssa_test

import (
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// TestLoopVariables checks that a loop variable is one for each iteration, or
// one for the whole loop, as the version of the language in the file says.
func TestLoopVariables(t *testing.T) {
	const text = `

func FUNC(n int, use func(func() int)) {
	for i := 0; i < n; i++ {
		use(func() int { return i })
	}
}
`
	name := func(name string) string { return strings.ReplaceAll(text, "FUNC", name) }
	l := load(t, nil,
		"package p"+name("newer"),
		"//go:build go1.21\n\npackage p"+name("older"),
		"//go:build go1.22\n\npackage p"+name("equal"))
	decls := l.decls("newer", "older", "equal")
	funcs, _ := l.ssa(t).Build(decls, nil)
	for i, want := range []bool{true, false, true} {
		fn := funcs[decls[i]]
		if fn == nil {
			t.Fatalf("%s was not built", decls[i].Name.Name)
		}
		if got := allocatesInLoop(fn); got != want {
			t.Errorf("%s: the variable is new in each iteration: %v, want %v", fn.Name(), got, want)
		}
	}
}

// allocatesInLoop reports whether a variable that a closure captures is
// allocated where control comes by again and again.
func allocatesInLoop(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if _, ok := instr.(*ssa.Alloc); ok && reaches(b, b, make(map[*ssa.BasicBlock]bool)) {
				return true
			}
		}
	}
	return false
}

func reaches(from, to *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) bool {
	for _, succ := range from.Succs {
		if succ == to {
			return true
		}
		if !seen[succ] {
			seen[succ] = true
			if reaches(succ, to, seen) {
				return true
			}
		}
	}
	return false
}

// TestNoReturn checks that control flow ends at a call of a function that never
// returns, of this package or of another one.
func TestNoReturn(t *testing.T) {
	osPkg := types.NewPackage("os", "os")
	param := types.NewParam(token.NoPos, osPkg, "code", types.Typ[types.Int])
	sig := types.NewSignatureType(nil, nil, nil, types.NewTuple(param), nil, false)
	osPkg.Scope().Insert(types.NewFunc(token.NoPos, osPkg, "Exit", sig))
	osPkg.Scope().Insert(types.NewFunc(token.NoPos, osPkg, "Other", sig))
	osPkg.MarkComplete()

	l := load(t, importer{osPkg}, `package p

import "os"

func fatal() { os.Exit(1) }

func known(b bool)    { if b { os.Exit(1) }; println() }
func inferred(b bool) { if b { fatal() }; println() }
func neither(b bool)  { if b { os.Other(1) }; println() }
`)
	decls := l.decls("known", "inferred", "neither")
	funcs, _ := l.ssa(t).Build(decls, nil)
	for i, want := range []bool{true, true, false} {
		fn := funcs[decls[i]]
		if fn == nil {
			t.Fatalf("%s was not built", decls[i].Name.Name)
		}
		ends := false
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok && call.Call.StaticCallee() != nil {
					ends = len(b.Succs) == 0
				}
			}
		}
		if ends != want {
			t.Errorf("%s: control flow ends at the call: %v, want %v", fn.Name(), ends, want)
		}
	}
}

// An importer is of one package.
type importer struct{ pkg *types.Package }

func (i importer) Import(string) (*types.Package, error) { return i.pkg, nil }

// TestDebugRefs checks that values know the expressions that they came from:
// the analysis of spans needs it to see assignments.
func TestDebugRefs(t *testing.T) {
	l := load(t, nil, "package p\n\nfunc f() int { x := g(); x = g(); return x }\n\nfunc g() int { return 1 }\n")
	decls := l.decls("f")
	funcs, _ := l.ssa(t).Build(decls, nil)
	refs := 0
	for _, b := range funcs[decls[0]].Blocks {
		for _, instr := range b.Instrs {
			if ref, ok := instr.(*ssa.DebugRef); ok && ref.Object() != nil && ref.Object().Name() == "x" {
				refs++
			}
		}
	}
	if refs != 3 {
		t.Errorf("x is mentioned %d times, want 3", refs)
	}
}

// TestPrograms checks that two calls build two programs, which share nothing,
// and that what one was asked for, the other has not.
func TestPrograms(t *testing.T) {
	l := load(t, nil, program)
	builder := l.ssa(t)
	decls := l.decls("wanted", "helper")
	first, _ := builder.Build(decls[:1], nil)
	second, _ := builder.Build(decls, nil)
	if first[decls[0]] == second[decls[0]] || first[decls[0]].Prog == second[decls[0]].Prog {
		t.Error("two calls share a function")
	}
	if first[decls[1]] != nil || second[decls[1]] == nil {
		t.Error("helper is in the first program, or not in the second one")
	}
	if l.decls("T.other")[0].Body == nil {
		t.Error("a function of the user's package lost its body")
	}
}
