// Package fixes_fatal ends with Fatal, in places where Print would do, and in
// one where it would not.
package fixes_fatal

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/otel/sdk/trace"
)

// The last statement: Print and the return are the same, but for the exit code.
func last(tp *trace.TracerProvider, h http.Handler) {
	defer tp.Shutdown(context.Background())
	log.Fatal(http.ListenAndServe(":80", h)) // want `log.Fatal skips the deferred tp.Shutdown`
}

// What follows must not run after a failed server: no Print in place of it.
func refused(tp *trace.TracerProvider, h http.Handler, publish func()) {
	defer tp.Shutdown(context.Background())
	if err := http.ListenAndServe(":80", h); err != nil {
		log.Fatal(err) // want `log.Fatal skips the deferred tp.Shutdown`
	}
	publish()
}
