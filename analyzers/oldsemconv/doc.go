// Package oldsemconv defines an Analyzer that reports attribute keys that the
// semantic conventions of OpenTelemetry have renamed.
//
// # Rule
//
// oldsemconv: report attribute keys that the semantic conventions have renamed
//
// Dashboards and alerts ask for attributes by their keys. The conventions have
// renamed many: those of HTTP in v1.21.0, those of databases in v1.25.0 and v1.30.0.
// A service that still writes the old ones is missing from queries for the new
// ones, though its traces are whole. A rename has to be done on both sides at
// once, which is why this rule has to be asked for.
//
// # Example
//
//	func handle(ctx context.Context, method string) {
//		_, span := tracer.Start(ctx, "handle")
//		defer span.End()
//		span.SetAttributes(attribute.String("http.method", method))
//	}
//
// # Use instead
//
//	func handle(ctx context.Context, method string) {
//		_, span := tracer.Start(ctx, "handle")
//		defer span.End()
//		span.SetAttributes(attribute.String("http.request.method", method))
//	}
//
// # renamed
//
// The key of an attribute, a literal or a symbol of one of the packages semconv,
// has another name by now. In some cases its values have changed with it: then
// a new name alone would be wrong.
//
// # replaced
//
// No one key took the place of this one: it was split, merged with another one
// or dropped.
//
// # wrong-type
//
// The value of an attribute is not of the type that the conventions say: a
// status code that is a string, a list that is joined.
//
// # wrong-value
//
// The attribute http.route is set to the path of a request, or to something else
// that has no bound. It is the template of the route, such as /orders/{id}: it
// exists so that requests can be counted by it.
//
// # Fix safety
//
// The new key is written where the old one stands, if the conventions say that
// the values stay the same. A symbol is replaced by the key's symbol in the same
// package, if it has one, and a function of that package by the method of the
// key: functions come and go with the versions. If two old keys have become one,
// and a function writes both, there is no fix. What reads the key elsewhere,
// such as a dashboard, has to follow.
//
// # Limits
//
// Nothing is said of
//
//   - old keys that are written beside the new ones in the same function, as in a
//     migration;
//   - keys that are read: in filters, samplers and comparisons;
//   - keys that are no constants;
//   - names of metrics and events, and values that were renamed;
//   - keys that only the schema file of the conventions tells of.
//
// # Options
//
// None.
//
// # References
//
//   - Semantic conventions, registry of attributes:
//     https://opentelemetry.io/docs/specs/semconv/registry/attributes/
//   - The table was made from the registry, tags v1.21.0 to v1.44.0.
package oldsemconv
