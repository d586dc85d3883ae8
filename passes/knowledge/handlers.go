package knowledge

import (
	"go/types"
	"strings"
)

// requestTypes are the types of parameters by which a handler is known: each
// stands for one request that is being served. Read at Go 1.26.8, gin v1.12.0,
// echo v4.16.0 and v5.3.1, fiber v2.52.15 and v3.5.0.
var requestTypes = map[string]map[string]bool{
	"net/http":                    {"ResponseWriter": true},
	"github.com/gin-gonic/gin":    {"Context": true},
	"github.com/labstack/echo/v4": {"Context": true},
	"github.com/labstack/echo/v5": {"Context": true},
	"github.com/gofiber/fiber/v2": {"Ctx": true},
	"github.com/gofiber/fiber/v3": {"Ctx": true},
}

// IsHandler reports whether a function of that signature serves requests of
// one of the known web frameworks, as a handler or as a middleware.
func IsHandler(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		t := types.Unalias(v.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil && requestTypes[named.Obj().Pkg().Path()][named.Obj().Name()] {
			return true
		}
	}
	return false
}

// IsRequest reports whether values of type t stand for a request that is being
// served: the first parameter of a handler, or an *http.Request.
func IsRequest(t types.Type) bool {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	path, name := named.Obj().Pkg().Path(), named.Obj().Name()
	return requestTypes[path][name] || path == "net/http" && name == "Request"
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
