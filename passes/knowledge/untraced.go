package knowledge

import (
	"go/types"
	"strings"
)

// A Family is a kind of server or client that spans only come from where
// tracing was added to it.
type Family uint8

const (
	GRPCServer Family = 1 << iota
	GRPCClient
	HTTPServer
	HTTPClient
	Database
	Messaging
)

// constructors make servers and clients without tracing. Read at Go 1.26.8, grpc
// v1.85.0, gin v1.12.0, echo v4.16.0 and v5.3.1 (2026-11).
var constructors = map[string]map[string]Family{
	"google.golang.org/grpc":      {"NewServer": GRPCServer, "NewClient": GRPCClient, "Dial": GRPCClient, "DialContext": GRPCClient},
	"database/sql":                {"Open": Database},
	ginPath:                       {"New": HTTPServer, "Default": HTTPServer},
	"github.com/labstack/echo/v4": {"New": HTTPServer},
	"github.com/labstack/echo/v5": {"New": HTTPServer},
}

// Constructs returns which family fn makes a member of, without tracing; 0 if
// it does not.
func Constructs(fn *types.Func) Family {
	path, name := nameOf(fn)
	return constructors[path][name]
}

// structs that are used as they are. Read at Go 1.26.8, kafka-go v0.4.51.
var plainStructs = map[string]map[string]Family{
	"net/http":                      {"Client": HTTPClient},
	"github.com/segmentio/kafka-go": {"Writer": Messaging},
}

// IsPlain returns which family the struct t is of, if a value of it needs no
// constructor.
func IsPlain(t types.Type) Family {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil {
		return 0
	}
	return plainStructs[n.Obj().Pkg().Path()][n.Obj().Name()]
}

// TransportField is the field of an HTTP client that tracing can be put into.
const TransportField = "Transport"

// IsDefaultClient reports whether v is the HTTP client that everybody has, and
// IsDefaultTransport whether it is the transport of clients that have none.
func IsDefaultClient(v types.Object) bool { return isVar(v, "net/http", "DefaultClient") }

// IsDefaultTransport is described at IsDefaultClient.
func IsDefaultTransport(v types.Object) bool { return isVar(v, "net/http", "DefaultTransport") }

func isVar(v types.Object, path, name string) bool {
	_, ok := v.(*types.Var)
	return ok && v.Pkg() != nil && v.Pkg().Path() == path && v.Name() == name && v.Parent() == v.Pkg().Scope()
}

// RegistersDriver reports whether fn registers a driver of databases, which may
// trace.
func RegistersDriver(fn *types.Func) bool {
	path, name := nameOf(fn)
	return path == "database/sql" && name == "Register"
}

// IsQuietOption reports whether fn, an option of a gRPC server or client, runs
// nothing around the calls.
func IsQuietOption(fn *types.Func) bool {
	path, name := nameOf(fn)
	return path == "google.golang.org/grpc" && !strings.Contains(name, "Interceptor") && !strings.Contains(name, "StatsHandler") && name != "InTapHandle"
}

// tracers are the packages that add tracing to a family, and those of which that
// is not known: if a program has one, nothing is said of the family. Paths that
// end in a slash stand for all below. Read on pkg.go.dev (2026-11).
var tracers = map[Family][]string{
	GRPCServer | GRPCClient: {
		instrPath + "google.golang.org/grpc/otelgrpc", "google.golang.org/grpc/stats/opentelemetry", "google.golang.org/grpc/experimental/opentelemetry",
		"github.com/grpc-ecosystem/go-grpc-middleware/", "github.com/grpc-ecosystem/grpc-opentracing/", "connectrpc.com/otelconnect",
		"go.opencensus.io/plugin/ocgrpc", "contrib.go.opencensus.io/",
	},
	HTTPServer: {
		instrPath + "github.com/gin-gonic/", instrPath + "github.com/labstack/", instrPath + "github.com/gorilla/", instrPath + "github.com/emicklei/", instrPath + "net/http/",
		"github.com/labstack/echo-opentelemetry", "github.com/riandyrn/otelchi", "github.com/gofiber/contrib/", "github.com/Cyprinus12138/otelgin",
		"github.com/labstack/echo-contrib/", "github.com/opentracing-contrib/", "go.opencensus.io/plugin/ochttp",
	},
	HTTPClient: {instrPath + "net/http/", "github.com/opentracing-contrib/", "go.opencensus.io/plugin/ochttp", "github.com/dubonzi/otelresty"},
	Database: {
		"github.com/XSAM/otelsql", "github.com/uptrace/opentelemetry-go-extra/", "go.nhat.io/otelsql", "github.com/nhatthm/otelsql", "github.com/signalfx/splunk-otel-go/",
		"github.com/exaring/otelpgx", "github.com/luna-duclos/instrumentedsql", "github.com/luna-duclos/instrumentedsql/", "github.com/ngrok/sqlmw",
		"github.com/qustavo/sqlhooks/", "github.com/gchaincl/sqlhooks", "gorm.io/plugin/opentelemetry/", "gorm.io/plugin/opentracing",
		"contrib.go.opencensus.io/", "github.com/opencensus-integrations/ocsql",
	},
	Messaging: {
		instrPath + "github.com/Shopify/", "github.com/dnwe/otelsarama", "github.com/twmb/franz-go/plugin/kotel", "github.com/voi-oss/watermill-opentelemetry/",
		"github.com/dentech-floss/watermill-opentelemetry-go-extra/", "github.com/opentracing-contrib/",
	},
	GRPCServer | GRPCClient | HTTPServer | HTTPClient | Database | Messaging: {
		"github.com/DataDog/dd-trace-go/", "gopkg.in/DataDog/dd-trace-go.v1/", "go.elastic.co/apm/", "github.com/newrelic/go-agent/", "github.com/getsentry/sentry-go/",
	},
}

// TracedBy returns the families that the package at path adds tracing to.
func TracedBy(path string) Family {
	var of Family
	for family, paths := range tracers {
		if matches(paths, path) {
			of |= family
		}
	}
	return of
}

// Outdated says that a package or a function has had its time.
type Outdated struct {
	// Removed: it is gone from the newest version.
	Removed bool
	// Since is the version of its module in which it was removed, or else deprecated; "" if
	// that was not looked up.
	Since string
	// Instead says what takes its place; "" if nothing does.
	Instead string
}

// outdatedPackages and outdatedFuncs are read in the changelogs of otel v1.47.0 and contrib v1.47.0 (2026-11).
var outdatedPackages = map[string]Outdated{
	instrPath + "github.com/labstack/echo/otelecho":    {true, "v0.72.0", "github.com/labstack/echo-opentelemetry, for Echo v5"},
	instrPath + "github.com/aws/aws-sdk-go-v2/otelaws": {false, "v0.72.0", ""},
	instrPath + "github.com/Shopify/sarama/otelsarama": {true, "v0.44.0", ""},
	instrPath + "github.com/astaxie/beego/otelbeego":   {true, "v0.56.0", ""},
	instrPath + "github.com/gocql/gocql/otelgocql":     {true, "v0.56.0", ""},
	instrPath + "gopkg.in/macaron.v1/otelmacaron":      {true, "v0.56.0", ""},
	contribPath + "config":                             {true, "", contribPath + "otelconf"},
	contribPath + "propagators/aws/xray":               {false, "v0.72.0", ""},
	contribPath + "samplers/probability/consistent":    {false, "v0.72.0", ""},
	jaegerPath: {true, "v1.18.0", otlpPath + "/otlptracegrpc or otlptracehttp"},
}

var outdatedFuncs = map[string]map[string]Outdated{
	instrPath + "google.golang.org/grpc/otelgrpc": {
		"UnaryServerInterceptor":  {true, "v0.61.0", "NewServerHandler"},
		"UnaryClientInterceptor":  {true, "v0.61.0", "NewClientHandler"},
		"StreamServerInterceptor": {true, "v0.62.0", "NewServerHandler"},
		"StreamClientInterceptor": {true, "v0.63.0", "NewClientHandler"},
		"WithSpanOptions":         {true, "v0.69.0", ""},
	},
	instrPath + "net/http/otelhttp": {
		"WithRouteTag":       {true, "v0.65.0", "the pattern of the route, which it finds by itself"},
		"WithPublicEndpoint": {true, "v0.65.0", "WithPublicEndpointFn"},
		"Get":                {true, "v0.65.0", "a client with NewTransport"},
		"Head":               {true, "v0.65.0", "a client with NewTransport"},
		"Post":               {true, "v0.65.0", "a client with NewTransport"},
		"PostForm":           {true, "v0.65.0", "a client with NewTransport"},
	},
	otelTrace: {"NewNoopTracerProvider": {false, "", otelTrace + "/noop.NewTracerProvider"}},
}

// OutdatedPackage returns what is to be said of the package at path, and whether
// anything is.
func OutdatedPackage(path string) (Outdated, bool) {
	o, ok := outdatedPackages[path]
	return o, ok
}

// OutdatedFunc returns what is to be said of fn, and whether anything is.
func OutdatedFunc(fn *types.Func) (Outdated, bool) {
	path, name := nameOf(fn)
	o, ok := outdatedFuncs[path][name]
	return o, ok
}

// HasOutdated reports whether the package at path has a function of which there
// is anything to say.
func HasOutdated(path string) bool { return outdatedFuncs[path] != nil }
