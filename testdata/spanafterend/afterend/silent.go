package afterend

import (
	"context"
	"log/slog"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

// Silent: everything is set before the end, on every path.
func setBeforeEnd(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	err := work.Save(ctx, value)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
	return err
}

// Silent: the deferred end runs when the function returns, not where it stands.
func setAfterDefer(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "gin")
	defer span.End()
	if _, err := work.Load(ctx, c.Param("id")); err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
}

// Silent: the path that ends the span leaves the function.
func endThenReturn(ctx context.Context, id string) (string, error) {
	ctx, span := tracer.Start(ctx, "load")
	value, err := work.Load(ctx, id)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
		return "", err
	}
	span.SetAttributes(attribute.Int("size", len(value)))
	span.End()
	return value, nil
}

// Silent: the two conditions exclude each other.
func excludingConditions(ctx context.Context, id string) string {
	ctx, span := tracer.Start(ctx, "load")
	value, err := work.Load(ctx, id)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
	}
	slog.InfoContext(ctx, "loaded", "id", id)
	if err == nil {
		span.SetAttributes(attribute.Int("size", len(value)))
		span.End()
	}
	return value
}

// Silent: a flag says whether the span is still open.
func flagged(ctx context.Context, id string, quick bool) {
	ctx, span := tracer.Start(ctx, "load")
	open := true
	if quick {
		span.End()
		open = false
	}
	value, _ := work.Load(ctx, id)
	if open {
		span.SetAttributes(attribute.Int("size", len(value)))
		span.End()
	}
}

// Silent: so does the span itself.
func stillRecording(ctx context.Context, id string, quick bool) {
	ctx, span := tracer.Start(ctx, "load")
	if quick {
		span.End()
	}
	value, _ := work.Load(ctx, id)
	if span.IsRecording() {
		span.SetAttributes(attribute.Int("size", len(value)))
		span.End()
	}
}

// Silent: the ids of a span are readable after its end, and nothing is lost.
func readAfterEnd(ctx context.Context, value string) (string, error) {
	ctx, span := tracer.Start(ctx, "save")
	err := work.Save(ctx, value)
	span.End()
	if !span.IsRecording() {
		slog.InfoContext(ctx, "saved", "trace", span.SpanContext().TraceID())
	}
	return span.SpanContext().SpanID().String(), err
}

// Silent: the same variable, but another span.
func nextSpan(ctx context.Context, id string) error {
	loadCtx, span := tracer.Start(ctx, "load")
	value, err := work.Load(loadCtx, id)
	span.End()
	if err != nil {
		return err
	}

	saveCtx, span := tracer.Start(ctx, "save")
	defer span.End()
	span.SetAttributes(attribute.Int("size", len(value)))
	return work.Save(saveCtx, value)
}

// Silent: the same name, but another variable.
func shadowed(ctx context.Context, ids []string) {
	ctx, span := tracer.Start(ctx, "all")
	defer span.End()
	for _, id := range ids {
		itemCtx, span := tracer.Start(ctx, "item")
		_, _ = work.Load(itemCtx, id)
		span.End()
	}
	span.SetAttributes(attribute.Int("count", len(ids)))
}

// Silent: the span of a turn is not that of the turn before.
func turnByTurn(ctx context.Context, ids []string) {
	var span trace.Span
	for _, id := range ids {
		var itemCtx context.Context
		itemCtx, span = tracer.Start(ctx, "item")
		span.SetAttributes(attribute.String("id", id))
		_, _ = work.Load(itemCtx, id)
		span.End()
	}
}

// Silent: after the end the loop is left.
func endAndBreak(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "drain")
	for {
		item, ok := work.Next(ctx)
		if !ok {
			span.End()
			break
		}
		span.AddEvent(item)
	}
}

// Silent: the goroutine ends the span some time later, and whether that is
// before the event cannot be known.
func endedByGoroutine(ctx context.Context, value string) {
	ctx, span := tracer.Start(context.WithoutCancel(ctx), "save")
	started := make(chan struct{})
	go func() {
		defer span.End()
		<-started
		_ = work.Save(ctx, value)
	}()
	span.AddEvent("started")
	close(started)
}

// Silent: the callback is only defined before the event; it runs when the
// caller says so.
func endedByCallback(ctx context.Context) (stop func()) {
	_, span := tracer.Start(ctx, "watch")
	stop = func() { span.End() }
	span.AddEvent("watching")
	return stop
}

// Silent: written in the order of the end first, run in the other order.
func closureRunsFirst(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	finish := func() { span.End() }
	note := func() { span.AddEvent("saved") }
	err := work.Save(ctx, value)
	note()
	finish()
	return err
}

// Silent: the deferred call that is registered last runs first.
func deferredInOrder(ctx context.Context, ids []string) {
	_, span := tracer.Start(ctx, "count")
	defer span.End()
	defer span.SetAttributes(attribute.Int("count", len(ids)))
	_, _ = work.Load(ctx, "all")
}

// Silent: jumps that look as if they went past the end.
func labels(ctx context.Context, id string) (err error) {
	ctx, span := tracer.Start(ctx, "load")
	_, err = work.Load(ctx, id)
	if err != nil {
		goto failed
	}
	span.End()
	return nil
failed:
	span.SetStatus(codes.Error, err.Error())
	span.End()
	return err
}

// Silent: each arm of the select sets first and ends after.
func selectArms(ctx context.Context, results <-chan string) {
	ctx, span := tracer.Start(ctx, "wait")
	select {
	case <-ctx.Done():
		span.SetStatus(codes.Error, "cancelled")
		span.End()
	case r := <-results:
		span.SetAttributes(attribute.String("result", r))
		span.End()
	}
}

// Silent: the span that is written to is the parent, the ended one its child.
func parentAfterChild(ctx context.Context, id string) {
	ctx, parent := tracer.Start(ctx, "parent")
	defer parent.End()
	childCtx, child := tracer.Start(ctx, "child")
	value, _ := work.Load(childCtx, id)
	child.End()
	parent.SetAttributes(attribute.Int("size", len(value)))
	trace.SpanFromContext(ctx).AddEvent("child is done")
}

// notASpan has the methods of a span, and another meaning for them.
type notASpan struct{ lines []string }

func (n *notASpan) End()                         {}
func (n *notASpan) AddEvent(line string)         { n.lines = append(n.lines, line) }
func (n *notASpan) SetStatus(codes.Code, string) {}

// Silent: the type decides, not the names.
func namesOnly(span *notASpan) {
	span.End()
	span.AddEvent("still counts")
	span.SetStatus(codes.Ok, "")
}
