// Package ownership hands open spans over to a new owner: nothing here leaks.
package ownership

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"
)

var tracer = otel.Tracer("ownership")

func work(ctx context.Context) error { return ctx.Err() }

// Returned: the caller owns it.
func Returned(ctx context.Context) (context.Context, trace.Span) {
	ctx, span := tracer.Start(ctx, "returned")
	span.AddEvent("begin")
	return ctx, span
}

// ReturnedBare: named results and a bare return hand both over.
func ReturnedBare(parent context.Context) (ctx context.Context, span trace.Span, err error) {
	ctx, span = tracer.Start(parent, "returned-bare")
	err = work(ctx)
	return
}

// ReturnedWithError: the error path ends it, the other hands it over.
func ReturnedWithError(ctx context.Context) (trace.Span, error) {
	ctx, span := tracer.Start(ctx, "returned-with-error")
	if err := work(ctx); err != nil {
		span.End()
		return nil, err
	}
	return span, nil
}

// ReturnedOpenWithError hands the open span over even beside an error.
func ReturnedOpenWithError(ctx context.Context) (trace.Span, error) {
	ctx, span := tracer.Start(ctx, "returned-open-with-error")
	if err := work(ctx); err != nil {
		return span, err
	}
	return span, nil
}

// ReturnedEnd: the end function goes to the caller.
func ReturnedEnd(ctx context.Context) func() {
	_, span := tracer.Start(ctx, "returned-end")
	return func() { span.End() }
}

// ReturnedMethodValue: so does the method value.
func ReturnedMethodValue(ctx context.Context) func(...trace.SpanEndOption) {
	_, span := tracer.Start(ctx, "returned-method-value")
	return span.End
}

// ReturnedAny: and the span as an any.
func ReturnedAny(ctx context.Context) any {
	_, span := tracer.Start(ctx, "returned-any")
	return span
}

// ReturnedSlice: and spans in a slice.
func ReturnedSlice(ctx context.Context) []trace.Span {
	_, a := tracer.Start(ctx, "a")
	_, b := tracer.Start(ctx, "b")
	return []trace.Span{a, b}
}

// OutParameter: the caller passed a place for it.
func OutParameter(ctx context.Context, out *trace.Span) {
	_, *out = tracer.Start(ctx, "out-parameter")
}

// OutParameterCopy stores a local variable there.
func OutParameterCopy(ctx context.Context, out *trace.Span) {
	_, span := tracer.Start(ctx, "out-parameter-copy")
	*out = span
}

// Goroutine: the goroutine ends it.
func Goroutine(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "goroutine")
	go func() {
		defer span.End()
		_ = work(ctx)
	}()
}

// GoroutineArgument: the span is an argument of it.
func GoroutineArgument(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "goroutine-argument")
	go finishLater(ctx, span)
}

func finishLater(ctx context.Context, span trace.Span) {
	_ = work(ctx)
	span.End()
}

// GoroutineMethod: the goroutine is the End itself, after a wait.
func GoroutineMethod(ctx context.Context, done <-chan struct{}) {
	_, span := tracer.Start(ctx, "goroutine-method")
	go func() {
		<-done
		span.End()
	}()
}

// GoroutineOrSelf: one path hands it over, the other ends it.
func GoroutineOrSelf(ctx context.Context, async bool) error {
	ctx, span := tracer.Start(ctx, "goroutine-or-self")
	if async {
		go func() {
			defer span.End()
			_ = work(ctx)
		}()
		return nil
	}
	defer span.End()
	return work(ctx)
}

// Group: an errgroup's task ends it.
func Group(ctx context.Context, g *errgroup.Group) {
	ctx, span := tracer.Start(ctx, "group")
	g.Go(func() error {
		defer span.End()
		return work(ctx)
	})
}

// WaitGroup: a WaitGroup's goroutine ends it.
func WaitGroup(ctx context.Context) {
	var wg sync.WaitGroup
	ctx, span := tracer.Start(ctx, "wait-group")
	wg.Go(func() {
		_ = work(ctx)
		span.End()
	})
	wg.Wait()
}

// AfterFunc: ended when the context is.
func AfterFunc(ctx context.Context) {
	sctx, span := tracer.Start(ctx, "after-func")
	context.AfterFunc(ctx, func() { span.End() })
	_ = work(sctx)
}

// Timer: ended by a timer.
func Timer(ctx context.Context) *time.Timer {
	_, span := tracer.Start(ctx, "timer")
	return time.AfterFunc(time.Second, func() { span.End() })
}

// Finalizer: ended when the owner is collected.
func Finalizer(ctx context.Context) *int {
	_, span := tracer.Start(ctx, "finalizer")
	n := new(int)
	runtime.SetFinalizer(n, func(*int) { span.End() })
	return n
}

// Channel: the receiver ends it.
func Channel(ctx context.Context, out chan<- trace.Span) {
	_, span := tracer.Start(ctx, "channel")
	out <- span
}

// ChannelStruct: so does the receiver of a message that holds it.
func ChannelStruct(ctx context.Context, out chan<- task) {
	ctx, span := tracer.Start(ctx, "channel-struct")
	out <- task{ctx: ctx, span: span}
}

// ChannelSelect sends it, or ends it when nobody listens.
func ChannelSelect(ctx context.Context, out chan<- task) error {
	tctx, span := tracer.Start(ctx, "channel-select")
	select {
	case out <- task{ctx: tctx, span: span}:
		return nil
	case <-ctx.Done():
		span.End()
		return ctx.Err()
	}
}

type task struct {
	ctx  context.Context
	span trace.Span
}

// ChannelReader ends what the two above send.
func ChannelReader(in <-chan task) {
	for t := range in {
		_ = work(t.ctx)
		t.span.End()
	}
}

// Map: the registry owns it until Done.
func (r *Registry) Map(ctx context.Context, id string) {
	_, span := tracer.Start(ctx, id)
	r.mu.Lock()
	r.open[id] = span
	r.mu.Unlock()
}

// MapDirect assigns to the map at once.
func (r *Registry) MapDirect(ctx context.Context, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, r.open[id] = tracer.Start(ctx, id)
}

// SyncMap hands it to a concurrent map.
func (r *Registry) SyncMap(ctx context.Context, id string) {
	_, span := tracer.Start(ctx, id)
	r.shared.Store(id, span)
}

// Pool keeps a holder for later use.
func (r *Registry) Pool(ctx context.Context) {
	_, span := tracer.Start(ctx, "pool")
	r.pool.Put(&task{ctx: ctx, span: span})
}

// Atomic stores a pointer to a holder.
func (r *Registry) Atomic(ctx context.Context) {
	_, span := tracer.Start(ctx, "atomic")
	r.current.Store(&task{span: span})
}

// Registry owns open spans.
type Registry struct {
	mu      sync.Mutex
	open    map[string]trace.Span
	shared  sync.Map
	pool    sync.Pool
	current atomic.Pointer[task]
}

// Done ends one.
func (r *Registry) Done(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if span, ok := r.open[id]; ok {
		span.End()
		delete(r.open, id)
	}
	if v, ok := r.shared.LoadAndDelete(id); ok {
		v.(trace.Span).End()
	}
	if t := r.current.Swap(nil); t != nil {
		t.span.End()
	}
}

// current is a package variable: its owner is not one function.
var current trace.Span

// Global stores the span there.
func Global(ctx context.Context) {
	_, current = tracer.Start(ctx, "global")
}

// GlobalEnd ends it.
func GlobalEnd() { current.End() }

// Unsafe is silent: whoever has the address, under whatever type, may end the span.
func Unsafe(ctx context.Context) {
	_, span := tracer.Start(ctx, "unsafe")
	p := (*trace.Span)(unsafe.Pointer(&span))
	(*p).End()
}

// UnsafeField is silent for the same reason: the address was known before the span
// started.
func UnsafeField(ctx context.Context, known func(uintptr)) {
	var h struct{ span trace.Span }
	known(uintptr(unsafe.Pointer(&h)))
	_, h.span = tracer.Start(ctx, "unsafe")
	known(0)
}
