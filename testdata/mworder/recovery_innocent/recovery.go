// Package recovery_innocent has recoveries inside tracing (with
// -mworder.recovery).
package recovery_innocent

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	chimw "github.com/go-chi/chi/v5/middleware"
	"github.com/labstack/echo/v4"
	emw "github.com/labstack/echo/v4/middleware"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// Inside has it after tracing.
func Inside(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"), gin.Logger(), gin.Recovery())
	r.GET("/orders", orders.List)
	return r
}

// Second has one outside and one inside: the inner one sees the panic first.
func Second(orders *handlers.Orders) *gin.Engine {
	r := gin.Default()
	r.Use(otelgin.Middleware("shop"), gin.Recovery())
	r.GET("/orders", orders.List)
	return r
}

// SecondLater has the inner one in a call of its own, under a project's name.
func SecondLater(orders *handlers.Orders) *gin.Engine {
	r := gin.Default()
	r.Use(otelgin.Middleware("shop"))
	r.Use(middleware.RequestID())
	r.Use(middleware.Recover())
	r.GET("/orders", orders.List)
	return r
}

// Untraced has no tracing to be outside of.
func Untraced(orders *handlers.Orders) *gin.Engine {
	r := gin.Default()
	r.GET("/orders", orders.List)
	return r
}

// Echo has it inside.
func Echo(list echo.HandlerFunc) *echo.Echo {
	e := echo.New()
	e.Use(otelecho.Middleware("shop"), emw.Recover())
	e.GET("/orders", list)
	return e
}

// Chi has it inside.
func Chi(list http.HandlerFunc) chi.Router {
	r := chi.NewRouter()
	r.Use(otelchi.Middleware("shop"), chimw.Recoverer)
	r.Get("/orders", list)
	return r
}

// recovered is a recovery by hand.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				http.Error(w, "internal", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Wrapped has it inside.
func Wrapped(mux *http.ServeMux) http.Handler {
	return otelhttp.NewHandler(recovered(mux), "server")
}

// guarded recovers a panic of its own work, not of what comes after it.
func guarded(next http.Handler) http.Handler {
	parse := func(r *http.Request) {
		defer func() { _ = recover() }()
		_ = r.ParseForm()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parse(r)
		next.ServeHTTP(w, r)
	})
}

// NotARecovery has one outside that is none.
func NotARecovery(mux *http.ServeMux) http.Handler {
	return guarded(otelhttp.NewHandler(mux, "server"))
}

// GRPC has no order: the stats handler is outside of every interceptor.
func GRPC() *grpc.Server {
	return grpc.NewServer(
		grpc.UnaryInterceptor(func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, h grpc.UnaryHandler) (_ any, err error) {
			defer func() {
				if p := recover(); p != nil {
					err = status.Errorf(codes.Internal, "panic: %v", p)
				}
			}()
			return h(ctx, req)
		}),
		grpc.StatsHandler(otelgrpc.NewServerHandler()),
	)
}

// OtherEngine recovers on an engine that is not the traced one.
func OtherEngine(orders *handlers.Orders) (*gin.Engine, *gin.Engine) {
	plain := gin.Default()
	plain.GET("/livez", handlers.Live)
	traced := gin.New()
	traced.Use(otelgin.Middleware("shop"), gin.Recovery())
	traced.GET("/orders", orders.List)
	return plain, traced
}
