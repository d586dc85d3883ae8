package ctxflow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// A Detach is a goroutine that works on a root, in a function that has no context,
// although one is at hand further up.
type Detach struct {
	// Spawn is the goroutine; nil if that is in another package.
	Spawn *Spawn
	// Use is what it does with the root, and Root is the root.
	Use  *Use
	Root *ast.CallExpr
	// Chain are the calls that lead to it from where the context is at hand, the
	// call of the function with the goroutine first.
	Chain []requests.Site
	// Context is what is at hand at the last of them.
	Context *requests.Context
	// Far is the function of another package that Chain[0] calls and that reaches
	// the goroutine; FarIn is the name of the function there that starts it, and
	// FarCall is the root as it is written there.
	Far            *types.Func
	FarIn, FarCall string
}

// Detaches returns the goroutines that are started on roots on behalf of requests,
// by functions that are given no context, in source order.
func (r *Result) Detaches() []*Detach { return r.detaches }

// findDetaches finds the goroutines, and follows the calls of the functions that
// start them up to where a context is at hand: within the package by its calls,
// beyond it by facts.
//
// What is asked of a goroutine is that it is one piece of work for the caller: it
// uses what it was given, comes to an end, and keeps nothing of what it finds. One
// that fetches something works for all who ask for that later.
func (r *Result) findDetaches() {
	if r.helpsTests() {
		return
	}
	starts := make(map[*types.Func][]*Detach)
	var own, far []*types.Func
	for _, s := range r.spawns {
		d := r.detach(s)
		if d == nil {
			continue
		}
		fn := s.Func.Decl().Obj
		if starts[fn] == nil {
			own = append(own, fn)
			sum := r.summaries[fn]
			sum.Detaches, sum.DetachCall = requests.FuncName(fn), r.text(d.Root)
		}
		starts[fn] = append(starts[fn], d)
	}
	calls := make(callers)
	for _, site := range r.Sites() {
		fn := site.Fn
		if site.Func == nil || fn == nil || isInterfaceMethod(fn) || !requests.IsOwn(r.pass, fn) || knowledge.IsCleanup(fn, true) || r.inTest(site) {
			continue
		}
		if fn.Pkg() != r.pass.Pkg {
			if r.summary(fn).Detaches == "" {
				continue
			}
			if calls[fn] == nil {
				far = append(far, fn)
			}
		}
		calls[fn] = append(calls[fn], site)
	}
	if len(own)+len(far) == 0 {
		return
	}
	slices.SortFunc(own, func(x, y *types.Func) int { return int(x.Pos() - y.Pos()) })
	r.passDetaches(slices.Concat(own, far), calls)
	up := r.newClimber(slices.Concat(own, far), calls)
	for _, fn := range slices.Concat(own, far) {
		chain, c := up.climb(fn)
		if c == nil || !r.InTrace(c) || opens(chain, c) || !c.Request && c.Func.Decl().Obj != nil && knowledge.IsConstructor(c.Func.Decl().Obj) {
			continue
		}
		found := starts[fn]
		if fn.Pkg() != r.pass.Pkg {
			sum := r.summary(fn)
			found = []*Detach{{Far: fn, FarIn: sum.Detaches, FarCall: sum.DetachCall}}
		}
		for _, d := range found {
			d.Chain, d.Context = chain, c
			r.detaches = append(r.detaches, d)
		}
	}
}

// passDetaches gives the functions that call those of queue, and have no context, a
// summary that says so.
func (r *Result) passDetaches(queue []*types.Func, calls callers) {
	for len(queue) > 0 {
		fn := queue[0]
		queue = queue[1:]
		from := r.summary(fn)
		for _, site := range calls[fn] {
			d := site.Func.Decl()
			if d.Obj == nil || r.summaries[d.Obj].Detaches != "" || r.deliberate(site.Cur, false) || r.At(site.Func, site.Call.Pos()) != nil {
				continue
			}
			sum := r.summaries[d.Obj]
			sum.Detaches, sum.DetachCall = from.Detaches, from.DetachCall
			queue = append(queue, d.Obj)
		}
	}
}

// detach returns what a goroutine does on a root of its own, if the function that
// starts it has no context, and nothing says that it is meant to.
func (r *Result) detach(s *Spawn) *Detach {
	f := s.Func.Decl()
	if f.Obj == nil || declares(s.Func) == nil || s.Joined || s.Loops || s.Watches || forTests(f) || signalled(f) ||
		r.At(s.Func, s.Node.Pos()) != nil || r.Lifetime(f) || r.Serves(s) || r.shared(s.Cur) || s.Explained(r) || !s.UsesData(r) {
		return nil
	}
	u, root := s.Root(r)
	if u == nil || u.Work <= Foreign || !within(f.Node, root.Pos()) || r.fetches(s, root) {
		return nil
	}
	return &Detach{Spawn: s, Use: u, Root: root}
}

// fetches reports whether the goroutine keeps a result of what it does on the root,
// other than the error.
func (r *Result) fetches(s *Spawn, root *ast.CallExpr) bool {
	return slices.ContainsFunc(s.Uses, func(u *Use) bool {
		if u.Origin.Root != root || u.Derives() {
			return false
		}
		assign, ok := u.Cur.Parent().Node().(*ast.AssignStmt)
		if !ok {
			switch u.Cur.Parent().Node().(type) {
			case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt:
				return false
			}
			t := r.pass.TypesInfo.TypeOf(u.Call)
			return t == nil || !types.Identical(t, errorType)
		}
		return slices.ContainsFunc(assign.Lhs, func(lhs ast.Expr) bool {
			if id, ok := lhs.(*ast.Ident); ok && id.Name == "_" {
				return false
			}
			t := r.pass.TypesInfo.TypeOf(lhs)
			return t == nil || !types.Identical(t, errorType)
		})
	})
}
