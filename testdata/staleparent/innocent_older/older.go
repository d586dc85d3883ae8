// Package innocent_older has work on an older context that its authors may mean:
// nothing in it is reported.
package innocent_older

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

var tracer = otel.Tracer("innocent_older")

// First gives the new context to what the span is about, and goes on with the
// older one.
func First(ctx context.Context, svc *service.Orders, it store.Order) error {
	checkCtx, check := tracer.Start(ctx, "check")
	defer check.End()
	if _, err := svc.Load(checkCtx, it.ID); err != nil {
		return err
	}
	return svc.Place(ctx, it)
}

// Later hands it to somebody who may work on it.
func Later(ctx context.Context, svc *service.Orders, it store.Order, jobs chan context.Context) error {
	jobCtx, span := tracer.Start(ctx, "Later")
	defer span.End()
	jobs <- jobCtx
	return svc.Place(ctx, it)
}

// Field keeps it, for what follows.
func Field(ctx context.Context, svc *service.Orders, it store.Order, s *struct{ ctx context.Context }) error {
	spanCtx, span := tracer.Start(ctx, "Field")
	defer span.End()
	s.ctx = spanCtx
	return svc.Place(ctx, it)
}

// Value gives it to a function that only the running program knows.
func Value(ctx context.Context, svc *service.Orders, it store.Order, each func(context.Context)) error {
	spanCtx, span := tracer.Start(ctx, "Value")
	defer span.End()
	each(spanCtx)
	return svc.Place(ctx, it)
}

// Parent writes to the caller's span, before work under its own.
func Parent(ctx context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "Parent")
	defer span.End()
	trace.SpanFromContext(ctx).SetAttributes(attribute.String("id", it.ID))
	return svc.Place(spanCtx, it)
}

func note(ctx context.Context, name string) { trace.SpanFromContext(ctx).AddEvent(name) }

// ParentNoted does so with a helper.
func ParentNoted(ctx context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "ParentNoted")
	defer span.End()
	note(ctx, "placing")
	return svc.Place(spanCtx, it)
}

// Shorter gives the part under the span less time than the rest: the older context
// is another one than the span's parent.
func Shorter(ctx context.Context, svc *service.Orders, it store.Order) error {
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	short, span := tracer.Start(short, "Shorter")
	defer span.End()
	if _, err := svc.Load(ctx, it.ID); err != nil {
		return err
	}
	return svc.Place(short, it)
}

// Ended is over where the older context is used.
func Ended(ctx context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "Ended")
	slog.InfoContext(spanCtx, "checked")
	span.End()
	return svc.Place(ctx, it)
}

// Maybe ends it on one path before that.
func Maybe(ctx context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "Maybe")
	slog.InfoContext(spanCtx, "checked")
	if it.Amount == 0 {
		span.End()
	} else {
		defer span.End()
	}
	return svc.Place(ctx, it)
}

// Explained says why.
func Explained(ctx context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "Explained")
	defer span.End()
	// The order belongs to the caller's span: ours is the check alone.
	if err := svc.Place(ctx, it); err != nil {
		return err
	}
	_, err := svc.Load(spanCtx, it.ID)
	return err
}

// Branch starts one on some paths.
func Branch(ctx context.Context, svc *service.Orders, it store.Order, verbose bool) error {
	if verbose {
		spanCtx, span := tracer.Start(ctx, "Branch")
		defer span.End()
		slog.InfoContext(spanCtx, "verbose")
	}
	return svc.Place(ctx, it)
}

// Other is work on the context of somebody else.
func Other(ctx, job context.Context, svc *service.Orders, it store.Order) error {
	spanCtx, span := tracer.Start(ctx, "Other")
	defer span.End()
	if err := svc.Place(job, it); err != nil {
		return err
	}
	_, err := svc.Load(spanCtx, it.ID)
	return err
}

// Server has handlers.
type Server struct{ svc *service.Orders }

func (s *Server) find(r *http.Request) (store.Order, error) {
	return s.svc.Load(r.Context(), r.PathValue("id"))
}

// Put puts the context on the request first.
func (s *Server) Put(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Put")
	defer span.End()
	r = r.WithContext(ctx)
	if it, err := s.find(r); err == nil {
		_ = s.svc.Place(ctx, it)
	}
}

// Copy puts it on the one that it gives on.
func (s *Server) Copy(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Copy")
	defer span.End()
	if it, err := s.find(r.WithContext(ctx)); err == nil {
		_ = s.svc.Place(ctx, it)
	}
}

func (s *Server) both(ctx context.Context, r *http.Request) (store.Order, error) {
	return s.svc.Load(ctx, r.PathValue("id"))
}

// Both gives the helper the context beside the request.
func (s *Server) Both(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Both")
	defer span.End()
	if it, err := s.both(ctx, r); err == nil {
		_ = s.svc.Place(ctx, it)
	}
}

func id(r *http.Request) string { return r.PathValue("id") }

// Reads gives the request to a function that does nothing with its context.
func (s *Server) Reads(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Reads")
	defer span.End()
	_ = s.svc.Place(ctx, store.Order{ID: id(r)})
}

func (s *Server) findGin(c *gin.Context) (store.Order, error) {
	return s.svc.Load(c.Request.Context(), c.Param("id"))
}

// Gin puts it on gin's request.
func (s *Server) Gin(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "Gin")
	defer span.End()
	c.Request = c.Request.WithContext(ctx)
	if it, err := s.findGin(c); err == nil {
		_ = s.svc.Place(ctx, it)
	}
}
