// Package main is right: the tracing is around what looks plain.
package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"

	"github.com/XSAM/otelsql"
	"github.com/go-chi/chi/v5"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

// Silent: the driver of this name is otelsql's.
func open(dsn string) (*sql.DB, error) {
	driver, err := otelsql.Register("postgres")
	if err != nil {
		return nil, err
	}
	return sql.Open(driver, dsn)
}

// Silent: the default transport is replaced, so that clients without one of
// their own are traced; otelhttp is around the whole router.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	http.DefaultTransport = otelhttp.NewTransport(http.DefaultTransport)
	db, err := open("dsn")
	if err != nil {
		log.Print(err)
		return
	}
	defer db.Close()

	r := chi.NewRouter()
	r.Get("/", func(w http.ResponseWriter, req *http.Request) {
		if res, err := http.DefaultClient.Do(req.Clone(req.Context())); err == nil {
			res.Body.Close()
		}
	})
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(r, "web")))
}
