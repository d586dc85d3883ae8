// Package dynamicname defines an Analyzer that reports names of spans, tracers
// and meters that have no bound on their values.
//
// # Rule
//
// dynamicname: report names of spans, tracers and meters that have no bound on their values
//
// Backends group spans by their names: durations, error rates and samples are
// those of a name. With an id, a path or a text of a user in it, each name is
// seen once, and there is nothing left to group. In a running program
// "GET /users/7" and "GET /users/8" become two operations, and a million users a
// million. What differs from call to call belongs into an attribute.
//
// # Example
//
//	func handle(w http.ResponseWriter, r *http.Request) {
//		_, span := tracer.Start(r.Context(), fmt.Sprintf("order %s", r.PathValue("id")))
//		defer span.End()
//	}
//
// # Use instead
//
//	func handle(w http.ResponseWriter, r *http.Request) {
//		_, span := tracer.Start(r.Context(), "order")
//		defer span.End()
//		span.SetAttributes(attribute.String("order.id", r.PathValue("id")))
//	}
//
// # span-name
//
// The name that a span is started with, or renamed to, directly or through
// functions that pass it on, is or contains a value with no bound: the path, a
// parameter, the query, a header or the body of a request, an address, the text
// of an error, an id, a time, a count.
//
// # formatter
//
// A function that is given to an instrumentation, to name its spans, returns
// such a value. The default names of the instrumentations have a bound.
//
// # scope-name
//
// The name of a tracer or a meter is or contains such a value. Each name makes
// an instrumentation scope of its own, which providers keep for good.
//
// # Fix safety
//
// In a handler of gin or echo, the path of the request is replaced by the
// template of its route: c.FullPath(), c.Path(). An option that sets a
// formatter is removed: the default name is the template. A name that is
// formatted becomes the constant part of its format; as an alternative, which
// needs judgement, what was in the name becomes an attribute besides, if the
// package makes attributes already.
//
// # Limits
//
// Silence unless proven. A value is bounded, as far as the rule knows, if it is
// of a type whose constants are declared; if the program compares it with a
// constant, looks it up in a table or has a function check it, on the way to
// its use; and if it is not known where it comes from. So nothing is said of
// fields of structs that other packages fill, of what databases and queues
// return, and of results of functions that have no fact.
//
// A span that is named by the path first and by SetName later, in the same
// function, is taken to be named well.
//
// # Options
//
// None.
//
// # References
//
//   - OpenTelemetry specification, Trace API, Span:
//     https://opentelemetry.io/docs/specs/otel/trace/api/#span
//   - Semantic conventions, Name of HTTP spans:
//     https://opentelemetry.io/docs/specs/semconv/http/http-spans/#name
package dynamicname
