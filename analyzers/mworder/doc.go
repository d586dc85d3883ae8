// Package mworder defines an Analyzer that reports routes and middlewares that
// run outside of the tracing middleware of their router.
//
// # Rule
//
// mworder: report tracing middleware that is registered in the wrong order
//
// A request's server span starts in the tracing middleware. What runs outside of
// that has no span to belong to: a route that was registered before has no server
// span, and a middleware that comes first begins traces of its own. Registered
// twice, the middleware starts two server spans for each request.
//
// # Example
//
// In gin, a route takes the middlewares that were registered before it:
//
//	func routes() *gin.Engine {
//		r := gin.New()
//		r.GET("/orders", list)
//		r.Use(otelgin.Middleware("orders"))
//		return r
//	}
//
//	func list(c *gin.Context) {
//		_, span := tracer.Start(c.Request.Context(), "list")
//		defer span.End()
//		c.Status(http.StatusOK)
//	}
//
// A middleware that starts spans is outside of the server's:
//
//	func handler(mux *http.ServeMux) http.Handler {
//		return auth(otelhttp.NewHandler(mux, "api"))
//	}
//
//	func auth(next http.Handler) http.Handler {
//		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
//			_, span := tracer.Start(r.Context(), "auth")
//			span.End()
//			next.ServeHTTP(w, r)
//		})
//	}
//
// # Use instead
//
//	func routes() *gin.Engine {
//		r := gin.New()
//		r.Use(otelgin.Middleware("orders"))
//		r.GET("/orders", list)
//		return r
//	}
//
//	func list(c *gin.Context) {
//		_, span := tracer.Start(c.Request.Context(), "list")
//		defer span.End()
//		c.Status(http.StatusOK)
//	}
//
//	func handler(mux *http.ServeMux) http.Handler {
//		return otelhttp.NewHandler(auth(mux), "api")
//	}
//
//	func auth(next http.Handler) http.Handler {
//		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
//			_, span := tracer.Start(r.Context(), "auth")
//			span.End()
//			next.ServeHTTP(w, r)
//		})
//	}
//
// # late
//
// The tracing middleware is registered after a route, or after a group was made,
// where that makes a difference: on gin's engines and groups, on echo's groups, on
// fiber's applications and groups. Reported if the handler of such a route does
// traced work, or is a method of the module that only the running program knows:
// health checks and metrics may be left out on purpose.
//
// # needs-span
//
// A middleware runs before tracing that starts spans, hands the request's context
// to traced work or to a logger, or asks for the trace's id.
//
// # twice
//
// Requests go through two tracing middlewares: registered twice, on a router and on
// its group, or on the router and around it. Each starts a server span. The
// stats handlers of two gRPC instrumentations share one place in the context, so
// that the spans of one are never ended.
//
// # list-order
//
// In the handlers of one route, tracing comes after the handler, or after a
// middleware that needs the span.
//
// # recovery
//
// With -mworder.recovery: the middleware that recovers from panics is registered
// before tracing, and there is none after it. The span of a request that panics
// is not marked as failed then.
//
// # Fix safety
//
// The registration of tracing is moved to before what has to come after it, if
// both are statements of one list, all that it mentions has its value there, and
// nothing that may matter to it is done in between; within one list of middlewares
// tracing moves to the front. A second registration is deleted if it stands
// alone, on the same router as the first. Each fix is type-checked first. What is
// registered after the new place gets a server span that it did not have before.
//
// # Limits
//
// Silence unless proven. Registrations are followed through functions and methods of
// the module, fields of structs, slices and loops over them. A registration under a
// condition counts only with others under the same conditions. A router that is
// given to a function of which nothing is known may be traced there. Routers in maps
// are not followed, nor those behind an interface of the module that several types
// implement, unless the function itself makes the one that it is, nor functions that
// are handed on as options. That a route is left untraced
// on purpose cannot be seen if its handler does traced work. What a middleware
// of another module needs is not known.
//
// # Options
//
// -mworder.recovery (default false): report recoveries outside tracing, too.
//
// # References
//
//   - OpenTelemetry semantic conventions, HTTP server spans:
//     https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
package mworder
