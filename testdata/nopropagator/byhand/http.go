// Package byhand writes the header of a trace itself, with what is wrong about
// it: the flags are invented, tracestate and baggage are lost, and the id is
// that of whatever span was at hand.
package byhand

import (
	"context"
	"fmt"
	"net/http"

	"github.com/go-resty/resty/v2"
	oteltrace "go.opentelemetry.io/otel/trace"
)

// The textbook form: sampled, whatever the span says.
func set(ctx context.Context, req *http.Request) {
	sc := oteltrace.SpanContextFromContext(ctx)
	req.Header.Set("traceparent", fmt.Sprintf("00-%s-%s-01", sc.TraceID(), sc.SpanID())) // want `traceparent is written by hand`
}

// By concatenation, in the canonical spelling, through Add.
func add(span oteltrace.Span, header http.Header) {
	id := span.SpanContext()
	value := "00-" + id.TraceID().String() + "-" + id.SpanID().String() + "-01"
	header.Add("Traceparent", value) // want `traceparent is written by hand`
}

const headerTraceParent = "traceparent"

// The name is a constant, the flags are the span's.
func constant(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, err
	}
	sc := oteltrace.SpanFromContext(ctx).SpanContext()
	req.Header.Set(headerTraceParent, fmt.Sprintf("00-%s-%s-%s", sc.TraceID(), sc.SpanID(), sc.TraceFlags())) // want `traceparent is written by hand`
	return http.DefaultClient.Do(req)
}

// In the map itself.
func index(ctx context.Context, req *http.Request) {
	sc := oteltrace.SpanContextFromContext(ctx)
	req.Header["Traceparent"] = []string{fmt.Sprintf("00-%s-%s-01", sc.TraceID(), sc.SpanID())} // want `traceparent is written by hand`
}

// The value comes from a helper of the package.
func helper(ctx context.Context, req *http.Request) {
	if sc := oteltrace.SpanContextFromContext(ctx); sc.IsValid() {
		req.Header.Set("traceparent", format(sc)) // want `traceparent is written by hand`
	}
}

// Makes the value only.
func format(sc oteltrace.SpanContext) string {
	return fmt.Sprintf("00-%s-%s-01", sc.TraceID(), sc.SpanID())
}

// Another client library.
func restyClient(ctx context.Context, c *resty.Client, url string) error {
	sc := oteltrace.SpanContextFromContext(ctx)
	_, err := c.R().SetContext(ctx).
		SetHeader("traceparent", fmt.Sprintf("00-%s-%s-01", sc.TraceID(), sc.SpanID())). // want `traceparent is written by hand`
		Get(url)
	return err
}

// A request id is no trace id at all.
func requestID(req *http.Request, traceID, spanID string) {
	req.Header.Set("traceparent", "00-"+traceID+"-"+spanID+"-01") // want `traceparent is written by hand`
}
