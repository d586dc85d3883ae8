package clients

import (
	. "context"
	"database/sql"

	. "go.opentelemetry.io/otel"
)

// Dot has dot imports for all that matters.
func Dot(parent Context, db *sql.DB) error {
	_, span := Tracer("dot").Start(parent, "Dot") // want `the context of span is dropped and parent is used on line 14,`
	defer span.End()
	return db.PingContext(parent)
}

type ctxAlias = Context

// Alias has an alias for the context's type.
func Alias(c ctxAlias, db *sql.DB) error {
	_, span := GetTracerProvider().Tracer("alias").Start(c, "Alias") // want `the context of span is dropped and c is used on line 22,`
	_, err := db.ExecContext(c, "VACUUM")
	span.End()
	return err
}
