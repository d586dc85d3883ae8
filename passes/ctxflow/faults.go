package ctxflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// A Fault is work that is done on a root although a context is at hand, there
// or in a function that calls the one with the root.
type Fault struct {
	// Root is the call that makes the root; nil if that is in another package.
	Root *ast.CallExpr
	// Arg, if the root is in a variable from outside of the function that serves
	// the request, or that the chain leads to, is where that is used.
	Arg ast.Expr
	// Context is what is at hand: at Root, at Arg, or at the last of Chain.
	Context *requests.Context
	// Func is the function that Context is at hand in.
	Func *requests.Func
	// Chain are the calls that lead to the root from where the context is at
	// hand, the call of the function with the root first; empty if the context
	// is at hand there itself.
	Chain []requests.Site
	// Spawns: the root goes to a goroutine, too.
	Spawns bool
	// Far is the function of another package that Chain[0] calls and that
	// reaches a root; FarRoot is the name of the function there that makes it.
	Far     *types.Func
	FarRoot string
	FarCall string
}

// Faults returns what work on roots there is in the package, in source order.
func (r *Result) Faults() []*Fault { return r.faults }

// A root is a call of context.Background or context.TODO, with what is done on
// it.
type root struct {
	call *ast.CallExpr
	cur  inspector.Cursor
	fn   *requests.Func
	uses []*Use // that do work
	todo bool
	// excused: there is a reason for it.
	excused bool
	// spawns: a goroutine gets it.
	spawns bool
	marks  bool // it is asked for its span
	needed bool // what else is done on it is there on purpose
	// arg is where fn uses the root, if that is in a variable of the package.
	arg ast.Expr
}

// findRoots returns the roots that work is done on and that nothing excuses.
func (r *Result) findRoots() []*root {
	if r.helpsTests() {
		return nil
	}
	byCall := make(map[*ast.CallExpr]*root)
	var roots []*root
	for _, site := range r.Sites() {
		if knowledge.Of(site.Fn).Role != knowledge.RootContext {
			continue
		}
		rt := &root{call: site.Call, cur: site.Cur, fn: site.Func, todo: site.Fn.Name() == "TODO"}
		byCall[site.Call] = rt
		roots = append(roots, rt)
	}
	if len(roots) == 0 {
		return nil
	}
	for _, u := range r.uses {
		rt := byCall[u.Origin.Root]
		if u.Origin.Kind != requests.Root || rt == nil {
			continue
		}
		if u.Mends || u.Origin.Mended {
			rt.excused = true
		}
		if r.spawned(u) || r.Escapes(u) {
			rt.spawns = true
			continue
		}
		switch marks := r.marks(u); {
		case u.Work == NoWork:
		case r.livesOn(u), r.goesOn(u), r.carried(u), r.onPurpose(u.Cur, rt.todo, marks):
			rt.needed = true
		default:
			rt.uses = append(rt.uses, u)
			rt.marks = rt.marks || marks
		}
	}
	for _, site := range r.Sites() {
		// req.WithContext(ctx): the root was a stopgap.
		if sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr); ok && knowledge.Of(site.Fn).Role == knowledge.CarryContext {
			if rt := byCall[r.Origin(sel.X).Root]; rt != nil {
				rt.excused = true
			}
		}
	}
	var kept []*root
	for _, rt := range roots {
		if len(rt.uses) > 0 && !rt.excused && !(rt.marks && rt.needed) && !forTests(rt.fn) && !r.onPurpose(rt.cur, rt.todo, rt.marks) && !r.kept(rt.cur, make(map[*types.Var]bool)) {
			kept = append(kept, rt)
		}
	}
	return kept
}

// helpsTests reports whether the package is there for tests: a file of it that is
// no test imports the package testing.
func (r *Result) helpsTests() bool {
	for _, f := range r.pass.Files {
		if strings.HasSuffix(r.pass.Fset.File(f.FileStart).Name(), "_test.go") {
			continue
		}
		for _, spec := range f.Imports {
			if spec.Path.Value == `"testing"` {
				return true
			}
		}
	}
	return false
}

// forTests reports whether f is, or is in, a function that helps tests.
func forTests(f *requests.Func) bool {
	if f == nil {
		return false
	}
	for v := range f.Decl().Sig.Params().Variables() {
		t := types.Unalias(v.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "testing" {
			return true
		}
	}
	return false
}

// findFaults finds out what work is done on roots where a context is at hand.
func (r *Result) findFaults() {
	hidden := make(map[*types.Func][]*root) // functions with a root and no context
	for _, rt := range r.findRoots() {
		if rt.fn == nil { // a package-level variable
			r.usedWith(rt)
			for _, use := range r.usedWithout(rt) {
				r.hide(hidden, use)
			}
			continue
		}
		if c := r.At(rt.fn, rt.call.Pos()); c != nil {
			if spawnedWithin(rt.fn, c.Func) || r.turn(rt.cur, c) || r.Lasts(c) {
				continue // what a goroutine works on is for another rule
			}
			if !c.Named() && !slices.ContainsFunc(rt.uses, isTraced) {
				continue
			}
			r.faults = append(r.faults, &Fault{Root: rt.call, Context: c, Func: c.Func, Spawns: rt.spawns})
			continue
		}
		if r.usedWith(rt) {
			continue
		}
		r.hide(hidden, rt)
	}
	r.chains(hidden)
}

// isTraced reports whether a use is work that shows in a trace for certain. A function
// whose context has no name says that it does not want one: then less is no fault.
func isTraced(u *Use) bool { return u.Work == Traced }

// spawnedWithin reports whether f is, or is in, a literal that runs in a
// goroutine within outer.
func spawnedWithin(f, outer *requests.Func) bool {
	for ; f != nil && f != outer; f = f.Outer {
		if f.Run == requests.Spawned {
			return true
		}
	}
	return false
}

// sync reports whether some work on a root is done before its function returns.
func (r *Result) sync(rt *root) bool {
	for _, u := range rt.uses {
		// Far from where the context is at hand, more is asked than that a
		// function of another module is given it.
		if f := u.Func; f != nil && declares(f) != nil && u.Work > Foreign {
			return true
		}
	}
	return false
}

// usedWith adds a fault for each function in which a root from outside is used
// although a context is at hand, and reports whether there is one.
func (r *Result) usedWith(rt *root) bool {
	seen := make(map[*requests.Func]bool)
	for _, u := range rt.uses {
		if u.Func == nil || seen[u.Func] {
			continue
		}
		if c := r.other(rt, u); c != nil && (c.Named() || isTraced(u)) {
			seen[u.Func] = true
			r.faults = append(r.faults, &Fault{Root: rt.call, Arg: u.Arg, Context: c, Func: c.Func})
		}
	}
	return len(seen) > 0
}

// other returns the context that is at hand where a root is used, unless that is
// made of the root itself.
func (r *Result) other(rt *root, u *Use) *requests.Context {
	c := r.At(u.Func, u.Arg.Pos())
	if c != nil && c.Started == rt.call || r.Lasts(c) {
		return nil
	}
	return c
}

// spawned reports whether a use is in another goroutine than the start of the
// function that it is in.
func (r *Result) spawned(u *Use) bool {
	if stmt, ok := u.Cur.Parent().Node().(*ast.GoStmt); ok && u.Func != nil && !r.Joined(u.Func, stmt, nil) {
		return true
	}
	for f := u.Func; f != nil; f = f.Outer {
		if f.Run == requests.Spawned && !f.Joined {
			return true
		}
	}
	return false
}

// declares returns the declared function that f is, or that it is in as a
// literal that runs before that goes on; else nil.
func declares(f *requests.Func) *requests.Func {
	for ; f.Outer != nil; f = f.Outer {
		if !f.Within() {
			return nil
		}
	}
	if f.Obj == nil {
		return nil
	}
	return f
}

func (r *Result) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	if fn != nil {
		fn = fn.Origin()
	}
	return fn
}

func (r *Result) text(call *ast.CallExpr) string {
	return types.ExprString(call)
}

func isNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path
}

// pos returns where the fault is reported.
func (f *Fault) pos() token.Pos {
	switch {
	case f.Arg != nil:
		return f.Arg.Pos()
	case f.Root != nil:
		return f.Root.Pos()
	}
	return f.Chain[0].Call.Pos()
}
