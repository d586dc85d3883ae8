// Package layers stands on the facts of another package.
package layers

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/passes/values/base"
)

func Start(ctx context.Context, op string) func() { // fact value(1->name)
	_, span := base.Start(ctx, "layers "+op)
	return func() { span.End() }
}

func Twice(ctx context.Context, op string) func() { return Start(ctx, op) } // fact value(1->name)

func Name(r *http.Request) string { return "GET " + base.Path(r) } // fact value() 0:the path of a request 0

func Mixed(a, b, c string) string { return base.Join(a, c) } // fact value() 0:101

func Count(ctx context.Context, op string) { // fact value(1->label)
	base.Count(ctx, base.Attribute(op), attribute.Bool("x", true))
}

type Starter interface {
	Start(ctx context.Context, name string)
}

type starter struct{}

func (starter) Start(ctx context.Context, name string) { // fact value(2->name)
	_, span := base.Start(ctx, name)
	span.End()
}

func Through(ctx context.Context, s Starter, name string) { s.Start(ctx, name) } // fact value(2->name)

func Named(r *http.Request) {
	_, span := base.Start(r.Context(), Name(r))
	span.End()
}

func Constants(ctx context.Context) {
	Start(ctx, base.Class("x"))()
	Count(ctx, "y")
}
