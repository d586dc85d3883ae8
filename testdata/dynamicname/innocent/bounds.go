// Package innocent has names that look as if they had no bound.
package innocent

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"runtime"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var tracer = otel.Tracer("innocent")

// Pattern is silent: the template of the route.
func Pattern(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), r.Method+" "+r.Pattern)
	defer span.End()
}

// FullPath is silent: the template of the route.
func FullPath(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), fmt.Sprintf("%s %s", c.Request.Method, c.FullPath()))
	defer span.End()
}

// EchoPath is silent: in echo, Path is the template.
func EchoPath(c echo.Context) error {
	_, span := tracer.Start(c.Request().Context(), c.Path())
	defer span.End()
	return nil
}

// ChiPattern is silent: the template of the route.
func ChiPattern(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), chi.RouteContext(r.Context()).RoutePattern())
	defer span.End()
}

// MuxTemplate is silent: the template of the route.
func MuxTemplate(w http.ResponseWriter, r *http.Request) {
	tmpl, err := mux.CurrentRoute(r).GetPathTemplate()
	if err != nil {
		tmpl = "unknown"
	}
	_, span := tracer.Start(r.Context(), tmpl)
	defer span.End()
}

// HandlerName is silent: the name of a function.
func HandlerName(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), c.HandlerName())
	defer span.End()
}

// MethodOnly is silent.
func MethodOnly(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "HTTP "+r.Method)
	defer span.End()
}

// FullMethod is silent: the name of an RPC.
func FullMethod(ctx context.Context, req any, info *grpc.UnaryServerInfo, h grpc.UnaryHandler) (any, error) {
	ctx, span := tracer.Start(ctx, info.FullMethod)
	defer span.End()
	return h(ctx, req)
}

// Code is silent: a status code.
func Code(ctx context.Context, err error) {
	_, span := tracer.Start(ctx, "failed "+status.Code(err).String())
	defer span.End()
}

// StatusClass is silent.
func StatusClass(ctx context.Context, resp *http.Response) {
	_, span := tracer.Start(ctx, fmt.Sprintf("response %dxx", resp.StatusCode/100))
	defer span.End()
}

// StatusCode is silent.
func StatusCode(ctx context.Context, resp *http.Response) {
	_, span := tracer.Start(ctx, fmt.Sprintf("response %d %s", resp.StatusCode, http.StatusText(resp.StatusCode)))
	defer span.End()
}

// TypeName is silent: the name of a type.
func TypeName(ctx context.Context, v any) {
	_, span := tracer.Start(ctx, fmt.Sprintf("handle %T", v))
	defer span.End()
}

// ReflectName is silent: the name of a type.
func ReflectName(ctx context.Context, v any) {
	_, span := tracer.Start(ctx, "handle "+reflect.TypeOf(v).String())
	defer span.End()
}

// FuncName is silent: the name of a function.
func FuncName(ctx context.Context) {
	pc, _, _, _ := runtime.Caller(1)
	_, span := tracer.Start(ctx, runtime.FuncForPC(pc).Name())
	defer span.End()
}

// Kind is one of a few.
type Kind string

const (
	Book Kind = "book"
	Toy  Kind = "toy"
)

// Enum is silent: a type whose constants are declared.
func Enum(ctx context.Context, k Kind) {
	_, span := tracer.Start(ctx, "sell "+string(k))
	defer span.End()
}

// EnumOfRequest is silent: it may have been checked.
func EnumOfRequest(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "sell "+string(Kind(r.FormValue("kind"))))
	defer span.End()
}

// GRPCCode is silent: an enumeration of another package.
func GRPCCode(ctx context.Context, c codes.Code) {
	_, span := tracer.Start(ctx, fmt.Sprintf("code %d", c))
	defer span.End()
}

// Bool is silent.
func Bool(ctx context.Context, dry bool) {
	_, span := tracer.Start(ctx, fmt.Sprintf("apply dry=%t %v", dry, dry))
	defer span.End()
}

// Branch is silent: one of three constants.
func Branch(ctx context.Context, n int) {
	name := "few"
	if n > 10 {
		name = "many"
	} else if n == 0 {
		name = "none"
	}
	_, span := tracer.Start(ctx, name)
	defer span.End()
}

var table = map[string]string{"/a": "a", "/b": "b"}

// Table is silent: a value of a table, whatever the key is.
func Table(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), table[r.URL.Path])
	defer span.End()
}

// TableKey is silent: a key of a table.
func TableKey(w http.ResponseWriter, r *http.Request) {
	if _, ok := table[r.URL.Path]; !ok {
		return
	}
	_, span := tracer.Start(r.Context(), r.URL.Path)
	defer span.End()
}

// RangeTable is silent: the keys of a table.
func RangeTable(ctx context.Context) {
	for path, name := range map[string]string{"/a": "a"} {
		_, span := tracer.Start(ctx, path+name)
		span.End()
	}
}

// RangeList is silent: the elements of a list.
func RangeList(ctx context.Context) {
	for i, name := range []string{"load", "parse", "store"} {
		_, span := tracer.Start(ctx, fmt.Sprintf("%d %s", i, name))
		span.End()
	}
}

// Parameter is silent: who calls decides.
func Parameter(ctx context.Context, name string) {
	_, span := tracer.Start(ctx, "do "+name)
	defer span.End()
}

// Callers is silent: they give constants.
func Callers(ctx context.Context) {
	Parameter(ctx, "this")
	Parameter(ctx, "that")
}

// Attempt is silent: a few tries.
func Attempt(ctx context.Context) {
	for i := 0; i < 3; i++ {
		_, span := tracer.Start(ctx, fmt.Sprintf("attempt %d", i))
		span.End()
	}
}

// Unknown is silent: where it comes from is not seen.
func Unknown(ctx context.Context, c interface{ Name() string }) {
	_, span := tracer.Start(ctx, c.Name())
	defer span.End()
}

// Topic is silent: topics are few.
func Topic(ctx context.Context, m struct{ Topic string }) {
	_, span := tracer.Start(ctx, m.Topic+" publish")
	defer span.End()
}

var errGone = errors.New("gone")

// Sentinel is silent: an error that is declared.
func Sentinel(ctx context.Context) {
	_, span := tracer.Start(ctx, "failed "+errGone.Error())
	defer span.End()
}

// Weekday is silent: seven.
func Weekday(ctx context.Context) {
	_, span := tracer.Start(ctx, "run on "+time.Now().Weekday().String())
	defer span.End()
}

// Interval is silent: a duration that is given.
func Interval(ctx context.Context, every time.Duration) {
	_, span := tracer.Start(ctx, "poll every "+every.String())
	defer span.End()
}

// Normal is silent: what is left may be the route.
func Normal(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), strings.Replace(c.Request.URL.Path, c.Param("id"), ":id", 1))
	defer span.End()
}

// FirstSegment is silent: it may be one of a few.
func FirstSegment(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), strings.Split(r.URL.Path, "/")[1])
	defer span.End()
}

// RenamedLater is silent: the template replaces the name when the handler ran.
func RenamedLater(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), r.URL.Path)
		defer span.End()
		r = r.WithContext(ctx)
		next.ServeHTTP(w, r)
		span.SetName(r.Method + " " + r.Pattern)
	})
}

// ValidatedOutside is silent: the closure is made where a function has checked it.
func ValidatedOutside(w http.ResponseWriter, r *http.Request) {
	action := r.PathValue("action")
	if err := validate(action); err != nil {
		return
	}
	for range 2 {
		func() {
			_, span := tracer.Start(r.Context(), "do "+action)
			defer span.End()
		}()
	}
}
