// Package route sets the attribute http.route.
package route

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("route")

const routeKey = attribute.Key("http.route")

// Function sets it to the path, by the function of the conventions.
func Function(w http.ResponseWriter, r *http.Request) {
	span := trace.SpanFromContext(r.Context())
	span.SetAttributes(semconv.HTTPRoute(r.URL.Path)) // want `^http.route is made from r.URL.Path, the path of a request, and not the template of the route, so each value counts as a route of its own$`
}

// Literal does so by a literal key.
func Literal(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "Literal", trace.WithAttributes(
		attribute.String("http.route", r.RequestURI), // want `http.route is made from r.RequestURI`
	))
	defer span.End()
}

// Symbol does so by the key's symbol, in gin.
func Symbol(c *gin.Context) {
	span := trace.SpanFromContext(c.Request.Context())
	path := c.Request.URL.Path
	span.SetAttributes(semconv.HTTPRouteKey.String("/api" + path)) // want `http.route is made from .*the path of a request`
}

// Own does so by a constant of its own.
func Own(c *gin.Context) {
	trace.SpanFromContext(c.Request.Context()).SetAttributes(routeKey.String(c.Param("id"))) // want `http.route is made from c.Param\("id"\), a parameter in the path of a request`
}

func start(ctx context.Context, name, route string) (context.Context, trace.Span) {
	return tracer.Start(ctx, name, trace.WithAttributes(semconv.HTTPRoute(route)))
}

// Through gives it to the function that sets it.
func Through(w http.ResponseWriter, r *http.Request) {
	_, span := start(r.Context(), "Through", r.URL.Path) // want `http.route is made from r.URL.Path`
	defer span.End()
}

// Template is silent: gin knows the template.
func Template(c *gin.Context) {
	trace.SpanFromContext(c.Request.Context()).SetAttributes(semconv.HTTPRoute(c.FullPath()))
}

// Pattern is silent: so does net/http.
func Pattern(w http.ResponseWriter, r *http.Request) {
	trace.SpanFromContext(r.Context()).SetAttributes(attribute.String("http.route", r.Pattern))
}

// Chi is silent: so does chi.
func Chi(w http.ResponseWriter, r *http.Request) {
	route := chi.RouteContext(r.Context()).RoutePattern()
	trace.SpanFromContext(r.Context()).SetAttributes(semconv.HTTPRoute(route))
}

// Constant is silent.
func Constant(w http.ResponseWriter, r *http.Request) {
	_, span := start(r.Context(), "Constant", "/orders/{id}")
	defer span.End()
}

// Path is silent: the attribute of the path is the place for it.
func Path(w http.ResponseWriter, r *http.Request) {
	trace.SpanFromContext(r.Context()).SetAttributes(semconv.URLPath(r.URL.Path), attribute.String("order.route", r.URL.Path))
}
