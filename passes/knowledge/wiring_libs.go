package knowledge

import (
	"go/types"
	"slices"
	"strings"
)

// runsProgram are functions that come back when a server or a program is over,
// or when the process is to end by them. Read at Go 1.26.8, gin v1.12.0, echo
// v4.16.0 and v5.3.1, fiber v2.52.15 and v3.5.0, grpc v1.85.0, cobra v1.10.1,
// urfave/cli v2.27.7 and v3.4.1, zerolog v1.35.1 (2026-11).
var runsProgram = wirings{
	"net/http": {
		"ListenAndServe":           ServesRequests,
		"ListenAndServeTLS":        ServesRequests,
		"Serve":                    ServesRequests,
		"ServeTLS":                 ServesRequests,
		"Server.ListenAndServe":    ServesRequests,
		"Server.ListenAndServeTLS": ServesRequests,
		"Server.Serve":             ServesRequests,
		"Server.ServeTLS":          ServesRequests,
	},
	ginPath: {
		"Engine.Run":         ServesRequests,
		"Engine.RunTLS":      ServesRequests,
		"Engine.RunUnix":     ServesRequests,
		"Engine.RunFd":       ServesRequests,
		"Engine.RunQUIC":     ServesRequests,
		"Engine.RunListener": ServesRequests,
	},
	"github.com/labstack/echo/v4":    {"Echo.Start": ServesRequests, "Echo.StartTLS": ServesRequests, "Echo.StartServer": ServesRequests, "Echo.StartH2CServer": ServesRequests},
	"github.com/labstack/echo/v5":    {"Echo.Start": ServesRequests},
	"github.com/gofiber/fiber/v2":    {"App.Listen": ServesRequests, "App.ListenTLS": ServesRequests, "App.Listener": ServesRequests},
	"github.com/gofiber/fiber/v3":    {"App.Listen": ServesRequests, "App.Listener": ServesRequests},
	"google.golang.org/grpc":         {"Server.Serve": ServesRequests},
	"github.com/spf13/cobra":         {"Command.Execute": ServesRequests, "Command.ExecuteContext": ServesRequests},
	"github.com/urfave/cli/v2":       {"App.Run": ServesRequests, "App.RunContext": ServesRequests},
	"github.com/urfave/cli/v3":       {"Command.Run": ServesRequests},
	"github.com/urfave/cli":          {"App.Run": ServesRequests},
	"github.com/valyala/fasthttp":    {"ListenAndServe": ServesRequests, "Server.ListenAndServe": ServesRequests},
	"github.com/go-kratos/kratos/v2": {"App.Run": ServesRequests},
}

// instrumentations are the functions that add tracing to servers and clients,
// each with the program's propagator unless an option says otherwise. Read at
// contrib v1.47.0 (otelhttp, otelgrpc v0.72.0; otelgin, otelmux, otelecho
// v0.71.0), echo-opentelemetry v0.0.3, otelchi v0.12.2, otelfiber/v2 v2.2.3 and
// gofiber/contrib/v3/otel v1.2.0 (2026-11).
var instrumentations = wirings{
	instrPath + "github.com/gin-gonic/gin/otelgin":           {"Middleware": ReceivesRequests},
	instrPath + "github.com/gorilla/mux/otelmux":             {"Middleware": ReceivesRequests},
	instrPath + "github.com/labstack/echo/otelecho":          {"Middleware": ReceivesRequests},
	instrPath + "github.com/emicklei/go-restful/otelrestful": {"OTelFilter": ReceivesRequests},
	instrPath + "net/http/otelhttp": {
		"NewHandler":    ReceivesRequests,
		"NewMiddleware": ReceivesRequests,
		"NewTransport":  Instruments,
		"Get":           Instruments,
		"Head":          Instruments,
		"Post":          Instruments,
		"PostForm":      Instruments,
	},
	instrPath + "google.golang.org/grpc/otelgrpc": {
		"NewServerHandler":        ReceivesRequests,
		"UnaryServerInterceptor":  ReceivesRequests,
		"StreamServerInterceptor": ReceivesRequests,
		"NewClientHandler":        Instruments,
		"UnaryClientInterceptor":  Instruments,
		"StreamClientInterceptor": Instruments,
	},
	"github.com/labstack/echo-opentelemetry":            {"NewMiddleware": ReceivesRequests, "NewMiddlewareWithConfig": ReceivesRequests},
	"github.com/riandyrn/otelchi":                       {"Middleware": ReceivesRequests},
	"github.com/gofiber/contrib/otelfiber":              {"Middleware": ReceivesRequests},
	"github.com/gofiber/contrib/otelfiber/v2":           {"Middleware": ReceivesRequests},
	"github.com/gofiber/contrib/v3/otel":                {"Middleware": ReceivesRequests},
	"connectrpc.com/otelconnect":                        {"NewInterceptor": ReceivesRequests},
	"github.com/go-kratos/kratos/v2/middleware/tracing": {"Server": ReceivesRequests, "Client": Instruments},
}

// isInstrumentation reports whether path is a package that adds tracing to a
// library.
func isInstrumentation(path string) bool {
	return instrumentations[path] != nil || strings.HasPrefix(path, instrPath)
}

// distributions set up tracing by themselves, as their configuration or the
// environment says: of a program that uses one, not all is in its source. Paths
// that end in a slash stand for all below. Read on pkg.go.dev (2026-11).
var distributions = []string{
	contribPath + "propagators/autoprop",
	contribPath + "otelconf", contribPath + "otelconf/",
	contribPath + "config", contribPath + "config/",
	"github.com/honeycombio/otel-config-go/",
	"github.com/honeycombio/honeycomb-opentelemetry-go",
	"github.com/lightstep/otel-launcher-go/",
	"github.com/signalfx/splunk-otel-go/distro",
	"github.com/uptrace/uptrace-go/",
	"github.com/hyperdxio/opentelemetry-go/",
	"github.com/DataDog/dd-trace-go/v2/ddtrace/opentelemetry",
	"gopkg.in/DataDog/dd-trace-go.v1/ddtrace/opentelemetry",
	"go.elastic.co/apm/module/apmotel", "go.elastic.co/apm/module/apmotel/v2",
	"github.com/getsentry/sentry-go/otel",
	"github.com/last9/go-agent", "github.com/last9/go-agent/",
	"github.com/dagger/otel-go",
	"github.com/pydantic/logfire-go/",
}

// IsDistribution reports whether path is a package that sets up tracing by
// itself.
func IsDistribution(path string) bool { return matches(distributions, path) }

// IsOpenTelemetry reports whether path is a package of OpenTelemetry itself,
// whose functions the table describes.
func IsOpenTelemetry(path string) bool {
	return path == otelPath || strings.HasPrefix(path, otelPath+"/") || strings.HasPrefix(path, contribPath)
}

// SetsUp reports whether path is a package with which tracing is set up.
func SetsUp(path string) bool {
	return wiring[path] != nil || instrumentations[path] != nil || IsDistribution(path)
}

// frozen are the run times of functions that are stopped between two requests:
// there an exporter has to be done before the function returns.
var frozen = []string{
	"github.com/aws/aws-lambda-go/",
	"github.com/GoogleCloudPlatform/functions-framework-go/",
	"github.com/vercel/go-bridge/",
}

// IsFrozen reports whether path is a package of a run time that stops the
// process between requests.
func IsFrozen(path string) bool { return matches(frozen, path) }

// IsProvider reports whether t is the SDK's provider of tracers, or a pointer to it.
func IsProvider(t types.Type) bool {
	n := namedOf(t)
	return n != nil && n.Obj().Name() == "TracerProvider" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == sdkTrace
}

// IsTracerSource reports whether t is the interface of providers, by which none
// can be shut down.
func IsTracerSource(t types.Type) bool { return isNamed(t, otelTrace, "TracerProvider") }

// IsPropagator reports whether t is a type of propagators.
func IsPropagator(t types.Type) bool {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil {
		return false
	}
	path := n.Obj().Pkg().Path()
	return path == PropagationPackage && slices.Contains([]string{"TraceContext", "TextMapPropagator"}, n.Obj().Name()) ||
		strings.HasPrefix(path, contribPath+"propagators/")
}

// IsClosed reports whether v is the error by which a server says that it was
// shut down.
func IsClosed(v types.Object) bool {
	if v == nil || v.Pkg() == nil {
		return false
	}
	return v.Pkg().Path() == "net/http" && v.Name() == "ErrServerClosed" || v.Pkg().Path() == "google.golang.org/grpc" && v.Name() == "ErrServerStopped"
}

// IsSignal reports whether t is the type of the signals of the operating system.
func IsSignal(t types.Type) bool { return isNamed(t, "os", "Signal") }

// OnlyPrints reports whether fn does nothing to the program but to print, to log, or
// to choose its signals.
func OnlyPrints(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "fmt", "log", "log/slog", "os/signal", "time":
		return true
	}
	return false
}

// ServiceName is the attribute by which a resource names the service.
const ServiceName = "service.name"

// A Deriver says how a context follows from another one.
type Deriver uint8

const (
	NotDerived Deriver = iota
	WithCancel         // ended by the function that is returned with it, too
	OnSignal           // ended by a signal, too
	OfGroup            // ended when the group that is returned before it has waited
	WithValue          // ended with the other one
)

// DerivesContext says how the context that fn returns follows from the one in
// its argument.
func DerivesContext(fn *types.Func) Deriver {
	path, name := nameOf(fn)
	switch {
	case path == "os/signal" && name == "NotifyContext":
		return OnSignal
	case path == "golang.org/x/sync/errgroup" && name == "WithContext":
		return OfGroup
	case path == "context" && name == "WithValue":
		return WithValue
	case path == "context" && name != "WithoutCancel" && strings.HasPrefix(name, "With"):
		return WithCancel
	}
	return NotDerived
}

// WaitsForGroup reports whether fn waits for a group that ends a context.
func WaitsForGroup(fn *types.Func) bool {
	path, name := nameOf(fn)
	return path == "golang.org/x/sync/errgroup" && name == "Group.Wait"
}

// IsContextDone reports whether fn returns the channel that tells that a
// context is over.
func IsContextDone(fn *types.Func) bool {
	path, name := nameOf(fn)
	return path == "context" && name == "Context.Done"
}

// IsExporter reports whether t is a type of exporters of spans.
func IsExporter(t types.Type) bool {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil {
		return false
	}
	path, name := n.Obj().Pkg().Path(), n.Obj().Name()
	return path == sdkTrace && name == "SpanExporter" || name == "Exporter" && (path == otlpPath || path == zipkinPath || path == jaegerPath || path == stdoutPath)
}

// PostsToURL reports whether fn is an option of an exporter that posts to a URL.
func PostsToURL(fn *types.Func) bool {
	path, _ := nameOf(fn)
	return wiring[path]["WithEndpointURL"] == TakesURL
}
