package requests

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Joined reports whether the function f waits, before it returns, for the
// goroutine that spawner starts: a go statement, or the call of a function that
// runs its argument in a goroutine. A goroutine that the caller of f may wait
// for, through a group or a channel that f was given or returns, counts.
//
// lit is the literal that runs; nil if a function is started by its name.
func (r *Result) Joined(f *Func, spawner ast.Node, lit *Func) bool {
	r.joinMu.Lock()
	defer r.joinMu.Unlock()
	key := spawn{spawner, lit} // each stands in one function
	joined, ok := r.joined[key]
	if !ok {
		joined = r.joins(f.Decl(), spawner, lit)
		r.joined[key] = joined
	}
	return joined
}

func (r *Result) joins(f *Func, spawner ast.Node, lit *Func) bool {
	waited := make(map[*types.Var]bool)
	switch n := spawner.(type) {
	case *ast.GoStmt:
		r.signals(n, waited)
	case *ast.CallExpr:
		if fn := r.callee(n); fn != nil && knowledge.JoinMethod(fn) != "" {
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
				if v := r.operand(sel.X); v != nil {
					waited[v] = true
				}
			}
		}
		r.signals(n, waited)
	}
	if lit != nil {
		r.signals(lit.Node, waited) // which may stand before, in a variable
	}
	if r.keepsHandle(f, spawner, lit) || r.waitsForMethod(f, spawner) || r.receiverWaits(f, spawner) {
		return true
	}
	if len(waited) == 0 {
		return false
	}
	for _, p := range params(f.Sig) {
		if waited[p] {
			return true
		}
	}
	found := false
	for cur := range f.cur.Preorder((*ast.CallExpr)(nil), (*ast.UnaryExpr)(nil), (*ast.RangeStmt)(nil), (*ast.ReturnStmt)(nil)) {
		if pos := cur.Node().Pos(); contains(spawner, pos) || lit != nil && contains(lit.Node, pos) {
			continue
		}
		if r.waits(cur, waited) {
			found = true
			break
		}
	}
	return found
}

// waitsForMethod reports whether the function f receives, after the start, from a
// channel in a field of something that the goroutine uses a method of, which may
// send to it.
func (r *Result) waitsForMethod(f *Func, spawner ast.Node) bool {
	owners := make(map[*types.Var]bool)
	ast.Inspect(spawner, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if s := r.pass.TypesInfo.Selections[sel]; s != nil && s.Kind() == types.MethodVal {
				if v := r.operand(sel.X); v != nil {
					owners[v] = true
				}
			}
		}
		return true
	})
	if len(owners) == 0 {
		return false
	}
	for cur := range f.cur.Preorder((*ast.UnaryExpr)(nil)) {
		recv := cur.Node().(*ast.UnaryExpr)
		if recv.Op != token.ARROW || recv.Pos() < spawner.End() {
			continue
		}
		if sel, ok := ast.Unparen(recv.X).(*ast.SelectorExpr); ok && owners[r.operand(sel.X)] {
			return true
		}
	}
	return false
}

// keepsHandle reports whether the function f holds on to something by which it
// may wait for the goroutine, or stop it: what the spawner returns, the local
// variable whose method it calls, or one of those that the goroutine tells by
// (a semaphore, a channel of slots, the other end of a pipe), if f uses that
// after the start, or in a defer.
func (r *Result) keepsHandle(f *Func, spawner ast.Node, lit *Func) bool {
	handles := make(map[*types.Var]bool)
	add := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			if v, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var); ok && contains(f.Node, v.Pos()) && (lit == nil || !contains(lit.Node, v.Pos())) {
				handles[v] = true
			}
		}
	}
	method := ""
	if call, ok := spawner.(*ast.CallExpr); ok {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			method = sel.Sel.Name
			// A group that the table knows is waited for by its own method.
			if fn := r.callee(call); fn != nil && knowledge.JoinMethod(fn) == "" {
				if v := r.operand(sel.X); v != nil && contains(f.Body(), v.Pos()) {
					add(sel.X)
				}
			}
		}
	}
	if lit != nil {
		ast.Inspect(lit.Node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.UnaryExpr:
				if n.Op == token.ARROW {
					add(n.X)
				}
			case *ast.Ident:
				if t := r.pass.TypesInfo.TypeOf(n); t != nil && knowledge.IsHandle(t) {
					add(n)
				}
			}
			return true
		})
	}
	found := false
	ast.Inspect(f.Node, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || found {
			return !found
		}
		if len(assign.Rhs) == 1 && ast.Unparen(assign.Rhs[0]) == spawner {
			found = true // timer := time.AfterFunc(...)
		}
		// The other end of what the goroutine has one end of.
		for _, lhs := range assign.Lhs {
			if id, ok := lhs.(*ast.Ident); ok && len(assign.Lhs) > 1 && len(assign.Rhs) == 1 {
				if v, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var); ok && handles[v] {
					for _, other := range assign.Lhs {
						add(other)
					}
				}
			}
		}
		return true
	})
	if found || len(handles) == 0 {
		return found
	}
	ast.Inspect(f.Node, func(n ast.Node) bool {
		if n == nil || found || n == spawner || lit != nil && n == lit.Node {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok {
			// More of the same is no waiting.
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == method && method != "" {
				return false
			}
		}
		id, ok := n.(*ast.Ident)
		if ok {
			v, _ := r.pass.TypesInfo.Uses[id].(*types.Var)
			found = v != nil && handles[v] && (id.Pos() > spawner.End() || r.inDefer(f, id.Pos()))
		}
		return !found
	})
	return found
}

// inDefer reports whether pos is in a defer statement of f.
func (r *Result) inDefer(f *Func, pos token.Pos) bool {
	found := false
	ast.Inspect(f.Node, func(n ast.Node) bool {
		if d, ok := n.(*ast.DeferStmt); ok && contains(d, pos) {
			found = true
		}
		return !found
	})
	return found
}

// signals adds the variables by which a goroutine says that it is done: groups
// whose Done it calls, and channels that it sends to or closes. A function that
// is started by its name may do so with each of its arguments.
func (r *Result) signals(spawner ast.Node, waited map[*types.Var]bool) {
	add := func(e ast.Expr) {
		if v := r.operand(e); v != nil {
			waited[v] = true
		}
	}
	if stmt, ok := spawner.(*ast.GoStmt); ok {
		for _, arg := range stmt.Call.Args {
			if IsSignal(r.pass.TypesInfo.TypeOf(arg)) {
				add(arg)
			}
		}
	}
	ast.Inspect(spawner, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt:
			add(n.Chan)
		case *ast.CallExpr:
			if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && len(n.Args) == 1 && r.pass.TypesInfo.Uses[id] == types.Universe.Lookup("close") {
				add(n.Args[0])
			}
			for _, arg := range n.Args {
				// Who is given the channel sends to it.
				if t := r.pass.TypesInfo.TypeOf(arg); t != nil && IsSignal(t) {
					add(arg)
				}
			}
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Done" && IsSignal(r.pass.TypesInfo.TypeOf(sel.X)) {
				add(sel.X)
			}
		}
		return true
	})
}

// IsSignal reports whether goroutines tell by a value of type t that they are
// done: a channel that they may send to, or a sync.WaitGroup.
func IsSignal(t types.Type) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if ch, ok := t.Underlying().(*types.Chan); ok {
		return ch.Dir() != types.RecvOnly
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "WaitGroup" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync"
}

// waits reports whether the node at cur waits for one of the variables, or
// returns it to a caller who may.
func (r *Result) waits(cur inspector.Cursor, waited map[*types.Var]bool) bool {
	switch n := cur.Node().(type) {
	case *ast.CallExpr:
		for _, arg := range n.Args {
			if v := r.operand(arg); v != nil && waited[v] {
				return true // who is given it may wait
			}
		}
		sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
		return ok && (sel.Sel.Name == "Wait" || sel.Sel.Name == "StopWait") && waited[r.operand(sel.X)]
	case *ast.UnaryExpr:
		return n.Op == token.ARROW && waited[r.operand(n.X)]
	case *ast.RangeStmt:
		_, ok := r.pass.TypesInfo.TypeOf(n.X).Underlying().(*types.Chan)
		return ok && waited[r.operand(n.X)]
	case *ast.ReturnStmt:
		for _, e := range n.Results {
			if v := r.operand(e); v != nil && (waited[v] || holdsAny(v.Type(), waited)) {
				return true
			}
		}
	}
	return false
}

// holdsAny reports whether t is a struct, or points to one, with one of the fields.
func holdsAny(t types.Type, fields map[*types.Var]bool) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			if fields[f] {
				return true
			}
		}
	}
	return false
}

// operand returns the variable or field that e names, or points to.
func (r *Result) operand(e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, _ := r.pass.TypesInfo.ObjectOf(e).(*types.Var)
		return v
	case *ast.SelectorExpr:
		v, _ := r.pass.TypesInfo.Uses[e.Sel].(*types.Var)
		return v
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return r.operand(e.X)
		}
	case *ast.StarExpr:
		return r.operand(e.X)
	}
	return nil
}
