// Package recorded records errors and leaves the status alone.
package recorded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("recorded")

func work(context.Context) error        { return nil }
func load(context.Context) (int, error) { return 0, nil }
func store(context.Context, int) error  { return nil }
func reply(http.ResponseWriter, error)  {}

func Textbook(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Textbook")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err) // want `^span.RecordError leaves the status of the span unset, so the operation looks as if it had succeeded$`
		return err
	}
	return nil
}

func Wrapped(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Wrapped")
	defer span.End()
	n, err := load(ctx)
	if err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		return fmt.Errorf("loading: %w", err)
	}
	if err := store(ctx, n); err != nil {
		span.RecordError(err, trace.WithStackTrace(true)) // want `span.RecordError leaves the status`
		return fmt.Errorf("storing: %w", err)
	}
	return nil
}

func Results(ctx context.Context) (int, error) {
	ctx, span := tracer.Start(ctx, "Results")
	defer span.End()
	n, err := load(ctx)
	if err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		return 0, err
	}
	return n, nil
}

func NamedResult(ctx context.Context) (n int, err error) {
	ctx, span := tracer.Start(ctx, "NamedResult")
	defer span.End()
	if n, err = load(ctx); err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		return
	}
	return
}

func NoDefer(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "NoDefer")
	err := work(ctx)
	if err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		span.End()
		return err
	}
	span.End()
	return nil
}

// Same returns the error on the way that goes on.
func Same(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Same")
	defer span.End()
	err := work(ctx)
	if err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
	}
	return err
}

// Unguarded records an error that may be nil.
func Unguarded(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Unguarded")
	defer span.End()
	err := work(ctx)
	span.RecordError(err) // want `span.RecordError leaves the status`
	return err
}

// SetAgain has an error that may have become nil.
func SetAgain(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "SetAgain")
	defer span.End()
	err := work(ctx)
	if err != nil {
		err = work(ctx)
		span.RecordError(err) // want `span.RecordError leaves the status`
		return err
	}
	return nil
}

func Handler(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Handler")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func Gin(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "Gin")
	defer span.End()
	n, err := load(ctx)
	if err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		c.JSON(500, gin.H{"error": err.Error()})
		return
	}
	c.JSON(200, n)
}

func Logged(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Logged")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		slog.ErrorContext(ctx, "failed", "error", err)
		return err
	}
	return nil
}

func Attributes(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Attributes")
	defer span.End()
	if err := work(ctx); err != nil {
		span.SetAttributes(attribute.Bool("failed", true))
		span.RecordError(err) // want `span.RecordError leaves the status`
		span.AddEvent("gave up")
		return err
	}
	return nil
}

func DeferredClosure(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "DeferredClosure")
	defer func() {
		if err != nil {
			span.RecordError(err) // want `span.RecordError leaves the status`
		}
		span.End()
	}()
	return work(ctx)
}

func DeferredFirst(ctx context.Context) (n int, err error) {
	ctx, span := tracer.Start(ctx, "DeferredFirst")
	defer span.End()
	defer func() {
		if err != nil {
			span.SetAttributes(attribute.Bool("failed", true))
			span.RecordError(err) // want `span.RecordError leaves the status`
		}
	}()
	if err := work(ctx); err != nil {
		return 0, err
	}
	return 1, nil
}

func InClosure(ctx context.Context, run func(func() error)) {
	run(func() error {
		ctx, span := tracer.Start(ctx, "InClosure")
		defer span.End()
		if err := work(ctx); err != nil {
			span.RecordError(err) // want `span.RecordError leaves the status`
			return err
		}
		return nil
	})
}

func start(ctx context.Context, name string) (context.Context, trace.Span) {
	return tracer.Start(ctx, name)
}

func Wrapper(ctx context.Context) error {
	ctx, span := start(ctx, "Wrapper")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		return err
	}
	return nil
}

func NewError(ctx context.Context, n int) error {
	_, span := tracer.Start(ctx, "NewError")
	defer span.End()
	if n < 0 {
		err := errors.New("negative")
		span.RecordError(err) // want `span.RecordError leaves the status`
		return err
	}
	return nil
}

// NoVariable has no variable to take the status from: no fix.
func NoVariable(ctx context.Context, n int) error {
	_, span := tracer.Start(ctx, "NoVariable")
	defer span.End()
	if n < 0 {
		span.RecordError(errors.New("negative")) // want `span.RecordError leaves the status`
		return errors.New("negative")
	}
	return nil
}

// OneOfTwo sets the status on the other way.
func OneOfTwo(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "OneOfTwo")
	defer span.End()
	n, err := load(ctx)
	if err != nil {
		span.RecordError(err)
		span.SetStatus(1, err.Error())
		return err
	}
	if err := store(ctx, n); err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		return err
	}
	return nil
}
