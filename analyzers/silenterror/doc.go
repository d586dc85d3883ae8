// Package silenterror defines an Analyzer that reports errors that leave no
// status on their span.
//
// # Rule
//
// silenterror: report errors that are recorded on a span but leave no status there
//
// RecordError adds an event to a span and does nothing else: in a running
// program the status of such a span is Unset, and the backend counts it among
// the operations that went well. It is the status that makes a failure.
//
// # Example
//
//	func load(ctx context.Context) error {
//		ctx, span := tracer.Start(ctx, "load")
//		defer span.End()
//		if err := query(ctx); err != nil {
//			span.RecordError(err)
//			return err
//		}
//		return nil
//	}
//
//	func query(ctx context.Context) error { return ctx.Err() }
//
// # Use instead
//
//	func load(ctx context.Context) error {
//		ctx, span := tracer.Start(ctx, "load")
//		defer span.End()
//		if err := query(ctx); err != nil {
//			span.SetStatus(codes.Error, err.Error())
//			return err
//		}
//		return nil
//	}
//
//	func query(ctx context.Context) error { return ctx.Err() }
//
// # no-status
//
// A function records an error on a span that it started, and gives up: it
// returns the error, or another one from the branch that recorded it, or has
// nothing to return and does no more than reply. On the way from the start of
// the span to there, nothing sets the status. A helper that is given the span and
// the error, and records the one on the other, is no different; it is reported
// where it is called first, once in a package.
//
// # erased
//
// The status is set to Error, and then, on the same way through the function,
// to Ok. The last one counts, and the description of the error is gone.
//
// # evaluated-early
//
// The arguments of a deferred call are evaluated when the defer statement runs.
// At that time the error is nil, as a rule; what the variable is set to later is
// never recorded. The same goes for the deferred call of a helper that ends the
// span or is given it, as in defer finish(span, err), where the error is nil for
// certain when the defer statement runs.
//
// # returned
//
// Only with the option returned: a function returns an error, and its span, which
// has ended by then, has no status. Errors that stand for an outcome are left
// out: those that are declared, as io.EOF, and those that were found to be of a
// kind, as with errors.Is. Whether all others are failures, careful teams see
// differently; a span around each operation whose errors its caller handles may
// be right without.
//
// # Fix safety
//
// The fix adds a call of SetStatus behind RecordError. It never adds RecordError:
// that method is on its way out, and SetStatus alone is enough. For errors that
// are returned, it stands before each return; there is no fix where one of them
// returns what may be nil. A deferred call
// that is evaluated early becomes a function literal, which looks at the error
// when it runs; not if it is a helper that recovers from a panic, or one of
// another package, which might. For a status that is erased there is no fix: which of the two
// calls is wrong is for the author to say.
//
// # Limits
//
// Silence unless proven. Nothing is said of
//
//   - errors that are recorded where the function goes on, tries again, or
//     returns nil: they may be no failure of the operation;
//   - errors that were found to be one that is declared, as io.EOF, or that a
//     function was asked about, as errors.Is;
//   - spans that the function did not start: their owner may set the status;
//   - spans that other code gets, by themselves, or, after the error was
//     recorded or together with it, in their context: it may set the status;
//   - statuses that are set to Ok after an Error in a loop: the last try counts.
//
// # Options
//
//   - -silenterror.returned: report errors that are returned while the span has
//     no status, too. Off by default.
//
// # References
//
//   - OpenTelemetry specification, Trace API, Set status:
//     https://opentelemetry.io/docs/specs/otel/trace/api/#set-status
//   - go.opentelemetry.io/otel/trace v1.47.0, Span.RecordError: "An additional
//     call to SetStatus is required if the Status of the Span should be set to
//     Error, as this method does not change the Span status."
package silenterror
