package knowledge

import (
	"maps"
	"strings"
)

// Routers, what is registered on them by which functions, and what is known of
// middlewares. What order means in each was seen in running programs. Read at gin
// v1.12.0, echo v4.16.0 and v5.3.1, fiber v2.52.15 and v3.5.0, chi v5.5.0, gorilla/mux
// v1.8.1, Go 1.26.8, grpc v1.85.0.

const (
	echo4Path  = "github.com/labstack/echo/v4"
	echo5Path  = "github.com/labstack/echo/v5"
	fiber2Path = "github.com/gofiber/fiber/v2"
	fiber3Path = "github.com/gofiber/fiber/v3"
	muxPath    = "github.com/gorilla/mux"
	grpcPath   = "google.golang.org/grpc"
)

var chiPaths = []string{"github.com/go-chi/chi/v5", "github.com/go-chi/chi"}

var routers = withChi(map[string]map[string]Router{
	ginPath: {
		"Engine":      {Order: OrderSource, Root: true},
		"RouterGroup": {Order: OrderSource},
		"IRouter":     {Order: OrderSource},
		"IRoutes":     {Order: OrderSource},
	},
	echo4Path:  {"Echo": {Order: OrderGroups, Root: true}, "Group": {Order: OrderGroups}},
	echo5Path:  {"Echo": {Order: OrderGroups, Root: true}, "Group": {Order: OrderGroups}},
	fiber2Path: {"App": {Order: OrderStack, Root: true}, "Group": {Order: OrderStack}, "Router": {Order: OrderStack}},
	fiber3Path: {"App": {Order: OrderStack, Root: true}, "Group": {Order: OrderStack}, "Router": {Order: OrderStack}},
	muxPath:    {"Router": {Order: OrderAny}, "Route": {Order: OrderAny}},
	"net/http": {"ServeMux": {Order: OrderAny, Root: true}},
	grpcPath:   {"Server": {Order: OrderAny, Root: true, RPC: true}, "ClientConn": {Order: OrderAny, Root: true, Client: true}},
}, map[string]Router{"Mux": {Order: OrderAny}, "Router": {Order: OrderAny}})

var registers = withChi(map[string]map[string]Register{
	ginPath: join(
		map[string]Register{
			"New":                  router(false),
			"Default":              router(true),
			"Engine.Use":           use(0),
			"Engine.NoRoute":       quiet,
			"Engine.NoMethod":      quiet,
			"RouterGroup.Group":    group(0, 1, -1),
			"IRouter.Group":        group(0, 1, -1),
			"RouterGroup.BasePath": quiet,
		},
		methods([]string{"RouterGroup", "IRoutes"}, verbs(1, "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")),
		methods([]string{"RouterGroup", "IRoutes"}, map[string]Register{
			"Use":    use(0),
			"Any":    route("", -1, 0, -1, 1),
			"Handle": route("", 0, 1, -1, 2),
			"Match":  route("", -1, 1, -1, 2),
			"Static": quiet, "StaticFS": quiet, "StaticFile": quiet, "StaticFileFS": quiet,
		}),
	),
	echo4Path: join(map[string]Register{"New": router(false), "Echo.Host": group(0, 1, -1)}, echoMethods),
	echo5Path: join(map[string]Register{"New": router(false)}, echoMethods),
	fiber2Path: join(map[string]Register{"New": router(false)},
		methods([]string{"App", "Group", "Router"}, fiberMethods), methods([]string{"App", "Group", "Router"}, map[string]Register{"Static": quiet}),
		methods([]string{"App", "Group", "Router"}, map[string]Register{"Mount": mount})),
	fiber3Path: join(map[string]Register{"New": router(false)}, methods([]string{"App", "Group", "Router"}, fiberMethods)),
	muxPath: {
		"NewRouter":         router(false),
		"Router.Use":        use(0),
		"Router.Handle":     route("", -1, 0, 1, -1),
		"Router.HandleFunc": route("", -1, 0, 1, -1),
		"Router.PathPrefix": same, "Router.Path": same, "Router.Methods": same, "Router.Host": same, "Router.Headers": same,
		"Router.Queries": same, "Router.Schemes": same, "Router.NewRoute": same, "Router.Name": same, "Router.MatcherFunc": same,
		"Router.StrictSlash": same, "Router.SkipClean": same, "Router.UseEncodedPath": same,
		"Route.PathPrefix": same, "Route.Path": same, "Route.Methods": same, "Route.Host": same, "Route.Headers": same,
		"Route.Queries": same, "Route.Schemes": same, "Route.Name": same, "Route.MatcherFunc": same,
		"Route.Handler":     route("", -1, -1, 0, -1),
		"Route.HandlerFunc": route("", -1, -1, 0, -1),
		"Route.Subrouter":   group(-1, -1, -1),
	},
	"net/http": {
		"NewServeMux":         router(false),
		"ServeMux.Handle":     route("", -1, 0, 1, -1),
		"ServeMux.HandleFunc": route("", -1, 0, 1, -1),
		"ServeMux.ServeHTTP":  quiet,
		"Handle":              onDefaultMux,
		"HandleFunc":          onDefaultMux,
	},
	grpcPath: {
		"NewServer":   {Kind: NewRouter, Method: -1, Path: -1, Handler: -1, List: 0, Body: -1},
		"NewClient":   {Kind: NewRouter, Method: -1, Path: -1, Handler: -1, List: 1, Body: -1},
		"Dial":        {Kind: NewRouter, Method: -1, Path: -1, Handler: -1, List: 1, Body: -1},
		"DialContext": {Kind: NewRouter, Method: -1, Path: -1, Handler: -1, List: 2, Body: -1},
	},
}, join(
	map[string]Register{"NewRouter": router(false), "NewMux": router(false)},
	methods([]string{"Mux", "Router"}, map[string]Register{
		"Use": use(0), "With": group(-1, 0, -1), "Group": group(-1, -1, 0), "Route": group(0, -1, 1),
		"Handle": route("", -1, 0, 1, -1), "HandleFunc": route("", -1, 0, 1, -1),
		"Method": route("", 0, 1, 2, -1), "MethodFunc": route("", 0, 1, 2, -1),
		"Get": route("GET", -1, 0, 1, -1), "Post": route("POST", -1, 0, 1, -1), "Put": route("PUT", -1, 0, 1, -1),
		"Patch": route("PATCH", -1, 0, 1, -1), "Delete": route("DELETE", -1, 0, 1, -1), "Head": route("HEAD", -1, 0, 1, -1),
		"Options": route("OPTIONS", -1, 0, 1, -1), "NotFound": quiet, "MethodNotAllowed": quiet,
		"Mount": mount,
	}),
))

var (
	quiet = Register{Kind: Quiet, Method: -1, Path: -1, Handler: -1, List: -1, Body: -1}
	same  = Register{Kind: SameRouter, Method: -1, Path: -1, Handler: -1, List: -1, Body: -1}

	mount = Register{Kind: MountRouter, Method: -1, Path: 0, Handler: 1, List: -1, Body: -1}

	onDefaultMux = Register{Kind: AddRoute, Method: -1, Path: 0, Handler: 1, List: -1, Body: -1, On: "DefaultServeMux"}

	echoMethods = join(
		map[string]Register{"Echo.Pre": {Kind: AddBefore, Method: -1, Path: -1, Handler: -1, List: 0, Body: -1}},
		methods([]string{"Echo", "Group"}, echoVerbs("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")),
		methods([]string{"Echo", "Group"}, map[string]Register{
			"Use":           use(0),
			"Any":           route("", -1, 0, 1, 2),
			"Add":           route("", 0, 1, 2, 3),
			"Match":         route("", -1, 1, 2, 3),
			"Group":         group(0, 1, -1),
			"Static":        quiet,
			"StaticFS":      quiet,
			"File":          quiet,
			"FileFS":        quiet,
			"RouteNotFound": quiet,
		}),
	)

	fiberMethods = join(
		verbs(1, "Get", "Post", "Put", "Patch", "Delete", "Head", "Options"),
		map[string]Register{
			"Use":   use(0),
			"All":   route("", -1, 0, -1, 1),
			"Add":   route("", 0, 1, -1, 2),
			"Group": group(0, 1, -1),
			"Route": group(0, -1, 1),
			"Name":  same,
		},
	)
)

func router(recovers bool) Register {
	return Register{Kind: NewRouter, Method: -1, Path: -1, Handler: -1, List: -1, Body: -1, Recover: recovers}
}

func use(list int) Register {
	return Register{Kind: AddMiddleware, Method: -1, Path: -1, Handler: -1, List: list, Body: -1}
}

func group(path, list, body int) Register {
	return Register{Kind: MakeGroup, Method: -1, Path: path, Handler: -1, List: list, Body: body}
}

func route(verb string, method, path, handler, list int) Register {
	return Register{Kind: AddRoute, Verb: verb, Method: method, Path: path, Handler: handler, List: list, Body: -1}
}

// verbs returns the methods named after HTTP's, whose handlers are in a list.
func verbs(list int, names ...string) map[string]Register {
	m := make(map[string]Register)
	for _, name := range names {
		m[name] = route(strings.ToUpper(name), -1, 0, -1, list)
	}
	return m
}

// echoVerbs returns the methods whose handler comes before the middlewares.
func echoVerbs(names ...string) map[string]Register {
	m := make(map[string]Register)
	for _, name := range names {
		m[name] = route(name, -1, 0, 1, 2)
	}
	return m
}

// methods returns the methods ms of all of the types.
func methods(types []string, ms map[string]Register) map[string]Register {
	all := make(map[string]Register)
	for _, t := range types {
		for name, reg := range ms {
			all[t+"."+name] = reg
		}
	}
	return all
}

func join(ms ...map[string]Register) map[string]Register {
	all := make(map[string]Register)
	for _, m := range ms {
		maps.Copy(all, m)
	}
	return all
}

func withChi[T any](m map[string]map[string]T, chi map[string]T) map[string]map[string]T {
	for _, path := range chiPaths {
		m[path] = chi
	}
	return m
}

// middlewares are the functions that make middlewares, or are ones, which start
// the server's span, recover from panics, or are something else by another
// name. Read at contrib v0.60 to v0.72, otelchi v0.12.2, echo-opentelemetry v0.0.3, fiber
// contrib v2.2.3.
var middlewares = withChi(map[string]map[string]Middleware{
	instrPath + "github.com/gin-gonic/gin/otelgin":  {"Middleware": {Kind: TracingMiddleware, Restores: true}},
	instrPath + "github.com/labstack/echo/otelecho": {"Middleware": {Kind: TracingMiddleware, Restores: true}},
	instrPath + "github.com/gorilla/mux/otelmux":    {"Middleware": {Kind: TracingMiddleware}},
	instrPath + "net/http/otelhttp": {
		"NewMiddleware": {Kind: TracingMiddleware},
		"NewHandler":    {Kind: TracingHandler},
	},
	instrPath + "google.golang.org/grpc/otelgrpc": {
		"NewServerHandler":        {Kind: TracingMiddleware, Lane: Observing},
		"NewClientHandler":        {Kind: TracingMiddleware, Lane: Observing},
		"UnaryServerInterceptor":  {Kind: TracingMiddleware, Lane: Unary},
		"UnaryClientInterceptor":  {Kind: TracingMiddleware, Lane: Unary},
		"StreamServerInterceptor": {Kind: TracingMiddleware, Lane: Stream},
		"StreamClientInterceptor": {Kind: TracingMiddleware, Lane: Stream},
	},
	"github.com/labstack/echo-opentelemetry": {
		"NewMiddleware":           {Kind: TracingMiddleware},
		"NewMiddlewareWithConfig": {Kind: TracingMiddleware},
	},
	"github.com/Cyprinus12138/otelgin":               {"Middleware": {Kind: TracingMiddleware, Restores: true}}, // a fork
	"github.com/riandyrn/otelchi":                    {"Middleware": {Kind: TracingMiddleware}},
	"github.com/gofiber/contrib/otelfiber/v2":        {"Middleware": {Kind: TracingMiddleware, Restores: true}},
	"github.com/gofiber/contrib/otelfiber":           {"Middleware": {Kind: TracingMiddleware, Restores: true}},
	"github.com/gofiber/contrib/v3/otel":             {"Middleware": {Kind: TracingMiddleware}},
	"github.com/go-chi/chi/v5/middleware":            {"Recoverer": {Kind: RecoveryMiddleware}},
	"github.com/go-chi/chi/middleware":               {"Recoverer": {Kind: RecoveryMiddleware}},
	"github.com/labstack/echo/v4/middleware":         {"Recover": {Kind: RecoveryMiddleware}, "RecoverWithConfig": {Kind: RecoveryMiddleware}},
	"github.com/labstack/echo/v5/middleware":         {"Recover": {Kind: RecoveryMiddleware}, "RecoverWithConfig": {Kind: RecoveryMiddleware}},
	"github.com/gofiber/fiber/v2/middleware/recover": {"New": {Kind: RecoveryMiddleware}},
	"github.com/gofiber/fiber/v3/middleware/recover": {"New": {Kind: RecoveryMiddleware}},
	"github.com/gin-contrib/zap":                     {"RecoveryWithZap": {Kind: RecoveryMiddleware}, "CustomRecoveryWithZap": {Kind: RecoveryMiddleware}},
	// Fiber's handlers of a company that publishes them. Read at v1.1.0.
	"github.com/LerianStudio/lib-observability/middleware": {"TelemetryMiddleware.WithTelemetry": {Kind: TracingMiddleware}},
	ginPath: {
		"Recovery":                 {Kind: RecoveryMiddleware},
		"RecoveryWithWriter":       {Kind: RecoveryMiddleware},
		"CustomRecovery":           {Kind: RecoveryMiddleware},
		"CustomRecoveryWithWriter": {Kind: RecoveryMiddleware},
		"WrapH":                    {Kind: AdaptedMiddleware},
		"WrapF":                    {Kind: AdaptedMiddleware},
	},
	echo4Path: {"WrapHandler": {Kind: AdaptedMiddleware}, "WrapMiddleware": {Kind: AdaptedMiddleware}},
	echo5Path: {"WrapHandler": {Kind: AdaptedMiddleware}, "WrapMiddleware": {Kind: AdaptedMiddleware}},
	grpcPath: {
		"StatsHandler":               {Kind: MiddlewareOption, Lane: Observing},
		"WithStatsHandler":           {Kind: MiddlewareOption, Lane: Observing},
		"UnaryInterceptor":           {Kind: MiddlewareOption, Lane: Unary},
		"ChainUnaryInterceptor":      {Kind: MiddlewareOption, Lane: Unary},
		"WithUnaryInterceptor":       {Kind: MiddlewareOption, Lane: Unary},
		"WithChainUnaryInterceptor":  {Kind: MiddlewareOption, Lane: Unary},
		"StreamInterceptor":          {Kind: MiddlewareOption, Lane: Stream},
		"ChainStreamInterceptor":     {Kind: MiddlewareOption, Lane: Stream},
		"WithStreamInterceptor":      {Kind: MiddlewareOption, Lane: Stream},
		"WithChainStreamInterceptor": {Kind: MiddlewareOption, Lane: Stream},
	},
	// Read at v1.2.0.
	"github.com/justinas/alice": {
		"New": {Kind: MiddlewareList}, "Chain.Append": {Kind: MiddlewareList}, "Chain.Extend": {Kind: MiddlewareList},
		"Chain.Then": {Kind: MiddlewareChain}, "Chain.ThenFunc": {Kind: MiddlewareChain},
	},
}, map[string]Middleware{
	"Chain": {Kind: MiddlewareList}, "Middlewares.Handler": {Kind: MiddlewareChain}, "Middlewares.HandlerFunc": {Kind: MiddlewareChain},
})

// tracingFilters are the options by which a tracing middleware leaves some
// requests alone.
var tracingFilters = map[string][]string{
	instrPath + "github.com/gin-gonic/gin/otelgin":  {"WithFilter", "WithGinFilter"},
	instrPath + "github.com/labstack/echo/otelecho": {"WithSkipper"},
	instrPath + "github.com/gorilla/mux/otelmux":    {"WithFilter"},
	instrPath + "net/http/otelhttp":                 {"WithFilter"},
	instrPath + "google.golang.org/grpc/otelgrpc":   {"WithFilter", "WithInterceptorFilter"},
	"github.com/riandyrn/otelchi":                   {"WithFilter"},
	"github.com/gofiber/contrib/otelfiber/v2":       {"WithNext"},
	"github.com/gofiber/contrib/otelfiber":          {"WithNext"},
}
