package routes

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// This file has the ways in which programs make one middleware of others: by
// functions that put a middleware around the handler that they are given, by loops
// over lists of middlewares, and by the chains of libraries.

// adapts reports whether sig is that of a middleware of net/http: it is given the
// handler that comes next, and returns the one that is called instead.
func adapts(sig *types.Signature) bool {
	return sig.Params().Len() == 1 && sig.Results().Len() == 1 &&
		isHandler(sig.Params().At(0).Type()) && isHandler(sig.Results().At(0).Type())
}

// composes reports whether a function of that signature may put middlewares around
// a handler that it is given, or make one middleware of several: it returns a
// handler or a middleware, and has a list of middlewares, or its receiver does.
func composes(sig *types.Signature) bool {
	if sig.Results().Len() != 1 {
		return false
	}
	t := sig.Results().At(0).Type()
	if result, ok := t.Underlying().(*types.Signature); !isHandler(t) && !(ok && adapts(result)) {
		return false
	}
	for v := range sig.Params().Variables() {
		if isList(v.Type()) {
			return true
		}
	}
	if sig.Recv() == nil {
		return false
	}
	t = sig.Recv().Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if isList(t) {
		return true
	}
	st, ok := t.Underlying().(*types.Struct)
	for i := 0; ok && i < st.NumFields(); i++ {
		if isList(st.Field(i).Type()) {
			return true
		}
	}
	return false
}

// isList reports whether t is a list of middlewares of net/http.
func isList(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	elem, ok := s.Elem().Underlying().(*types.Signature)
	return ok && adapts(elem)
}

// composed returns the middlewares, the outermost first, that a literal puts
// around the handler that it is given; none if it does other things with it.
func (w *walker) composed(lit *ast.FuncLit) []*Item {
	f := w.lits[lit]
	if f == nil || !adapts(f.Sig) || w.inlined[lit] {
		return nil
	}
	next := newValue()
	vals := w.inline(lit, []*value{next})
	if len(vals) != 1 || vals[0] == next || vals[0].innermost() != next {
		return nil
	}
	return reversed(vals[0].allWraps())
}

// wrapsAt returns the middlewares around val, which is the argument e, the outermost
// first.
func wrapsAt(val *value, e ast.Expr) []*Item {
	items := reversed(val.allWraps())
	for _, it := range items {
		if it.Expr == nil {
			it.Expr = e
		}
	}
	return items
}

// wrappedBy returns the middlewares, the outermost first, that a declared function
// puts around the handler that it is given.
func (w *walker) wrappedBy(fn *types.Func, e ast.Expr) []*Item {
	if !adapts(fn.Signature()) || isInterfaceMethod(fn) {
		return nil
	}
	setup, ok := w.setupOf(fn)
	if !ok {
		return nil
	}
	for _, held := range setup.Results {
		if held.Slot != 0 || held.Path != "" || held.From != (PlaceFact{Kind: ParamPlace}) || len(held.Wraps) == 0 {
			continue
		}
		items := make([]*Item, 0, len(held.Wraps))
		for i, fact := range held.Wraps {
			if fact.From.Kind != NoPlace {
				return nil
			}
			it := w.item(e, text(e), fact.Handles)
			if fact.Cond {
				it.conds = append(slices.Clip(w.conds), arm{e, i, w.round})
			}
			items = append(items, it)
		}
		return reversed(items)
	}
	return nil
}

// A loop is one that goes over the middlewares of a list by their index.
type loop struct {
	list  string // the list, as it is written
	items []*Item
	at    int
}

// counts runs a loop with a counter once for each middleware of the list that it
// counts, up or down, and reports whether it is such a loop.
func (w *walker) counts(n *ast.ForStmt) bool {
	init, ok := n.Init.(*ast.AssignStmt)
	cond, isCond := n.Cond.(*ast.BinaryExpr)
	if !ok || !isCond || len(init.Lhs) != 1 || len(init.Rhs) != 1 || init.Tok != token.DEFINE {
		return false
	}
	down := cond.Op == token.GEQ || cond.Op == token.GTR
	from := cond.Y
	if down {
		from = init.Rhs[0]
	}
	list := w.lengthOf(from)
	if list == nil {
		return false
	}
	items := slices.Clone(w.itemsOf(w.eval(list), list))
	if down {
		items = reversed(items)
	}
	return w.each(init.Lhs[0], list, items, n.Body)
}

// lengthOf returns the list whose length e asks for, as in len(list)-1.
func (w *walker) lengthOf(e ast.Expr) ast.Expr {
	var list ast.Expr
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 1 && w.isBuiltin(call, "len") {
			list = call.Args[0]
		}
		return list == nil
	})
	return list
}

func (w *walker) isBuiltin(call *ast.CallExpr, name string) bool {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return false
	}
	b, ok := w.pass.TypesInfo.Uses[id].(*types.Builtin)
	return ok && b.Name() == name
}

// each runs body once for each of the items of list, of which index is the
// variable that says at which it is.
func (w *walker) each(index, list ast.Expr, items []*Item, body *ast.BlockStmt) bool {
	id, ok := index.(*ast.Ident)
	if !ok || len(items) == 0 || len(items) > maxElems {
		return false
	}
	v, ok := w.pass.TypesInfo.Defs[id].(*types.Var)
	if !ok {
		return false
	}
	for i := range items {
		w.loops[v] = loop{types.ExprString(list), items, i}
		w.round++
		w.block(body.List)
	}
	delete(w.loops, v)
	return true
}

// element returns what an element of a list of middlewares is in a loop over
// it; nil if it is not that.
func (w *walker) element(e *ast.IndexExpr) *value {
	var found *value
	ast.Inspect(e.Index, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return found == nil
		}
		v, _ := w.pass.TypesInfo.Uses[id].(*types.Var)
		l, ok := w.loops[v]
		if !ok || l.list != types.ExprString(e.X) {
			return found == nil
		}
		items := l.items
		if w.lengthOf(e.Index) != nil { // list[len(list)-1-i]
			items = reversed(items)
		}
		found = newValue()
		found.items = []*Item{items[l.at]}
		return false
	})
	return found
}

// chainCall runs a call of a library that makes lists of middlewares, and puts them
// around handlers.
func (w *walker) chainCall(call *ast.CallExpr, fn *types.Func, know knowledge.Middleware) *value {
	items := slices.Clone(w.receiver(call, fn).items)
	if know.Kind == knowledge.MiddlewareList {
		v := newValue()
		v.full = true
		v.items = append(items, w.list(call, 0)...)
		return v
	}
	args := w.args(call)
	if len(args) != 1 {
		return newValue()
	}
	inner := args[0]
	w.routerOf(inner, w.pass.TypesInfo.TypeOf(call.Args[0]))
	v := inner
	for _, it := range reversed(items) {
		v = w.wrap(call, v, it)
	}
	return v
}
