package knowledge

// OpenTelemetry, read at go.opentelemetry.io/otel v1.47.0 and
// go.opentelemetry.io/otel/trace v1.47.0 (2026-10).
const otelTrace = "go.opentelemetry.io/otel/trace"

var otel = library{
	otelTrace: {
		"Tracer.Start": {Role: StartSpan, Ctx: 0, Span: 1},

		"TracerProvider.Tracer": {Role: GetTracer},
		"NewNoopTracerProvider": {Role: NoopTracer}, // deprecated since v1.21.0

		"Span.End":            {Role: EndSpan},
		"Span.AddEvent":       {Role: RecordSpan},
		"Span.AddLink":        {Role: RecordSpan},
		"Span.RecordError":    {Role: RecordSpan},
		"Span.SetAttributes":  {Role: RecordSpan},
		"Span.SetName":        {Role: RecordSpan},
		"Span.SetStatus":      {Role: RecordSpan},
		"Span.IsRecording":    {Role: LiveSpan},
		"Span.SpanContext":    {Role: ReadSpan},
		"Span.TracerProvider": {Role: ReadSpan},

		// A span whose context is invalid or not sampled is not exported.
		"SpanContext.IsValid":    {Role: LiveSpan},
		"SpanContext.IsSampled":  {Role: LiveSpan},
		"SpanContext.HasSpanID":  {Role: LiveSpan},
		"SpanContext.HasTraceID": {Role: LiveSpan},

		"SpanFromContext": {Role: BorrowSpan},
		"ContextWithSpan": {Role: PutSpan, Span: 1},
	},
	"go.opentelemetry.io/otel/propagation": {
		"TextMapPropagator.Inject": {Role: InjectContext},
		"TraceContext.Inject":      {Role: InjectContext},
	},
}
