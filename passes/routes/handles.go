package routes

import (
	"fmt"
	"go/token"
	"go/types"

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
		all.Filtered = all.Filtered || h.Filtered
	}
	// One that makes two kinds of middlewares may make the one that does nothing.
	all.Filtered = all.Filtered || len(cores) > 1
	if all.Class >= Section {
		all.Before, all.After = Spans, NoNeed
	}
	return all
}

// core looks at a function that runs once for each request, and that f is or
// makes.
func (r *Result) core(f, core *requests.Func) Handles {
	h := Handles{}
	skips, next := r.next(core)
	if f.Obj != nil {
		h.Applies = r.applied(f)
	}
	var starts []*ctxflow.Use
	for _, u := range r.usesWithin(core) {
		if r.isNext(u) {
			continue
		}
		if !fromRequest(u, core) {
			if r.startsSpan(u) {
				starts = append(starts, u) // on the headers, say
			}
			continue
		}
		switch role := knowledge.Of(u.Fn).Role; role {
		case knowledge.CarryContext, knowledge.StoreContext:
			continue
		}
		if r.startsSpan(u) || knowledge.Of(u.Fn).Role == knowledge.PutSpan {
			starts = append(starts, u)
		}
		need := r.need(u)
		h.Works = h.Works || need >= Work && !u.Log
		if u.Origin.Mended || u.Mends || u.Origin.Spans > 0 {
			continue // in a trace that it took out of the request itself
		}
		if next == token.NoPos || u.Call.Pos() < next && !deferredIn(core, u.Func) {
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
				h.Filtered = skips < start.Call.Pos()
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

// deferredIn reports whether f is, or is in, a literal that core defers: it runs
// when the handlers have, wherever it stands.
func deferredIn(core, f *requests.Func) bool {
	for ; f != nil && f != core; f = f.Outer {
		if f.Run == requests.Deferred {
			return true
		}
	}
	return false
}

// next returns where core first and last runs what comes after it; NoPos if it
// does not. One that leaves some requests alone runs it for those first.
func (r *Result) next(core *requests.Func) (first, last token.Pos) {
	for _, u := range r.usesWithin(core) {
		if !r.isNext(u) {
			continue
		}
		if pos := u.Call.Pos(); first == token.NoPos || pos < first {
			first = pos
		}
		last = max(last, u.Call.Pos())
	}
	return first, last
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
