package callers

import (
	"context"
	"fmt"

	"github.com/tracevet/tracevet/testdata/spanleak/wrappers/telemetry"
	"go.opentelemetry.io/otel/trace"
)

// EndAlone ends what StartSpan returns.
func EndAlone(ctx context.Context) error {
	span := telemetry.StartSpan(ctx, "end-alone")
	defer span.End()
	return work(ctx)
}

// EndDecorated ends it by hand on both paths.
func EndDecorated(ctx context.Context) error {
	ctx, span := telemetry.StartWithAttributes(ctx, "end-decorated")
	if err := work(ctx); err != nil {
		span.End()
		return err
	}
	span.End()
	return nil
}

// EndByPointer defers a helper with the address of the named result.
func EndByPointer(ctx context.Context) (err error) {
	ctx, span := telemetry.Start(ctx, "end-by-pointer")
	defer telemetry.End(span, &err)
	return work(ctx)
}

// EndByHelper calls a helper on the only path.
func EndByHelper(ctx context.Context) error {
	ctx, span := telemetry.Start(ctx, "end-by-helper")
	err := work(ctx)
	telemetry.SetStatusAndEnd(span, err)
	return err
}

// EndByHelperInClosure calls it in a deferred closure.
func EndByHelperInClosure(ctx context.Context) (err error) {
	ctx, span := telemetry.Start(ctx, "end-by-helper-in-closure")
	defer func() { telemetry.SetStatusAndEnd(span, err) }()
	return work(ctx)
}

// EndByReturn ends the span in the return statement.
func EndByReturn(ctx context.Context) error {
	ctx, span := telemetry.Start(ctx, "end-by-return")
	return telemetry.EndVia(span, work(ctx))
}

// EndByFunc passes a function that asks for the error.
func EndByFunc(ctx context.Context) (err error) {
	ctx, span := telemetry.Start(ctx, "end-by-func")
	defer telemetry.EndFunc(span, func() error { return err })
	return work(ctx)
}

// EndByVariadic ends two spans with one call.
func EndByVariadic(ctx context.Context) error {
	ctx, a := telemetry.Start(ctx, "a")
	ctx, b := telemetry.Start(ctx, "b")
	defer telemetry.EndAll(b, a)
	return work(ctx)
}

// EndByContext ends the span through the context.
func EndByContext(ctx context.Context) error {
	ctx, span := telemetry.Start(ctx, "end-by-context")
	defer telemetry.EndSpan(ctx)
	span.AddEvent("begin")
	return work(ctx)
}

// EndNonNil passes a span that may be nil.
func EndNonNil(ctx context.Context) error {
	ctx, span := telemetry.MaybeStart(ctx, "end-non-nil")
	defer telemetry.EndNonNil(span)
	return work(ctx)
}

// EndIfNotNil guards the defer: the wrapper returns nil when tracing is off.
func EndIfNotNil(ctx context.Context) error {
	ctx, span := telemetry.MaybeStart(ctx, "end-if-not-nil")
	if span != nil {
		defer span.End()
	}
	return work(ctx)
}

// ReturnIfNil leaves where the span is nil, and ends it elsewhere.
func ReturnIfNil(ctx context.Context) error {
	ctx, span := telemetry.MaybeStart(ctx, "return-if-nil")
	if span == nil {
		return work(ctx)
	}
	err := work(ctx)
	span.End()
	return err
}

// EndOnError relies on a helper that ends the span of a failure, and says so
// with its result: a report would need to know both.
func EndOnError(ctx context.Context) error {
	ctx, span := telemetry.Start(ctx, "end-on-error")
	err := work(ctx)
	if telemetry.EndOnError(span, err) {
		return err
	}
	span.End()
	return nil
}

// DoneStruct ends the struct.
func DoneStruct(ctx context.Context) (err error) {
	ctx, op := telemetry.NewOp(ctx, "done-struct")
	defer func() { op.Done(err) }()
	return work(ctx)
}

// DoneOnBothPaths ends the struct by hand.
func DoneOnBothPaths(ctx context.Context) error {
	ctx, op := telemetry.NewOp(ctx, "done-on-both-paths")
	if err := work(ctx); err != nil {
		op.Done(err)
		return err
	}
	op.Done(nil)
	return nil
}

// CopyOfStruct ends a copy: it holds the same span.
func CopyOfStruct(ctx context.Context) error {
	ctx, op := telemetry.NewOp(ctx, "copy-of-struct")
	same := op
	defer same.Done(nil)
	return work(ctx)
}

// FinishFluent defers the end of a chain that is evaluated at once.
func FinishFluent(ctx context.Context, id string) error {
	defer telemetry.Begin(ctx, "finish-fluent").With("id", id).Finish()
	return work(ctx)
}

// FinishFluentLater chains on the variable.
func FinishFluentLater(ctx context.Context, id string) error {
	op := telemetry.Begin(ctx, "finish-fluent-later")
	defer op.With("id", id).Finish()
	return work(ctx)
}

// FinishInterface finishes the project's own span.
func FinishInterface(ctx context.Context) error {
	ctx, sp := telemetry.Open(ctx, "finish-interface")
	err := work(ctx)
	sp.Tag("k", "v").Finish(err)
	return err
}

// CallEnd calls the end function.
func CallEnd(ctx context.Context) error {
	ctx, end := telemetry.Trace(ctx, "call-end")
	defer end()
	return work(ctx)
}

// CallEndErr calls the end function with the named result.
func CallEndErr(ctx context.Context) (err error) {
	ctx, end := telemetry.TraceErr(ctx, "call-end-err")
	defer func() { end(err) }()
	return work(ctx)
}

// CallTimer starts now and ends later, in one statement.
func CallTimer(ctx context.Context) error {
	defer telemetry.Time(ctx, "call-timer")()
	return work(ctx)
}

// PassEnd hands the end function to one who calls it.
func PassEnd(ctx context.Context, onClose func(func())) error {
	ctx, end := telemetry.Trace(ctx, "pass-end")
	onClose(end)
	return work(ctx)
}

// ReturnEnd hands it to the caller.
func ReturnEnd(ctx context.Context) (context.Context, func()) {
	ctx, end := telemetry.Trace(ctx, "return-end")
	return ctx, func() {
		end()
	}
}

// EndField ends the exported field.
func EndField(ctx context.Context) error {
	t := telemetry.StartTimer(ctx, "end-field")
	defer t.Span.End()
	return work(ctx)
}

// EndPromoted ends the embedded span.
func EndPromoted(ctx context.Context) error {
	ctx, tr := telemetry.StartTraced(ctx, "end-promoted")
	defer tr.End()
	return work(ctx)
}

// EndPromotedField ends it by the field's name.
func EndPromotedField(ctx context.Context) error {
	ctx, tr := telemetry.StartTraced(ctx, "end-promoted-field")
	defer tr.Span.End()
	return work(ctx)
}

// Generic calls helpers that end their spans themselves.
func Generic(ctx context.Context) (int, error) {
	n, err := telemetry.WithSpan(ctx, "generic", func(ctx context.Context) (int, error) {
		return 1, work(ctx)
	})
	if err != nil {
		return 0, fmt.Errorf("generic: %w", err)
	}
	return n, telemetry.Run(ctx, "run", func(ctx context.Context, span trace.Span) error {
		span.AddEvent("lent by Run, which ends it")
		return work(ctx)
	})
}

// Annotated ends what the annotating helper gives back.
func Annotated(ctx context.Context) error {
	ctx, span := telemetry.Start(ctx, "annotated")
	defer telemetry.Annotate(span, "k", "v").End()
	return work(ctx)
}

// Nested passes both results of the wrapper on to a function that ends the span.
func Nested(ctx context.Context) error {
	return endAfter(telemetry.Start(ctx, "nested"))
}

func endAfter(ctx context.Context, span trace.Span) error {
	defer span.End()
	return work(ctx)
}
