// Package ctxlesscall defines an Analyzer that reports calls without a context
// where the form with one exists and a context is at hand.
//
// # Rule
//
// ctxlesscall: report calls without a context where the form with one exists
//
// db.Query works on context.Background: the span of an instrumented database is
// a root, in a trace of its own. db.QueryContext takes the context at hand. The
// same holds for http.NewRequest, for a gorm handle without WithContext, and for
// pairs of functions of your own.
//
// # Example
//
//	type Users struct{ db *sql.DB }
//
//	func (u *Users) Rename(ctx context.Context, id, name string) error {
//		_, err := u.db.Exec("UPDATE users SET name = $1 WHERE id = $2", name, id)
//		return err
//	}
//
// # Use instead
//
//	type Users struct{ db *sql.DB }
//
//	func (u *Users) Rename(ctx context.Context, id, name string) error {
//		_, err := u.db.ExecContext(ctx, "UPDATE users SET name = $1 WHERE id = $2", name, id)
//		return err
//	}
//
// # variant
//
// Beside the function, in the same package or on the same type, there is one
// that takes a context first and is the same otherwise: XContext, XWithContext,
// XCtx (BeginTx for Begin). Looked at are database/sql, sqlx, net/http and the
// functions of the module at hand; of the latter those whose form with a context
// does work with it.
//
// # session
//
// A handle that carries the context of its work has not been given one: a
// *gorm.DB in a field or a package-level variable, or what a function without
// parameters returns of these; the request of a resty client.
//
// # client
//
// http.Get and its like send a request without a context, and have no form with
// one.
//
// # reached
//
// The function that does the work has no context, but a function that calls it,
// directly or through others, has one: it serves a request, or does other work
// with it. The finding stands on the work or, if that is in another package, on the
// call that leads there, the nearest one. What is known of a function of another
// package goes no further than to handlers. The package, or one of the module that it
// imports, has to show that the client is traced: it uses otelhttp.NewTransport,
// otelsql, or a plugin of gorm. Without that the span would be nobody's. With
// the option reached it is not asked for.
//
// # log
//
// A log line without a context. Only with the option logs: it is a fault only
// where the logger's handler adds the ids of trace and span to its lines.
//
// # Fix safety
//
// The fix calls the other form with the innermost context at hand. With it come
// the cancellation and the deadline of the request, which is what the form is
// for: a query ends when the client is gone, and a transaction is rolled back.
// For http.Get there is no fix: a request with a context takes two statements,
// and a client.
//
// # Limits
//
// Silence unless proven. Nothing is reported in a defer, or behind the end of the
// context; of a request that is given its context later (req.WithContext); of a
// gorm handle that is a parameter or was made in the function, which may carry one, or in
// a field that the package puts a handle with a context into; of a query that is
// built for somebody else to run. A function that has no context is not followed if
// it makes a request for others to send, if its handle of gorm is in a field (who made
// the struct may have given it one), or if there is a form of it with a context; nor
// where its call has a reason, as for rootctx. os/exec has such pairs, too: they matter for
// cancellation, not for a trace. What runs as a goroutine that nobody waits for is not
// wanted to use the context in a request that it was given, which is over by then. A
// program without an SDK or an agent, which uses no tracing API by itself, records no
// span, and nothing is said of it.
//
// # Options
//
//   - -ctxlesscall.reached: report what is reached also where no instrumentation of
//     the client is seen.
//   - -ctxlesscall.logs: report log calls without a context, too (log/slog, zap,
//     zerolog, logrus).
//
// # References
//
//   - Package database/sql, Go 1.26: "Query uses context.Background internally;
//     to specify the context, use QueryContext."
//   - gorm.io/gorm v1.31.2, gorm.go: DB.WithContext.
//   - github.com/go-resty/resty/v2 v2.17.2, request.go: Request.SetContext.
package ctxlesscall
