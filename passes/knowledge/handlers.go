package knowledge

import (
	"go/types"
	"regexp"
	"strings"
)

// A Request says how a type stands for a request that is being served.
type Request struct {
	// Context is what to write after a value of the type to get the context of
	// the request: ".Context()". It is empty if there is no such thing.
	Context string
	// Put is a statement that puts a context on the request, in which R stands
	// for the value and CTX for the context. It is empty if there is none.
	Put string
	// Imposter: values of the type can be used as a context.Context, in which
	// what the context of the request holds is not found.
	Imposter bool
	// Reused: when the handler has returned, the value may serve another request.
	Reused bool
	// Reaches is what to write after a value of the type to get the
	// *http.Request in it; "" if it holds none.
	Reaches string
}

// PutText returns the statement that puts the context ctx on the request in the
// variable r; "" if there is none.
func (req Request) PutText(r, ctx string) string {
	return regexp.MustCompile(`\b(R|CTX)\b`).ReplaceAllStringFunc(req.Put, func(word string) string {
		if word == "R" {
			return r
		}
		return ctx
	})
}

// requests are the types by which a handler is known, each of which stands for
// one request that is being served. Read at Go 1.26.8, gin v1.12.0, echo
// v4.16.0 and v5.3.1, fiber v2.52.15 and v3.5.0, grpc v1.85.0, hertz v0.10.3,
// go-restful v3.13.0.
var requests = map[string]map[string]Request{
	"net/http": {
		"ResponseWriter": {},
		"Request":        {Context: ".Context()", Put: "R = R.WithContext(CTX)"},
	},
	"github.com/gin-gonic/gin": {
		"Context": {Context: ".Request.Context()", Put: "R.Request = R.Request.WithContext(CTX)", Imposter: true, Reused: true, Reaches: ".Request"},
	},
	"github.com/labstack/echo/v4": {
		"Context": {Context: ".Request().Context()", Put: "R.SetRequest(R.Request().WithContext(CTX))", Reused: true, Reaches: ".Request()"},
	},
	"github.com/labstack/echo/v5": {
		"Context": {Context: ".Request().Context()", Put: "R.SetRequest(R.Request().WithContext(CTX))", Reused: true, Reaches: ".Request()"},
	},
	"github.com/gofiber/fiber/v2": {
		"Ctx": {Context: ".UserContext()", Put: "R.SetUserContext(CTX)", Reused: true},
	},
	"github.com/gofiber/fiber/v3": {
		"Ctx": {Context: ".Context()", Put: "R.SetContext(CTX)", Imposter: true, Reused: true},
	},
	// What fiber's contexts stand on: v2 hands it out as c.Context(), v3 as
	// c.RequestCtx(). The user's context is elsewhere.
	"github.com/valyala/fasthttp": {
		"RequestCtx": {Imposter: true, Reused: true},
	},
	"google.golang.org/grpc": {
		"ServerStream": {Context: ".Context()"},
	},
	"github.com/emicklei/go-restful/v3": {
		"Request": {Context: ".Request.Context()", Reaches: ".Request"},
	},
}

// RequestOf returns how t, or what it points to, stands for a request.
func RequestOf(t types.Type) (Request, bool) {
	if named := namedOf(t); named != nil && named.Obj().Pkg() != nil {
		if req, ok := requests[named.Obj().Pkg().Path()][named.Obj().Name()]; ok {
			return req, true
		}
	}
	if isServerStream(t) {
		return requests["google.golang.org/grpc"]["ServerStream"], true
	}
	return Request{}, false
}

// ImposterOf returns how t stands for a request, if values of type t can be used
// as a context.Context in which what the context of the request holds is not
// found: because it is a type of a framework, or embeds one. path is that of
// the framework's package.
func ImposterOf(t types.Type) (req Request, path string, ok bool) {
	if !types.IsInterface(t) {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Value")
		fn, ok := obj.(*types.Func)
		if !ok || fn.Signature().Recv() == nil {
			return Request{}, "", false
		}
		t = fn.Signature().Recv().Type()
	}
	req, _ = RequestOf(t)
	if !req.Imposter {
		return Request{}, "", false
	}
	return req, namedOf(t).Obj().Pkg().Path(), true
}

// HasFallback reports whether path is the package of a framework whose own
// contexts find what the context of the request holds if a switch is set.
func HasFallback(path string) bool { return path == ginPath }

// FallbackField is the name of that switch.
const FallbackField = "ContextWithFallback"

// IsFallback reports whether field is the switch that makes a framework's own
// context find what the context of the request holds.
func IsFallback(field *types.Var) bool {
	return field.IsField() && field.Name() == FallbackField && field.Pkg() != nil && field.Pkg().Path() == ginPath
}

// isServerStream reports whether t is the interface of the stream of a gRPC
// method, as generated for each (X_MethodServer) or once for all
// (grpc.ServerStreamingServer): it has the methods of grpc.ServerStream.
func isServerStream(t types.Type) bool {
	if t == nil {
		return false
	}
	iface, ok := types.Unalias(t).Underlying().(*types.Interface)
	if !ok || iface.NumMethods() < len(serverStream) {
		return false
	}
	for _, name := range serverStream {
		obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name)
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "google.golang.org/grpc" {
			return false
		}
	}
	return true
}

var serverStream = []string{"Context", "RecvMsg", "SendMsg", "SetTrailer"}

// IsHandler reports whether a function of that signature serves requests of
// one of the known web frameworks, as a handler or as a middleware.
func IsHandler(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if isServed(v.Type()) {
			return true
		}
	}
	return false
}

// isServed reports whether a parameter of type t makes a handler. An
// *http.Request alone does not: clients have one too.
func isServed(t types.Type) bool {
	named := namedOf(t)
	if named != nil && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "net/http" {
		return named.Obj().Name() == "ResponseWriter"
	}
	_, ok := RequestOf(t)
	return ok
}

// IsRequest reports whether values of type t stand for a request that is being
// served: the first parameter of a handler, or an *http.Request.
func IsRequest(t types.Type) bool {
	_, ok := RequestOf(t)
	return ok
}

// IsResponse reports whether t is what a client gets for a request: *http.Response.
func IsResponse(t types.Type) bool { return isHTTP(t, "Response") }

// IsHTTPRequest reports whether t is *http.Request.
func IsHTTPRequest(t types.Type) bool { return isHTTP(t, "Request") }

func isHTTP(t types.Type, name string) bool {
	if t == nil {
		return false
	}
	p, ok := types.Unalias(t).(*types.Pointer)
	return ok && isNamed(p.Elem(), "net/http", name)
}

// IsService reports whether fn is a method that serves calls of a gRPC
// service: its receiver embeds the type UnimplementedXServer, as the code that
// protoc-gen-go-grpc (v1.5) generates asks for, and the interface XServer
// beside that has the method.
func IsService(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || !fn.Exported() {
		return false
	}
	t := recv.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range st.Fields() {
		named, ok := types.Unalias(field.Type()).(*types.Named)
		if !ok || !field.Embedded() || named.Obj().Pkg() == nil {
			continue
		}
		service, ok := strings.CutPrefix(named.Obj().Name(), "Unimplemented")
		if !ok {
			continue
		}
		iface := named.Obj().Pkg().Scope().Lookup(service)
		if iface == nil || !types.IsInterface(iface.Type()) {
			continue
		}
		if obj, _, _ := types.LookupFieldOrMethod(iface.Type(), false, fn.Pkg(), fn.Name()); obj != nil {
			return true
		}
	}
	return false
}
