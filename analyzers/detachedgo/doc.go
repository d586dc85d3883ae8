// Package detachedgo defines an Analyzer that reports work in goroutines that
// loses the trace of the request, or is cancelled with the request.
//
// # Rule
//
// detachedgo: report goroutines that lose the trace of the request, or are cancelled with it
//
// A goroutine that outlives the handler has two wrong contexts to choose from.
// On context.Background its work is in a trace of its own. On the context of the
// request it is cancelled as soon as the handler returns: its spans are recorded,
// but every call that it makes fails. context.WithoutCancel keeps the trace and
// the values, and drops the cancellation. What stands for the request in a
// framework (a *gin.Context) is used again for another request by then: spans
// land in somebody else's trace, and it is a data race.
//
// # Example
//
//	func Create(w http.ResponseWriter, r *http.Request) {
//		id := r.PathValue("id")
//		go func() {
//			notify(context.Background(), id)
//		}()
//		w.WriteHeader(http.StatusAccepted)
//	}
//
//	func notify(ctx context.Context, id string) {
//		_, span := tracer.Start(ctx, "notify")
//		defer span.End()
//	}
//
// # Use instead
//
//	func Create(w http.ResponseWriter, r *http.Request) {
//		id := r.PathValue("id")
//		ctx := context.WithoutCancel(r.Context())
//		go func() {
//			notify(ctx, id)
//		}()
//		w.WriteHeader(http.StatusAccepted)
//	}
//
//	func notify(ctx context.Context, id string) {
//		_, span := tracer.Start(ctx, "notify")
//		defer span.End()
//	}
//
// # new-trace
//
// The goroutine works on context.Background or context.TODO although the context
// of a request is at hand where it is started; or that of a caller, and the
// goroutine works on data of that call. The function that starts it may have no
// context itself: then one is at hand where that is called, also through other
// functions and packages.
//
// # cancelled
//
// A handler starts the goroutine on the request's own context and does not wait
// for it. The start may be in a function that the handler calls.
//
// # captured
//
// The goroutine uses the framework's own value for the request, and the handler
// does not wait for it.
//
// # Fix safety
//
// The context is taken without its cancellation, before the goroutine starts;
// where the function waits for the goroutine, it is passed as it is. The fix
// needs Go 1.21 (context.WithoutCancel), and is not offered where the goroutine
// uses more of the request than its context.
//
// # Limits
//
// Silence unless proven. A goroutine counts as waited for if the function, or
// one that it gives the group or the channel to, may wait. One that looks at the
// context (ctx.Done, ctx.Err) knows that it ends. One with a loop without an end,
// also in the function of the package that it calls, or that gives what it calls a
// function to call back under the context, as consumers of messages do, or a function
// of another package a literal to run (go wait.Until(func() {...}, ...)), or started by
// a function that waits for a signal or for the end of a context, belongs to the
// program and not to a request; one that works on what a method puts into its
// receiver, or that has a slot of a channel there, belongs to that. So does one that goes on until the context is over, in
// whatever function that is. One that a function without a context starts, and
// that keeps a result of what it does, fetches that for all who ask later. A program
// without an SDK or an agent, which uses no tracing API by itself, records no span, and
// nothing is said of it.
//
// # Options
//
// None.
//
// # References
//
//   - Package context, Go 1.26: WithoutCancel.
//   - Package net/http, Go 1.26, Request.Context: for incoming requests, the
//     context is cancelled when the ServeHTTP method returns.
//   - github.com/gin-gonic/gin v1.12.0, context.go: Context.Copy.
package detachedgo
