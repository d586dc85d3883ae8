package routes

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// call runs a call.
func (w *walker) call(call *ast.CallExpr) []*value {
	info := w.pass.TypesInfo
	tv := info.Types[call.Fun]
	switch {
	case tv.IsType():
		if len(call.Args) == 1 {
			return []*value{w.eval(call.Args[0])}
		}
		return nil
	case tv.IsBuiltin():
		return []*value{w.builtin(call)}
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return w.inline(lit, w.args(call))
	}
	fn, _ := typeutil.Callee(info, call).(*types.Func)
	if fn == nil {
		fn = w.callees[call] // that a local variable holds
	}
	if fn == nil {
		return w.dynamicCall(call)
	}
	fn = w.dispatched(call, fn.Origin())
	if reg, ok := knowledge.RegisterOf(fn); ok {
		return []*value{w.register(call, fn, reg)}
	}
	if know := knowledge.MiddlewareOf(fn); know.Kind != knowledge.OtherMiddleware {
		return []*value{w.middleware(call, fn, know)}
	}
	recv := w.receiver(call, fn)
	args := w.args(call)
	setup, known := w.setupOf(fn)
	if known {
		vals := w.replay(call, fn, setup, recv, args)
		if vals != nil && (!w.isHandler(call) || len(vals[0].wraps) > 0 || vals[0].innermost().router != nil) {
			return vals
		}
	} else {
		w.escape(call, fn, recv, args)
	}
	return []*value{w.made(call, fn, args)}
}

// receiver runs the receiver of a method call.
func (w *walker) receiver(call *ast.CallExpr, fn *types.Func) *value {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || fn.Signature().Recv() == nil {
		return newValue()
	}
	selection := w.pass.TypesInfo.Selections[sel]
	if selection == nil || selection.Kind() != types.MethodVal {
		return newValue()
	}
	return w.through(w.eval(sel.X), selection)
}

func (w *walker) args(call *ast.CallExpr) []*value {
	if len(call.Args) == 1 {
		return w.evalMulti(call.Args[0])
	}
	vals := make([]*value, len(call.Args))
	for i, arg := range call.Args {
		vals[i] = w.eval(arg)
	}
	return vals
}

func (w *walker) builtin(call *ast.CallExpr) *value {
	v := newValue()
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	for _, arg := range call.Args {
		val := w.eval(arg)
		if ok && id.Name == "append" {
			v.items = append(v.items, w.itemsOf(val, arg)...)
			v.alternatives(val)
			v.full = v.full || val.full
		}
	}
	if ok && id.Name == "new" {
		return newValue()
	}
	return v
}

// dynamicCall runs a call of a function value: a literal that a local variable
// holds, or a middleware that is put around a handler.
func (w *walker) dynamicCall(call *ast.CallExpr) []*value {
	fun := w.eval(call.Fun)
	args := w.args(call)
	if fun.lit != nil {
		return w.inline(fun.lit, args)
	}
	if len(fun.items) > 0 && len(args) == 1 && w.isHandler(call) {
		v := args[0]
		for _, it := range slices.Backward(fun.items) {
			v = w.wrap(call, v, it)
		}
		return []*value{v}
	}
	w.escape(call, nil, newValue(), args)
	return nil
}

// inline runs a literal as part of the function.
func (w *walker) inline(lit *ast.FuncLit, args []*value) []*value {
	f := w.lits[lit]
	if f == nil || w.depth >= maxDepth {
		return nil
	}
	w.inlined[lit] = true
	for i := range min(f.Sig.Params().Len(), len(args)) {
		w.env[f.Sig.Params().At(i)] = args[i]
	}
	w.depth++
	w.returns = append(w.returns, nil)
	w.block(lit.Body.List)
	top := len(w.returns) - 1
	vals := w.returns[top]
	w.returns = w.returns[:top]
	w.depth--
	return vals
}

// isHandler reports whether a call returns a handler that another one is in:
// its result and one of its arguments are handlers of net/http.
func (w *walker) isHandler(call *ast.CallExpr) bool {
	t := w.pass.TypesInfo.TypeOf(call)
	return t != nil && isHandler(t)
}

func isHandler(t types.Type) bool {
	return knowledge.IsHandlerType(t)
}

// handlerArg returns the argument of call that a handler of net/http, or a router,
// is.
func (w *walker) handlerArg(call *ast.CallExpr, args []*value) *value {
	var found *value
	for i, arg := range call.Args {
		t := w.pass.TypesInfo.TypeOf(arg)
		if i >= len(args) || t == nil {
			break
		}
		if args[i].router == nil && args[i].base == nil && !isHandler(t) && !isRouter(t) && !w.isParamHandler(call, i) {
			continue
		}
		w.routerOf(args[i], t)
		if found != nil {
			return nil
		}
		found = args[i]
	}
	return found
}

// isParamHandler reports whether the i-th parameter of what is called is a
// handler of net/http.
func (w *walker) isParamHandler(call *ast.CallExpr, i int) bool {
	sig, ok := w.pass.TypesInfo.TypeOf(call.Fun).Underlying().(*types.Signature)
	return ok && i < sig.Params().Len() && isHandler(sig.Params().At(i).Type())
}

// made returns what a call of fn makes, if that is a middleware or a handler.
func (w *walker) made(call *ast.CallExpr, fn *types.Func, args []*value) *value {
	t := w.pass.TypesInfo.TypeOf(call)
	if t == nil {
		return newValue()
	}
	h := w.handlesOf(fn)
	name := text(call.Fun)
	if isHandler(t) {
		if inner := w.handlerArg(call, args); inner != nil {
			item := w.item(call, name, h)
			item.Applies = 0
			return w.wrap(call, inner, item)
		}
	}
	if !handlerLike(t) && !isInterceptorType(t) {
		return newValue()
	}
	// What it applies is part of what it is.
	if i := h.Applies - 1; i >= 0 && i < len(args) {
		for _, arg := range args[i].items {
			h = merge(h, arg.Handles)
		}
	}
	h.Applies = 0
	v := newValue()
	v.items = []*Item{w.item(call, name, h)}
	if h.Filtered {
		v.items[0].Except = w.strings(call)
	}
	return v
}

// strings returns the arguments of call that are constant strings; nil if there is
// another one that is no middleware.
func (w *walker) strings(call *ast.CallExpr) []string {
	var list []string
	for i, arg := range call.Args {
		if s := w.constant(call, i); s != "" {
			list = append(list, s)
		} else if t := w.pass.TypesInfo.TypeOf(arg); t == nil || !handlerLike(t) {
			return nil
		}
	}
	return list
}

func isInterceptorType(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	return ok && isInterceptor(sig)
}

// merge returns what a middleware is that applies another one.
func merge(h, arg Handles) Handles {
	if arg.Class > h.Class {
		h.Class = arg.Class
		h.Restores = arg.Restores
		h.Filtered = true
	}
	h.Before, h.After = max(h.Before, arg.Before), max(h.After, arg.After)
	h.Works = h.Works || arg.Works
	return h
}

// wrap puts a middleware around a handler.
func (w *walker) wrap(call *ast.CallExpr, inner *value, item *Item) *value {
	v := newValue()
	if !subset(w.conds, item.conds) {
		c := *item
		c.conds = slices.Concat(item.conds, w.conds) // it was made elsewhere
		item = &c
	}
	v.base = inner
	v.wraps = []*Item{item}
	v.items = inner.innermost().items
	router := inner.innermost().router
	v.router = router
	e := &Event{Kind: knowledge.AddMiddleware, Wraps: true, Call: call, List: []*Item{item}, inner: inner.allWraps()}
	if router == nil {
		router = w.newRouter(knowledge.Router{Order: knowledge.OrderAny})
		inner.innermost().router = router
		router.bare = true
		v.router = router
	}
	w.add(router, e)
	return v
}

// escape notes that routers are given to a function of which nothing is known.
func (w *walker) escape(call *ast.CallExpr, fn *types.Func, recv *value, args []*value) {
	if fn != nil && fn.Pkg() != nil && knowledge.IsStandard(fn.Pkg().Path()) {
		return
	}
	if fn != nil && isInterfaceMethod(fn) && !requests.IsOwn(w.pass, fn) {
		return
	}
	for i, arg := range args {
		if i >= len(call.Args) {
			break
		}
		if router := w.routerOf(arg, w.pass.TypesInfo.TypeOf(call.Args[i])); router != nil {
			w.add(router, &Event{Kind: knowledge.NotRegister, Call: call, Via: fn})
		}
	}
	_ = recv
}
