// Package main has its set-up in a file of its own.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// The server is traced; the set-up below it forgets the propagator.
func main() {
	shutdown, err := initTracer(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown()

	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{id}", func(w http.ResponseWriter, r *http.Request) {})
	if err := http.ListenAndServe(":8080", otelhttp.NewHandler(mux, "users")); err != nil {
		log.Print(err)
	}
}
