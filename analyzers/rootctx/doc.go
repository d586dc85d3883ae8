// Package rootctx defines an Analyzer that reports new root contexts where the
// context of a request, or of the caller, is at hand.
//
// # Rule
//
// rootctx: report new root contexts where a request's or a caller's context is at hand
//
// context.Background and context.TODO carry no span. What is done on them starts
// a trace of its own: a span becomes a root, a client sends the header of that
// new trace, and the trace of the request ends where the context was dropped. If
// the context of a request, or of the caller, is at hand, the work belongs to
// that.
//
// It is at hand in every function with a context, an *http.Request, or the
// request of a framework (gin, echo, fiber, the stream of a gRPC method) among
// its parameters, and in the function literals there that run before the
// function goes on. The rule follows calls to the functions that hide a root,
// and interfaces whose implementations it sees, across packages. Handlers need
// not import OpenTelemetry for that: whether a program traces is decided
// elsewhere.
//
// # Example
//
// The query is in a trace of its own:
//
//	type API struct{ db *sql.DB }
//
//	func (a *API) Get(c *gin.Context) {
//		row := a.db.QueryRowContext(context.Background(), "SELECT name FROM users WHERE id = $1", c.Param("id"))
//		var name string
//		if err := row.Scan(&name); err != nil {
//			c.Status(http.StatusNotFound)
//			return
//		}
//		c.String(http.StatusOK, name)
//	}
//
// So it is if a helper without a context makes the root:
//
//	type API struct{ db *sql.DB }
//
//	func (a *API) Delete(w http.ResponseWriter, r *http.Request) {
//		if err := a.remove(r.PathValue("id")); err != nil {
//			w.WriteHeader(http.StatusInternalServerError)
//		}
//	}
//
//	func (a *API) remove(id string) error {
//		_, err := a.db.ExecContext(context.Background(), "DELETE FROM users WHERE id = $1", id)
//		return err
//	}
//
// # Use instead
//
// The context of the request, handed down to where the work is done:
//
//	type API struct{ db *sql.DB }
//
//	func (a *API) Delete(w http.ResponseWriter, r *http.Request) {
//		if err := a.remove(r.Context(), r.PathValue("id")); err != nil {
//			w.WriteHeader(http.StatusInternalServerError)
//		}
//	}
//
//	func (a *API) remove(ctx context.Context, id string) error {
//		_, err := a.db.ExecContext(ctx, "DELETE FROM users WHERE id = $1", id)
//		return err
//	}
//
// # request
//
// The context of a request that is being served is at hand where the root is
// made, or where a root from outside is used.
//
// # caller
//
// The function has a context from its caller.
//
// # started
//
// The function itself has started a span on a root, as for a message that it
// handles, and works on another root while that span is open.
//
// # reached
//
// The function with the root has no context, but one that calls it, directly or
// through others of the package, has. The finding names the nearest one.
//
// # call
//
// The call of a function of another package of the module, which reaches a root.
// It is reported once for each function that is called from a package.
//
// # Fix safety
//
// The fix puts the innermost context at hand in the place of the root: that of
// the span which is open there. With it come the cancellation and the deadline
// of the request; where the work has to go on after that, use
// context.WithoutCancel.
//
// For a root in a helper, one fix adds a parameter ctx to the functions on the
// way and passes the context at every call of them in the package, tests
// included. There is none if one of them is exported, may implement an
// interface, is used as a value, is mentioned in a file that this build leaves
// out, or is called where no context is at hand.
//
// # Limits
//
// Silence unless proven. Nothing is reported of a root
//
//   - that no work is seen to be done on: functions of the module that use a
//     context for its cancellation only, metrics, loggers, constructors of
//     clients;
//   - in a defer, behind the end of a context (<-ctx.Done(), ctx.Err() != nil,
//     a signal) or in the branch of an error, where the request's context may
//     have been cancelled, in literals that give back what was borrowed, and
//     for methods that give something back (Close, Shutdown, Rollback, Unlock);
//   - that a client is started with that the function returns, or that something is
//     started with that goes on in a loop of its own when the call is over;
//   - in a function that starts such a loop under the caller's context, which is then
//     not that of a request;
//   - in a program without an SDK or an agent, which uses no tracing API by itself;
//   - in a function whose context has no name, unless the work is traced for certain;
//   - that many requests share: in what a sync.Once or a singleflight runs, or
//     in the making of something that is nil and kept;
//   - that is stored, or whose cancel function is;
//   - that a span or the span context of a carrier is put into, or whose span
//     is meant to be a root (trace.WithNewRoot) or is linked (trace.WithLinks);
//   - that a comment on its line or right above gives a reason for;
//   - in a goroutine, which is for the rule detachedgo;
//   - in a loop that goes on until the caller's context is over: that says how
//     long the loop lives, and each turn is work of its own;
//   - that is one of several values that a variable may have.
//
// context.TODO says that nobody has decided yet, so that errors and comments
// do not excuse it. Nor does an error excuse a root that is only asked for its
// span, to write to it: that can be done when a context is over. Contexts in the fields of structs are not followed.
//
// # Options
//
// None.
//
// # References
//
//   - Package context, Go 1.26: "Do not store Contexts inside a struct type;
//     instead, pass a Context explicitly to each function that needs it."
//   - OpenTelemetry specification, Context: https://opentelemetry.io/docs/specs/otel/context/
package rootctx
