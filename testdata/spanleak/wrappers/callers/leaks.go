package callers

import (
	"context"

	"github.com/tracevet/tracevet/testdata/spanleak/wrappers/telemetry"
)

// SpanAlone forgets the span that StartSpan returns.
func SpanAlone(ctx context.Context) error {
	span := telemetry.StartSpan(ctx, "span-alone") // want `^span is never ended, so it is never exported$`
	span.AddEvent("begin")
	return work(ctx)
}

// SpanAlonePath leaks it on one path.
func SpanAlonePath(ctx context.Context) error {
	span := telemetry.StartSpan(ctx, "span-alone-path") // want `span is not ended on the path that returns on line 20,`
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// ContextAndSpan leaks on one path.
func ContextAndSpan(ctx context.Context) error {
	ctx, span := telemetry.Start(ctx, "context-and-span") // want `span is not ended on the path that returns on line 30,`
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// Decorated goes through a wrapper of a wrapper.
func Decorated(ctx context.Context) error {
	ctx, span := telemetry.StartWithAttributes(ctx, "decorated") // want `span is never ended, so it is never exported`
	span.AddEvent("begin")
	return work(ctx)
}

// NamedResults goes through a wrapper with a bare return.
func NamedResults(ctx context.Context) error {
	ctx, span := telemetry.Named(ctx, "named-results") // want `span is not ended on the path that returns on line 48,`
	if err := work(ctx); err != nil {
		telemetry.Record(span, err)
		return err
	}
	span.End()
	return nil
}

// Maybe guards the attributes of the span that may be nil, and has no End.
func Maybe(ctx context.Context) error {
	ctx, span := telemetry.MaybeStart(ctx, "maybe") // want `span is never ended, so it is never exported`
	if span != nil {
		span.AddEvent("begin")
	}
	return work(ctx)
}

// MaybePath returns before the guarded End.
func MaybePath(ctx context.Context) error {
	ctx, span := telemetry.MaybeStart(ctx, "maybe-path") // want `span is not ended on the path that returns on line 67,`
	if err := work(ctx); err != nil {
		return err
	}
	if span != nil {
		span.End()
	}
	return nil
}

// OrNoop leaks whenever tracing is on.
func OrNoop(ctx context.Context) error {
	ctx, span := telemetry.StartOrNoop(ctx, "or-noop") // want `span is not ended on the path that returns on line 79,`
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// Struct forgets Done on one path.
func Struct(ctx context.Context) error {
	ctx, op := telemetry.NewOp(ctx, "struct") // want `^op is not ended on the path that returns on line 90, so it is never exported$`
	op.Note("begin")
	if err := work(ctx); err != nil {
		return err
	}
	op.Done(nil)
	return nil
}

// StructNever has no Done.
func StructNever(ctx context.Context) error {
	ctx, op := telemetry.NewOp(ctx, "struct-never") // want `^op is never ended, so it is never exported$`
	op.Note("begin")
	return work(ctx)
}

// Pointer has no Finish.
func Pointer(ctx context.Context) error {
	op := telemetry.Begin(ctx, "pointer") // want `op is never ended, so it is never exported`
	op.With("k", "v")
	return work(ctx)
}

// PointerFluent starts with a chain of calls.
func PointerFluent(ctx context.Context, id string) error {
	op := telemetry.Begin(ctx, "pointer-fluent").With("id", id).With("k", "v") // want `op is not ended on the path that returns on line 114,`
	if id == "" {
		return errEmpty
	}
	err := work(ctx)
	op.Finish()
	return err
}

// Interface has no Finish.
func Interface(ctx context.Context) error {
	ctx, sp := telemetry.Open(ctx, "interface") // want `^sp is never ended, so it is never exported$`
	sp.Tag("k", "v")
	return work(ctx)
}

// InterfacePath forgets Finish on the error path.
func InterfacePath(ctx context.Context) error {
	ctx, sp := telemetry.Open(ctx, "interface-path") // want `sp is not ended on the path that returns on line 132,`
	if err := work(ctx); err != nil {
		return err
	}
	sp.Finish(nil)
	return nil
}

// EndFunction does not call the end function on one path.
func EndFunction(ctx context.Context) error {
	ctx, end := telemetry.Trace(ctx, "end-function") // want `^end is not ended on the path that returns on line 142, so it is never exported$`
	if err := work(ctx); err != nil {
		return err
	}
	end()
	return nil
}

// EndFunctionSilenced never calls it.
func EndFunctionSilenced(ctx context.Context) error {
	ctx, end := telemetry.Trace(ctx, "end-function-silenced") // want `^end is never ended, so it is never exported$`
	_ = end
	return work(ctx)
}

// EndFunctionError does not call it on one path.
func EndFunctionError(ctx context.Context, id string) error {
	ctx, done := telemetry.TraceErr(ctx, "end-function-error") // want `done is not ended on the path that returns on line 159,`
	if id == "" {
		return errEmpty
	}
	err := work(ctx)
	done(err)
	return err
}

// ExportedField forgets to end the field.
func ExportedField(ctx context.Context) error {
	t := telemetry.StartTimer(ctx, "exported-field") // want `t is not ended on the path that returns on line 171,`
	if err := work(ctx); err != nil {
		t.Span.RecordError(err)
		return err
	}
	t.Span.End()
	return nil
}

// Embedded forgets the promoted End.
func Embedded(ctx context.Context) error {
	ctx, tr := telemetry.StartTraced(ctx, "embedded") // want `tr is not ended on the path that returns on line 182,`
	if err := work(ctx); err != nil {
		tr.RecordError(err)
		return err
	}
	tr.End()
	return nil
}

// BorrowingHelpers calls helpers of another package that do not end the span.
func BorrowingHelpers(ctx context.Context) error {
	ctx, span := telemetry.Start(ctx, "borrowing-helpers") // want `span is never ended, so it is never exported`
	telemetry.Annotate(span, "k", "v")
	telemetry.Event(ctx, "begin")
	err := work(ctx)
	telemetry.Record(span, err)
	return err
}

// EndHelperPath calls an end helper of another package on one path only.
func EndHelperPath(ctx context.Context) error {
	ctx, span := telemetry.Start(ctx, "end-helper-path") // want `span is not ended on the path that returns on line 202,`
	if ctx.Err() != nil {
		return errEmpty
	}
	err := work(ctx)
	telemetry.SetStatusAndEnd(span, err)
	return err
}

// LoopWithHelper skips the end helper with continue.
func LoopWithHelper(ctx context.Context, ids []string) {
	for _, id := range ids {
		ictx, span := telemetry.Start(ctx, id) // want `span is not ended on the path that starts the next iteration on line 215,`
		err := work(ictx)
		if err == nil && id == "" {
			continue
		}
		telemetry.End(span, &err)
	}
}

// ReplacedStruct starts a second operation in the same variable.
func ReplacedStruct(ctx context.Context) error {
	op := telemetry.Begin(ctx, "phase-1") // want `op is replaced on line 225 before it is ended, so the first span is never exported`
	op.With("k", "v")
	op = telemetry.Begin(ctx, "phase-2")
	defer op.Finish()
	return work(ctx)
}

// InsideWithSpan leaks a span of its own inside the callback of a helper that ends its own.
func InsideWithSpan(ctx context.Context) (string, error) {
	return telemetry.WithSpan(ctx, "outer", func(ctx context.Context) (string, error) {
		ctx, span := telemetry.Start(ctx, "inside-with-span") // want `span is not ended on the path that returns on line 235,`
		if err := work(ctx); err != nil {
			return "", err
		}
		span.End()
		return "ok", nil
	})
}
