// Package exits has paths that do not return: the program ends with them, and a
// deferred End would be skipped just as well.
package exits

import (
	"context"
	"log"
	"os"
	"runtime"

	"github.com/tracevet/tracevet/testdata/spanleak/innocent_exits/fatal"
	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("exits")

func work(ctx context.Context) error { return ctx.Err() }

// Exit leaves through os.Exit.
func Exit(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "exit")
	if work(ctx) != nil {
		os.Exit(1)
	}
	span.End()
}

// Fatal leaves through the log package.
func Fatal(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "fatal")
	if err := work(ctx); err != nil {
		log.Fatalf("work: %v", err)
	}
	span.End()
}

// LoggerFatal leaves through a logger.
func LoggerFatal(ctx context.Context, l *log.Logger) error {
	ctx, span := tracer.Start(ctx, "logger-fatal")
	if err := work(ctx); err != nil {
		l.Fatal(err)
	}
	span.End()
	return nil
}

// OwnFatal leaves through a helper of this package.
func OwnFatal(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "own-fatal")
	if err := work(ctx); err != nil {
		die(err)
	}
	span.End()
}

func die(err error) {
	log.Println(err)
	os.Exit(2)
}

// OtherFatal leaves through a helper of another package.
func OtherFatal(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "other-fatal")
	if err := work(ctx); err != nil {
		fatal.Exit(err)
	}
	span.End()
	return nil
}

// OtherFatalIf calls a helper that returns, or does not.
func OtherFatalIf(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "other-fatal-if")
	fatal.If(work(ctx))
	span.End()
}

// OtherPanic calls a helper that always panics, for what cannot be.
func OtherPanic(ctx context.Context, n int) {
	_, span := tracer.Start(ctx, "other-panic")
	switch {
	case n >= 0:
		span.End()
	default:
		fatal.Never("negative")
	}
}

// Goexit ends the goroutine. Unsure who waits for the span then, therefore silent.
func Goexit(ctx context.Context, n int) {
	_, span := tracer.Start(ctx, "goexit")
	if n < 0 {
		runtime.Goexit()
	}
	span.End()
}

// Implicit panics are everywhere (an index, a nil map, a call): none is a way out
// that a reader sees, and none is reported.
func Implicit(ctx context.Context, ids []string, m map[string]int) int {
	_, span := tracer.Start(ctx, "implicit")
	m[ids[0]]++
	n := m[ids[1]]
	span.End()
	return n
}

// MainLike ends by hand before each Exit, and at the end.
func MainLike(ctx context.Context) int {
	ctx, span := tracer.Start(ctx, "main-like")
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.End()
		os.Exit(3)
	}
	span.End()
	return 0
}

// Block waits for ever after it has handed its work to others.
func Block(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "block")
	span.AddEvent("serving")
	go func() { _ = work(ctx) }()
	select {}
}

// PanicAfterEnd panics when the span is ended.
func PanicAfterEnd(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "panic-after-end")
	err := work(ctx)
	span.End()
	if err != nil {
		panic(err)
	}
}

// PanicBeforeEnd ends it on the way.
func PanicBeforeEnd(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "panic-before-end")
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.End()
		panic(err)
	}
	span.End()
}
