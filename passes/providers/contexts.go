package providers

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// parentOf returns the call by which the context in v follows from another one,
// if that is the only thing ever assigned to v.
func (r *Result) parentOf(v *types.Var) (*ast.CallExpr, inspector.Cursor) {
	defs := r.defs[v]
	if len(defs) != 1 || defs[0].rhs == nil {
		return nil, inspector.Cursor{}
	}
	call, _ := ast.Unparen(defs[0].rhs).(*ast.CallExpr)
	if call == nil || len(call.Args) == 0 || knowledge.DerivesContext(r.callee(call)) == knowledge.NotDerived {
		return nil, inspector.Cursor{}
	}
	return call, defs[0].cur
}

// ancestors returns the variables that the context e ends with: the one that it
// is, and those from which it follows. The value of each is the same wherever
// it is in scope.
func (r *Result) ancestors(e ast.Expr) []*types.Var {
	var vars []*types.Var
	for range 8 {
		e = ast.Unparen(e)
		if call, ok := e.(*ast.CallExpr); ok && len(call.Args) > 0 && knowledge.DerivesContext(r.callee(call)) == knowledge.WithValue {
			e = call.Args[0]
			continue
		}
		v := r.varOf(e)
		if v == nil || !knowledge.IsContext(v.Type()) || v.Parent() == r.pass.Pkg.Scope() {
			break
		}
		if v.Kind() == types.ParamVar && len(r.defs[v]) > 0 || len(r.defs[v]) > 1 {
			if r.selfDerived(v) {
				vars = append(vars, v)
			}
			break
		}
		vars = append(vars, v)
		call, _ := r.parentOf(v)
		if call == nil {
			break
		}
		e = call.Args[0]
	}
	return vars
}

// selfDerived reports whether all that v is set to follows from what it was
// before: ctx, stop := NotifyContext(ctx); ctx = WithValue(ctx, ...).
func (r *Result) selfDerived(v *types.Var) bool {
	defs := r.defs[v]
	if v.Kind() != types.ParamVar {
		defs = defs[1:]
	}
	for _, d := range defs {
		call, _ := ast.Unparen(d.rhs).(*ast.CallExpr)
		if call == nil || len(call.Args) == 0 || knowledge.DerivesContext(r.callee(call)) == knowledge.NotDerived || r.varOf(call.Args[0]) != v {
			return false
		}
	}
	return true
}

// A moment is a place at which a call runs: where it stands, or, of a deferred
// one, the end of the function that defers it.
type moment struct {
	cur      inspector.Cursor // of the call
	deferred *ast.DeferStmt
	fn       ast.Node // the innermost function in which the moment is
}

// momentOf returns when the call at cur runs.
func momentOf(cur inspector.Cursor) moment {
	m := moment{cur: cur}
	for c := range cur.Enclosing((*ast.DeferStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := c.Node().(type) {
		case *ast.DeferStmt:
			m.deferred = n
		case *ast.FuncDecl:
			m.fn = n
			return m
		case *ast.FuncLit:
			// defer func() { ... }() runs at the end of the function around.
			kind, _ := c.ParentEdge()
			_, isDefer := c.Parent().Parent().Node().(*ast.DeferStmt)
			if m.deferred != nil || kind != edge.CallExpr_Fun || !isDefer {
				m.fn = n
				return m
			}
		}
	}
	return m
}

// Cancelled reports whether a context that is given to the call at cur has
// ended when the call runs: on every way there, or on the way that the end of
// the context itself has opened.
func (r *Result) cancelled(ctx ast.Expr, cur inspector.Cursor) bool {
	m := momentOf(cur)
	for _, v := range r.ancestors(ctx) {
		if r.doneBefore(v, m) || r.cancelledBefore(v, m) || r.stoppedBefore(v, m) {
			return true
		}
	}
	return false
}

// doneBefore reports whether a receive from v.Done() may come before m.
func (r *Result) doneBefore(v *types.Var, m moment) bool {
	for _, use := range r.uses[v] {
		if recv, ok := r.receiveOf(use); ok && r.comesBefore(recv, m) {
			return true
		}
	}
	return false
}

// receiveOf returns the receive from the channel of the context at use: <-ctx.Done().
func (r *Result) receiveOf(use inspector.Cursor) (recv inspector.Cursor, ok bool) {
	sel, ok := use.Parent().Node().(*ast.SelectorExpr)
	if !ok {
		return recv, false
	}
	if fn, _ := r.pass.TypesInfo.Uses[sel.Sel].(*types.Func); !knowledge.IsContextDone(fn) {
		return recv, false
	}
	recv = use.Parent().Parent().Parent()
	if u, ok := recv.Node().(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		return recv, true
	}
	return recv, false
}

// comesBefore reports whether control may come from what is at cur to the
// moment m, which is in the same function and behind it.
func (r *Result) comesBefore(cur inspector.Cursor, m moment) bool {
	at := momentOf(cur)
	if at.fn != m.fn || at.deferred != nil && at.deferred != m.deferred {
		return false
	}
	pos := m.cur.Node().Pos()
	if m.deferred != nil && at.deferred == nil {
		// The function ends after this: anything that runs after the defer statement comes before.
		return cur.Node().Pos() > m.deferred.Pos()
	}
	if cur.Node().Pos() >= pos {
		return false
	}
	for c := range cur.Enclosing() {
		switch n := c.Node().(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return true
		case *ast.BlockStmt:
			if contains(n, pos) {
				return true
			}
			if leaves(n.List) {
				return false
			}
		case *ast.CaseClause:
			if contains(n, pos) {
				return true
			}
			if leaves(n.Body) {
				return false
			}
		case *ast.CommClause:
			if contains(n, pos) {
				return true
			}
			if leavesFunction(n.Body) {
				return false
			}
		}
	}
	return false
}

func contains(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// leaves reports whether a list of statements ends by leaving it.
func leaves(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	if br, ok := list[len(list)-1].(*ast.BranchStmt); ok {
		return br.Tok == token.CONTINUE || br.Tok == token.GOTO
	}
	return leavesFunction(list)
}

// leavesFunction reports whether a list of statements ends with a return.
func leavesFunction(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	_, ok := list[len(list)-1].(*ast.ReturnStmt)
	return ok
}

// cancelledBefore reports whether the function that ends v, or what v ends
// with, is called before m.
func (r *Result) cancelledBefore(v *types.Var, m moment) bool {
	for _, d := range r.defs[v] {
		call, _ := ast.Unparen(d.rhs).(*ast.CallExpr)
		assign, _ := d.cur.Node().(*ast.AssignStmt)
		if call == nil || assign == nil || len(assign.Lhs) != 2 || d.cur.Node().Pos() > m.evaluated() {
			continue
		}
		ended := false
		switch knowledge.DerivesContext(r.callee(call)) {
		case knowledge.OnSignal:
			ended = r.worksUntilSignal(v, m) || r.calledBefore(r.varOf(assign.Lhs[1]), m)
		case knowledge.WithCancel:
			ended = r.calledBefore(r.varOf(assign.Lhs[1]), m)
		case knowledge.OfGroup:
			ended = r.waitedBefore(r.varOf(assign.Lhs[0]), m)
		}
		if ended {
			return true
		}
	}
	return false
}

// evaluated returns where the arguments of the call are evaluated, or a place
// behind all others of its function if that is at its end.
func (m moment) evaluated() token.Pos {
	switch {
	case m.deferred == nil:
		return m.cur.Node().Pos()
	case m.deferred.Call == m.cur.Node():
		return m.deferred.Pos()
	}
	return m.fn.End()
}

// calledBefore reports whether the function in v is called before m on the way
// to it, as a statement or by a defer that runs earlier.
func (r *Result) calledBefore(v *types.Var, m moment) bool {
	if v == nil || len(r.defs[v]) != 1 {
		return false
	}
	for _, use := range r.uses[v] {
		if kind, _ := use.ParentEdge(); kind != edge.CallExpr_Fun {
			continue
		}
		call := use.Parent()
		switch p := call.Parent().Node().(type) {
		case *ast.ExprStmt:
			if at := momentOf(call); at.fn == m.fn && r.comesBefore(call, m) && (m.deferred == nil || r.straight(call)) {
				return true
			}
		case *ast.DeferStmt:
			if at := momentOf(call); at.fn == m.fn && m.deferred != nil && m.deferred != p && p.Pos() > m.deferred.Pos() {
				return true // deferred calls run the last one first
			}
		}
	}
	return false
}

// straight reports whether what is at cur runs whenever its function does not
// return before.
func (r *Result) straight(cur inspector.Cursor) bool {
	stmt := cur.Parent()
	block := stmt.Parent()
	switch block.Parent().Node().(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		return true
	}
	return false
}

// waitedBefore reports whether the group in v has waited before m.
func (r *Result) waitedBefore(v *types.Var, m moment) bool {
	if v == nil {
		return false
	}
	for _, use := range r.uses[v] {
		sel, ok := use.Parent().Node().(*ast.SelectorExpr)
		if !ok {
			continue
		}
		if fn, _ := r.pass.TypesInfo.Uses[sel.Sel].(*types.Func); knowledge.WaitsForGroup(fn) && r.comesBefore(use.Parent().Parent(), m) {
			return true
		}
	}
	return false
}

// worksUntilSignal reports whether m comes after work that goes
// on until the signal that ends v: work that is given v.
func (r *Result) worksUntilSignal(v *types.Var, m moment) bool {
	for _, s := range r.sites {
		if m.deferred == nil && !r.comesBefore(s.cur, m) || m.deferred != nil && s.call.Pos() < m.deferred.End() || momentOf(s.cur).fn != m.fn || momentOf(s.cur).deferred != nil {
			continue
		}
		if knowledge.WaitsForGroup(s.fn) && r.groupOf(s, v) {
			return true
		}
		if sum := r.summary(s.fn); !(sum != nil && sum.Serves || knowledge.WiringOf(s.fn) == knowledge.ServesRequests) {
			continue
		}
		for _, arg := range s.call.Args {
			if r.varOf(arg) == v {
				return true
			}
		}
	}
	return false
}

// groupOf reports whether the group that a call waits for ends when v does.
func (r *Result) groupOf(s *site, v *types.Var) bool {
	sel, ok := ast.Unparen(s.call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	for _, d := range r.defs[r.varOf(sel.X)] {
		call, ok := ast.Unparen(d.rhs).(*ast.CallExpr)
		if ok && len(call.Args) > 0 && knowledge.DerivesContext(r.callee(call)) == knowledge.OfGroup && slices.Contains(r.ancestors(call.Args[0]), v) {
			return true
		}
	}
	return false
}

// passesContext reports whether a function literal gives a context that it is
// given, or one that ends with that, to something that it calls.
func (r *Result) passesContext(lit *ast.FuncLit) bool {
	params := lit.Type.Params.List
	if len(params) == 0 || len(params[0].Names) == 0 {
		return false
	}
	ctx, ok := r.pass.TypesInfo.Defs[params[0].Names[0]].(*types.Var)
	if !ok || !knowledge.IsContext(ctx.Type()) {
		return false
	}
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found && knowledge.DerivesContext(r.callee(call)) == knowledge.NotDerived {
			for _, arg := range call.Args {
				for _, v := range r.ancestors(arg) {
					found = found || v == ctx
				}
			}
		}
		return !found
	})
	return found
}
