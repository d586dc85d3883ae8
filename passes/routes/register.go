package routes

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// add appends a registration to those of router.
func (w *walker) add(router *Router, e *Event) *Event {
	w.seq++
	e.seq = w.seq
	e.Router = router
	e.conds = w.conds
	for _, item := range e.List {
		item.Event = e
	}
	if e.Handler != nil {
		e.Handler.Event = e
	}
	router.Events = append(router.Events, e)
	w.last = e
	return e
}

// register runs a call of a function that is known to do something to a router.
func (w *walker) register(call *ast.CallExpr, fn *types.Func, reg knowledge.Register) *value {
	recv := w.receiver(call, fn)
	var router *Router
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil {
		t := w.pass.TypesInfo.TypeOf(sel.X)
		if selection := w.pass.TypesInfo.Selections[sel]; selection != nil && !isRouter(t) {
			t = fn.Signature().Recv().Type()
		}
		router = w.routerOf(recv, t)
	}
	if v, ok := fn.Pkg().Scope().Lookup(reg.On).(*types.Var); ok {
		router = w.routerOf(w.variable(v), v.Type())
	}
	if reg.Kind == knowledge.NewRouter {
		return w.newOne(call, reg)
	}
	if router == nil {
		w.args(call)
		return newValue()
	}
	e := &Event{Kind: reg.Kind, Call: call, Verb: reg.Verb}
	if e.Verb == "" && reg.Method >= 0 {
		e.Verb = w.constant(call, reg.Method)
	}
	if reg.Path >= 0 {
		e.Path = w.constant(call, reg.Path)
	}
	same := newValue()
	same.router = router
	switch reg.Kind {
	case knowledge.SameRouter, knowledge.Quiet:
		return same
	case knowledge.AddMiddleware, knowledge.AddBefore:
		if last := len(call.Args) - 1; last >= 0 && isRouter(w.pass.TypesInfo.TypeOf(call.Args[last])) {
			e.Path = w.leadingPath(call)
			reg.Handler = last
			return w.mount(call, reg, e, router)
		}
		e.List = w.list(call, reg.List)
		if e.Path = w.leadingPath(call); e.Path != "" {
			e.Partial = true
		}
	case knowledge.AddRoute:
		w.route(call, reg, e, router)
	case knowledge.MakeGroup:
		return w.group(call, reg, e, router, recv)
	case knowledge.MountRouter:
		return w.mount(call, reg, e, router)
	}
	w.add(router, e)
	return same
}

// newOne makes a router.
func (w *walker) newOne(call *ast.CallExpr, reg knowledge.Register) *value {
	v := newValue()
	t := w.pass.TypesInfo.TypeOf(call)
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
		t = tuple.At(0).Type()
	}
	know, ok := knowledge.RouterOf(t)
	if !ok {
		w.args(call)
		return v
	}
	var list []*Item
	if reg.List >= 0 {
		list = w.list(call, reg.List)
	} else {
		w.args(call)
	}
	v.router = w.newRouter(know)
	v.router.Fresh = true
	if reg.Recover {
		w.add(v.router, &Event{Kind: knowledge.AddMiddleware, Call: call, List: []*Item{w.item(call, text(call), Handles{Class: Recovery})}})
	}
	if list != nil {
		w.add(v.router, &Event{Kind: knowledge.AddMiddleware, Call: call, List: list})
	}
	return v
}

// route fills in the handlers of a route of router. One whose handler is a router
// mounts that.
func (w *walker) route(call *ast.CallExpr, reg knowledge.Register, e *Event, router *Router) {
	if reg.Handler < 0 {
		e.List = w.list(call, reg.List)
		return
	}
	if reg.Handler < len(call.Args) {
		val := w.eval(call.Args[reg.Handler])
		e.List = wrapsAt(val, call.Args[reg.Handler])
		e.Wrapped = len(e.List)
		items := val.innermost().items
		if len(items) > 0 {
			e.Handler = items[len(items)-1].at(call.Args[reg.Handler])
		}
		child := w.routerOf(val.innermost(), w.pass.TypesInfo.TypeOf(call.Args[reg.Handler]))
		if child != nil && !child.bare && !child.RPC && child.Order != knowledge.NoOrder && child != router && child.Parent == nil && !router.Within(child) {
			child.Parent, child.Made, child.Mounted = router, e, true
			e.Kind, e.Child = knowledge.MakeGroup, child
		}
	}
	if reg.List >= 0 {
		e.List = append(e.List, w.list(call, reg.List)...)
	}
}

func reversed(items []*Item) []*Item {
	var list []*Item
	for i := range items {
		c := *items[len(items)-1-i]
		c.backward = c.from.Kind != NoPlace && !c.backward
		list = append(list, &c)
	}
	return list
}

// at returns a copy of the item, registered by e.
func (it *Item) at(e ast.Expr) *Item {
	c := *it
	if c.Expr == nil {
		c.Expr = e
	}
	return &c
}

func (w *walker) group(call *ast.CallExpr, reg knowledge.Register, e *Event, parent *Router, recv *value) *value {
	e.List = w.list(call, reg.List)
	v := newValue()
	know := parent.Router
	know.Root = false
	v.router = w.newRouter(know)
	v.router.Parent, v.router.Made = parent, e
	e.Child = v.router
	w.add(parent, e)
	if reg.Body >= 0 && reg.Body < len(call.Args) {
		w.body(call, call.Args[reg.Body], v)
	}
	return v
}

// body runs the function that a group is given to.
func (w *walker) body(call *ast.CallExpr, e ast.Expr, child *value) {
	if lit, ok := ast.Unparen(e).(*ast.FuncLit); ok {
		w.inline(lit, []*value{child})
		return
	}
	var fn *types.Func
	recv := newValue()
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		fn, _ = w.pass.TypesInfo.Uses[e].(*types.Func)
	case *ast.SelectorExpr:
		fn, _ = w.pass.TypesInfo.Uses[e.Sel].(*types.Func)
		if sel := w.pass.TypesInfo.Selections[e]; sel != nil && sel.Kind() == types.MethodVal {
			recv = w.through(w.eval(e.X), sel)
		}
	case *ast.CallExpr:
		if val := w.eval(e); val.lit != nil {
			w.inline(val.lit, []*value{child})
			return
		}
	}
	if fn != nil {
		if setup, ok := w.setupOf(fn.Origin()); ok {
			w.replay(call, fn.Origin(), setup, recv, []*value{child})
			return
		}
	}
	w.add(child.router, &Event{Kind: knowledge.NotRegister, Call: call, Via: fn})
}

// mount makes the router in an argument a part of parent.
func (w *walker) mount(call *ast.CallExpr, reg knowledge.Register, e *Event, parent *Router) *value {
	if reg.Handler >= len(call.Args) {
		return newValue()
	}
	arg := call.Args[reg.Handler]
	val := w.eval(arg)
	e.List = wrapsAt(val, arg)
	child := w.routerOf(val.innermost(), w.pass.TypesInfo.TypeOf(arg))
	if child != nil && child.Parent == nil && child != parent {
		child.Parent, child.Made, child.Mounted = parent, e, true
		e.Kind, e.Child = knowledge.MakeGroup, child
	} else if items := val.innermost().items; len(items) > 0 {
		e.Kind, e.Handler = knowledge.AddRoute, items[0].at(arg)
	}
	w.add(parent, e)
	return newValue()
}

// list returns the middlewares or handlers that the arguments from first on are.
func (w *walker) list(call *ast.CallExpr, first int) []*Item {
	if first < 0 {
		return nil
	}
	var items []*Item
	for i, arg := range call.Args {
		if i < first {
			continue
		}
		val := w.eval(arg)
		if val.either {
			items = append(items, w.oneOf(val, arg))
			continue
		}
		if found := w.itemsOf(val, arg); len(val.items) == 0 && len(found) > 0 {
			items = append(items, found...)
			continue
		}
		if len(val.items) == 0 {
			if tv := w.pass.TypesInfo.Types[arg]; tv.Value != nil {
				continue // a path
			}
			items = append(items, &Item{Expr: arg, Name: text(arg), Handles: w.unknown(arg), conds: w.conds})
			continue
		}
		for _, it := range val.items {
			items = append(items, w.copyFor(it, arg))
		}
	}
	return items
}

// copyFor returns the item as it is registered by arg.
func (w *walker) copyFor(it *Item, arg ast.Expr) *Item {
	c := *it
	c.Event = nil
	if c.Expr == nil {
		c.Name, c.Expr = text(arg), arg
	}
	return &c
}

// oneOf returns the item that one of several elements of a table is.
func (w *walker) oneOf(val *value, arg ast.Expr) *Item {
	it := w.item(arg, text(arg), Handles{})
	for _, elem := range val.items {
		it.Works = it.Works || elem.Works
		if elem.Class >= Section || elem.Class == Unknown {
			it.Class = Unknown
		}
	}
	return it
}

// unknown returns what is known of an argument whose value is not: it may be
// anything if the module makes it.
func (w *walker) unknown(arg ast.Expr) Handles {
	switch e := ast.Unparen(arg).(type) {
	case *ast.CallExpr:
		return Handles{}
	case *ast.Ident, *ast.SelectorExpr:
		_ = e
		return Handles{Class: Unknown}
	}
	return Handles{}
}

// leadingPath returns the path that fiber's Use may begin with.
func (w *walker) leadingPath(call *ast.CallExpr) string {
	if len(call.Args) == 0 {
		return ""
	}
	return w.constant(call, 0)
}

// constant returns the string that an argument is, if that is constant.
func (w *walker) constant(call *ast.CallExpr, i int) string {
	if i < 0 || i >= len(call.Args) {
		return ""
	}
	tv := w.pass.TypesInfo.Types[call.Args[i]]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return ""
	}
	return constant.StringVal(tv.Value)
}

// middleware runs a call of a function that makes a well-known middleware, or an
// option.
func (w *walker) middleware(call *ast.CallExpr, fn *types.Func, know knowledge.Middleware) *value {
	v := newValue()
	switch know.Kind {
	case knowledge.MiddlewareList, knowledge.MiddlewareChain:
		return w.chainCall(call, fn, know)
	case knowledge.AdaptedMiddleware:
		if len(call.Args) == 1 {
			val := w.eval(call.Args[0])
			for _, it := range val.items {
				c := *it
				c.Restores = false
				v.items = append(v.items, &c)
			}
			if wraps := val.allWraps(); len(wraps) > 0 {
				v.items = append(reversed(wraps), v.items...)
			}
		}
		return v
	case knowledge.MiddlewareOption:
		for _, it := range w.list(call, 0) {
			it.Lane = know.Lane
			v.items = append(v.items, it)
		}
		return v
	}
	h := libraryHandles(know)
	h.Filtered = w.filtered(call)
	item := w.item(call, text(call.Fun), h)
	args := w.args(call)
	if know.Kind == knowledge.TracingHandler {
		if len(args) == 0 || len(call.Args) == 0 {
			return v
		}
		w.routerOf(args[0], w.pass.TypesInfo.TypeOf(call.Args[0]))
		return w.wrap(call, args[0], item)
	}
	if know.Kind == knowledge.RecoveryMiddleware && w.isHandler(call) && len(args) == 1 {
		return w.wrap(call, args[0], item)
	}
	v.items = []*Item{item}
	return v
}

// filtered reports whether the arguments of call have an option by which a
// tracing middleware leaves some requests alone, or may have.
func (w *walker) filtered(call *ast.CallExpr) bool {
	found := call.Ellipsis.IsValid()
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if fn, ok := w.pass.TypesInfo.Uses[id].(*types.Func); ok && knowledge.IsTracingFilter(fn) {
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// text returns how a message names what is registered.
func text(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return text(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		return text(e.Fun)
	case *ast.IndexExpr:
		return text(e.X)
	case *ast.StarExpr:
		return text(e.X)
	case *ast.UnaryExpr:
		return text(e.X)
	case *ast.CompositeLit:
		if e.Type != nil {
			return types.ExprString(e.Type)
		}
	}
	return "the middleware"
}
