// Command startup_span is silent: its span is about how the program starts, and
// ends with it; what the server does later is none of that.
package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"

	"go.opentelemetry.io/otel"
)

func main() {
	ctx, span := otel.Tracer("main").Start(context.Background(), "start")
	defer span.End()
	db, err := sql.Open("postgres", "")
	if err != nil {
		log.Fatal(err)
	}
	if err := db.PingContext(ctx); err != nil {
		log.Fatal(err)
	}
	serve(db)
}

func serve(db *sql.DB) {
	if _, err := db.ExecContext(context.Background(), "LISTEN jobs"); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
