package knowledge

import (
	"go/types"
	"slices"
)

// An Order says which requests a middleware of a router applies to, as a
// running program showed it for each.
type Order uint8

const (
	NoOrder Order = iota
	// OrderSource: routes and groups take what is registered when they are made,
	// and nothing that comes later (gin).
	OrderSource
	// OrderGroups: what is registered on the root applies to all routes, whenever
	// that is done; a group's routes take what the group has when they are made
	// (echo).
	OrderGroups
	// OrderStack: routes and middlewares of an application and of its groups are
	// on one stack that is gone through from the start (fiber).
	OrderStack
	// OrderAny: what is registered applies to all routes: it is found out at
	// dispatch (gorilla/mux, net/http), or too late a registration panics (chi).
	OrderAny
)

// A Router says how a type stands for a router.
type Router struct {
	Order Order
	// Root: it is the router that the program makes, and no group of one.
	Root bool
	// RPC: it serves calls, and no requests of HTTP that others pass on to it.
	RPC bool
	// Client: it sends requests, and has middlewares as a router has.
	Client bool
}

// Mutable reports whether a middleware changes the request that those outside of
// it have: what it puts there stays when it is done.
func (r Router) Mutable() bool { return r.Order != OrderAny }

// A RegisterKind is what a function does to a router.
type RegisterKind uint8

const (
	NotRegister   RegisterKind = iota
	NewRouter                  // returns a new router
	AddMiddleware              // adds middlewares
	AddBefore                  // adds middlewares that run before those of AddMiddleware
	AddRoute                   // adds a route
	MakeGroup                  // makes a router whose routes are in that of the receiver
	MountRouter                // makes the router in an argument one whose routes are in that of the receiver
	SameRouter                 // returns its receiver, or what adds a route to it
	Quiet                      // does nothing that has to do with tracing
)

// A Register says where the arguments of a registration are; -1 stands for one
// that there is not.
type Register struct {
	Kind    RegisterKind
	Verb    string // the HTTP method; "" if it is an argument, or any
	Method  int    // the argument that is the HTTP method
	Path    int    // the argument that is the path
	Handler int    // the handler, or the router that is mounted; -1 if the list of handlers ends with it
	List    int    // the first of the middlewares, or of the handlers
	Body    int    // the function that is given the group
	Recover bool   // a new router has a middleware that recovers from panics
	On      string // the variable that holds the router, if the function is no method of it
}

// A MiddlewareKind is what the function that makes a middleware has to do with
// tracing.
type MiddlewareKind uint8

const (
	OtherMiddleware MiddlewareKind = iota
	// TracingMiddleware: starts the server's span.
	TracingMiddleware
	// TracingHandler: wraps its first argument, a handler, in one that starts the
	// server's span.
	TracingHandler
	// RecoveryMiddleware: recovers from panics.
	RecoveryMiddleware
	// AdaptedMiddleware: is what its first argument is.
	AdaptedMiddleware
	// MiddlewareList: returns the middlewares of its receiver, if it has one, and its
	// arguments as a list, the outermost first.
	MiddlewareList
	// MiddlewareChain: puts the middlewares of its receiver, a list, around its
	// argument.
	MiddlewareChain
	// MiddlewareOption: an option of a server or client, by which it is given the
	// arguments as middlewares.
	MiddlewareOption
)

// A Lane says which requests of a gRPC server a middleware sees.
type Lane uint8

const (
	AllLanes  Lane = iota
	Unary          // calls with one request and one response
	Stream         // the others
	Observing      // all of them, from outside of all that runs in the other lanes
)

// A Middleware says what a function that makes a middleware, or is one, does.
type Middleware struct {
	Kind MiddlewareKind
	Lane Lane
	// Restores: it puts the request back as it was when the handlers have run.
	Restores bool
}

// RouterOf returns how t, or what it points to, stands for a router.
func RouterOf(t types.Type) (Router, bool) {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return Router{}, false
	}
	r, ok := routers[named.Obj().Pkg().Path()][named.Obj().Name()]
	return r, ok
}

// RegisterOf returns what fn does to a router.
func RegisterOf(fn *types.Func) (Register, bool) {
	path, name := qualifiedName(fn)
	reg, ok := registers[path][name]
	return reg, ok
}

// MiddlewareOf returns what fn, which makes a middleware or is one, does.
func MiddlewareOf(fn *types.Func) Middleware {
	path, name := qualifiedName(fn)
	return middlewares[path][name]
}

// IsTracingFilter reports whether fn makes an option by which a tracing
// middleware leaves some requests alone.
func IsTracingFilter(fn *types.Func) bool {
	path, name := qualifiedName(fn)
	return slices.Contains(tracingFilters[path], name)
}

// MakesTracing reports whether fn makes a middleware that traces requests, or is
// of the package of one that does, as are its options.
func MakesTracing(fn *types.Func) bool {
	path, _ := qualifiedName(fn)
	for _, mw := range middlewares[path] {
		if mw.Kind == TracingMiddleware {
			return true
		}
	}
	return false
}

// IsPropagation reports whether fn takes the trace of the caller out of a
// request, or says that a span is a server's: what tells a middleware that
// traces the request as a whole from one that has a span for its own work.
func IsPropagation(fn *types.Func) bool {
	if Of(fn).Role == ExtractContext {
		return true
	}
	path, name := qualifiedName(fn)
	return path == opentracingPath && name == "Tracer.Extract" || path == opentracingPath+"/ext" && name == "RPCServerOption"
}

// IsServerKind reports whether obj is the constant that marks a server's span.
func IsServerKind(obj types.Object) bool {
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	path := obj.Pkg().Path()
	return path == otelTrace && obj.Name() == "SpanKindServer" || path == opentracingPath+"/ext" && obj.Name() == "SpanKindRPCServer"
}

// IsHandlerType reports whether t is net/http's Handler or a type of functions
// that are ones.
func IsHandlerType(t types.Type) bool {
	return isNamed(t, "net/http", "Handler") || isNamed(t, "net/http", "HandlerFunc")
}

// IsAbortCall reports whether fn ends the request in a middleware so that the
// handlers that come after do not run.
func IsAbortCall(fn *types.Func) bool {
	path, name := qualifiedName(fn)
	return path == ginPath && slices.Contains([]string{
		"Context.Abort", "Context.AbortWithStatus", "Context.AbortWithStatusJSON", "Context.AbortWithError", "Context.AbortWithStatusPureJSON",
	}, name)
}

// qualifiedName returns the path of the package of fn, and the name by which
// tables call it: "Func" or "Type.Method".
func qualifiedName(fn *types.Func) (path, name string) {
	if fn == nil || fn.Pkg() == nil {
		return "", ""
	}
	fn = fn.Origin()
	name = fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		named := namedOf(recv.Type())
		if named == nil {
			return "", ""
		}
		name = named.Obj().Name() + "." + name
	}
	return fn.Pkg().Path(), name
}
