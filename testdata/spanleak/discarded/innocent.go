package discarded

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/trace"
)

// ReturnContext is a hook that leaves the span in the context that it returns;
// the other half of the pair takes it out again.
func ReturnContext(ctx context.Context) context.Context {
	ctx, _ = tracer.Start(ctx, "return-context")
	return ctx
}

// ReturnContextDone is that other half.
func ReturnContextDone(ctx context.Context) {
	trace.SpanFromContext(ctx).End()
}

// EndFromContext takes the span out of the context to end it.
func EndFromContext(ctx context.Context) error {
	ctx, _ = tracer.Start(ctx, "end-from-context")
	defer trace.SpanFromContext(ctx).End()
	return work(ctx)
}

// NamedFromContext gives the span a name one line later.
func NamedFromContext(ctx context.Context) error {
	sctx, _ := tracer.Start(ctx, "named-from-context")
	span := trace.SpanFromContext(sctx)
	defer span.End()
	return work(sctx)
}

// EndHelper ends the span through a helper that takes the context.
func EndHelper(ctx context.Context) error {
	ctx, _ = tracer.Start(ctx, "end-helper")
	defer endSpan(ctx)
	return work(ctx)
}

func endSpan(ctx context.Context) {
	trace.SpanFromContext(ctx).End()
}

// EndHelperWithError does so in a closure, with the error.
func EndHelperWithError(ctx context.Context) (err error) {
	ctx, _ = tracer.Start(ctx, "end-helper-with-error")
	defer func() { endSpanErr(ctx, err) }()
	return work(ctx)
}

func endSpanErr(ctx context.Context, err error) {
	span := trace.SpanFromContext(ctx)
	if err != nil {
		span.RecordError(err)
	}
	span.End()
}

// Stored keeps the context in a struct whose Close ends the span.
func Stored(ctx context.Context) *Job {
	ctx, _ = tracer.Start(ctx, "stored")
	return &Job{ctx: ctx}
}

// Job owns the span in its context.
type Job struct {
	ctx context.Context
}

// Close ends the job's span.
func (j *Job) Close() {
	trace.SpanFromContext(j.ctx).End()
}

// Sent sends the context to a worker, which ends the span.
func Sent(ctx context.Context, jobs chan<- context.Context) {
	ctx, _ = tracer.Start(ctx, "sent")
	jobs <- ctx
}

// Worker is that worker.
func Worker(jobs <-chan context.Context) {
	for ctx := range jobs {
		_ = work(ctx)
		trace.SpanFromContext(ctx).End()
	}
}

// EndedInGoroutine captures the context in a goroutine that ends the span.
func EndedInGoroutine(ctx context.Context) {
	ctx, _ = tracer.Start(ctx, "ended-in-goroutine")
	go func() {
		defer trace.SpanFromContext(ctx).End()
		_ = work(ctx)
	}()
}

// IntoRequest puts the context on the request for whoever comes after: unsure
// who ends it (a pair of hooks has this shape), therefore silent.
func IntoRequest(r *http.Request) {
	ctx, _ := tracer.Start(r.Context(), "into-request")
	*r = *r.WithContext(ctx)
}

// IntoNewRequest returns the request with the context in it.
func IntoNewRequest(r *http.Request) *http.Request {
	ctx, _ := tracer.Start(r.Context(), "into-new-request")
	return r.WithContext(ctx)
}

// IntoValue returns a context that was derived from the span's.
func IntoValue(ctx context.Context) context.Context {
	sctx, _ := tracer.Start(ctx, "into-value")
	return context.WithValue(sctx, valueKey{}, "v")
}

type valueKey struct{}

// Named takes the context as a named result.
func Named(parent context.Context) (ctx context.Context, err error) {
	ctx, _ = tracer.Start(parent, "named")
	err = work(ctx)
	return
}

// A Store keeps what watches it, with the span in its context, and ends that when the
// watch is cancelled.
type Store interface {
	Watch(ctx context.Context, key string) (cancel func())
}

// LeftToStore is silent: nothing but the method could be meant to end the span, and
// what runs there is not known.
func LeftToStore(ctx context.Context, s Store) func() {
	wctx, _ := tracer.Start(ctx, "left-to-store")
	return s.Watch(wctx, "key")
}
