// Package older has spans whose context has its uses, and work that is given the
// older one all the same.
package older

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

var tracer = otel.Tracer("older")

// LogsOnly has the new context for the log, and the work on the older one.
func LogsOnly(ctx context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "LogsOnly")
	defer span.End()
	slog.InfoContext(spanCtx, "placing", "id", it.ID)
	return svc.Place(ctx, it) // want `ctx is from before span, so what svc\.Place traces is not under span, whose context is spanCtx`
}

// Asks looks whether it is over, and no more.
func Asks(ctx context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "Asks")
	defer span.End()
	if spanCtx.Err() != nil {
		return spanCtx.Err()
	}
	return svc.Place(ctx, it) // want `ctx is from before span, so what svc\.Place traces is not under span, whose context is spanCtx`
}

// Marks takes the span out of it, to write to that.
func Marks(ctx context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "Marks")
	defer span.End()
	trace.SpanFromContext(spanCtx).SetAttributes(attribute.String("id", it.ID))
	return svc.Place(ctx, it) // want `ctx is from before span, so what svc\.Place traces is not under span, whose context is spanCtx`
}

// Between has two of three calls right.
func Between(ctx context.Context, svc *service.Orders, it store.Order) error {
	childCtx, span := tracer.Start(ctx, "Between")
	defer span.End()
	if _, err := svc.Load(childCtx, it.ID); err != nil {
		return err
	}
	if _, err := svc.Load(ctx, "parent-"+it.ID); err != nil { // want `ctx is from before span, so what svc\.Load traces is not under span, whose context is childCtx`
		return err
	}
	return svc.Place(childCtx, it)
}

// Bracket has its End by hand, and begins with the wrong one.
func Bracket(ctx context.Context, svc *service.Orders, ids []string) error {
	for _, id := range ids {
		itemCtx, span := tracer.Start(ctx, "item")
		it, err := svc.Load(ctx, id) // want `ctx is from before span, so what svc\.Load traces is not under span, whose context is itemCtx`
		if err == nil {
			err = svc.Place(itemCtx, it)
		}
		span.End()
		if err != nil {
			return err
		}
	}
	return nil
}

// Server has handlers.
type Server struct{ svc *service.Orders }

func (s *Server) find(r *http.Request) (store.Order, error) {
	return s.svc.Load(r.Context(), r.PathValue("id"))
}

// Get gives a helper the request, with the older context in it.
func (s *Server) Get(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Get")
	defer span.End()
	it, err := s.find(r) // want `r is from before span, so what s\.find traces is not under span, whose context is ctx`
	if err != nil {
		http.NotFound(w, r)
		return
	}
	_ = s.svc.Place(ctx, it)
}

// Put does so after work that is right.
func (s *Server) Put(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Put")
	defer span.End()
	if err := s.svc.Place(ctx, store.Order{ID: r.PathValue("id")}); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	_, _ = s.find(r) // want `r is from before span, so what s\.find traces is not under span, whose context is ctx`
}

func (s *Server) findGin(c *gin.Context) (store.Order, error) {
	return s.svc.Load(c.Request.Context(), c.Param("id"))
}

// Gin does so with gin's own context.
func (s *Server) Gin(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "Gin")
	defer span.End()
	it, err := s.findGin(c) // want `c is from before span, so what s\.findGin traces is not under span, whose context is ctx`
	if err != nil {
		c.Status(http.StatusNotFound)
		return
	}
	_ = s.svc.Place(ctx, it)
}
