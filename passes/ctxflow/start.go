package ctxflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// A Start is a call that is given a context and returns one that is derived
// from it, besides something else, as the start of a span does.
type Start struct {
	requests.Site
	Assign *ast.AssignStmt // of the results
	Result int             // which of them is the context
	Use    *Use            // of the context that it is given
}

// StartOf returns how call derives a context, if its results are assigned.
func (r *Result) StartOf(call *ast.CallExpr) (Start, bool) {
	uses := r.byCall[call]
	tuple, ok := r.pass.TypesInfo.TypeOf(call).(*types.Tuple)
	if len(uses) == 0 || !ok {
		return Start{}, false
	}
	s := Start{Site: uses[0].Site, Use: uses[0], Result: -1}
	for i := range tuple.Len() {
		if knowledge.IsContext(tuple.At(i).Type()) {
			s.Result = i
			break
		}
	}
	s.Assign, ok = s.Cur.Parent().Node().(*ast.AssignStmt)
	if !ok || s.Result < 0 || len(s.Assign.Rhs) != 1 || s.Func == nil {
		return Start{}, false
	}
	return s, true
}

// UsesAfter returns the uses, after s and whenever control has come through it,
// of the context that s was given, or of an older one, in source order.
// Goroutines that are not waited for are left out, and so is what stands behind
// until, if that is a position.
func (r *Result) UsesAfter(s Start, until token.Pos) []*Use {
	old := s.Use.Origin
	var uses []*Use
	// They are in source order: begin behind s, and end at until.
	in := r.UsesIn(s.Cur.Parent().Parent())
	first := sort.Search(len(in), func(i int) bool { return in[i].Cur.Index() > s.Cur.Index() })
	for _, u := range in[first:] {
		if until.IsValid() && u.Call.Pos() >= until {
			break
		}
		if u.Call.Pos() < s.Assign.End() || !r.runsWithin(u, s.Func) {
			continue
		}
		o := u.Origin
		if slices.Contains(o.Steps, s.Call) || o.Mended && !old.Mended || u.Mends {
			continue // the new one, or that of somebody else
		}
		if old.Source != nil && (o.Kind == requests.Caller || o.Kind == requests.Request) {
			if o.Source == old.Source && o.Spans <= old.Spans {
				uses = append(uses, u)
			}
			continue
		}
		if old.Source == nil && o.Source == nil && r.sameVar(u.Arg, s.Use.Arg) {
			uses = append(uses, u)
		}
	}
	return uses
}

// runsWithin reports whether a call is part of what f does in order.
func (r *Result) runsWithin(u *Use, f *requests.Func) bool {
	if _, ok := u.Cur.Parent().Node().(*ast.GoStmt); ok {
		return false
	}
	for g := u.Func; g != f; g = g.Outer {
		if g == nil || !g.Within() && g.Run != requests.Deferred {
			return false
		}
	}
	return true
}

// sameVar reports whether two expressions are the same local variable, and that
// is not set between them.
func (r *Result) sameVar(x, y ast.Expr) bool {
	a, ok := ast.Unparen(x).(*ast.Ident)
	b, ok2 := ast.Unparen(y).(*ast.Ident)
	if !ok || !ok2 {
		return r.SameVar(x, y) // a field: s.ctx
	}
	v, ok := r.pass.TypesInfo.Uses[a].(*types.Var)
	if !ok || v != r.pass.TypesInfo.Uses[b] {
		return false
	}
	for _, use := range r.UsesOfVar(v) {
		if kind, _ := use.ParentEdge(); kind == edge.AssignStmt_Lhs && y.Pos() < use.Node().Pos() && use.Node().Pos() < x.Pos() {
			return false
		}
	}
	return true
}

// Used reports whether a variable with a context is used for more than to
// silence the compiler, as "_ = ctx" does.
func (r *Result) Used(v *types.Var) bool {
	for _, use := range r.UsesOfVar(v) {
		kind, i := use.ParentEdge()
		if kind == edge.AssignStmt_Lhs {
			continue
		}
		if assign, ok := use.Parent().Node().(*ast.AssignStmt); ok && len(assign.Lhs) == len(assign.Rhs) {
			if id, ok := assign.Lhs[i].(*ast.Ident); ok && id.Name == "_" {
				continue
			}
		}
		return true
	}
	return false
}

// LoopOf returns the innermost loop around s, in its function or around it if
// that is a literal which is called on the spot; or nil.
func (r *Result) LoopOf(s Start) ast.Node { return r.loopAround(s.Cur) }

// InLoop reports whether what is at cur is done again and again by its function.
func (r *Result) InLoop(cur inspector.Cursor) bool { return r.loopAround(cur) != nil }

// LoopAround returns the innermost loop around what is at cur, as LoopOf does.
func (r *Result) LoopAround(cur inspector.Cursor) ast.Node { return r.loopAround(cur) }

func (r *Result) loopAround(cur inspector.Cursor) ast.Node {
	pos := cur.Node().Pos()
	for c := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch n := c.Node().(type) {
		case *ast.ForStmt:
			if within(n.Body, pos) {
				return n
			}
		case *ast.RangeStmt:
			if within(n.Body, pos) {
				return n
			}
		case *ast.FuncLit:
			if f := r.FuncAt(c); f == nil || f.Run != requests.Inline {
				return nil
			}
		default:
			return nil
		}
	}
	return nil
}

// SameVar reports whether two expressions are the same local variable, or the
// same field of one.
func (r *Result) SameVar(x, y ast.Expr) bool {
	a, ok := ast.Unparen(x).(*ast.Ident)
	b, ok2 := ast.Unparen(y).(*ast.Ident)
	if ok && ok2 {
		return r.pass.TypesInfo.ObjectOf(a) == r.pass.TypesInfo.ObjectOf(b)
	}
	p, ok := ast.Unparen(x).(*ast.SelectorExpr)
	q, ok2 := ast.Unparen(y).(*ast.SelectorExpr)
	return ok && ok2 && r.pass.TypesInfo.Uses[p.Sel] == r.pass.TypesInfo.Uses[q.Sel] && r.SameVar(p.X, q.X)
}

// Deferred reports whether what is at cur runs in a deferred call.
func (r *Result) Deferred(cur inspector.Cursor) bool {
	for c := range cur.Enclosing((*ast.DeferStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch c.Node().(type) {
		case *ast.DeferStmt:
			return true
		case *ast.FuncLit:
			if f := r.FuncAt(c); f != nil && f.Run == requests.Inline {
				continue
			} else if f != nil && f.Run == requests.Deferred {
				return true
			}
		}
		return false
	}
	return false
}

// SetIn returns how often v, a variable or a field, is assigned to within n.
func (r *Result) SetIn(n ast.Node, v ast.Expr) int {
	count := 0
	ast.Inspect(n, func(m ast.Node) bool {
		if assign, ok := m.(*ast.AssignStmt); ok {
			for _, lhs := range assign.Lhs {
				if r.SameVar(lhs, v) {
					count++
				}
			}
		}
		return true
	})
	return count
}

// TopLevel reports whether s stands in the outermost block of its function.
func (r *Result) TopLevel(s Start) bool {
	return s.Cur.Parent().Parent().Node() == s.Func.Body()
}

// StatementOf returns the innermost statement around cur that is in a list, or
// nil.
func (r *Result) StatementOf(cur inspector.Cursor) ast.Stmt { return statement(cur) }

// Over reports whether what is at cur runs when the context of its function is
// over, or may be: in a defer, or after something that tells of the end.
func (r *Result) Over(cur inspector.Cursor) bool { return r.afterEnd(cur, false) }

// Explained reports whether a comment next to the statement at cur says that it
// is there on purpose.
func (r *Result) Explained(cur inspector.Cursor) bool { return r.explained(cur) }

// MayPrecede reports whether control may come from call to n, which stands
// behind it: call is not deferred, and its block does not leave before.
func (r *Result) MayPrecede(call *ast.CallExpr, n ast.Node) bool {
	site, ok := r.SiteOf(call)
	if !ok {
		return false
	}
	for c := range site.Cur.Enclosing() {
		var list []ast.Stmt
		switch m := c.Node().(type) {
		case *ast.DeferStmt:
			return false
		case *ast.FuncLit:
			if f := r.FuncAt(c); f != nil && !f.Within() {
				return false
			}
			continue
		case *ast.BlockStmt:
			list = m.List
		case *ast.CaseClause:
			list = m.Body
		case *ast.CommClause:
			list = m.Body
		case *ast.FuncDecl:
			return true
		default:
			continue
		}
		if within(c.Node(), n.Pos()) {
			return true
		}
		if leaves(list) {
			return false
		}
	}
	return false
}

// leaves reports whether a list of statements ends by leaving it.
func leaves(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok != token.FALLTHROUGH
	}
	return false
}
