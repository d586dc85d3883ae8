// Package empty sets propagators that propagate nothing. That is wrong in any
// package: the call alone shows it.
package empty

import (
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Inline: the composite has no members.
func inline() {
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator()) // want `the propagator is empty, so no trace goes beyond this process`
}

// Through a variable.
func variable(tp *sdktrace.TracerProvider) {
	otel.SetTracerProvider(tp)
	none := propagation.NewCompositeTextMapPropagator() // want `the propagator is empty`
	otel.SetTextMapPropagator(none)
}

// Silent: one member of two makes it not empty.
func one() {
	otel.SetTextMapPropagator(propagation.TraceContext{})
}

// Silent: the members come from the caller: not known to be none.
func spread(members ...propagation.TextMapPropagator) {
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(members...))
}

// Silent: the list grows with the configuration.
func grown(b3 propagation.TextMapPropagator, withBaggage bool) {
	list := []propagation.TextMapPropagator{propagation.TraceContext{}}
	if withBaggage {
		list = append(list, propagation.Baggage{})
	}
	if b3 != nil {
		list = append(list, b3)
	}
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(list...))
}

// Silent: an empty one on purpose: it is used only where the configuration turns
// propagation off, and the other branch sets a real one.
func switchedOff(enabled bool) {
	var p propagation.TextMapPropagator = propagation.NewCompositeTextMapPropagator()
	if enabled {
		p = propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{})
	}
	otel.SetTextMapPropagator(p)
}
