// Package propagate sets the propagator in several ways, none of which anything in it
// goes. What is not called does not run, be it linked into the program.
package propagate

import (
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
)

// Install sets the W3C formats, for who calls it.
func Install() { install(propagation.TraceContext{}) }

// InstallAll is another way to the same place.
func InstallAll() { install(propagation.TraceContext{}, propagation.Baggage{}) }

func install(ps ...propagation.TextMapPropagator) {
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(ps...))
}

// Version is what most programs import the package for.
func Version() string { return "v1" }
