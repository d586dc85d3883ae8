// Package untraced defines an Analyzer that reports servers and clients without
// tracing in programs that trace, and instrumentation that has had its time.
//
// # Rule
//
// untraced: report servers and clients without tracing in programs that trace, and outdated instrumentation
//
// A trace ends where a server or a client knows nothing of it: a gRPC client
// without a stats handler sends no header, and the server that it calls starts a
// trace of its own; a database that was not opened through an instrumented driver
// has no spans. Whether each of them should have some is for teams to say, which
// is why this rule has to be asked for.
//
// # Example
//
//	func main() {
//		tp := sdktrace.NewTracerProvider()
//		otel.SetTracerProvider(tp)
//		defer tp.Shutdown(context.Background())
//
//		server := grpc.NewServer(grpc.MaxRecvMsgSize(1 << 20))
//		server.Stop()
//	}
//
// # Use instead
//
//	func main() {
//		tp := sdktrace.NewTracerProvider()
//		otel.SetTracerProvider(tp)
//		defer tp.Shutdown(context.Background())
//
//		server := grpc.NewServer(grpc.MaxRecvMsgSize(1<<20), grpc.StatsHandler(otelgrpc.NewServerHandler()))
//		server.Stop()
//	}
//
// # server
//
// A gRPC server none of whose options runs anything around the calls; a Gin or
// Echo router with no middleware but the library's own. No part of the program
// adds tracing to servers of that kind.
//
// # client
//
// A gRPC client, likewise; an HTTP client without a transport of its own, where
// the default one is not replaced.
//
// # database
//
// database/sql.Open with the name of a driver, in a program without an
// instrumentation of databases.
//
// # message
//
// A writer of messages in a program that never writes the headers of a trace by
// itself.
//
// # removed
//
// A package or function that is gone from the newest version of its module: the
// program is held back by it.
//
// # deprecated
//
// One that is going to be.
//
// # Fix safety
//
// There is no fix: it would need a module that the program may not require.
//
// # Limits
//
// All but outdated instrumentation is decided in package main, for what that
// package makes itself, and only if it installs a tracer provider. Nothing is said
// of a kind of server or client
//
//   - if any package of the program, a library too, imports what adds tracing to
//     that kind: it may be done there;
//   - if there are options, middlewares or transports that the library itself does
//     not make: they may trace;
//   - of routers that are given to functions of the program, and of groups.
//
// # Options
//
// None.
//
// # References
//
//   - Changelog of OpenTelemetry's instrumentation for Go, v1.47.0:
//     https://github.com/open-telemetry/opentelemetry-go-contrib/blob/main/CHANGELOG.md
//   - go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc
//     v0.72.0, NewServerHandler.
package untraced
