package providers

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// This file has what goroutines do at the end of a program: one waits for the
// signal, and stops the server that its function runs, or ends the process.

// stoppedBefore reports whether a server has been run before m that a goroutine of
// the same function stops when v has ended, or when it ends v.
func (r *Result) stoppedBefore(v *types.Var, m moment) bool {
	for _, lit := range r.endings(v) {
		for _, stop := range r.sites {
			if !contains(lit.node, stop.call.Pos()) || stop.call.Pos() < lit.from {
				continue
			}
			server := receiverOf(stop.call)
			if server == "" {
				continue
			}
			for _, s := range r.sites {
				if knowledge.WiringOf(s.fn) == knowledge.ServesRequests && receiverOf(s.call) == server &&
					s.call.Pos() > lit.node.End() && momentOf(s.cur).deferred == nil && r.comesBefore(s.cur, m) {
					return true
				}
			}
		}
	}
	return false
}

// receiverOf returns how the value is written that a method is called of.
func receiverOf(call *ast.CallExpr) string {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return types.ExprString(sel.X)
	}
	return ""
}

// An ending is a goroutine that goes on when a context ends, or ends it.
type ending struct {
	node *ast.FuncLit
	from token.Pos // where the context has ended
}

// endings returns the goroutines that wait for the end of v, or that end it.
func (r *Result) endings(v *types.Var) []ending {
	var list []ending
	for _, use := range r.uses[v] {
		if recv, ok := r.receiveOf(use); ok {
			if lit := goroutine(recv); lit != nil {
				list = append(list, ending{lit, recv.Node().End()})
			}
		}
	}
	for _, d := range r.defs[v] {
		call, _ := ast.Unparen(d.rhs).(*ast.CallExpr)
		assign, _ := d.cur.Node().(*ast.AssignStmt)
		if call == nil || assign == nil || len(assign.Lhs) != 2 {
			continue
		}
		switch knowledge.DerivesContext(r.callee(call)) {
		case knowledge.OnSignal, knowledge.WithCancel:
		default:
			continue
		}
		cancel := r.varOf(assign.Lhs[1])
		if cancel == nil {
			continue
		}
		for _, use := range r.uses[cancel] {
			if kind, _ := use.ParentEdge(); kind != edge.CallExpr_Fun {
				continue
			}
			if _, ok := use.Parent().Parent().Node().(*ast.ExprStmt); !ok {
				continue
			}
			if lit := goroutine(use); lit != nil && r.straight(use.Parent()) {
				list = append(list, ending{lit, lit.Pos()})
			}
		}
	}
	return list
}

// goroutine returns the literal that a go statement runs, if what is at cur stands
// in it and in no other.
func goroutine(cur inspector.Cursor) *ast.FuncLit {
	lit, ok := momentOf(cur).fn.(*ast.FuncLit)
	if !ok {
		return nil
	}
	for c := range cur.Enclosing((*ast.FuncLit)(nil)) {
		if c.Node() != ast.Node(lit) {
			continue
		}
		if kind, _ := c.ParentEdge(); kind != edge.CallExpr_Fun {
			return nil
		}
		if kind, _ := c.Parent().ParentEdge(); kind == edge.GoStmt_Call {
			return lit
		}
	}
	return nil
}

// collectSignalled finds the deferred shutdown that s, which ends the process when
// a signal has come, keeps from running: a goroutine waits for the signal, and does
// nothing else but to print.
func (r *Result) collectSignalled(s *site) {
	lit := goroutine(s.cur)
	if lit == nil || !r.awaitsSignal(lit, s.call) || !r.onlyPrints(lit, s.call) {
		return
	}
	goCur, ok := r.root.FindNode(lit)
	if !ok {
		return
	}
	at := momentOf(goCur.Parent())
	for _, other := range r.sites {
		if m := momentOf(other.cur); m.deferred != nil && m.fn == at.fn && r.shutsDown(other) && r.registered(m, moment{cur: goCur}) {
			r.skips = append(r.skips, &Skip{s.call, m.deferred, other.call})
			return
		}
	}
}

// awaitsSignal reports whether lit begins by receiving a signal, before the call
// exit.
func (r *Result) awaitsSignal(lit *ast.FuncLit, exit *ast.CallExpr) bool {
	for _, stmt := range lit.Body.List {
		if stmt.Pos() > exit.Pos() {
			return false
		}
		var x ast.Expr
		switch stmt := stmt.(type) {
		case *ast.ExprStmt:
			x = stmt.X
		case *ast.AssignStmt:
			if len(stmt.Rhs) == 1 {
				x = stmt.Rhs[0]
			}
		}
		recv, ok := x.(*ast.UnaryExpr)
		if !ok || recv.Op != token.ARROW {
			continue
		}
		ch, ok := r.pass.TypesInfo.TypeOf(recv.X).Underlying().(*types.Chan)
		return ok && knowledge.IsSignal(ch.Elem()) && r.receivedOnce(r.varOf(recv.X))
	}
	return false
}

// receivedOnce reports whether a channel is a local variable that the function
// receives from in one place: a second signal is that of a user who wants out.
func (r *Result) receivedOnce(v *types.Var) bool {
	if v == nil || len(r.defs[v]) != 1 || v.Parent() == r.pass.Pkg.Scope() {
		return false
	}
	receives := 0
	for _, use := range r.uses[v] {
		switch p := use.Parent().Node().(type) {
		case *ast.UnaryExpr:
			receives++
		case *ast.CallExpr:
			if !knowledge.OnlyPrints(r.callee(p)) { // signal.Notify
				return false
			}
		default:
			return false
		}
	}
	return receives == 1
}

// onlyPrints reports whether lit calls nothing but exit and what prints or sets up
// signals: nothing that could bring the function around to its end.
func (r *Result) onlyPrints(lit *ast.FuncLit, exit *ast.CallExpr) bool {
	if len(lit.Body.List) == 0 || lit.Body.List[len(lit.Body.List)-1].End() != exit.End() {
		return false
	}
	for _, s := range r.sites {
		if s.call != exit && contains(lit.Body, s.call.Pos()) && !knowledge.OnlyPrints(s.fn) {
			return false
		}
	}
	return true
}
