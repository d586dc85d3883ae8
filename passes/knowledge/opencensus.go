package knowledge

// OpenCensus, read at go.opencensus.io v0.24.0 (2022-11, archived; still under
// many services through the OpenTelemetry bridge).
const opencensusTrace = "go.opencensus.io/trace"

var opencensus = library{
	opencensusTrace: {
		"StartSpan":                 {Role: StartSpan, Ctx: 0, Span: 1},
		"StartSpanWithRemoteParent": {Role: StartSpan, Ctx: 0, Span: 1},

		"Span.End":                    {Role: EndSpan},
		"Span.AddAttributes":          {Role: RecordSpan},
		"Span.Annotate":               {Role: RecordSpan},
		"Span.Annotatef":              {Role: RecordSpan},
		"Span.AddMessageSendEvent":    {Role: RecordSpan},
		"Span.AddMessageReceiveEvent": {Role: RecordSpan},
		"Span.AddLink":                {Role: RecordSpan},
		"Span.SetName":                {Role: RecordSpan},
		"Span.SetStatus":              {Role: RecordSpan},
		"Span.IsRecordingEvents":      {Role: LiveSpan},
		"Span.SpanContext":            {Role: ReadSpan},
		"Span.String":                 {Role: ReadSpan},
		"SpanContext.IsSampled":       {Role: LiveSpan},
		"FromContext":                 {Role: BorrowSpan},
		"NewContext":                  {Role: PutSpan, Span: 1},
	},
}
