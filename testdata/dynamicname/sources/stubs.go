// Package sources has a function for each kind of value that has no bound.
package sources

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
)

var tracer = otel.Tracer("sources")

var component = attribute.String("component", "sources")

func work(context.Context) error { return nil }
