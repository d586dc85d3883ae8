// Package knowledge says what the functions of well-known libraries do to
// spans and contexts: their roles. It is data, one file a library, each dated
// with the version it was read at; the only logic here is look-up. To teach
// tracevet a library, add a file.
//
// The table names functions by package path, receiver type and name, and is
// asked with the object that the type checker resolved: renamed imports,
// aliases, embedding and method values make no difference.
package knowledge

import (
	"go/types"
	"slices"
)

// A Role is what a function does, as far as a trace is concerned.
type Role uint8

const (
	None Role = iota

	// Spans.

	StartSpan  // returns a new, open span that its caller has to end
	EndSpan    // ends its receiver
	RecordSpan // writes to its receiver; without effect after the end
	ReadSpan   // reads its receiver, or makes something from it; keeps nothing
	LiveSpan   // reports whether its receiver records; if not, ending it has no effect
	BorrowSpan // returns the span of its context argument, which somebody else owns
	PutSpan    // returns a context that carries its span argument
	GetTracer  // returns a tracer of its receiver, a provider
	NoopTracer // returns a provider whose tracers start spans that do nothing
	LookAt     // looks at its arguments, which may be spans, and keeps nothing

	// Contexts.

	RequestContext // returns the context of its receiver, a request that a server received
	InjectContext  // writes the span context of its context argument to a carrier
	StoreContext   // keeps its context argument, or that of its request argument, in its receiver
	CarryContext   // returns a copy of its receiver that carries its context argument
	RootContext    // returns a context that carries nothing
	DetachContext  // returns its context argument without the cancellation
	ExtractContext // returns its context argument with the span context of a carrier
	DeriveContext  // returns its context argument with something added
	ReadContext    // returns what its context argument, that of a request, carries
	CarrySpan      // returns a context that carries the span context in its argument
	NextHandler    // runs the handlers that come after, on its receiver, a request
	CopyRequest    // returns a copy of its receiver, a request, that serves no other one
	NewRoot        // an option of a start: the span is meant to be a root, or is linked

	// Functions that are given functions.
	RunFunc   // runs its function argument before it returns
	ShareFunc // runs its function argument once for many callers
	SpawnFunc // runs its function argument in another goroutine

	// Control flow.

	NoReturn // does not return to its caller
)

// A Func is what is known of one function or method.
type Func struct {
	Role Role
	// Span is the index of the span: among the results (StartSpan, BorrowSpan)
	// or among the parameters (PutSpan), not counting a receiver.
	Span int
	// Ctx is the index of the context among the results of a StartSpan, or -1.
	Ctx int
	// Single: a RunFunc calls the function that it is given once, and not again and
	// again as most do.
	Single bool
}

// A library maps package paths to functions, which are named "Func" or
// "Type.Method"; a method of a type and of a pointer to it have the same name.
type library map[string]map[string]Func

// A spanType is a type whose values are spans.
type spanType struct {
	enders []string // the methods that end it
}

var (
	libraries = []library{std, contexts, runners, loggers, otel, opentracing, opencensus, gin, echo, fiber, grpc, clients}
	funcs     = merge(libraries)

	spanTypes = map[string]map[string]spanType{
		otelTrace:       {"Span": {enders: []string{"End"}}},
		opentracingPath: {"Span": {enders: []string{"Finish", "FinishWithOptions"}}},
		opencensusTrace: {"Span": {enders: []string{"End"}}},
	}
)

func merge(libs []library) library {
	all := make(library)
	for _, lib := range libs {
		for path, fns := range lib {
			if all[path] == nil {
				all[path] = make(map[string]Func)
			}
			for name, fn := range fns {
				all[path][name] = fn
			}
		}
	}
	return all
}

// Of returns what is known of fn; the zero Func if nothing is.
func Of(fn *types.Func) Func {
	if fn == nil || fn.Pkg() == nil {
		return Func{}
	}
	fns := funcs[fn.Pkg().Path()]
	if fns == nil {
		if fn.Name() == "Start" && isTracerStart(fn) {
			return Func{Role: StartSpan, Ctx: 0, Span: 1}
		}
		return Func{}
	}
	fn = fn.Origin()
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		t := recv.Type()
		if p, ok := types.Unalias(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		named, ok := types.Unalias(t).(*types.Named)
		if !ok {
			return Func{}
		}
		name = named.Obj().Name() + "." + name
	}
	return fns[name]
}

// IsTracing reports whether path is a package of a tracing API that the table
// knows: a program that does not reach one of these starts no spans.
func IsTracing(path string) bool {
	_, ok := spanTypes[path]
	return ok
}

// SpanEnders returns the names of the methods that end a span, if t (or what
// it points to) is the span type of a known tracing API; otherwise nil.
func SpanEnders(t types.Type) []string {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return nil
	}
	return spanTypes[named.Obj().Pkg().Path()][named.Obj().Name()].enders
}

// IsContext reports whether t is context.Context.
func IsContext(t types.Type) bool {
	return isNamed(t, "context", "Context")
}

// SpanMethod returns the role of the method of that name on the span types of
// the known tracing APIs, for calls through an interface of the user's own
// that a span was assigned to. The APIs agree wherever they share a name.
func SpanMethod(name string) Role {
	for _, path := range tracingPaths {
		if fn, ok := funcs[path]["Span."+name]; ok {
			return fn.Role
		}
	}
	return None
}

var tracingPaths = func() []string {
	var paths []string
	for path := range spanTypes {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}()

// IsNoop reports whether path is a package whose tracers start spans that do
// nothing: that one is never ended is no loss.
func IsNoop(path string) bool {
	return path == otelTrace+"/noop"
}

// IsAbort reports whether v is a value that a server recovers from when a
// handler panics with it, so that the panic is one more way out.
func IsAbort(v *types.Var) bool {
	return v != nil && v.Pkg() != nil && v.Pkg().Path() == "net/http" && v.Name() == "ErrAbortHandler"
}

// isTracerStart reports whether fn is a method of an interface with exactly
// the signature of OpenTelemetry's trace.Tracer.Start: an interface of the
// user's own, cut out for what he needs of a tracer.
func isTracerStart(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || !types.IsInterface(sig.Recv().Type()) || !sig.Variadic() {
		return false
	}
	params, results := sig.Params(), sig.Results()
	if params.Len() != 3 || results.Len() != 2 {
		return false
	}
	opts, ok := params.At(2).Type().(*types.Slice)
	return ok && IsContext(params.At(0).Type()) &&
		types.Identical(params.At(1).Type(), types.Typ[types.String]) &&
		isNamed(opts.Elem(), otelTrace, "SpanStartOption") &&
		IsContext(results.At(0).Type()) &&
		isNamed(results.At(1).Type(), otelTrace, "Span")
}

func isNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path
}
