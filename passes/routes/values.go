package routes

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A value is what an expression is known to be, as far as routers go. Values
// are shared: who changes a field of a struct changes it for all.
type value struct {
	router *Router
	// wraps are the middlewares around a handler, the innermost first.
	wraps []*Item
	// items are the middlewares or handlers that it is, or that are in it.
	items  []*Item
	fields map[string]*value
	lit    *ast.FuncLit
	// full: a slice or map that is not empty.
	full bool
	// either: what is known holds for one of several elements.
	either bool
	// base is what a handler with middlewares around it is otherwise.
	base *value
	// typ is the type of a struct that the function makes.
	typ types.Type
	// place is how callers of the function can name it.
	place place
}

// A place names a value that a function finds, for its callers: a parameter, the
// receiver, or a package-level variable, and fields from there on.
type place struct {
	root   int        // noRoot, receiver, global, or a parameter
	global *types.Var // if root is global
	path   string     // ".a.b"
}

const (
	noRoot   = -3
	global   = -2
	receiver = -1
)

var nowhere = place{root: noRoot}

func newValue() *value { return &value{place: nowhere} }

// field returns the value of a field.
func (v *value) field(name string) *value {
	if f := v.fields[name]; f != nil {
		return f
	}
	f := newValue()
	if v.place.root != noRoot {
		f.place = v.place
		f.place.path += "." + name
	}
	v.setField(name, f)
	return f
}

func (v *value) setField(name string, f *value) {
	if v.fields == nil {
		v.fields = make(map[string]*value)
	}
	v.fields[name] = f
}

// alternatives adds the fields of an element to those that are known of all
// elements of v.
func (v *value) alternatives(elem *value) {
	for _, name := range slices.Sorted(maps.Keys(elem.fields)) {
		f := newValue()
		if old := v.fields[name]; old != nil {
			f.items = old.items
		}
		f.either = true
		f.items = slices.Concat(f.items, elem.fields[name].items)
		v.setField(name, f)
	}
}

// itemsOf returns the middlewares in val, the value of e: if only a caller of the
// function can know them, one that stands for them.
func (w *walker) itemsOf(val *value, e ast.Expr) []*Item {
	if len(val.items) > 0 || val.place.root == noRoot {
		return val.items
	}
	t := w.pass.TypesInfo.TypeOf(e)
	if s, ok := t.Underlying().(*types.Slice); ok {
		t = s.Elem()
	}
	if !handlerLike(t) && !isInterceptorType(t) {
		return nil
	}
	it := w.item(e, text(e), Handles{Class: Unknown})
	it.from = val.place.fact()
	return []*Item{it}
}

// innermost returns the handler that middlewares were put around.
func (v *value) innermost() *value {
	for v.base != nil {
		v = v.base
	}
	return v
}

// allWraps returns all middlewares around a handler, the innermost first.
func (v *value) allWraps() []*Item {
	if v.base == nil {
		return v.wraps
	}
	return slices.Concat(v.base.allWraps(), v.wraps)
}

// routerOf returns the router that v, a value of type t, is; nil if that is no
// router.
func (w *walker) routerOf(v *value, t types.Type) *Router {
	if v.router != nil {
		return v.router
	}
	know, ok := knowledge.RouterOf(t)
	if !ok {
		return nil
	}
	v.router = w.newRouter(know)
	v.router.place = v.place
	return v.router
}

func (w *walker) newRouter(know knowledge.Router) *Router {
	router := &Router{Router: know, place: nowhere, index: len(w.fn.Routers)}
	w.fn.Routers = append(w.fn.Routers, router)
	return router
}

// known reports whether anything is known of v.
func (v *value) known() bool {
	return v != nil && (v.router != nil || v.base != nil || len(v.items) > 0 || len(v.fields) > 0 || len(v.wraps) > 0 || v.lit != nil || v.place.root != noRoot)
}
