// Package recovery has recoveries outside tracing: the panic passes the span,
// which then has no status (with -mworder.recovery).
package recovery

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	chimw "github.com/go-chi/chi/v5/middleware"
	"github.com/gofiber/contrib/otelfiber/v2"
	fiberv2 "github.com/gofiber/fiber/v2"
	fiberrecover "github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/gorilla/mux"
	echootel "github.com/labstack/echo-opentelemetry"
	"github.com/labstack/echo/v4"
	emw "github.com/labstack/echo/v4/middleware"
	echo5 "github.com/labstack/echo/v5"
	mw5 "github.com/labstack/echo/v5/middleware"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// Default has gin's recovery by gin.Default: the most common set-up.
func Default(orders *handlers.Orders) *gin.Engine {
	r := gin.Default() // want `^recovery runs outside tracing, so a panic does not mark the request's span as failed$`
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", orders.List)
	return r
}

// Gin registers it before.
func Gin(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(gin.Logger(), gin.Recovery()) // want `recovery runs outside tracing, so a panic does not mark the request's span as failed`
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", orders.List)
	return r
}

// Custom has a recovery with a function, in one list.
func Custom(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(gin.CustomRecovery(func(c *gin.Context, _ any) { c.AbortWithStatus(500) }), otelgin.Middleware("shop")) // want `recovery runs outside tracing`
	r.GET("/orders", orders.List)
	return r
}

// OtherPackage has a recovery under the project's name.
func OtherPackage(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Recover()) // want `recovery runs outside tracing`
	r.Use(middleware.Trace("shop"))
	r.GET("/orders", orders.List)
	return r
}

// Echo has it before.
func Echo(list echo.HandlerFunc) *echo.Echo {
	e := echo.New()
	e.Use(emw.Recover()) // want `recovery runs outside tracing`
	e.Use(otelecho.Middleware("shop"))
	e.GET("/orders", list)
	return e
}

// Echo5 has it before, with a config.
func Echo5(list echo5.HandlerFunc) *echo5.Echo {
	e := echo5.New()
	e.Use(mw5.RecoverWithConfig(mw5.RecoverConfig{DisablePrintStack: true}), echootel.NewMiddleware("shop")) // want `recovery runs outside tracing`
	e.GET("/orders", list)
	return e
}

// Chi has it before.
func Chi(list http.HandlerFunc) chi.Router {
	r := chi.NewRouter()
	r.Use(chimw.Recoverer) // want `recovery runs outside tracing`
	r.Use(otelchi.Middleware("shop"))
	r.Get("/orders", list)
	return r
}

// Fiber has it before.
func Fiber(list fiberv2.Handler) *fiberv2.App {
	app := fiberv2.New()
	app.Use(fiberrecover.New()) // want `recovery runs outside tracing`
	app.Use(otelfiber.Middleware())
	app.Get("/orders", list)
	return app
}

// recovered is a recovery by hand.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				log.Printf("panic: %v", p)
				http.Error(w, "internal", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Wrapped wraps the traced handler.
func Wrapped(mux *http.ServeMux) http.Handler {
	return recovered(otelhttp.NewHandler(mux, "server")) // want `recovery runs outside tracing`
}

// listening gives a server the traced handler.
func listening(mux *http.ServeMux) (*http.Server, error) {
	h := http.Handler(mux)
	if mux != nil {
		h = otelhttp.NewHandler(h, "server")
	}
	return &http.Server{Handler: recovered(h)}, nil // want `recovery runs outside tracing`
}

// Listen is silent: what it calls is at fault.
func Listen(mux *http.ServeMux) error {
	srv, err := listening(mux)
	if err != nil {
		return err
	}
	return srv.ListenAndServe()
}

// Gorilla has it before, by hand.
func Gorilla(list http.HandlerFunc) *mux.Router {
	r := mux.NewRouter()
	r.Use(recovered) // want `recovery runs outside tracing`
	r.Use(otelmux.Middleware("shop"))
	r.HandleFunc("/orders", list)
	return r
}
