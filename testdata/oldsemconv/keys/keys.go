// Package keys writes attributes under their old keys.
package keys

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.25.0"
	newer "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

var (
	tracer   = otel.Tracer("keys")
	calls, _ = otel.Meter("keys").Int64Counter("calls")
)

func Literal(ctx context.Context, method string) {
	_, span := tracer.Start(ctx, "Literal")
	defer span.End()
	span.SetAttributes(attribute.String("http.method", method)) // want `^http.method is called http.request.method since the semantic conventions v1.21.0, so queries of today miss it$`
}

func AtStart(ctx context.Context, code int) {
	_, span := tracer.Start(ctx, "AtStart", trace.WithAttributes(
		attribute.Int("http.status_code", code), // want `http.status_code is called http.response.status_code`
		attribute.String("name", "x"),
	))
	defer span.End()
}

func Key(ctx context.Context, stmt string) {
	_, span := tracer.Start(ctx, "Key")
	defer span.End()
	span.SetAttributes(attribute.Key("db.statement").String(stmt)) // want `db.statement is called db.query.text`
}

func Symbol(ctx context.Context, stmt string) {
	_, span := tracer.Start(ctx, "Symbol")
	defer span.End()
	span.SetAttributes(semconv.HTTPMethodKey.String("GET")) // want `http.method is called http.request.method`
}

func Function(ctx context.Context, code int) {
	_, span := tracer.Start(ctx, "Function")
	defer span.End()
	span.SetAttributes(semconv.HTTPStatusCode(code)) // want `http.status_code is called http.response.status_code`
}

// TooOld uses a package that has no symbol for the new key: no fix.
func TooOld(ctx context.Context, stmt string) {
	_, span := tracer.Start(ctx, "TooOld")
	defer span.End()
	span.SetAttributes(semconv.DBStatement(stmt)) // want `db.statement is called db.query.text`
}

func Metric(ctx context.Context) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("net.host.name", "x"))) // want `net.host.name is called server.address`
}

const own = "http.url"

// Own is a constant that others may read: no fix.
func Own(ctx context.Context) {
	_, span := tracer.Start(ctx, "Own")
	defer span.End()
	span.SetAttributes(attribute.String(own, "x")) // want `http.url is called url.full`
}

// Values has values that changed: no fix.
func Values(ctx context.Context) {
	_, span := tracer.Start(ctx, "Values")
	defer span.End()
	span.SetAttributes(attribute.String("db.system", "mssql")) // want `db.system is called db.system.name since the semantic conventions v1.30.0, and some of its values have changed`
}

// Split has no one successor: no fix.
func Split(ctx context.Context) {
	_, span := tracer.Start(ctx, "Split")
	defer span.End()
	span.SetAttributes(attribute.String("http.target", "/x?y=1")) // want `^http.target is out of use since the semantic conventions v1.24.0 \(split into url.path and url.query\), so queries of today miss it$`
}

func StatusText(ctx context.Context, code int) {
	_, span := tracer.Start(ctx, "StatusText")
	defer span.End()
	span.SetAttributes(attribute.String("http.response.status_code", strconv.Itoa(code))) // want `^http.response.status_code is set to a string, and the semantic conventions say an integer, so`
}

func Joined(ctx context.Context, args []string) {
	_, span := tracer.Start(ctx, "Joined")
	defer span.End()
	span.SetAttributes(newer.ProcessCommandArgsKey.String(strings.Join(args, " "))) // want `process.command_args is set to a string, and the semantic conventions say a list of strings`
}

func Port(ctx context.Context, port int) {
	_, span := tracer.Start(ctx, "Port")
	defer span.End()
	span.SetAttributes(attribute.Key("server.port").String(fmt.Sprint(port))) // want `server.port is set to a string`
}
