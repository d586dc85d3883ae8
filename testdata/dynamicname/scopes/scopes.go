// Package scopes names tracers and meters.
package scopes

import (
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

func Tracer(r *http.Request) trace.Tracer {
	return otel.Tracer(r.URL.Path) // want `^the tracer name is r.URL.Path, the path of a request, so each value of it makes an instrumentation scope of its own$`
}

func Provider(tp trace.TracerProvider, r *http.Request) trace.Tracer {
	return tp.Tracer("app/" + r.URL.Path) // want `the tracer name contains r.URL.Path`
}

func Meter(r *http.Request) {
	_, _ = otel.Meter("app/" + r.PathValue("tenant")).Int64Counter("n") // want `the meter name contains r.PathValue\("tenant"\)`
}

// Constant is silent.
func Constant() trace.Tracer { return otel.Tracer("github.com/x/y") }

// Package is silent: who calls gives the name of a package.
func Package(name string) trace.Tracer { return otel.Tracer("app/" + name) }

// OfPackage is silent.
func OfPackage() trace.Tracer { return Package("db") }
