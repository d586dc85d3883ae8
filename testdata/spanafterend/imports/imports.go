// Package imports holds faults behind other names: renamed imports, type
// aliases, types of the package's own.
package imports

import (
	stdctx "context"
	nethttp "net/http"

	web "github.com/gin-gonic/gin"
	telemetry "go.opentelemetry.io/otel"
	otelcodes "go.opentelemetry.io/otel/codes"
	oteltrace "go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

// Span and Ctx are what the package calls a span and a context.
type (
	Span    = oteltrace.Span
	Ctx     = stdctx.Context
	Handler = func(*web.Context)
)

var t oteltrace.Tracer = telemetry.Tracer("imports")

func renamedAfterEnd(c Ctx, value string) error {
	c, sp := t.Start(c, "save")
	e := work.Save(c, value)
	sp.End()
	if e != nil {
		sp.SetStatus(otelcodes.Error, e.Error()) // want `^sp\.SetStatus comes after sp\.End on line 29, so it is lost$`
	}
	return e
}

func renamedBorrowed(c *web.Context) {
	sp := oteltrace.SpanFromContext(c.Request.Context())
	defer sp.End() // want `^sp\.End ends a span that this function does not own, so what its owner records later is lost$`
	c.Status(nethttp.StatusNoContent)
}

var aliasedHandler Handler = func(c *web.Context) {
	var ctx Ctx = c.Request.Context()
	var sp Span = oteltrace.SpanFromContext(ctx)
	sp.AddEvent("hello")
	sp.End() // want `^sp\.End ends a span that this function does not own, so what its owner records later is lost$`
}

func renamedDeferredStatus(c Ctx, value string) (e error) {
	c, sp := t.Start(c, "save")
	defer func() { sp.RecordError(e) }() // want `^sp\.RecordError is deferred before sp\.End on line 52 and so runs after it: it is lost$`
	defer sp.End()
	return work.Save(c, value)
}

// started is a named struct type around a span of the aliased type.
type started struct {
	Span
	ctx Ctx
}

// Silent: an open span is handed to the caller.
func start(c Ctx, name string) started {
	c, sp := t.Start(c, name)
	return started{Span: sp, ctx: c}
}

func startedInLoop(c Ctx, ids []string) {
	for _, id := range ids {
		s := start(c, "item")
		defer s.End() // want `^deferred s\.End runs when the function returns, so the span of each iteration stays open until then$`
		_, _ = work.Load(s.ctx, id)
	}
}

func startedAfterEnd(c Ctx, id string) string {
	s := start(c, "load")
	value, _ := work.Load(s.ctx, id)
	s.End()
	s.SetName("load " + value) // want `^s\.SetName comes after s\.End on line 79, so it is lost$`
	return value
}

// Silent: the alias hides nothing that is wrong.
func renamedRight(c Ctx, value string) (e error) {
	c, sp := t.Start(c, "save")
	defer sp.End()
	defer func() { sp.RecordError(e) }()
	return work.Save(c, value)
}

// Silent: a started that is ended last.
func startedRight(c Ctx, id string) {
	s := start(c, "load")
	defer s.End()
	_, _ = work.Load(s.ctx, id)
	s.AddEvent("loaded")
}

// Silent: span is only a name here, of a stopwatch.
func otherSpan(w nethttp.ResponseWriter, r *nethttp.Request) {
	span := stopwatch{}
	defer span.End()
	span.SetName(r.Method)
}

type stopwatch struct{ name string }

func (s *stopwatch) SetName(name string) { s.name = name }
func (s *stopwatch) End()                {}
