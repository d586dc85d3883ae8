package routes

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// A Class says what a middleware has to do with the request's span.
type Class uint8

const (
	Other    Class = iota
	Unknown        // nothing is known of it: the fact about it is lost
	Recovery       // it recovers from panics of what it runs
	Section        // it runs the rest under a span of its own, as a child of the request's
	Likely         // so it does, and its span may be the server's: it is named after the request
	Tracing        // it starts the server's span, and runs the rest under that
)

// A Need says what a middleware does that has no trace without the request's
// span.
type Need uint8

const (
	NoNeed Need = iota
	IDs         // it reads the trace's id
	Work        // it hands the request's context to what does traced work, or logs
	Spans       // it starts spans under the request's context
)

// Handles is the fact about a function that is a middleware or a handler, or
// returns one, and what is known of one where it is registered.
type Handles struct {
	Class Class
	// Before and After say what it needs before it runs the handlers that come
	// after it, and then.
	Before, After Need
	// Works: as a handler, it does traced work under the request's context.
	Works bool
	// Own: it belongs to the module.
	Own bool
	// Restores: it puts the request back as it was when the handlers have run.
	Restores bool
	// Server: it is no middleware, but starts the server's span for one.
	Server bool
	// Filtered: it leaves some requests alone, or may.
	Filtered bool
	// Applies is the parameter, counted from one, that it runs as a handler or
	// applies as a middleware; 0 if there is none.
	Applies int
	// Lane is that of an interceptor of gRPC.
	Lane knowledge.Lane
}

// AFact marks Handles as a fact.
func (*Handles) AFact() {}

func (h *Handles) String() string {
	return fmt.Sprintf("handles class=%d before=%d after=%d works=%v filtered=%v applies=%d", h.Class, h.Before, h.After, h.Works, h.Filtered, h.Applies)
}

// Needs returns what it needs of the request's span: the more of before and after
// it runs the handlers.
func (h *Handles) Needs() Need { return max(h.Before, h.After) }

// isCore reports whether f runs once for each request: it is a handler or a
// middleware that is given the request, or an interceptor.
func isCore(f *requests.Func) bool {
	return knowledge.IsHandler(f.Sig) || isInterceptor(f.Sig)
}

// isInterceptor reports whether sig is that of an interceptor of gRPC, or of
// what other frameworks have in its place: it has a context, and a function that
// runs what comes after it.
func isInterceptor(sig *types.Signature) bool {
	ctx, next := false, false
	for v := range sig.Params().Variables() {
		ctx = ctx || knowledge.IsContext(v.Type())
		next = next || knowledge.IsNextFunc(v.Type())
	}
	return ctx && next
}

// cores returns the functions that run once for each request that f is, or that
// are made by a call of it.
func (r *Result) cores(f *requests.Func) []*requests.Func {
	if isCore(f) {
		return []*requests.Func{f}
	}
	var all []*requests.Func
	for _, lit := range r.inner[f] {
		all = append(all, r.cores(lit)...)
	}
	return all
}

// summarizeHandlers finds out what the functions of the package are as
// middlewares and handlers.
func (r *Result) summarizeHandlers() {
	for _, f := range r.flow.Funcs() {
		if f.Obj == nil || f.Outer != nil {
			continue
		}
		h := r.classify(f)
		if h == nil && returnsContext(f.Sig) && r.startsServer(f, nil) {
			h = &Handles{Own: true, Server: true}
		}
		if h != nil {
			r.handles[f.Obj] = h
			r.pass.ExportObjectFact(f.Obj, h)
		}
	}
}

// handlesOf returns what is known of fn as a middleware or a handler.
func (r *Result) handlesOf(fn *types.Func) Handles {
	if know := knowledge.MiddlewareOf(fn); know.Kind != knowledge.OtherMiddleware {
		return libraryHandles(know)
	}
	if h := r.handles[fn]; h != nil {
		return *h
	}
	own := requests.IsOwn(r.pass, fn)
	if fn.Pkg() == r.pass.Pkg || !own {
		return Handles{Own: own}
	}
	h := new(Handles)
	if !r.pass.ImportObjectFact(fn, h) {
		return Handles{Own: true, Class: Unknown}
	}
	r.handles[fn] = h
	return *h
}

func libraryHandles(know knowledge.Middleware) Handles {
	switch know.Kind {
	case knowledge.TracingMiddleware, knowledge.TracingHandler:
		return Handles{Class: Tracing, Restores: know.Restores, Lane: know.Lane}
	case knowledge.RecoveryMiddleware:
		return Handles{Class: Recovery}
	}
	return Handles{}
}

// classify returns what f is as a middleware or a handler; nil if it is neither,
// and makes none.
func (r *Result) classify(f *requests.Func) *Handles {
	cores := r.cores(f)
	if len(cores) == 0 {
		return nil
	}
	all := &Handles{Own: true}
	for _, core := range cores {
		h := r.core(f, core)
		all.Class = max(all.Class, h.Class)
		all.Before, all.After = max(all.Before, h.Before), max(all.After, h.After)
		all.Works = all.Works || h.Works
		all.Applies = max(all.Applies, h.Applies)
		all.Restores = h.Restores
	}
	// One that makes two kinds of middlewares may make the one that does nothing.
	all.Filtered = len(cores) > 1
	if all.Class >= Section {
		all.Before, all.After = Spans, NoNeed
	}
	return all
}

// core looks at a function that runs once for each request, and that f is or
// makes.
func (r *Result) core(f, core *requests.Func) Handles {
	h := Handles{}
	next := r.next(core)
	if f.Obj != nil {
		h.Applies = r.applied(f)
	}
	var starts []*ctxflow.Use
	for _, u := range r.usesWithin(core) {
		if r.isNext(u) || !fromRequest(u, core) {
			continue
		}
		switch role := knowledge.Of(u.Fn).Role; role {
		case knowledge.CarryContext, knowledge.StoreContext:
			continue
		}
		if r.startsSpan(u) {
			starts = append(starts, u)
		}
		need := r.need(u)
		h.Works = h.Works || need >= Work && !u.Log
		if u.Origin.Mended || u.Mends || u.Origin.Spans > 0 {
			continue // in a trace that it took out of the request itself
		}
		if next == token.NoPos || u.Call.Pos() < next {
			h.Before = max(h.Before, need)
		} else {
			h.After = max(h.After, need)
		}
	}
	for _, start := range starts {
		if next != token.NoPos && start.Call.Pos() < next && r.putsOn(core, start) {
			if class := r.classOf(f, core, start, next); class > h.Class {
				h.Class = class
				h.Restores = r.restores(core, start, next)
			}
		}
	}
	if h.Class == Other && r.recovers(core) {
		h.Class = Recovery
	}
	return h
}

// fromRequest reports whether the context of a use is that of the request that
// core is given.
func fromRequest(u *ctxflow.Use, core *requests.Func) bool {
	switch u.Origin.Kind {
	case requests.Request:
		return true
	case requests.Caller:
		return isInterceptor(core.Sig)
	case requests.Root:
		return false
	}
	return false
}

// usesWithin returns the contexts that f gives to calls, those in literals that
// run as part of it included, in source order.
func (r *Result) usesWithin(f *requests.Func) []*ctxflow.Use {
	uses := r.uses[f]
	for _, lit := range r.inner[f] {
		if lit.Within() || lit.Run == requests.Deferred {
			uses = append(uses[:len(uses):len(uses)], r.usesWithin(lit)...)
		}
	}
	return uses
}

// next returns where core first runs what comes after it; NoPos if it does not.
func (r *Result) next(core *requests.Func) token.Pos {
	first := token.NoPos
	see := func(pos token.Pos) {
		if first == token.NoPos || pos < first {
			first = pos
		}
	}
	for _, u := range r.usesWithin(core) {
		if r.isNext(u) {
			see(u.Call.Pos())
		}
	}
	return first
}

// isNext reports whether a use runs the handlers that come after.
func (r *Result) isNext(u *ctxflow.Use) bool {
	if knowledge.Of(u.Fn).Role == knowledge.NextHandler {
		return true
	}
	if u.Fn == nil {
		t := r.pass.TypesInfo.TypeOf(u.Call.Fun)
		return t != nil && (knowledge.IsNextFunc(t) || knowledge.IsRequest(u.Type))
	}
	return u.Fn.Name() == "ServeHTTP" && knowledge.IsRequest(u.Type)
}

// startsSpan reports whether a use starts a span, itself or through a function
// that returns one, or the context with it.
func (r *Result) startsSpan(u *ctxflow.Use) bool {
	if knowledge.Of(u.Fn).Role == knowledge.StartSpan {
		return true
	}
	t := r.pass.TypesInfo.TypeOf(u.Call)
	return requests.ReturnsSpan(t) || u.Fn != nil && u.Own && u.Work == ctxflow.Traced && u.Derives()
}

// need returns what a use of the request's context needs of its span.
func (r *Result) need(u *ctxflow.Use) Need {
	switch {
	case r.startsSpan(u):
		return Spans
	case u.Work == ctxflow.Traced, u.Work == ctxflow.Dynamic && u.Own && u.Fn != nil, u.Log:
		return Work
	case u.Reads && knowledge.IsTracing(u.Fn.Pkg().Path()):
		return IDs
	}
	return NoNeed
}

// putsOn reports whether core runs what comes after it under the span of start:
// its context is put on the request, or handed on.
func (r *Result) putsOn(core *requests.Func, start *ctxflow.Use) bool {
	for _, u := range r.usesWithin(core) {
		role := knowledge.Of(u.Fn).Role
		if role != knowledge.CarryContext && role != knowledge.StoreContext && !r.isNext(u) {
			continue
		}
		for _, step := range u.Origin.Steps {
			if step == start.Call {
				return true
			}
		}
	}
	return false
}

// classOf says whether the span of start stands for the request as a whole: its
// kind says so, or it continues the trace of the caller. It may be if it has its
// name from the request and covers what comes after it in any case.
func (r *Result) classOf(f, core *requests.Func, start *ctxflow.Use, next token.Pos) Class {
	if start.Origin.Mended || r.startsServer(f, nil) {
		return Tracing
	}
	if start.Fn != nil && start.Own && r.isServerStart(start.Fn) {
		return Tracing
	}
	leaves := false
	ast.Inspect(core.Body(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if fn, ok := r.pass.TypesInfo.Uses[n].(*types.Func); ok {
				leaves = leaves || knowledge.IsAbortCall(fn)
			}
		case *ast.ReturnStmt:
			leaves = leaves || n.Pos() < next && !containsPos(n, next)
		}
		return !leaves
	})
	if !leaves && r.namedAfterRequest(core, start.Call) {
		return Likely
	}
	return Section
}

// startsServer reports whether f takes the caller's trace out of a request, or
// marks a span as a server's; done are the functions that were looked at.
func (r *Result) startsServer(f *requests.Func, done []*requests.Func) bool {
	found := false
	ast.Inspect(f.Node, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		switch obj := r.pass.TypesInfo.Uses[id].(type) {
		case *types.Const:
			found = knowledge.IsServerKind(obj)
		case *types.Func:
			found = knowledge.IsPropagation(obj)
			if g := r.decls[obj]; g != nil && !found && len(done) < 3 && !slices.Contains(done, g) && len(r.cores(g)) == 0 {
				found = r.startsServer(g, append(done, f))
			}
		}
		return !found
	})
	return found
}

// isServerStart reports whether fn, a function of the module, starts a server's
// span for its caller.
func (r *Result) isServerStart(fn *types.Func) bool {
	if f := r.decls[fn]; f != nil {
		return r.startsServer(f, nil)
	}
	h := new(Handles)
	return r.pass.ImportObjectFact(fn, h) && h.Server
}

func returnsContext(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if knowledge.IsContext(v.Type()) {
			return true
		}
	}
	return false
}

// restores reports whether core puts the request back that it had before start,
// when the handlers have run.
func (r *Result) restores(core *requests.Func, start *ctxflow.Use, next token.Pos) bool {
	found := false
	for _, f := range append([]*requests.Func{core}, r.inner[core]...) {
		ast.Inspect(f.Body(), func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.AssignStmt:
				for _, lhs := range n.Lhs {
					if _, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok && knowledge.IsRequest(r.pass.TypesInfo.TypeOf(lhs)) {
						found = found || n.Pos() > next || f.Run == requests.Deferred
					}
				}
			case *ast.CallExpr:
				if id := calleeIdent(n); id != nil && (n.Pos() > next || f.Run == requests.Deferred) {
					fn, _ := r.pass.TypesInfo.Uses[id].(*types.Func)
					found = found || knowledge.Of(fn).Role == knowledge.StoreContext && fn.Name() != "Set"
				}
			}
			return true
		})
	}
	return found
}

func calleeIdent(call *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
}

func containsPos(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// namedAfterRequest reports whether the name of the span is made from what core
// is given.
func (r *Result) namedAfterRequest(core *requests.Func, call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		t := r.pass.TypesInfo.TypeOf(arg)
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
			return r.madeFrom(core, arg, 3)
		}
	}
	return false
}

// madeFrom reports whether e is made from parameters of f, through local
// variables.
func (r *Result) madeFrom(f *requests.Func, e ast.Expr, fuel int) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		v, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
		if !ok || v.IsField() || v.Pos() < f.Node.Pos() || v.Pos() >= f.Node.End() {
			return true
		}
		if v.Pos() < f.Body().Pos() {
			found = true // a parameter
			return false
		}
		if fuel > 0 {
			ast.Inspect(f.Body(), func(n ast.Node) bool {
				assign, ok := n.(*ast.AssignStmt)
				if !ok || found || len(assign.Lhs) != len(assign.Rhs) {
					return !found
				}
				for i, lhs := range assign.Lhs {
					if id, ok := lhs.(*ast.Ident); ok && r.pass.TypesInfo.ObjectOf(id) == v && r.madeFrom(f, assign.Rhs[i], fuel-1) {
						found = true
					}
				}
				return !found
			})
		}
		return !found
	})
	return found
}

// recovers reports whether core defers a function that recovers from panics.
func (r *Result) recovers(core *requests.Func) bool {
	for _, lit := range r.inner[core] {
		if lit.Run != requests.Deferred {
			continue
		}
		found := false
		ast.Inspect(lit.Node, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && r.pass.TypesInfo.Uses[id] == types.Universe.Lookup("recover") {
				found = true
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// applied returns the parameter of f, counted from one, that f or a literal in it
// runs as a handler, or applies as a middleware; 0 if there is none.
func (r *Result) applied(f *requests.Func) int {
	index := 0
	ast.Inspect(f.Body(), func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || index > 0 {
			return index == 0
		}
		fun := ast.Unparen(call.Fun)
		if sel, ok := fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "ServeHTTP" {
			fun = ast.Unparen(sel.X)
		}
		id, ok := fun.(*ast.Ident)
		if !ok {
			return true
		}
		v, _ := r.pass.TypesInfo.Uses[id].(*types.Var)
		for i := range f.Sig.Params().Len() {
			if p := f.Sig.Params().At(i); p == v && handlerLike(p.Type()) {
				index = i + 1
			}
		}
		return index == 0
	})
	return index
}

// handlerLike reports whether values of type t are handlers or middlewares.
func handlerLike(t types.Type) bool {
	if knowledge.IsHandlerType(t) {
		return true
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return false
	}
	if knowledge.IsHandler(sig) {
		return true
	}
	if sig.Params().Len() != 1 || sig.Results().Len() != 1 {
		return false
	}
	return handlerLike(sig.Params().At(0).Type()) && handlerLike(sig.Results().At(0).Type())
}
