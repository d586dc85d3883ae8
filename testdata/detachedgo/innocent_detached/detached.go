// Package innocent_detached detaches the context before the goroutine gets it:
// the trace is kept, and the cancellation is left behind.
package innocent_detached

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/detachedgo/pool"
	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

var tracer = otel.Tracer("detached")

// API has the handlers.
type API struct {
	healthpb.UnimplementedHealthServer
	svc  *work.Service
	pool *pool.Pool
}

// Hoisted detaches above the go statement.
func (a *API) Hoisted(c *gin.Context) {
	ctx := context.WithoutCancel(c.Request.Context())
	o := work.Order{ID: c.Param("id")}
	go func() {
		a.svc.Record(ctx, o)
	}()
	c.Status(http.StatusAccepted)
}

// InCall detaches in the call, which is evaluated at once.
func (a *API) InCall(c *gin.Context) {
	go a.svc.Record(context.WithoutCancel(c.Request.Context()), work.Order{ID: c.Param("id")})
	c.Status(http.StatusAccepted)
}

// Inside detaches in the goroutine: net/http's request is not reused, and a
// context that is cancelled already keeps its values.
func (a *API) Inside(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	id := r.PathValue("id")
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		a.svc.Record(ctx, work.Order{ID: id})
	}()
}

// Deadline detaches and has a deadline of its own, which the goroutine cancels.
func (a *API) Deadline(c echo.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), time.Minute)
	o := work.Order{ID: c.Param("id")}
	go func() {
		defer cancel()
		a.svc.Record(ctx, o)
	}()
	return c.NoContent(http.StatusAccepted)
}

// Carried carries the span over to a new root.
func (a *API) Carried(w http.ResponseWriter, r *http.Request) {
	ctx := trace.ContextWithSpan(context.Background(), trace.SpanFromContext(r.Context()))
	id := r.PathValue("id")
	go a.svc.Record(ctx, work.Order{ID: id})
}

// CarriedInside does so in the goroutine, with what it took before.
func (a *API) CarriedInside(c *gin.Context) {
	sc := trace.SpanContextFromContext(c.Request.Context())
	o := work.Order{ID: c.Param("id")}
	go func() {
		ctx := trace.ContextWithSpanContext(context.Background(), sc)
		a.svc.Record(ctx, o)
	}()
}

// CarriedRemote treats the request's span as a remote parent.
func (a *API) CarriedRemote(c *gin.Context) {
	sc := trace.SpanFromContext(c.Request.Context()).SpanContext()
	o := work.Order{ID: c.Param("id")}
	go func() {
		a.svc.Record(trace.ContextWithRemoteSpanContext(context.Background(), sc), o)
	}()
}

// Linked starts a root on purpose and links it to the request.
func (a *API) Linked(c *gin.Context) {
	link := trace.LinkFromContext(c.Request.Context())
	o := work.Order{ID: c.Param("id")}
	go func() {
		ctx, span := tracer.Start(context.Background(), "job", trace.WithLinks(link))
		defer span.End()
		a.svc.Record(ctx, o)
	}()
}

// NewRoot asks for a root.
func (a *API) NewRoot(c *gin.Context) {
	ctx := context.WithoutCancel(c.Request.Context())
	o := work.Order{ID: c.Param("id")}
	go func() {
		ctx, span := tracer.Start(ctx, "job", trace.WithNewRoot(), trace.WithLinks(trace.LinkFromContext(ctx)))
		defer span.End()
		a.svc.Record(ctx, o)
	}()
}

// detach is a helper of the team's own.
func detach(ctx context.Context) context.Context {
	return trace.ContextWithSpan(context.WithoutCancel(ctx), trace.SpanFromContext(ctx))
}

// Helper detaches by the helper.
func (a *API) Helper(c *gin.Context) {
	ctx := detach(c.Request.Context())
	o := work.Order{ID: c.Param("id")}
	go a.svc.Record(ctx, o)
}

type detached struct {
	context.Context
	values context.Context
}

// Value asks the context that was left.
func (d detached) Value(key any) any { return d.values.Value(key) }

// OwnType detaches by a type from before Go 1.21.
func (a *API) OwnType(c *gin.Context) {
	ctx := detached{context.Background(), c.Request.Context()}
	o := work.Order{ID: c.Param("id")}
	go func() {
		a.svc.Record(ctx, o)
	}()
}

// background starts work on the context that it gets: it cannot know whether
// that is cancelled before the work is done.
func (a *API) background(ctx context.Context, o work.Order) {
	go func() {
		a.svc.Record(ctx, o)
	}()
}

// Caller detaches once, in the caller.
func (a *API) Caller(c *gin.Context) {
	ctx := context.WithoutCancel(c.Request.Context())
	a.background(ctx, work.Order{ID: c.Param("id")})
	a.background(ctx, work.Order{ID: c.Query("id")})
}

// Submitted detaches for the pool.
func (a *API) Submitted(c *gin.Context) {
	ctx := context.WithoutCancel(c.Request.Context())
	id := c.Param("id")
	a.pool.Submit(func() { _ = spans.Mail(ctx, id, "hello") })
}

// Timer detaches for later.
func (a *API) Timer(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithoutCancel(r.Context())
	time.AfterFunc(time.Second, func() { _ = spans.Mail(ctx, "a@example.com", "later") })
}

// Check is a gRPC method that detaches.
func (a *API) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	bg := context.WithoutCancel(ctx)
	name := req.GetService()
	go a.svc.Record(bg, work.Order{ID: name})
	return &healthpb.HealthCheckResponse{}, nil
}

// Copy copies gin's context for what it needs of it, and detaches the rest.
func (a *API) Copy(c *gin.Context) {
	ctx := context.WithoutCancel(c.Request.Context())
	cp := c.Copy()
	go func() {
		a.svc.Record(ctx, work.Order{ID: cp.Param("id"), Email: cp.GetString("email")})
	}()
}

// CopyDetached detaches the copy's.
func (a *API) CopyDetached(c *gin.Context) {
	cp := c.Copy()
	go func() {
		ctx := context.WithoutCancel(cp.Request.Context())
		a.svc.Record(ctx, work.Order{ID: cp.Param("id")})
	}()
}

// Cloned gives the goroutine a request of its own.
func (a *API) Cloned(w http.ResponseWriter, r *http.Request) {
	r2 := r.Clone(context.WithoutCancel(r.Context()))
	go func() {
		a.svc.Record(r2.Context(), work.Order{ID: r2.PathValue("id")})
	}()
}

// Commented says why it wants neither the trace nor the cancellation.
func (a *API) Commented(c *gin.Context) {
	id := c.Param("id")
	go func() {
		// must outlive the request, and must not be part of its trace
		_ = spans.Mail(context.Background(), id, "reminder")
	}()
}
