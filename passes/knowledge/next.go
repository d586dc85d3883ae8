package knowledge

import "go/types"

// nextFuncs are the types of the functions by which a middleware or an
// interceptor runs what comes after it. Read at Go 1.26.8, grpc v1.85.0, echo
// v4.16.0 and v5.3.1, fiber v2.52.15 and v3.5.0, go-kit v0.13.0, kratos v2.9.1,
// connect v1.19.1.
var nextFuncs = map[string]map[string]bool{
	"net/http":                                  {"HandlerFunc": true},
	"google.golang.org/grpc":                    {"UnaryHandler": true, "StreamHandler": true, "UnaryInvoker": true, "Streamer": true},
	"github.com/labstack/echo/v4":               {"HandlerFunc": true},
	"github.com/labstack/echo/v5":               {"HandlerFunc": true},
	"github.com/gofiber/fiber/v2":               {"Handler": true},
	"github.com/go-kit/kit/endpoint":            {"Endpoint": true},
	"github.com/go-kratos/kratos/v2/middleware": {"Handler": true},
	"connectrpc.com/connect":                    {"UnaryFunc": true},
}

// IsNextFunc reports whether t is the type of a function by which a middleware
// or an interceptor runs what comes after it.
func IsNextFunc(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && nextFuncs[named.Obj().Pkg().Path()][named.Obj().Name()]
}
