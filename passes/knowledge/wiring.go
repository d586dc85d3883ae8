package knowledge

import (
	"go/types"
	"strings"
)

// A Wiring is what a function does for the set-up of tracing in a program: it
// makes the provider of tracers or a part of it, installs it, ends it; or it
// runs the program, or cuts its end short.
type Wiring uint8

const (
	NoWiring Wiring = iota

	MakesProvider      // returns an SDK's provider of tracers, which has to be shut down
	SetsProvider       // makes its argument the program's provider
	GetsProvider       // returns the program's provider
	UsesProvider       // a method of a provider that neither ends it nor gives it away
	ShutsProvider      // flushes its receiver, a provider, or a processor of one
	SetsPropagator     // makes its argument the program's propagator
	GetsPropagator     // returns the program's propagator
	MakesPropagator    // returns a propagator of those in its arguments
	PropagatesBy       // writes or reads a header by itself
	SetsOwn            // an option that gives an instrumentation a propagator of its own
	TakesSampler       // an option: the provider samples as its argument says
	TakesBatcher       // an option: spans are exported in batches, by the exporter in its argument
	TakesSyncer        // an option: each span is exported when it ends
	TakesProcessor     // an option: its argument processes spans
	RegistersProcessor // a method of a provider: its argument processes spans from now on
	TakesResource      // an option: spans belong to the resource in its argument
	MakesBatcher       // returns a processor that exports in batches
	MakesSyncer        // returns a processor that exports each span when it ends
	SamplesRatio       // returns a sampler that decides by the trace id alone
	SamplesAlways      // returns a sampler that takes all
	SamplesNever       // returns one that takes none
	SamplesAsParent    // returns a sampler that does as the caller did
	MakesExporter      // returns an exporter to another system
	PrintsSpans        // returns an exporter to memory or to an output of the process
	MakesResource      // returns a resource of the attributes in its arguments, but for the first
	DetectsResource    // returns a resource of what the options in its arguments detect
	EmptyResource      // returns a resource without attributes
	DefaultResource    // returns the resource that the SDK makes by itself
	MergesResources    // returns the resource of two, in which the second one wins
	GivesAttributes    // an option of DetectsResource: these attributes
	NamesNoService     // an option of DetectsResource that detects other things than the name of the service
	TakesHostPort      // an option of an exporter: host and port
	TakesPath          // likewise: the path of it
	TakesURL           // an option of an exporter over HTTP: the URL to post to
	ServesRequests     // runs a server or a program, and returns when that is over
	Instruments        // adds tracing to a server or a client, with the program's propagator
	ReceivesRequests   // likewise, to a server
	EndsProcess        // ends the process, without running deferred calls
)

type wirings map[string]map[string]Wiring

const (
	otelPath    = "go.opentelemetry.io/otel"
	sdkTrace    = otelPath + "/sdk/trace"
	sdkResource = otelPath + "/sdk/resource"
	contribPath = "go.opentelemetry.io/contrib/"
	instrPath   = contribPath + "instrumentation/"
	otlpPath    = otelPath + "/exporters/otlp/otlptrace"
	zipkinPath  = otelPath + "/exporters/zipkin"
	jaegerPath  = otelPath + "/exporters/jaeger"
	stdoutPath  = otelPath + "/exporters/stdout/stdouttrace"
)

// PropagationPackage is where the propagators of OpenTelemetry are.
const PropagationPackage = otelPath + "/propagation"

// wiring is read at go.opentelemetry.io/otel and its SDK v1.47.0, the exporters
// of the same version, zipkin v1.47.0, jaeger v1.17.0 (2026-11).
var wiring = wirings{
	otelPath: {
		"SetTracerProvider":    SetsProvider,
		"GetTracerProvider":    GetsProvider,
		"SetTextMapPropagator": SetsPropagator,
		"GetTextMapPropagator": GetsPropagator,
	},
	PropagationPackage: {
		"NewCompositeTextMapPropagator": MakesPropagator,
		"TraceContext.Inject":           PropagatesBy,
		"TraceContext.Extract":          PropagatesBy,
	},
	sdkTrace: {
		"NewTracerProvider":                      MakesProvider,
		"TracerProvider.Tracer":                  UsesProvider,
		"TracerProvider.RegisterSpanProcessor":   RegistersProcessor,
		"TracerProvider.UnregisterSpanProcessor": UsesProvider,
		"TracerProvider.Shutdown":                ShutsProvider,
		"TracerProvider.ForceFlush":              ShutsProvider,
		"SpanProcessor.Shutdown":                 ShutsProvider,
		"SpanProcessor.ForceFlush":               ShutsProvider,
		"WithSampler":                            TakesSampler,
		"WithBatcher":                            TakesBatcher,
		"WithSyncer":                             TakesSyncer,
		"WithSpanProcessor":                      TakesProcessor,
		"WithResource":                           TakesResource,
		"NewBatchSpanProcessor":                  MakesBatcher,
		"NewSimpleSpanProcessor":                 MakesSyncer,
		"TraceIDRatioBased":                      SamplesRatio,
		"AlwaysSample":                           SamplesAlways,
		"NeverSample":                            SamplesNever,
		"ParentBased":                            SamplesAsParent,
	},
	sdkTrace + "/tracetest": {
		"NewInMemoryExporter": PrintsSpans,
		"NewNoopExporter":     PrintsSpans,
	},
	sdkResource: {
		"NewWithAttributes":             MakesResource,
		"NewSchemaless":                 MakesResource,
		"New":                           DetectsResource,
		"Default":                       DefaultResource,
		"Empty":                         EmptyResource,
		"Merge":                         MergesResources,
		"WithAttributes":                GivesAttributes,
		"WithSchemaURL":                 NamesNoService,
		"WithTelemetrySDK":              NamesNoService,
		"WithHost":                      NamesNoService,
		"WithHostID":                    NamesNoService,
		"WithOS":                        NamesNoService,
		"WithOSType":                    NamesNoService,
		"WithOSDescription":             NamesNoService,
		"WithProcess":                   NamesNoService,
		"WithProcessPID":                NamesNoService,
		"WithProcessExecutableName":     NamesNoService,
		"WithProcessExecutablePath":     NamesNoService,
		"WithProcessCommandArgs":        NamesNoService,
		"WithProcessOwner":              NamesNoService,
		"WithProcessRuntimeName":        NamesNoService,
		"WithProcessRuntimeVersion":     NamesNoService,
		"WithProcessRuntimeDescription": NamesNoService,
		"WithContainer":                 NamesNoService,
		"WithContainerID":               NamesNoService,
	},
	otlpPath:                    {"New": MakesExporter, "NewUnstarted": MakesExporter},
	otlpPath + "/otlptracegrpc": {"New": MakesExporter, "NewUnstarted": MakesExporter, "WithEndpoint": TakesHostPort},
	otlpPath + "/otlptracehttp": {"New": MakesExporter, "NewUnstarted": MakesExporter, "WithEndpoint": TakesHostPort, "WithEndpointURL": TakesURL, "WithURLPath": TakesPath},
	zipkinPath:                  {"New": MakesExporter},
	jaegerPath:                  {"New": MakesExporter},
	stdoutPath:                  {"New": PrintsSpans},

	"github.com/GoogleCloudPlatform/opentelemetry-operations-go/exporter/trace": {"New": MakesExporter},
}

// WiringOf returns what fn does for the set-up of tracing.
func WiringOf(fn *types.Func) Wiring {
	if fn == nil || fn.Pkg() == nil {
		return NoWiring
	}
	path, name := nameOf(fn)
	if w := wiring[path][name]; w != NoWiring {
		return w
	}
	if w := runsProgram[path][name]; w != NoWiring {
		return w
	}
	if w := instrumentations[path][name]; w != NoWiring {
		return w
	}
	switch {
	case (fn.Name() == "WithPropagators" || fn.Name() == "WithPropagator") && isInstrumentation(path):
		return SetsOwn
	case Of(fn).Role == NoReturn && (strings.HasPrefix(fn.Name(), "Fatal") || strings.HasPrefix(fn.Name(), "Exit")) && path != "testing":
		return EndsProcess
	}
	return NoWiring
}

// MakesSpanContext reports whether fn makes a span context from its parts.
func MakesSpanContext(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == otelTrace && fn.Name() == "NewSpanContext"
}
