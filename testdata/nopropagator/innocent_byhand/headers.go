// Package innocent_byhand handles the header without making one up.
package innocent_byhand

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Silent: a proxy that forwards what came in, unchanged: it takes no part in the trace.
func forward(out, in *http.Request) {
	out.Header.Set("traceparent", in.Header.Get("traceparent"))
	out.Header.Set("tracestate", in.Header.Get("tracestate"))
}

// Silent: the same over a list of names.
func forwardAll(out, in http.Header) {
	for _, name := range []string{"traceparent", "tracestate", "baggage"} {
		if v := in.Get(name); v != "" {
			out.Set(name, v)
		}
	}
}

// Silent: the header of an untrusted caller is removed, so that it decides nothing.
func strip(r *http.Request) {
	r.Header.Del("traceparent")
	r.Header.Set("tracestate", "")
}

// Silent: the header is only read.
func read(r *http.Request) bool {
	return len(r.Header.Get("traceparent")) == 55
}

// Silent: a log attribute is no header.
func logged(ctx context.Context) {
	sc := trace.SpanContextFromContext(ctx)
	slog.InfoContext(ctx, "called", "traceparent", fmt.Sprintf("00-%s-%s-%s", sc.TraceID(), sc.SpanID(), sc.TraceFlags()))
}

// Silent: the list of headers that a browser may send.
func cors(w http.ResponseWriter) {
	w.Header().Set("Access-Control-Allow-Headers", "traceparent, tracestate, baggage")
}

// Silent: the data of a page: the script in it continues the trace, as the
// documentation of OpenTelemetry for browsers says. Not a header.
func page(ctx context.Context) map[string]string {
	sc := trace.SpanContextFromContext(ctx)
	return map[string]string{"traceparent": fmt.Sprintf("00-%s-%s-%s", sc.TraceID(), sc.SpanID(), sc.TraceFlags())}
}

type job struct {
	ID          string
	Traceparent string
}

// Silent: a stored header is read back through the propagator.
func resume(ctx context.Context, j job) context.Context {
	carrier := propagation.MapCarrier{"traceparent": j.Traceparent}
	return otel.GetTextMapPropagator().Extract(ctx, carrier)
}

// Silent: the stored header is what Inject made.
func store(ctx context.Context, id string) job {
	carrier := propagation.MapCarrier{}
	otel.GetTextMapPropagator().Inject(ctx, carrier)
	return job{ID: id, Traceparent: carrier.Get("traceparent")}
}

// Silent: the trace id alone, under a name of the company's: for people to quote.
func quote(ctx context.Context, w http.ResponseWriter) {
	w.Header().Set("X-Trace-Id", trace.SpanContextFromContext(ctx).TraceID().String())
}
