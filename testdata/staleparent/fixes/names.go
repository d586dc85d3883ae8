// Package fixes has faults whose fixes must look at names, blocks and comments.
package fixes

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

var tracer = otel.Tracer("fixes")

func work(ctx context.Context) error {
	_, span := tracer.Start(ctx, "work")
	defer span.End()
	return nil
}

// The name ctx is a number: the new context needs another one.
func takenByNumber(parent context.Context, ctx int) error {
	_, span := tracer.Start(parent, "takenByNumber") // want `the context of span is dropped and parent is used on line 29,`
	defer span.End()
	if ctx > 3 {
		return nil
	}
	return work(parent)
}

// The work goes on with ctx after the span's End: if ctx were assigned, what
// comes then would be under a span that is over.
func afterEnd(ctx context.Context) error {
	_, span := tracer.Start(ctx, "afterEnd") // want `the context of span is dropped and ctx is used on line 36,`
	err := work(ctx)
	span.End()
	if err != nil {
		return err
	}
	return work(ctx)
}

// Two phases: the second span must not come under the first.
func twoPhases(ctx context.Context, repo *store.Orders) error {
	_, first := tracer.Start(ctx, "first") // want `the context of first is dropped and ctx is used on line 47,`
	err := work(ctx)
	first.End()
	if err != nil {
		return err
	}
	_, second := tracer.Start(ctx, "second") // want `the context of second is dropped and ctx is used on line 53,`
	err = repo.Save(ctx, store.Order{})
	second.End()
	return err
}

// In a nested block := declares a new ctx, which the block uses.
func nested(ctx context.Context, deep bool) error {
	if deep {
		_, span := tracer.Start(ctx, "nested") // want `the context of span is dropped and ctx is used on line 63,`
		defer span.End()
		return work(ctx)
	}
	return work(ctx)
}

// In a nested block with = the outer ctx would be changed for good.
func nestedAssign(ctx context.Context, deep bool) error {
	var span trace.Span
	if deep {
		_, span = tracer.Start(ctx, "nestedAssign") // want `the context of span is dropped and ctx is used on line 73,`
		if err := work(ctx); err != nil {
			span.End()
			return err
		}
		span.End()
	}
	return work(ctx)
}

// Declared at the top with = it is plain.
func topAssign(ctx context.Context) error {
	var span trace.Span
	_, span = tracer.Start(ctx, "topAssign") // want `the context of span is dropped and ctx is used on line 87,`
	defer span.End()
	return work(ctx)
}

// A var declaration is not looked at: silent, a limit of the rule.
func varDeclaration(ctx context.Context) error {
	var _, span = tracer.Start(ctx, "varDeclaration")
	defer span.End()
	return work(ctx)
}

// The header of an if has a scope of its own.
func header(ctx context.Context) error {
	if _, span := tracer.Start(ctx, "header"); span.IsRecording() { // want `the context of span is dropped and ctx is used on line 100,`
		err := work(ctx)
		span.End()
		return err
	} else {
		span.End()
	}
	return nil
}

// The old name is shadowed in the block where the span is: the fix must not
// mix up the two.
func shadowed(ctx context.Context, ids []string) error {
	for _, id := range ids {
		ctx := context.WithValue(ctx, idKey{}, id)
		_, span := tracer.Start(ctx, "shadowed") // want `the context of span is dropped and ctx is used on line 115,`
		err := work(ctx)
		span.End()
		if err != nil {
			return err
		}
	}
	return work(ctx)
}

type idKey struct{}

// An inner block shadows ctx with something else before the use.
func shadowedUse(ctx context.Context) error {
	_, span := tracer.Start(ctx, "shadowedUse") // want `the context of span is dropped and ctx is used on line 133,`
	defer span.End()
	for ctx := range 3 {
		fmt.Println(ctx)
	}
	return work(ctx)
}

// The literal captured ctx before the span, and runs after it: it must keep the
// old one.
func captured(ctx context.Context) error {
	later := func() error { return work(ctx) }
	_, span := tracer.Start(ctx, "captured") // want `the context of span is dropped and ctx is used on line 141,`
	err := work(ctx)
	span.End()
	if err != nil {
		return err
	}
	return later()
}

// The deferred call is evaluated before the span starts, and keeps what it has.
func deferredBefore(ctx context.Context) error {
	defer work(ctx)
	_, span := tracer.Start(ctx, "deferredBefore") // want `the context of span is dropped and ctx is used on line 154,`
	defer span.End()
	return work(ctx)
}

// The result is named ctx, and is what the caller goes on with.
func namedResult(parent context.Context) (ctx context.Context, err error) {
	ctx = context.WithValue(parent, idKey{}, "named")
	_, span := tracer.Start(ctx, "namedResult") // want `the context of span is dropped and ctx is used on line 162,`
	defer span.End()
	return ctx, work(ctx)
}

// The new context has a name already: the later uses take it.
func hasName(ctx context.Context) error {
	spanCtx, span := tracer.Start(ctx, "hasName") // want `the context of span is dropped and ctx is used on line 170,`
	_ = spanCtx
	defer span.End()
	if err := work(ctx); err != nil {
		return err
	}
	return work(ctx)
}

// Two variables of the new name are in scope where it would be used.
func hasNameShadowed(ctx context.Context) error {
	spanCtx, span := tracer.Start(ctx, "hasNameShadowed") // want `the context of span is dropped and ctx is used on line 182,`
	_ = spanCtx
	defer span.End()
	for spanCtx := range 2 {
		if err := work(ctx); err != nil {
			return fmt.Errorf("%d: %w", spanCtx, err)
		}
	}
	return nil
}
