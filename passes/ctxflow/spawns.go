package ctxflow

import (
	"go/ast"
	"go/types"
	"iter"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// A Spawn starts work in a goroutine.
type Spawn struct {
	// Joined: the function waits for it.
	Joined bool
	// Node is the go statement, or the call of what runs the function.
	Node ast.Node
	Cur  inspector.Cursor
	// Func is the function that it stands in.
	Func *requests.Func
	// Lit is what runs; nil if a function is called by its name.
	Lit *requests.Func
	// Call is the call that runs, if Lit is nil.
	Call *ast.CallExpr
	// Uses are the contexts that the goroutine does work with.
	Uses []*Use
	// Loops: it goes on until it is told to stop, as a server or a worker does.
	Loops bool
	// Watches: it looks whether a context is over.
	Watches bool
}

// Spawns returns the goroutines that the functions of the package start with
// literals, or by calls that they do not wait for, in source order.
func (r *Result) Spawns() []*Spawn { return r.spawns }

// findSpawns finds the goroutines, and what they work on.
func (r *Result) findSpawns() {
	byLit := make(map[*requests.Func]*Spawn)
	byCall := make(map[*ast.CallExpr]*Spawn)
	for _, f := range r.Funcs() {
		if f.Run == requests.Spawned && f.Outer != nil {
			cur, ok := r.cursor(f.Outer, f.Spawner)
			if !ok {
				continue
			}
			s := &Spawn{Node: f.Spawner, Cur: cur, Func: f.Outer, Lit: f, Joined: f.Joined, Loops: r.loops(f) || r.runsLoop(f), Watches: r.watches(f)}
			byLit[f] = s
			r.spawns = append(r.spawns, s)
		}
	}
	for _, site := range r.Sites() {
		stmt, ok := site.Cur.Parent().Node().(*ast.GoStmt)
		if !ok || site.Func == nil {
			continue
		}
		if _, lit := ast.Unparen(site.Call.Fun).(*ast.FuncLit); lit || r.Joined(site.Func, stmt, nil) {
			continue
		}
		if v, ok := r.pass.TypesInfo.Uses[identOf(site.Call.Fun)].(*types.Var); ok && r.LitOf(v) != nil {
			continue // found as a literal
		}
		s := &Spawn{Node: stmt, Cur: site.Cur.Parent(), Func: site.Func, Call: site.Call}
		if f := r.index.declared()[site.Fn]; f != nil {
			s.Loops = r.loops(f)
		}
		byCall[site.Call] = s
		r.spawns = append(r.spawns, s)
	}
	for _, u := range r.uses {
		if s := byCall[u.Call]; s != nil {
			s.Uses = append(s.Uses, u)
			continue
		}
		if _, ok := u.Cur.Parent().Node().(*ast.GoStmt); ok {
			if _, lit := ast.Unparen(u.Call.Fun).(*ast.FuncLit); lit {
				continue // an argument of another goroutine: its literal uses it
			}
		}
		for f := u.Func; f != nil; f = f.Outer {
			if s := byLit[f]; s != nil {
				s.Uses = append(s.Uses, u)
				break
			}
		}
	}
}

func identOf(e ast.Expr) *ast.Ident {
	id, _ := ast.Unparen(e).(*ast.Ident)
	return id
}

// cursor returns where node is in f.
func (r *Result) cursor(f *requests.Func, node ast.Node) (inspector.Cursor, bool) {
	if node == nil {
		return inspector.Cursor{}, false
	}
	return f.Cursor().FindNode(node)
}

// loops reports whether f has a loop without an end of its own: over a channel,
// or without a condition.
func (r *Result) loops(f *requests.Func) bool {
	for cur := range f.Cursor().Preorder((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.ForStmt:
			if n.Cond == nil {
				return true
			}
		case *ast.RangeStmt:
			if _, ok := r.pass.TypesInfo.TypeOf(n.X).Underlying().(*types.Chan); ok {
				return true
			}
		}
	}
	return false
}

// runsLoop reports whether f calls a function of the package that takes what comes
// from channels for as long as something does: it is the loop of a stream or a worker.
func (r *Result) runsLoop(f *requests.Func) bool {
	return slices.ContainsFunc(r.SitesIn(f.Cursor()), func(site requests.Site) bool {
		g := r.index.declared()[site.Fn]
		if g == nil || site.Func != f {
			return false
		}
		for loop := range r.endless(g) {
			for sel := range loop.Preorder((*ast.SelectStmt)(nil)) {
				if r.FuncAt(sel) == g {
					return true
				}
			}
		}
		return false
	})
}

// endless yields the loops without a condition in f, but for those in its literals.
func (r *Result) endless(f *requests.Func) iter.Seq[inspector.Cursor] {
	return func(yield func(inspector.Cursor) bool) {
		for cur := range f.Cursor().Preorder((*ast.ForStmt)(nil)) {
			if cur.Node().(*ast.ForStmt).Cond == nil && r.FuncAt(cur) == f && !yield(cur) {
				return
			}
		}
	}
}

// watches reports whether f looks whether a context is over.
func (r *Result) watches(f *requests.Func) bool {
	for cur := range f.Cursor().Preorder((*ast.SelectorExpr)(nil)) {
		fn, _ := r.pass.TypesInfo.Uses[cur.Node().(*ast.SelectorExpr).Sel].(*types.Func)
		if fn != nil && tellsEnd(fn) {
			return true
		}
	}
	return false
}

// Repeated reports whether the goroutine runs a function that is given the literal, and
// that may call it again and again, as one that does something every minute does: only
// of those of the package is it seen that they have no loop.
func (s *Spawn) Repeated(r *Result) bool {
	stmt, ok := s.Node.(*ast.GoStmt)
	if !ok || s.Lit == nil {
		return false
	}
	given := slices.ContainsFunc(stmt.Call.Args, func(arg ast.Expr) bool {
		if ast.Unparen(arg) == s.Lit.Node {
			return true
		}
		v, ok := r.pass.TypesInfo.Uses[identOf(arg)].(*types.Var)
		return ok && r.LitOf(v) == s.Lit
	})
	if !given {
		return false
	}
	f := r.index.declared()[r.callee(stmt.Call)]
	return f == nil || r.loops(f)
}

// Root returns a use of a root in the goroutine, and how the root is written;
// or the name of the function with the root, if a function that it calls makes
// it. It is nil if the goroutine does no work on a root, or is meant to.
func (s *Spawn) Root(r *Result) (u *Use, call *ast.CallExpr) {
	for _, u := range s.Uses {
		o := u.Origin
		if o.Kind != requests.Root || u.Work == NoWork {
			continue
		}
		if u.Mends || o.Mended {
			return nil, nil
		}
		if r.deliberate(u.Cur, false) || r.carried(u) {
			continue
		}
		if !within(s.Node, o.Root.Pos()) && r.usedElsewhere(o.Root, s.Node) {
			return nil, nil // the root is at fault, and not the goroutine
		}
		if site, ok := r.SiteOf(o.Root); ok && (r.deliberate(site.Cur, false) || r.kept(site.Cur, make(map[*types.Var]bool))) {
			return nil, nil
		}
		return u, o.Root
	}
	return nil, nil
}

// usedElsewhere reports whether work is done on a root outside of n, too.
func (r *Result) usedElsewhere(root *ast.CallExpr, n ast.Node) bool {
	return slices.ContainsFunc(r.index.byRoot()[root], func(u *Use) bool {
		return u.Work > NoWork && !within(n, u.Call.Pos()) && !r.spawned(u)
	})
}

// Serves reports whether a goroutine is started again and again by a loop that
// goes on until it is told to stop: the context around it is that of the loop.
func (r *Result) Serves(s *Spawn) bool {
	for c := range s.Cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch n := c.Node().(type) {
		case *ast.ForStmt:
			if n.Cond == nil && within(n.Body, s.Node.Pos()) {
				return true
			}
		case *ast.RangeStmt:
			if _, ok := r.pass.TypesInfo.TypeOf(n.X).Underlying().(*types.Chan); ok && within(n.Body, s.Node.Pos()) {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// Lifetime reports whether f goes on until the program ends, or a part of it: it
// waits for the end of a context, or for a signal.
func (r *Result) Lifetime(f *requests.Func) bool {
	for f.Outer != nil && f.Within() {
		f = f.Outer
	}
	for cur := range f.Cursor().Preorder((*ast.ExprStmt)(nil)) {
		if _, comm := cur.Parent().Node().(*ast.CommClause); !comm && r.FuncAt(cur) == f && r.receivesEnd(cur.Node().(*ast.ExprStmt)) {
			return true
		}
	}
	return false
}

// Explained reports whether a comment says that the goroutine is as it should.
func (s *Spawn) Explained(r *Result) bool { return r.explained(s.Cur) }

// Hidden returns the name of the function that the goroutine calls and that
// reaches a root, with the root as it is written there.
func (s *Spawn) Hidden(r *Result) (name, call string) {
	sites := []requests.Site{}
	if s.Lit != nil {
		sites = r.SitesIn(s.Lit.Cursor())
	} else if site, ok := r.SiteOf(s.Call); ok {
		sites = append(sites, site)
	}
	for _, site := range sites {
		if site.Fn == nil || !requests.IsOwn(r.pass, site.Fn) || r.afterEnd(site.Cur, false) {
			continue
		}
		if sum := r.summary(site.Fn); sum.Root != "" {
			return sum.Root, sum.Call
		}
	}
	return "", ""
}

// Mentions returns the variables from outside of the goroutine that stand for a
// request which the framework uses again, and where the goroutine mentions them.
func (s *Spawn) Mentions(r *Result) map[*types.Var][]*ast.Ident {
	found := make(map[*types.Var][]*ast.Ident)
	scope := s.Node
	if s.Lit != nil {
		scope = s.Lit.Node
	}
	ast.Inspect(scope, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
		if !ok || v.IsField() || scope.Pos() <= v.Pos() && v.Pos() < scope.End() {
			return true
		}
		if req, ok := knowledge.RequestOf(v.Type()); ok && req.Reused {
			found[v] = append(found[v], id)
		}
		return true
	})
	if s.Lit == nil {
		// The arguments of a go statement are evaluated before: only those that
		// are the request itself go over.
		for v, ids := range found {
			kept := ids[:0]
			for _, id := range ids {
				for _, arg := range s.Call.Args {
					if ast.Unparen(arg) == ast.Expr(id) {
						kept = append(kept, id)
					}
				}
			}
			if len(kept) == 0 {
				delete(found, v)
			} else {
				found[v] = kept
			}
		}
	}
	return found
}

// UsesData reports whether the goroutine uses what belongs to this call of the
// function that starts it: a parameter that is no context, or a local variable.
// What methods are called on does not count: services and clients live long. Nor does
// what the function puts into its receiver.
func (s *Spawn) UsesData(r *Result) bool {
	scope := s.Node
	found := false
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
				ast.Inspect(lit, visit)
			}
			for _, arg := range call.Args {
				ast.Inspect(arg, visit)
			}
			return false
		}
		id, ok := n.(*ast.Ident)
		if !ok {
			return !found
		}
		v, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
		if !ok || v.IsField() || v.Parent() == r.pass.Pkg.Scope() || v.Parent() == nil || v.Pkg() != r.pass.Pkg {
			return !found
		}
		if scope.Pos() <= v.Pos() && v.Pos() < scope.End() || carries(v.Type()) {
			return !found
		}
		for f := s.Func; f != nil; f = f.Outer {
			if recv := f.Sig.Recv(); recv == v {
				return !found
			}
		}
		switch v.Type().Underlying().(type) {
		case *types.Chan, *types.Signature:
			return !found
		}
		found = !r.remembered(v, s.Func)
		return !found
	}
	ast.Inspect(scope, visit)
	return found
}
