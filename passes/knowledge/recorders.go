package knowledge

// recorders are the packages without which a program records no span, whatever it calls:
// the SDKs behind the tracing APIs, and the agents and APIs that come with one. The API of
// OpenTracing is none: old loggers and database drivers import it. Paths that end in a
// slash stand for all below. Read on pkg.go.dev (2026-11).
var recorders = []string{
	otelPath + "/sdk/trace",
	"go.opencensus.io/trace",
	"github.com/opentracing/basictracer-go", "github.com/lightstep/lightstep-tracer-go", "github.com/lightstep/lightstep-tracer-go/",
	"github.com/uber/jaeger-client-go", "github.com/uber/jaeger-client-go/",
	"github.com/openzipkin/zipkin-go", "github.com/openzipkin/zipkin-go/", "github.com/openzipkin-contrib/zipkin-go-opentracing",
	"github.com/DataDog/dd-trace-go/", "gopkg.in/DataDog/dd-trace-go.v1/", "github.com/DataDog/orchestrion", "github.com/DataDog/orchestrion/",
	"go.elastic.co/apm", "go.elastic.co/apm/",
	"github.com/newrelic/go-agent", "github.com/newrelic/go-agent/",
	"github.com/getsentry/sentry-go", "github.com/getsentry/sentry-go/",
	"github.com/aws/aws-xray-sdk-go/",
	"github.com/honeycombio/beeline-go", "github.com/honeycombio/beeline-go/",
	"github.com/instana/go-sensor", "github.com/instana/go-sensor/",
	"github.com/apache/skywalking-go", "github.com/apache/skywalking-go/", "github.com/SkyAPM/go2sky", "github.com/SkyAPM/go2sky/",
	"cloud.google.com/go/trace/",
}

// IsRecorder reports whether path is a package by which a program records spans.
func IsRecorder(path string) bool { return matches(recorders, path) || IsDistribution(path) }
