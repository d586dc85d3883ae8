// Package handlers serves requests with gin, echo, chi, net/http and gRPC.
package handlers

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("handlers")

var errNotFound = errors.New("not found")

type item struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func find(ctx context.Context, id string) (item, error) { return item{ID: id}, ctx.Err() }

func store(ctx context.Context, it item) error { return ctx.Err() }
