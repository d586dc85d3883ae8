// Package innocent holds what well-kept programs do with spans that looks like
// a use after the end, or like the end of another's span, and is neither. No
// function here is to be reported.
package innocent

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

var tracer = otel.Tracer("innocent")

// Silent: two owners that never meet. On an error the deferred function ends
// the span, else the goroutine does.
func handedOverOnSuccess(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(context.WithoutCancel(ctx), "background")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
			span.End()
		}
	}()
	if value == "" {
		return work.ErrMissing
	}
	go func() {
		defer span.End()
		_ = work.Save(ctx, value)
	}()
	return nil
}

// Silent: ended twice, by hand and by the defer, with nothing set in between.
func endedTwice(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	defer span.End()
	if err := work.Save(ctx, value); err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
		return err
	}
	span.End()
	return nil
}

// Silent: the span is nil when tracing is off, and guarded.
func nilSpan(ctx context.Context, value string, on bool) error {
	var span trace.Span
	if on {
		ctx, span = tracer.Start(ctx, "save")
	}
	err := work.Save(ctx, value)
	if span != nil {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
	return err
}

// Silent: the span that was borrowed is written to, the own one is ended.
func ownIfNone(ctx context.Context, id string) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		ctx, span = tracer.Start(ctx, "load")
		defer span.End()
	}
	_, err := work.Load(ctx, id)
	span.SetAttributes(attribute.Bool("found", err == nil))
}

// reader owns a span from the first read to Close.
type reader struct {
	io.Reader
	span trace.Span
	read int
}

// Silent: the reader that is returned ends the span.
func open(ctx context.Context, r io.Reader) io.ReadCloser {
	_, span := tracer.Start(ctx, "read")
	return &reader{Reader: r, span: span}
}

// Silent: between open and Close, the span is open.
func (r *reader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.read += n
	if err != nil && !errors.Is(err, io.EOF) {
		r.span.RecordError(err)
	}
	return n, err
}

// Silent: the attribute comes first, the end last.
func (r *reader) Close() error {
	r.span.SetAttributes(attribute.Int("read", r.read))
	r.span.End()
	return nil
}

// Silent: the reader ends its span when it is closed, and closed it is at the
// end of each turn.
func readAll(ctx context.Context, sources []io.Reader) error {
	for _, source := range sources {
		r := open(ctx, source)
		_, err := io.Copy(io.Discard, r)
		if err := errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return nil
}

// spans holds the open spans of the calls of an RPC client, by id.
type spans struct {
	mu   sync.Mutex
	open map[int]trace.Span
}

// Silent: begin and end are a pair, and the map is between them.
func (s *spans) begin(ctx context.Context, id int) {
	_, span := tracer.Start(ctx, "call")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[id] = span
}

// Silent: the status is set before the end, on a span that is then forgotten.
func (s *spans) end(id int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	span, ok := s.open[id]
	if !ok {
		return
	}
	delete(s.open, id)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
}

// Silent: each of the spans that come out of the channel is another one.
func drain(done <-chan trace.Span) {
	for span := range done {
		span.AddEvent("drained")
		span.End()
	}
}

// Silent: the spans are other ones, though they come by the same index.
func endAll(ctx context.Context, names []string) {
	var started []trace.Span
	for _, name := range names {
		_, span := tracer.Start(ctx, name)
		started = append(started, span)
	}
	for i := range started {
		started[i].SetAttributes(attribute.Int("index", i))
		started[i].End()
	}
}

// cursor owns a span for each step.
type cursor struct {
	ctx  context.Context
	span trace.Span
}

// Silent: the span that ends is that of the step before.
func (c *cursor) next() bool {
	if c.span != nil {
		c.span.End()
	}
	var stepCtx context.Context
	stepCtx, c.span = tracer.Start(c.ctx, "step")
	item, ok := work.Next(stepCtx)
	c.span.SetAttributes(attribute.String("item", item))
	return ok
}

// Silent: the callback ends the span when the body is closed; the attribute is
// set before anyone has the callback.
func callback(ctx context.Context, onClose func(func())) {
	_, span := tracer.Start(ctx, "stream")
	onClose(func() { span.End() })
	span.AddEvent("registered")
}

// Silent: sync.Once sees to it that the end is the last.
func once(ctx context.Context, results <-chan error) {
	_, span := tracer.Start(ctx, "race")
	var end sync.Once
	for err := range results {
		end.Do(func() {
			span.SetAttributes(attribute.Bool("failed", err != nil))
			span.End()
		})
	}
}

// Silent: log.Fatal and os.Exit leave the program, so nothing comes after.
func fatal(ctx context.Context, value string) {
	ctx, span := tracer.Start(ctx, "start-up")
	if err := work.Save(ctx, value); err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
		log.Fatal(err)
	}
	if value == "help" {
		span.End()
		os.Exit(0)
	}
	span.AddEvent("started")
	span.End()
}

// Silent: the panic leaves the function.
func panics(ctx context.Context, value string) {
	ctx, span := tracer.Start(ctx, "must")
	if err := work.Save(ctx, value); err != nil {
		span.End()
		panic(err)
	}
	span.AddEvent("saved")
	span.End()
}

// Silent: a span that records nothing has nothing to lose.
func nothingRecorded(w http.ResponseWriter, r *http.Request) {
	_, span := noop.NewTracerProvider().Tracer("none").Start(r.Context(), "none")
	defer span.End()
	w.WriteHeader(http.StatusNoContent)
}

// Silent: the round tripper's span ends with the body of the response; on an
// error there is none, so it ends here.
func roundTrip(base http.RoundTripper, r *http.Request) (*http.Response, error) {
	ctx, span := tracer.Start(r.Context(), "call", trace.WithSpanKind(trace.SpanKindClient))
	resp, err := base.RoundTrip(r.WithContext(ctx))
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
		return nil, err
	}
	span.SetAttributes(attribute.Int("status", resp.StatusCode))
	resp.Body = struct {
		io.Reader
		io.Closer
	}{resp.Body, &reader{span: span}}
	return resp, nil
}
