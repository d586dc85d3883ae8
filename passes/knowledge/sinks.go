package knowledge

// OpenTelemetry v1.47.0, OpenTracing v1.2.0, OpenCensus v0.24.0: the names of
// spans, tracers and meters.
var traceSinks = sinkTable{
	otelTrace: {
		"Tracer.Start":          {{Sink: SpanName, Arg: 2}},
		"Span.SetName":          {{Sink: SpanName, Arg: 1}},
		"TracerProvider.Tracer": {{Sink: TracerName, Arg: 1}},
	},
	"go.opentelemetry.io/otel": {
		"Tracer": {{Sink: TracerName, Arg: 0}},
		"Meter":  {{Sink: MeterName, Arg: 0}},
	},
	otelSDKTrace: {"TracerProvider.Tracer": {{Sink: TracerName, Arg: 1}}},
	otelMetric:   {"MeterProvider.Meter": {{Sink: MeterName, Arg: 1}}},
	opentracingPath: {
		"StartSpan":                      {{Sink: SpanName, Arg: 0}},
		"Tracer.StartSpan":               {{Sink: SpanName, Arg: 1}},
		"StartSpanFromContext":           {{Sink: SpanName, Arg: 1}},
		"StartSpanFromContextWithTracer": {{Sink: SpanName, Arg: 2}},
		"Span.SetOperationName":          {{Sink: SpanName, Arg: 1}},
	},
	opencensusTrace: {
		"StartSpan":                 {{Sink: SpanName, Arg: 1}},
		"StartSpanWithRemoteParent": {{Sink: SpanName, Arg: 1}},
		"Span.SetName":              {{Sink: SpanName, Arg: 1}},
	},
}

const (
	otelSDKTrace = "go.opentelemetry.io/otel/sdk/trace"
	otelMetric   = "go.opentelemetry.io/otel/metric"
	prometheus   = "github.com/prometheus/client_golang/prometheus"
)

// The options of a measurement, at go.opentelemetry.io/otel/metric v1.47.0, and
// the label values of client_golang v1.24.1.
var metricSinks = func() sinkTable {
	table := sinkTable{otelMetric: {}, prometheus: {}}
	for _, num := range []string{"Int64", "Float64"} {
		for name, arg := range map[string]int8{
			"Counter.Add": 3, "UpDownCounter.Add": 3, "Histogram.Record": 3, "Gauge.Record": 3, "Observer.Observe": 2,
		} {
			table[otelMetric][num+name] = []SinkArg{{Sink: MetricLabel, Arg: arg}}
		}
		table[otelMetric]["Observer.Observe"+num] = []SinkArg{{Sink: MetricLabel, Arg: 3}}
	}
	for _, method := range []string{"GetMetricWithLabelValues", "GetMetricWith", "CurryWith"} {
		table[prometheus]["MetricVec."+method] = []SinkArg{{Sink: MetricLabel, Arg: 1}}
	}
	for _, vec := range []string{"CounterVec", "GaugeVec", "HistogramVec", "SummaryVec"} {
		for _, method := range []string{"WithLabelValues", "GetMetricWithLabelValues", "With", "GetMetricWith", "CurryWith", "MustCurryWith"} {
			table[prometheus][vec+"."+method] = []SinkArg{{Sink: MetricLabel, Arg: 1}}
		}
	}
	for _, name := range []string{"NewConstMetric", "MustNewConstMetric"} {
		table[prometheus][name] = []SinkArg{{Sink: MetricLabel, Arg: 3}}
	}
	return table
}()

// Functions that name spans, given to the instrumentation of a library: otelgin
// v0.71.0, otelhttp v0.72.0, otelmux v0.71.0, otelfiber v2.2.3, XSAM/otelsql
// v0.44.0, otelpgx v0.11.1.
var formatterSinks = sinkTable{
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin": {
		"WithSpanNameFormatter": {{Sink: SpanName, Arg: 0, Result: true}},
	},
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp": {
		"WithSpanNameFormatter": {{Sink: SpanName, Arg: 0, Result: true}},
	},
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux": {
		"WithSpanNameFormatter": {{Sink: SpanName, Arg: 0, Result: true}},
	},
	"github.com/gofiber/contrib/otelfiber/v2": {
		"WithSpanNameFormatter": {{Sink: SpanName, Arg: 0, Result: true}},
	},
	"github.com/XSAM/otelsql": {
		"WithSpanNameFormatter": {{Sink: SpanName, Arg: 0, Result: true, Free: 3, Source: StatementText}},
	},
	"github.com/exaring/otelpgx": {
		"WithSpanNameFunc":    {{Sink: SpanName, Arg: 0, Result: true, Free: 1, Source: StatementText}},
		"WithSpanNameCtxFunc": {{Sink: SpanName, Arg: 0, Result: true, Free: 2, Source: StatementText}},
	},
}

// What functions of OpenTelemetry v1.47.0 return: attributes, sets of them, and
// options that hold them, are made from the values in them.
var otelValues = func() valueTable {
	table := valueTable{
		"go.opentelemetry.io/otel/attribute": {
			"NewSet": {From: all}, "NewSetWithFiltered": {From: all}, "StringValue": {From: first},
			"Stringer": {From: second}, "Int64Value": {From: first}, "IntValue": {From: first},
			"Bool": {Bounded: true}, "Key.Bool": {Bounded: true}, "Set.ToSlice": {From: first},
		},
		otelMetric: {
			"WithAttributes": {From: all}, "WithAttributeSet": {From: all},
		},
		otelTrace: {
			"SpanContext.TraceID": {Source: TraceID}, "SpanContext.SpanID": {Source: TraceID},
			"TraceID.String": {Source: TraceID}, "SpanID.String": {Source: TraceID},
			"SpanContext.TraceState": {Source: TraceID},
		},
	}
	for _, t := range []string{"String", "Int", "Int64", "Float64", "StringSlice", "IntSlice", "Int64Slice", "Float64Slice"} {
		table["go.opentelemetry.io/otel/attribute"][t] = Value{From: second}
		table["go.opentelemetry.io/otel/attribute"]["Key."+t] = Value{From: second}
	}
	return table
}()
