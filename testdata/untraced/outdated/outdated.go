// Package outdated uses what has a successor.
package outdated

import (
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho" // want `(removed|deprecated)`
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

// Silent: the finding is at the import.
func traced() *echo.Echo {
	e := echo.New()
	e.Use(otelecho.Middleware("web"))
	return e
}

// The package noop has it now.
func off() {
	otel.SetTracerProvider(trace.NewNoopTracerProvider()) // want `deprecated`
}
