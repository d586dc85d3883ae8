package routes

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/tracevet/tracevet/passes/knowledge"
)

func isRouter(t types.Type) bool {
	_, ok := knowledge.RouterOf(t)
	return ok
}

// eval runs an expression and returns its value, which is never nil.
func (w *walker) eval(e ast.Expr) *value {
	if vals := w.evalMulti(e); len(vals) > 0 {
		return vals[0]
	}
	return newValue()
}

// evalMulti runs an expression, and returns the values of all results of a call.
func (w *walker) evalMulti(e ast.Expr) []*value {
	one := func(v *value) []*value { return []*value{v} }
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return one(w.ident(e, e))
	case *ast.SelectorExpr:
		return one(w.selector(e))
	case *ast.CallExpr:
		return w.call(e)
	case *ast.FuncLit:
		v := newValue()
		v.lit = e
		if f := w.lits[e]; f != nil {
			if v.items = w.composed(e); len(v.items) > 0 {
				return one(v)
			}
			if h := w.classify(f); h != nil {
				v.items = []*Item{w.item(e, "the middleware", *h)}
			}
		}
		return one(v)
	case *ast.CompositeLit:
		return one(w.composite(e))
	case *ast.UnaryExpr:
		v := w.eval(e.X)
		if e.Op != token.AND {
			v = newValue()
		}
		return one(v)
	case *ast.StarExpr:
		return one(w.eval(e.X))
	case *ast.TypeAssertExpr:
		return one(w.eval(e.X))
	case *ast.IndexExpr: // an instance of a generic function, or an element
		if v := w.element(e); v != nil {
			return one(v)
		}
		w.eval(e.Index)
		return one(w.eval(e.X))
	case *ast.IndexListExpr:
		return one(w.eval(e.X))
	case *ast.SliceExpr:
		return one(w.eval(e.X))
	case *ast.BinaryExpr:
		w.eval(e.X)
		w.eval(e.Y)
	case *ast.KeyValueExpr:
		w.eval(e.Value)
	}
	return one(newValue())
}

// item makes what is registered by e.
func (w *walker) item(e ast.Expr, name string, h Handles) *Item {
	return &Item{Expr: e, Name: name, Handles: h, conds: w.conds}
}

// ident returns the value of a name; e is the expression that it stands for.
func (w *walker) ident(id *ast.Ident, e ast.Expr) *value {
	switch obj := w.pass.TypesInfo.ObjectOf(id).(type) {
	case *types.Var:
		return w.variable(obj)
	case *types.Func:
		return w.funcValue(obj.Origin(), e)
	}
	return newValue()
}

// funcValue returns the value of a function that is not called; e is its name.
func (w *walker) funcValue(fn *types.Func, e ast.Expr) *value {
	v := newValue()
	if v.items = w.wrappedBy(fn, e); len(v.items) == 0 {
		v.items = []*Item{w.item(e, text(e), w.asValue(fn))}
	}
	return v
}

// asValue returns what a function is that is registered itself.
func (w *walker) asValue(fn *types.Func) Handles {
	know := knowledge.MiddlewareOf(fn)
	if know.Kind == knowledge.TracingMiddleware || know.Kind == knowledge.TracingHandler {
		return Handles{} // makes one, and is none
	}
	h := w.handlesOf(fn)
	h.Applies = 0
	if isInterfaceMethod(fn) && h.Own {
		// A method of the module that only the running program knows.
		h.Class, h.Works = Other, true
	}
	return h
}

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

func (w *walker) variable(v *types.Var) *value {
	if val := w.env[v]; val != nil {
		return val
	}
	val := newValue()
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		val.place = place{root: global, global: v}
		w.roots = append(w.roots, rooted{val, v})
	}
	w.env[v] = val
	return val
}

func (w *walker) selector(e *ast.SelectorExpr) *value {
	sel := w.pass.TypesInfo.Selections[e]
	if sel == nil {
		return w.ident(e.Sel, e)
	}
	base := w.eval(e.X)
	switch sel.Kind() {
	case types.FieldVal:
		v := w.through(base, sel)
		if t := sel.Type(); isRouter(t) && v.router != nil {
			return v // the group that gin's Engine is
		}
		if isRouter(sel.Type()) && isRouter(sel.Recv()) {
			w.routerOf(v, sel.Recv())
			return v
		}
		return v.field(e.Sel.Name)
	case types.MethodVal:
		if fn, ok := sel.Obj().(*types.Func); ok {
			return w.funcValue(fn.Origin(), e)
		}
	}
	return newValue()
}

func (w *walker) composite(lit *ast.CompositeLit) *value {
	v := newValue()
	t := w.pass.TypesInfo.TypeOf(lit)
	if t == nil {
		return v
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, isStruct := t.Underlying().(*types.Struct)
	if isStruct {
		v.typ = t
	}
	for i, elt := range lit.Elts {
		kv, keyed := elt.(*ast.KeyValueExpr)
		if keyed {
			elt = kv.Value
		}
		val := w.eval(elt)
		switch {
		case !isStruct:
			v.full = true
			v.items = append(v.items, w.itemsOf(val, elt)...)
			v.alternatives(val)
		case keyed:
			if id, ok := kv.Key.(*ast.Ident); ok {
				v.setField(id.Name, val)
			}
		case i < st.NumFields():
			v.setField(st.Field(i).Name(), val)
		}
	}
	if isStruct && len(v.items) == 0 {
		v.items = w.served(lit, t)
	}
	return v
}

// served returns what a value of a type with the method ServeHTTP is as a
// handler.
func (w *walker) served(e ast.Expr, t types.Type) []*Item {
	obj, _, _ := types.LookupFieldOrMethod(t, true, w.pass.Pkg, "ServeHTTP")
	fn, ok := obj.(*types.Func)
	if !ok || isInterfaceMethod(fn) || isRouter(t) {
		return nil
	}
	return []*Item{w.item(e, text(e), w.asValue(fn.Origin()))}
}
