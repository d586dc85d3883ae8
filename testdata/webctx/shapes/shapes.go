// Package shapes converts gin's context to a context.Context in all ways that
// the language has.
package shapes

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

var tracer = otel.Tracer("shapes")

// Start starts a span from it.
func Start(c *gin.Context) {
	_, span := tracer.Start(c, "Start") // want `^c is used as a context, in which the request's span is not found unless`
	defer span.End()
}

// StartPoisons starts from it, and what follows is in the wrong trace, too: one
// finding.
func StartPoisons(c *gin.Context, users *backend.Users) {
	ctx, span := tracer.Start(c, "StartPoisons") // want `^c is used as a context, in which the request's span is not found unless`
	defer span.End()
	_, _ = users.Find(ctx, c.Param("id"))
}

// Wrapper starts with the project's wrapper.
func Wrapper(c *gin.Context) {
	_, span := backend.Span(c, "Wrapper") // want `^c is used as a context, in which the request's span is not found unless`
	defer span.End()
}

// Variable declares a variable of the interface's type.
func Variable(c *gin.Context, users *backend.Users) {
	var ctx context.Context = c // want `^c is used as a context, in which the request's span is not found unless`
	_, _ = users.Find(ctx, c.Param("id"))
}

// Assignment assigns to one.
func Assignment(c *gin.Context, users *backend.Users) {
	ctx := context.Background()
	if c.Query("detach") == "" {
		ctx = c // want `^c is used as a context, in which the request's span is not found unless`
	}
	_, _ = users.Find(ctx, c.Param("id"))
}

// Conversion converts.
func Conversion(c *gin.Context, users *backend.Users) {
	ctx := context.Context(c) // want `^c is used as a context, in which the request's span is not found unless`
	_, _ = users.Find(ctx, c.Param("id"))
}

// ctxOf returns it.
func ctxOf(c *gin.Context) context.Context {
	return c // want `^c is used as a context, in which the request's span is not found unless`
}

// Returned uses what it returns.
func Returned(c *gin.Context, users *backend.Users) {
	_, _ = users.Find(ctxOf(c), c.Param("id"))
}

// ctxAndID returns it as one of two results.
func ctxAndID(c *gin.Context) (context.Context, string) {
	return c, c.Param("id") // want `^c is used as a context, in which the request's span is not found unless`
}

// ReturnedPair passes both on.
func ReturnedPair(c *gin.Context, users *backend.Users) {
	_, _ = users.Find(ctxAndID(c))
}

// Field puts it into a struct.
func Field(c *gin.Context) {
	_ = backend.Do(backend.Params{Ctx: c, ID: c.Param("id")}) // want `^c is used as a context, in which the request's span is not found unless`
}

// FieldUnkeyed does so without a key.
func FieldUnkeyed(c *gin.Context) {
	_ = backend.Do(backend.Params{c, c.Param("id")}) // want `^c is used as a context, in which the request's span is not found unless`
}

// FieldAssigned does so later.
func FieldAssigned(c *gin.Context) {
	var p backend.Params
	p.ID = c.Param("id")
	p.Ctx = c // want `^c is used as a context, in which the request's span is not found unless`
	_ = backend.Do(p)
}

// Timeout derives a deadline.
func Timeout(c *gin.Context, users *backend.Users) {
	ctx, cancel := context.WithTimeout(c, 3*time.Second) // want `^c is used as a context, in which the request's span is not found unless`
	defer cancel()
	_, _ = users.Find(ctx, c.Param("id"))
}

type tenantKey struct{}

// Value derives a value.
func Value(c *gin.Context, users *backend.Users) {
	ctx := context.WithValue(c, tenantKey{}, c.GetHeader("X-Tenant")) // want `^c is used as a context, in which the request's span is not found unless`
	_, _ = users.Find(ctx, c.Param("id"))
}

// Detached detaches it for a goroutine.
func Detached(c *gin.Context, users *backend.Users) {
	ctx := context.WithoutCancel(c) // want `^c is used as a context, in which the request's span is not found unless`
	id := c.Param("id")
	go users.Find(ctx, id)
}

// Group derives a group.
func Group(c *gin.Context, users *backend.Users) {
	g, ctx := errgroup.WithContext(c) // want `^c is used as a context, in which the request's span is not found unless`
	for _, id := range c.QueryArray("id") {
		g.Go(func() error {
			_, err := users.Find(ctx, id)
			return err
		})
	}
	_ = g.Wait()
}

// Variadic passes it to a variadic parameter.
func Variadic(c *gin.Context) {
	backend.Notify("variadic", c) // want `^c is used as a context, in which the request's span is not found unless`
}

// Slice puts it into a slice.
func Slice(c *gin.Context) {
	backend.Notify("slice", []context.Context{c}...) // want `^c is used as a context, in which the request's span is not found unless`
}

// Channel sends it.
func Channel(c *gin.Context, in chan<- context.Context) {
	in <- c // want `^c is used as a context, in which the request's span is not found unless`
}

// FromContext looks for the request's span, and finds none.
func FromContext(c *gin.Context) {
	trace.SpanFromContext(c).AddEvent("seen") // want `^c is used as a context, in which the request's span is not found unless`
}

// GRPC calls another service.
func GRPC(c *gin.Context, client healthpb.HealthClient, cc *grpc.ClientConn) {
	_, _ = client.Check(c, &healthpb.HealthCheckRequest{}) // want `^c is used as a context, in which the request's span is not found unless`
	_ = cc.Invoke(c, "/m", nil, nil)                       // want `^c is used as a context, in which the request's span is not found unless`
}

// Function passes it to a parameter of function type, which works.
func Function(c *gin.Context, users *backend.Users) {
	with(func(ctx context.Context) error {
		_, err := users.Find(ctx, "function")
		return err
	}, c) // want `^c is used as a context, in which the request's span is not found unless`
}

func with(fn func(context.Context) error, ctx context.Context) { _ = fn(ctx) }

// API embeds what its handlers get.
type API struct {
	*gin.Context
	users *backend.Users
}

// Embedded passes the embedded context.
func (a *API) Embedded() {
	_, _ = a.users.Find(a.Context, "embedded") // want `^a\.Context is used as a context, in which the request's span is not found unless`
}

// Promoted passes the struct itself, which is a context by embedding.
func (a *API) Promoted() {
	_, _ = a.users.Find(a, "promoted") // want `^a is used as a context, in which the request's span is not found unless`
}

// scope keeps it in a field.
type scope struct {
	gc    *gin.Context
	users *backend.Users
}

func (s scope) field() {
	_, _ = s.users.Find(s.gc, s.gc.Param("id")) // want `^s\.gc is used as a context, in which the request's span is not found unless`
}
