// Package fixes_refused has faults that are reported, and registrations that
// must not be moved: what they mention is not there yet, or what stands in
// between would change.
package fixes_refused

import (
	"log"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

func provider() (*sdktrace.TracerProvider, error) {
	return sdktrace.NewTracerProvider(), nil
}

// ArgumentBetween defines an argument between the route and Use.
func ArgumentBetween(orders *handlers.Orders) (*gin.Engine, error) {
	r := gin.New()
	r.GET("/orders", orders.List)
	tp, err := provider()
	if err != nil {
		return nil, err
	}
	r.Use(otelgin.Middleware("shop", otelgin.WithTracerProvider(tp))) // want `tracing is registered after GET /orders on line \d+`
	return r, nil
}

// AssignedBetween assigns the middleware between.
func AssignedBetween(orders *handlers.Orders) *gin.Engine {
	var tracing gin.HandlerFunc
	r := gin.New()
	r.GET("/orders", orders.List)
	tracing = otelgin.Middleware("shop")
	r.Use(tracing) // want `tracing is registered after GET /orders on line \d+`
	return r
}

// NameBetween changes an argument between.
func NameBetween(orders *handlers.Orders) *gin.Engine {
	name := "shop"
	r := gin.New()
	r.GET("/orders", orders.List)
	if env := os.Getenv("SERVICE"); env != "" {
		name = env
	}
	r.Use(otelgin.Middleware(name)) // want `tracing is registered after GET /orders on line \d+`
	return r
}

// UnderCondition has Use in a condition, which is evaluated after the route.
func UnderCondition(orders *handlers.Orders, enabled func() bool) *gin.Engine {
	r := gin.New()
	r.GET("/orders", orders.List)
	if enabled() {
		r.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line \d+`
	}
	return r
}

type settings struct {
	service string
}

func (s *settings) load() { s.service = os.Getenv("SERVICE") }

// FieldBetween mentions a field that a call between sets.
func FieldBetween(orders *handlers.Orders, s *settings) *gin.Engine {
	r := gin.New()
	r.GET("/orders", orders.List)
	s.load()
	r.Use(otelgin.Middleware(s.service)) // want `tracing is registered after GET /orders on line \d+`
	return r
}

// OtherBlock has the route in a block that tracing is not in.
func OtherBlock(orders *handlers.Orders, admin bool) *gin.Engine {
	r := gin.New()
	for _, path := range []string{"/orders", "/export"} {
		r.GET(path, orders.List)
	}
	if admin {
		name := "admin"
		r.Use(otelgin.Middleware(name)) // want `tracing is registered after .* on line \d+`
	}
	return r
}

// Neighbours registers tracing with a token's check in one call: the check was
// meant for the routes below alone, so the call must not be moved whole: tracing
// goes by itself.
func Neighbours(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.GET("/orders", orders.List)
	r.Use(otelgin.Middleware("shop"), middleware.StaticToken("secret")) // want `tracing is registered after GET /orders on line \d+`
	r.POST("/orders", orders.Create)
	return r
}

// OtherRegistrations calls a function that registers more than tracing: the
// token was meant for the routes below alone.
func OtherRegistrations(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.GET("/orders", orders.List)
	setup(r) // want `tracing is registered after GET /orders on line \d+`
	r.POST("/orders", orders.Create)
	return r
}

func setup(r *gin.Engine) {
	r.Use(otelgin.Middleware("shop"))
	r.Use(middleware.StaticToken("secret"))
}

// Layers has two layers of different libraries: which of them is to go, the
// wrapped handler's user decides.
func Layers(orders *handlers.Orders) http.Handler {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", orders.List)
	h := otelhttp.NewHandler(r, "server") // want `tracing is registered twice, first on line \d+`
	log.Println("ready")
	return h
}

// Engine has the engine in a field.
type Engine struct {
	engine *gin.Engine
}

// Declared declares the middleware's variable between.
func (e *Engine) Declared(orders *handlers.Orders) {
	e.engine = gin.New()
	e.engine.Use(middleware.TraceLog) // want `TraceLog runs before tracing, which is registered on line \d+, so it finds no trace id`
	tracing := middleware.Telemetry("shop")
	e.engine.Use(tracing)
	e.engine.GET("/orders", orders.List)
}
