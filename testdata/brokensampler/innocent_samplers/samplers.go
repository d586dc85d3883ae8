// Package innocent_samplers has samplers that ask the caller, or are not for
// production.
package innocent_samplers

import (
	"context"
	"os"
	"strconv"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// Silent: ParentBased is around it.
func inline(ctx context.Context) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(0.1))))
}

// Silent: ParentBased is applied to the variable.
func variable(ctx context.Context, ratio float64) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	root := sdktrace.AlwaysSample()
	if ratio < 1 {
		root = sdktrace.TraceIDRatioBased(ratio)
	}
	sampler := sdktrace.ParentBased(root)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(sampler))
}

// Silent: ParentBased is applied in place of the variable's own value.
func replaced(ctx context.Context, ratio float64) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	s := sdktrace.TraceIDRatioBased(ratio)
	s = sdktrace.ParentBased(s)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(s))
}

func rootSampler(ratio float64) sdktrace.Sampler {
	if ratio >= 1 {
		return sdktrace.AlwaysSample()
	}
	return sdktrace.TraceIDRatioBased(ratio)
}

// Silent: the helper makes the root sampler; its caller applies ParentBased.
func helperBelow(ctx context.Context, ratio float64) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp),
		sdktrace.WithSampler(sdktrace.ParentBased(rootSampler(ratio))))
}

func asParent(s sdktrace.Sampler) sdktrace.Sampler {
	return sdktrace.ParentBased(s, sdktrace.WithRemoteParentSampled(sdktrace.AlwaysSample()))
}

// Silent: the helper applies ParentBased to what it is given.
func helperAbove(ctx context.Context) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp),
		sdktrace.WithSampler(asParent(sdktrace.TraceIDRatioBased(0.5))))
}

// Silent: an edge that samples again on purpose: its ParentBased says so for each case.
func edge(ctx context.Context) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(
		sdktrace.ParentBased(sdktrace.TraceIDRatioBased(0.1),
			sdktrace.WithRemoteParentNotSampled(sdktrace.TraceIDRatioBased(0.01)),
			sdktrace.WithRemoteParentSampled(sdktrace.AlwaysSample()))))
}

// Silent: the names of OTEL_TRACES_SAMPLER, read by hand: the user's configuration
// chooses, and the default asks the caller.
func chosen(ctx context.Context) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	ratio, _ := strconv.ParseFloat(os.Getenv("SAMPLER_ARG"), 64)
	var sampler sdktrace.Sampler
	switch os.Getenv("SAMPLER") {
	case "always_on":
		sampler = sdktrace.AlwaysSample()
	case "always_off":
		sampler = sdktrace.NeverSample()
	case "traceidratio":
		sampler = sdktrace.TraceIDRatioBased(ratio)
	default:
		sampler = sdktrace.ParentBased(sdktrace.TraceIDRatioBased(ratio))
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(sampler))
}

// Silent: everything is sampled in development only.
func development(ctx context.Context, environment string) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	s := sdktrace.ParentBased(sdktrace.TraceIDRatioBased(0.05))
	if environment == "development" {
		s = sdktrace.AlwaysSample()
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(s))
}

// Silent: an example that prints its spans.
func printed() (*sdktrace.TracerProvider, error) {
	exp, err := stdouttrace.New(stdouttrace.WithPrettyPrint())
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithSampler(sdktrace.AlwaysSample()), sdktrace.WithBatcher(exp)), nil
}

// Silent: for tests: the spans stay in memory.
func inMemory() (*sdktrace.TracerProvider, *tracetest.InMemoryExporter) {
	exp := tracetest.NewInMemoryExporter()
	return sdktrace.NewTracerProvider(sdktrace.WithSampler(sdktrace.AlwaysSample()), sdktrace.WithSyncer(exp)), exp
}

// errorsFirst decides by itself, and asks the caller before its base.
type errorsFirst struct {
	sdktrace.Sampler
}

// ShouldSample follows the parent's decision where there is a parent.
func (s errorsFirst) ShouldSample(p sdktrace.SamplingParameters) sdktrace.SamplingResult {
	parent := trace.SpanContextFromContext(p.ParentContext)
	if parent.IsValid() && !parent.IsSampled() {
		return sdktrace.SamplingResult{Decision: sdktrace.Drop, Tracestate: parent.TraceState()}
	}
	return s.Sampler.ShouldSample(p)
}

// Silent: an own sampler is around it: what that one asks is its own business.
func ownSampler(ctx context.Context) *sdktrace.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(errorsFirst{sdktrace.AlwaysSample()}))
}

// Silent: no sampler: the SDK's default is ParentBased(AlwaysSample).
func byDefault(ctx context.Context) *sdktrace.TracerProvider {
	exp, _ := autoexport.NewSpanExporter(ctx)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
}

// Sampler is for other packages, which may put ParentBased around it.
func Sampler(ratio float64) sdktrace.Sampler {
	return sdktrace.TraceIDRatioBased(ratio)
}
