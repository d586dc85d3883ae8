// Package afterend holds spans that are written to after their end, and what
// looks like it.
package afterend

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

var tracer = otel.Tracer("afterend")

// A function for each of the methods that write to a span.

func statusAfterEnd(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "serve")
	_, err := work.Load(ctx, r.PathValue("id"))
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after span\.End on line 25, so it is lost$`
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func attributesAfterEnd(ctx context.Context, id string) (string, error) {
	ctx, loadSpan := tracer.Start(ctx, "load")
	value, err := work.Load(ctx, id)
	loadSpan.End()
	loadSpan.SetAttributes(attribute.Int("size", len(value))) // want `^loadSpan\.SetAttributes comes after loadSpan\.End on line 37, so it is lost$`
	return value, err
}

func errorAfterEnd(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	err := work.Save(ctx, value)
	span.End()
	if err != nil {
		span.RecordError(err) // want `^span\.RecordError comes after span\.End on line 45, so it is lost$`
	}
	return err
}

func eventAfterEnd(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "next")
	item, ok := work.Next(ctx)
	span.End()

	if ok {
		span.AddEvent("item " + item) // want `^span\.AddEvent comes after span\.End on line 55, so it is lost$`
	}
}

func nameAfterEnd(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "serve")
	w.WriteHeader(http.StatusNoContent)
	span.End()
	span.SetName(r.Method + " " + chi.RouteContext(r.Context()).RoutePattern()) // want `^span\.SetName comes after span\.End on line 65, so it is lost$`
}

func linkAfterEnd(ctx context.Context, cause trace.SpanContext) {
	_, s := tracer.Start(ctx, "linked")
	s.End()
	s.AddLink(trace.Link{SpanContext: cause}) // want `^s\.AddLink comes after s\.End on line 71, so it is lost$`
}

// Each call that is lost has a finding of its own: each is a line to move.
func severalAfterEnd(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	err := work.Save(ctx, value)
	span.End()
	if err != nil {
		span.RecordError(err)               // want `^span\.RecordError comes after span\.End on line 79, so it is lost$`
		span.SetStatus(codes.Error, "save") // want `^span\.SetStatus comes after span\.End on line 79, so it is lost$`
		return err
	}
	return nil
}

// Two owners: the explicit end is the one that counts, the deferred one does
// nothing any more.
func explicitAndDeferredEnd(ctx context.Context, id string) error {
	ctx, span := tracer.Start(ctx, "load")
	defer span.End()

	value, err := work.Load(ctx, id)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	span.End()

	if err := work.Save(ctx, value); err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after span\.End on line 99, so it is lost$`
		return err
	}
	return nil
}

// The same, where it is the deferred function that writes too late.
func deferredStatusAfterExplicitEnd(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus .* span\.End on line 118.* it is lost$`
		}
	}()

	err = work.Save(ctx, value)
	span.End()
	return err
}

// Ended on every way to the attribute, though never on the line before.
func endedInEveryArm(ctx context.Context, id string) (string, error) {
	ctx, span := tracer.Start(ctx, "load")
	value, err := work.Load(ctx, id)
	switch err {
	case nil:
		span.End()
	case work.ErrMissing:
		span.SetAttributes(attribute.Bool("missing", true))
		span.End()
	default:
		span.SetStatus(codes.Error, err.Error())
		span.End()
	}
	span.SetAttributes(attribute.Int("size", len(value))) // want `^span\.SetAttributes comes after span\.End on line \d+, so it is lost$`
	return value, err
}

// The return after the end was forgotten.
func forgottenReturn(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "serve")
	value, err := work.Load(ctx, r.PathValue("id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		span.SetStatus(codes.Error, err.Error())
		span.End()
	}
	span.SetAttributes(attribute.Int("size", len(value))) // want `^span\.SetAttributes comes after span\.End on line 147, so it is lost$`
	span.End()
}

// The break leaves the loop, not the function.
func brokenOutOfLoop(ctx context.Context, ids []string) {
	ctx, span := tracer.Start(ctx, "all")
	loaded := 0
each:
	for _, id := range ids {
		switch _, err := work.Load(ctx, id); {
		case err != nil:
			span.SetStatus(codes.Error, err.Error())
			span.End()
			break each
		default:
			loaded++
		}
	}
	span.SetAttributes(attribute.Int("loaded", loaded)) // want `^span\.SetAttributes comes after span\.End on line 162, so it is lost$`
	span.End()
}
