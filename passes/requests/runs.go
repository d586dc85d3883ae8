package requests

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A Run says when a function literal runs.
type Run uint8

const (
	Elsewhere Run = iota // it is not known when, or whether: it may be after the function around it has returned
	Inline               // before the function around it goes on
	Deferred             // when the function around it returns
	Spawned              // in another goroutine
	Shared               // once, on behalf of many callers
)

// Runs is the fact that a function runs functions that it is given.
type Runs struct {
	Params []Run // by parameter, not counting the receiver
	// Again tells those that it calls in a loop; nil if it does so with none.
	Again []bool
}

// AFact marks Runs as a fact.
func (*Runs) AFact() {}

func (s *Runs) String() string { return fmt.Sprint("runs", s.Params, s.Again) }

// summarizeRuns finds out which functions of the package run what they are
// given. A function that hands its parameter to another one is done after
// that; a chain of more than a few is given up.
func (r *Result) summarizeRuns() {
	for range 4 {
		changed := false
		for _, f := range r.funcs {
			if f.Obj == nil {
				continue
			}
			if sum := r.runsOf(f); sum != nil && (r.runs[f.Obj] == nil || !slices.Equal(sum.Params, r.runs[f.Obj].Params) || !slices.Equal(sum.Again, r.runs[f.Obj].Again)) {
				r.runs[f.Obj] = sum
				changed = true
			}
		}
		if !changed {
			break
		}
		for _, f := range r.funcs {
			if f.Outer != nil {
				r.setRun(f)
			}
		}
	}
	for _, f := range r.funcs {
		if sum := r.runs[f.Obj]; f.Obj != nil && sum != nil {
			r.pass.ExportObjectFact(f.Obj, sum)
		}
	}
}

func (r *Result) runsOf(f *Func) *Runs {
	var sum *Runs
	for i := range f.Sig.Params().Len() {
		p := f.Sig.Params().At(i)
		if !isFunc(p.Type()) {
			continue
		}
		if run, _ := r.runOfVar(p, f); run != Elsewhere {
			if sum == nil {
				sum = &Runs{Params: make([]Run, f.Sig.Params().Len())}
			}
			sum.Params[i] = run
			if run == Inline && r.calledAgain(p, f) {
				if sum.Again == nil {
					sum.Again = make([]bool, len(sum.Params))
				}
				sum.Again[i] = true
			}
		}
	}
	return sum
}

// setRun finds out how a literal runs.
func (r *Result) setRun(f *Func) {
	f.Run, f.Spawner = r.runOfValue(f.cur, f.Outer)
	f.Joined = f.Run == Spawned && r.Joined(f.Outer, f.Spawner, f)
}

// Within reports whether f, a literal, runs before the function around it
// returns, and in the course of it.
func (f *Func) Within() bool { return f.Run == Inline || f.Run == Spawned && f.Joined }

// runOfValue returns how the function that the expression at cur stands for
// runs, with respect to the function in.
func (r *Result) runOfValue(cur inspector.Cursor, in *Func) (Run, ast.Node) {
	for {
		if _, ok := cur.Parent().Node().(*ast.ParenExpr); !ok {
			break
		}
		cur = cur.Parent()
	}
	parent := cur.Parent()
	switch n := parent.Node().(type) {
	case *ast.CallExpr:
		if kind, _ := cur.ParentEdge(); kind == edge.CallExpr_Fun {
			return runOfCall(parent, n)
		}
		return r.runOfArg(cur, n, in)
	case *ast.SendStmt:
		return Spawned, n // whoever receives it runs it
	case *ast.AssignStmt:
		if kind, i := cur.ParentEdge(); kind == edge.AssignStmt_Rhs && len(n.Lhs) == len(n.Rhs) {
			return r.runOfName(n.Lhs[i], in)
		}
	case *ast.ValueSpec:
		if kind, i := cur.ParentEdge(); kind == edge.ValueSpec_Values && len(n.Names) == len(n.Values) {
			return r.runOfName(n.Names[i], in)
		}
	}
	return Elsewhere, nil
}

// runOfCall returns how a function runs that is called by the call at cur.
func runOfCall(cur inspector.Cursor, call *ast.CallExpr) (Run, ast.Node) {
	switch stmt := cur.Parent().Node().(type) {
	case *ast.GoStmt:
		return Spawned, stmt
	case *ast.DeferStmt:
		return Deferred, stmt
	}
	return Inline, call
}

// runOfArg returns how the function at cur runs, which is an argument of call.
func (r *Result) runOfArg(cur inspector.Cursor, call *ast.CallExpr, in *Func) (Run, ast.Node) {
	_, i := cur.ParentEdge()
	if tv := r.pass.TypesInfo.Types[call.Fun]; tv.IsType() {
		return r.runOfValue(cur.Parent(), in) // a conversion
	}
	fn := r.callee(call)
	if fn == nil {
		return Elsewhere, nil
	}
	run := r.paramRun(fn, i)
	if run == Inline {
		// How the literal runs is how the function runs that runs it.
		return runOfCall(cur.Parent(), call)
	}
	return run, call
}

// callee returns the function that call calls, as its generic origin: also one
// that a local variable holds, if that holds no other. It is nil for any other
// function value.
func (r *Result) callee(call *ast.CallExpr) *types.Func {
	switch callee := typeutil.Callee(r.pass.TypesInfo, call).(type) {
	case *types.Func:
		return callee.Origin()
	case *types.Var:
		return r.values[callee]
	}
	return nil
}

// paramRun returns how fn runs its i-th parameter.
func (r *Result) paramRun(fn *types.Func, i int) Run {
	switch knowledge.Of(fn).Role {
	case knowledge.RunFunc:
		return Inline
	case knowledge.ShareFunc:
		return Shared
	case knowledge.SpawnFunc:
		return Spawned
	}
	sum := r.runs[fn]
	if sum == nil && fn.Pkg() != r.pass.Pkg {
		sum = new(Runs)
		if !r.pass.ImportObjectFact(fn, sum) {
			return Elsewhere
		}
		r.runs[fn] = sum
	}
	if sum == nil || i >= len(sum.Params) || fn.Signature().Variadic() && i >= len(sum.Params)-1 {
		return Elsewhere
	}
	return sum.Params[i]
}

// runOfName returns how the function in a local variable runs.
func (r *Result) runOfName(lhs ast.Expr, in *Func) (Run, ast.Node) {
	id, ok := lhs.(*ast.Ident)
	if !ok {
		return Elsewhere, nil
	}
	v, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.Parent() == r.pass.Pkg.Scope() {
		return Elsewhere, nil
	}
	return r.runOfVar(v, in)
}

// runOfVar returns how the function in v, a local variable or a parameter of
// in, runs: as all of its uses agree.
func (r *Result) runOfVar(v *types.Var, in *Func) (run Run, by ast.Node) {
	first := true
	for _, use := range r.uses[v] {
		if kind, _ := use.ParentEdge(); kind == edge.AssignStmt_Lhs || isNilTest(use) {
			continue
		}
		one, at := r.runOfValue(use, in)
		// The use may be in a literal that runs in some way itself.
		for f := r.FuncAt(use); f != nil && f != in; f = f.Outer {
			if !f.Within() && one != Elsewhere {
				one, at = f.Run, f.Spawner
			}
			if f.Outer == nil {
				return Elsewhere, nil
			}
		}
		if first {
			run, by, first = one, at, false
		}
		if one != run {
			return Elsewhere, nil
		}
	}
	return run, by
}

func isNilTest(cur inspector.Cursor) bool {
	_, ok := cur.Parent().Node().(*ast.BinaryExpr)
	return ok
}
