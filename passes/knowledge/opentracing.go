package knowledge

// OpenTracing, read at github.com/opentracing/opentracing-go v1.2.0 (2020-07,
// archived; still under many services through the OpenTelemetry bridge).
const opentracingPath = "github.com/opentracing/opentracing-go"

var opentracing = library{
	opentracingPath: {
		"Tracer.StartSpan":               {Role: StartSpan, Span: 0, Ctx: -1},
		"StartSpan":                      {Role: StartSpan, Span: 0, Ctx: -1},
		"StartSpanFromContext":           {Role: StartSpan, Span: 0, Ctx: 1},
		"StartSpanFromContextWithTracer": {Role: StartSpan, Span: 0, Ctx: 1},

		"Span.Finish":              {Role: EndSpan},
		"Span.FinishWithOptions":   {Role: EndSpan},
		"Span.SetTag":              {Role: RecordSpan},
		"Span.SetOperationName":    {Role: RecordSpan},
		"Span.LogFields":           {Role: RecordSpan},
		"Span.LogKV":               {Role: RecordSpan},
		"Span.LogEvent":            {Role: RecordSpan},
		"Span.LogEventWithPayload": {Role: RecordSpan},
		"Span.Log":                 {Role: RecordSpan},
		"Span.SetBaggageItem":      {Role: RecordSpan},
		"Span.BaggageItem":         {Role: ReadSpan},
		"Span.Context":             {Role: ReadSpan},
		"Span.Tracer":              {Role: ReadSpan},
		"SpanFromContext":          {Role: BorrowSpan},
		"ContextWithSpan":          {Role: PutSpan, Span: 1},
	},
}
