// Package innocent_current uses what is current.
package innocent_current

import (
	"net/http"

	"github.com/gorilla/mux"
	echootel "github.com/labstack/echo-opentelemetry"
	"github.com/labstack/echo/v5"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace/noop"
)

// Silent: the successor of otelecho, for Echo v5.
func current() *echo.Echo {
	e := echo.New()
	e.Use(echootel.NewMiddleware("web"))
	return e
}

// Silent: otelmux was nearly deprecated, and has an owner again.
func muxRouter() http.Handler {
	r := mux.NewRouter()
	r.Use(otelmux.Middleware("web"))
	return r
}

// Silent: the package noop is where it is now.
func off() { otel.SetTracerProvider(noop.NewTracerProvider()) }
