package routes

import (
	"go/ast"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// Analyzer computes a *Result for the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_routes",
	Doc:        "find what is registered on routers, and in which order",
	Run:        run,
	Requires:   []*analysis.Analyzer{ctxflow.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Setup), new(Handles)},
}

// A Result answers questions about one package. That of a package of another
// module, or of one that has nothing to do with routers, is empty.
type Result struct {
	pass    *analysis.Pass
	flow    *ctxflow.Result
	funcs   []*Function
	byNode  map[ast.Node]*Function
	decls   map[*types.Func]*requests.Func
	lits    map[*ast.FuncLit]*requests.Func
	handles map[*types.Func]*Handles
	setups  map[*types.Func]*Setup
	inner   map[*requests.Func][]*requests.Func // literals, by the function that they stand in
	sites   map[*requests.Func][]requests.Site
	uses    map[*requests.Func][]*ctxflow.Use
	callees map[*ast.CallExpr]*types.Func

	relevantFuncs map[*requests.Func]bool
}

// Functions returns the functions that register something, in source order.
func (r *Result) Functions() []*Function { return r.funcs }

// A Function is what one function does to routers.
type Function struct {
	*requests.Func
	// Routers are those that it makes, is given or finds in fields, in the order
	// in which it comes to them.
	Routers []*Router

	setup *Setup
	done  bool
}

// A Router is one router, or a handler around which others are put, as one
// function sees it.
type Router struct {
	knowledge.Router
	// Parent is the router whose group it is, or nil.
	Parent *Router
	// Made is the registration that made it one of Parent.
	Made *Event
	// Events are what is registered on it, in order.
	Events []*Event
	// Mounted: it is Parent's as it is when the program starts, at the place where it
	// was made one of it.
	Mounted bool
	// Fresh: the function makes it, itself or by a call.
	Fresh bool

	bare  bool  // no router, but a handler that middlewares are put around
	place place // how callers of the function can name it
	index int   // in the function's Routers
}

// An Event is a registration on a router.
type Event struct {
	Kind   knowledge.RegisterKind
	Router *Router
	// Call is the call that registers: that of the router's method, or of the
	// function that leads there.
	Call *ast.CallExpr
	// Via is the function that is called, if it is not the router's method.
	Via *types.Func
	// List are the middlewares; those of a route with its handlers, if the router
	// runs them in that order.
	List []*Item
	// Handler is the handler of a route, if that is not the last of List.
	Handler *Item
	// Child is the router that a group is.
	Child *Router
	// Verb and Path are the HTTP method and the path of a route, or the path of a
	// group; "" if they are not constant.
	Verb, Path string
	// Routes counts the routes that this stands for, if Via is set.
	Routes int
	// Wraps: the middleware is put around the router as a handler.
	Wraps bool
	// Wrapped counts the first of List that are put around the handler of a route,
	// and not listed with it.
	Wrapped int
	// Partial: the middlewares apply to a part of the paths only.
	Partial bool

	seq   int
	conds []arm
	inner []*Item // that were put around the router before
}

// An Item is a middleware or a handler where it is registered.
type Item struct {
	// Expr is the argument; nil if a function that is called registers it.
	Expr ast.Expr
	// Name is what the user calls it.
	Name string
	// Event is where it is registered; nil until then.
	Event *Event
	// Except are the paths that it is given, most likely those that it leaves
	// alone, if it is Filtered and given nothing else.
	Except []string
	Handles
	conds []arm
	from  PlaceFact // where the function finds it, if only its callers know it
	// backward: it stands for a list of them, the last of which comes first.
	backward bool
}

// An arm is one way out of a branch.
type arm struct {
	node ast.Node
	way  int
	// round is that of the loop over middlewares in which the branch is: what holds
	// for one of them does not for another.
	round int
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		pass:    pass,
		flow:    pass.ResultOf[ctxflow.Analyzer].(*ctxflow.Result),
		byNode:  make(map[ast.Node]*Function),
		decls:   make(map[*types.Func]*requests.Func),
		lits:    make(map[*ast.FuncLit]*requests.Func),
		handles: make(map[*types.Func]*Handles),
		setups:  make(map[*types.Func]*Setup),
		inner:   make(map[*requests.Func][]*requests.Func),
		sites:   make(map[*requests.Func][]requests.Site),
		uses:    make(map[*requests.Func][]*ctxflow.Use),
		callees: make(map[*ast.CallExpr]*types.Func),
	}
	if !requests.Own(pass) || len(r.flow.Funcs()) == 0 {
		return r, nil
	}
	relevant := r.relevant()
	r.relevantFuncs = relevant
	if len(relevant) == 0 && !r.serves() {
		return r, nil
	}
	// Have: a package that registers something, or has what others register.
	r.index()
	r.summarizeHandlers()
	for _, f := range r.flow.Funcs() {
		if f.Outer == nil && relevant[f] {
			r.function(f)
		}
	}
	r.export()
	return r, nil
}

// serves reports whether the package has functions that serve requests, which
// other packages may register.
func (r *Result) serves() bool {
	for _, f := range r.flow.Funcs() {
		if isCore(f) {
			return true
		}
	}
	return false
}

// relevant returns the declared functions that call what registers something, or
// that call such functions of the package.
func (r *Result) relevant() map[*requests.Func]bool {
	found := make(map[*requests.Func]bool)
	callers := make(map[*types.Func][]*requests.Func)
	var work []*requests.Func
	add := func(f *requests.Func) {
		if !found[f] {
			found[f] = true
			work = append(work, f)
		}
	}
	for _, f := range r.flow.Funcs() {
		if f.Obj != nil && (takesRouter(f.Sig) || returnsHandlers(f.Sig) || collects(f.Sig) || composes(f.Sig)) {
			add(f)
		}
	}
	for _, site := range r.flow.Sites() {
		if site.Func == nil || site.Fn == nil {
			continue
		}
		f := site.Func.Decl()
		switch {
		case site.Fn.Pkg() == r.pass.Pkg:
			callers[site.Fn] = append(callers[site.Fn], f)
		case r.registers(site.Fn):
			add(f)
		}
	}
	for len(work) > 0 {
		f := work[len(work)-1]
		work = work[:len(work)-1]
		if f.Obj == nil {
			continue
		}
		for _, caller := range callers[f.Obj] {
			add(caller)
		}
	}
	return found
}

// takesRouter reports whether a router is among the parameters.
func takesRouter(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if _, ok := knowledge.RouterOf(v.Type()); ok {
			return true
		}
	}
	return false
}

// returnsHandlers reports whether a list of middlewares is among the results.
func returnsHandlers(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if s, ok := v.Type().Underlying().(*types.Slice); ok && (handlerLike(s.Elem()) || isInterceptorType(s.Elem())) {
			return true
		}
	}
	return false
}

// collects reports whether a method is given middlewares and returns none: it keeps
// them, as a builder does.
func collects(sig *types.Signature) bool {
	is := func(t types.Type) bool {
		if s, ok := t.Underlying().(*types.Slice); ok {
			t = s.Elem()
		}
		return handlerLike(t) || isInterceptorType(t)
	}
	takes := false
	for v := range sig.Params().Variables() {
		takes = takes || is(v.Type())
	}
	for v := range sig.Results().Variables() {
		if is(v.Type()) {
			return false
		}
	}
	return takes && sig.Recv() != nil
}

// registers reports whether fn, of another package, has to do with routers.
func (r *Result) registers(fn *types.Func) bool {
	if _, ok := knowledge.RegisterOf(fn); ok || knowledge.MiddlewareOf(fn).Kind != knowledge.OtherMiddleware {
		return true
	}
	return requests.IsOwn(r.pass, fn) && r.pass.ImportObjectFact(fn, new(Setup))
}

// index sorts what ctxflow has by function.
func (r *Result) index() {
	for _, f := range r.flow.Funcs() {
		if f.Obj != nil {
			r.decls[f.Obj] = f
		}
		if lit, ok := f.Node.(*ast.FuncLit); ok {
			r.lits[lit] = f
			if f.Outer != nil {
				r.inner[f.Outer] = append(r.inner[f.Outer], f)
			}
		}
	}
	for _, site := range r.flow.Sites() {
		if site.Func != nil {
			r.sites[site.Func] = append(r.sites[site.Func], site)
			r.callees[site.Call] = site.Fn
		}
	}
	for _, u := range r.flow.Uses() {
		if u.Func != nil {
			r.uses[u.Func] = append(r.uses[u.Func], u)
		}
	}
}
