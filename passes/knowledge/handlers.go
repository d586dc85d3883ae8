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

// IsService reports whether fn is a method that serves calls of a gRPC
// service: an exported one, whose receiver has the marker method that
// protoc-gen-go-grpc (v1.5) generates, and that the interface of the service
// asks for.
func IsService(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || !fn.Exported() {
		return false
	}
	mset := types.NewMethodSet(recv.Type())
	for i := range mset.Len() {
		name := mset.At(i).Obj().Name()
		service, ok := strings.CutPrefix(name, "mustEmbedUnimplemented")
		if !ok {
			continue
		}
		// The method has to be one of the service, not just one of its struct.
		marker := mset.At(i).Obj().(*types.Func)
		generated := marker.Pkg().Scope().Lookup(service)
		if generated == nil {
			continue
		}
		if iface, ok := generated.Type().Underlying().(*types.Interface); ok {
			for m := range iface.Methods() {
				if m.Name() == fn.Name() {
					return true
				}
			}
		}
	}
	return false
}
