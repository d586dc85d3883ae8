// Package dynamiclabel defines an Analyzer that reports labels of metrics that
// have no bound on their values.
//
// # Rule
//
// dynamiclabel: report labels of metrics that have no bound on their values
//
// A metric keeps one time series for each combination of its labels, in the
// memory of the program and in the store. In a running program with the
// OpenTelemetry SDK v1.44.0 or newer, 5000 users in an attribute gave 2000 series,
// the last of which, marked otel.metric.overflow, held what 3001 users did: the
// attribute was lost for those. Older SDKs and Prometheus have no limit, and
// keep all of them until memory runs out.
//
// # Example
//
//	var requests, _ = otel.Meter("shop").Int64Counter("requests")
//
//	func handle(w http.ResponseWriter, r *http.Request) {
//		requests.Add(r.Context(), 1, metric.WithAttributes(attribute.String("path", r.URL.Path)))
//	}
//
// # Use instead
//
//	var requests, _ = otel.Meter("shop").Int64Counter("requests")
//
//	func handle(w http.ResponseWriter, r *http.Request) {
//		requests.Add(r.Context(), 1, metric.WithAttributes(attribute.String("http.route", r.Pattern)))
//	}
//
// # attribute
//
// An attribute of a measurement, one that is given to Add, Record or Observe
// directly or in a list or set that was made before, is or contains a value with
// no bound: the path, a parameter, the query, a header or the body of a request,
// an address, the text of an error, an id, a time, a count. In the attributes of
// a span such a value is right; a list that is shared by both is the usual way
// to this fault.
//
// # label
//
// A label of a Prometheus metric is or contains such a value; or a function
// gets it that makes a label from it.
//
// # trace-id
//
// The id of a trace or of a span is a label. Exemplars are the way from a metric
// to a trace: the OpenTelemetry SDK records them for measurements that get the
// context of a sampled span, client_golang with ObserveWithExemplar and
// AddWithExemplar.
//
// # Fix safety
//
// There is no fix: what should take the place of the value is for the author
// to say.
//
// # Limits
//
// Silence unless proven, as in dynamicname: what the program compares with a
// constant, looks up in a table or has a function check is bounded, and so is
// a value of a type whose constants are declared; of what is not known,
// nothing is said. A running count is reported only where the function that
// counts also measures: one that is handed on may number exporters or workers,
// of which there are few.
//
// # Options
//
// None.
//
// # References
//
//   - OpenTelemetry specification, Metrics SDK, Cardinality limits:
//     https://opentelemetry.io/docs/specs/otel/metrics/sdk/#cardinality-limits
//   - Prometheus, Metric and label naming:
//     https://prometheus.io/docs/practices/naming/#labels
package dynamiclabel
