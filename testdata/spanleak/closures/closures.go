package closures

import (
	"context"
	"net/http"
	"sync"
	"time"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"
)

// LocalEnd has a closure that ends the span, and does not call it on one path.
func LocalEnd(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "local-end") // want `span is not ended on the path that returns on line 24,`
	end := func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
	if ctx.Err() != nil {
		return errEmpty
	}
	err := work(ctx)
	end(err)
	return err
}

// MethodValue keeps span.End in a variable, and does not call it on one path.
func MethodValue(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "method-value") // want `span is not ended on the path that returns on line 36,`
	finish := span.End
	if err := work(ctx); err != nil {
		return err
	}
	finish()
	return nil
}

// DeferredClosureRecordsOnly has a deferred closure that records, but does not end.
func DeferredClosureRecordsOnly(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "deferred-closure-records-only") // want `span is never ended, so it is never exported`
	defer func() {
		if err != nil {
			span.RecordError(err)
		}
	}()
	return work(ctx)
}

// CalledLiteral starts a span in a literal that is called on the spot.
func CalledLiteral(ctx context.Context) error {
	return func() error {
		ctx, span := tracer.Start(ctx, "called-literal") // want `span is not ended on the path that returns on line 58,`
		if err := work(ctx); err != nil {
			return err
		}
		span.End()
		return nil
	}()
}

// Goroutine starts a span of its own and leaves early.
func Goroutine(ctx context.Context, in <-chan string) {
	go func() {
		ctx, span := tracer.Start(ctx, "goroutine") // want `span is not ended on the path that returns on line 70,`
		if _, ok := <-in; !ok {
			return
		}
		_ = work(ctx)
		span.End()
	}()
}

// GoroutineEnd falls off the end of the literal.
func GoroutineEnd(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Go(func() {
		ctx, span := tracer.Start(ctx, "goroutine-end") // want `span is not ended on the path that reaches the end of the function on line 85,`
		if err := work(ctx); err == nil {
			span.End()
		}
	})
	wg.Wait()
}

// ErrGroup starts a span in each task.
func ErrGroup(ctx context.Context, ids []string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error {
			ctx, span := tracer.Start(gctx, "errgroup") // want `span is not ended on the path that returns on line 96,`
			if id == "" {
				return errEmpty
			}
			err := work(ctx)
			span.End()
			return err
		})
	}
	return g.Wait()
}

// Callback is given to a timer.
func Callback(ctx context.Context) *time.Timer {
	return time.AfterFunc(time.Second, func() {
		_, span := tracer.Start(ctx, "callback") // want `span is never ended, so it is never exported`
		span.AddEvent("fired")
	})
}

// Table holds functions in a map.
var Table = map[string]func(context.Context) error{
	"good": func(ctx context.Context) error {
		ctx, span := tracer.Start(ctx, "table-good")
		defer span.End()
		return work(ctx)
	},
	"bad": func(ctx context.Context) error {
		ctx, span := tracer.Start(ctx, "table-bad") // want `span is not ended on the path that returns on line 124,`
		if err := work(ctx); err != nil {
			return err
		}
		span.End()
		return nil
	},
}

// Middleware returns a literal that forgets the rejected request.
func Middleware(next func(context.Context) error, allowed func() bool) func(context.Context) error {
	return func(ctx context.Context) error {
		ctx, span := tracer.Start(ctx, "middleware") // want `span is not ended on the path that returns on line 136,`
		if !allowed() {
			return errEmpty
		}
		err := next(ctx)
		span.End()
		return err
	}
}

// PassedToLiteral passes the span to a literal that borrows it.
func PassedToLiteral(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "passed-to-literal") // want `span is never ended, so it is never exported`
	func(s trace.Span) {
		s.AddEvent("borrowed")
	}(span)
	return work(ctx)
}

// CapturedToRead captures the span in a literal that stays in the function.
func CapturedToRead(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "captured-to-read") // want `span is not ended on the path that returns on line 160,`
	note := func(msg string) { span.AddEvent(msg) }
	note("begin")
	if err := work(ctx); err != nil {
		note("failed")
		return err
	}
	note("end")
	span.End()
	return nil
}

// OtherSpanInClosure ends another span in the deferred closure.
func OtherSpanInClosure(ctx context.Context) error {
	ctx, outer := tracer.Start(ctx, "other-span-outer")
	ctx, inner := tracer.Start(ctx, "other-span-inner") // want `inner is never ended, so it is never exported`
	defer func() {
		outer.End()
	}()
	inner.AddEvent("open")
	return work(ctx)
}

// ShadowInClosure declares its own span in the closure that was to end the outer one.
func ShadowInClosure(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "shadow-in-closure") // want `span is never ended, so it is never exported`
	span.AddEvent("open")
	defer func() {
		_, span := tracer.Start(ctx, "cleanup")
		span.End()
	}()
	return work(ctx)
}

// HandlerFunc is a literal converted to a handler type.
var HandlerFunc = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "handler-func") // want `span is not ended on the path that returns on line 194,`
	if err := work(ctx); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
	span.End()
})

// StructField is a literal in a struct.
func StructField() Hooks {
	return Hooks{
		OnOpen: func(ctx context.Context) error {
			ctx, span := tracer.Start(ctx, "struct-field") // want `span is not ended on the path that returns on line 206,`
			if err := work(ctx); err != nil {
				return err
			}
			span.End()
			return nil
		},
	}
}

// Hooks is called by someone else.
type Hooks struct {
	OnOpen func(context.Context) error
}
