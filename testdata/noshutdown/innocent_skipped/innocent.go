// Package innocent_skipped ends processes without losing spans.
package innocent_skipped

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"

	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// Silent: the set-up has failed: there is no provider yet.
func before(ctx context.Context) {
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)
	work()
}

// Silent: the program has not started to work: the configuration is wrong.
func startUp(tp *trace.TracerProvider, open func() (http.Handler, error)) {
	defer tp.Shutdown(context.Background())
	h, err := open()
	if err != nil {
		log.Fatalf("config: %v", err)
	}
	if err := http.ListenAndServe(":80", h); err != nil {
		log.Print(err)
	}
}

// Silent: shut down by hand before the exit.
func byHand(tp *trace.TracerProvider, h http.Handler) {
	err := http.ListenAndServe(":80", h)
	_ = tp.Shutdown(context.Background())
	log.Fatal(err)
}

// Silent: both: the defer for the good end, by hand for the other.
func both(tp *trace.TracerProvider, h http.Handler) {
	defer tp.Shutdown(context.Background())
	if err := http.ListenAndServe(":80", h); err != nil {
		tp.Shutdown(context.Background())
		log.Fatal(err)
	}
}

// Silent: print, and the defers run.
func printed(tp *trace.TracerProvider, h http.Handler) {
	defer tp.Shutdown(context.Background())
	log.Print(http.ListenAndServe(":80", h))
}

// Silent: panic runs the defers.
func panics(tp *trace.TracerProvider, h http.Handler) {
	defer tp.Shutdown(context.Background())
	log.Panic(http.ListenAndServe(":80", h))
}

// Silent: the goroutine fails if the port is taken, when nothing was served yet; the
// function itself ends by the signal and runs its defer.
func goroutine(tp *trace.TracerProvider, srv *http.Server) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	defer tp.Shutdown(context.Background())
	go func() {
		if err := srv.ListenAndServe(); err != nil && !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	<-ctx.Done()
	_ = srv.Shutdown(context.WithoutCancel(ctx))
}

// Silent: the second signal is one too many: the user wants out.
func impatient(tp *trace.TracerProvider, signals <-chan os.Signal) {
	defer tp.Shutdown(context.Background())
	<-signals
	go func() {
		<-signals
		os.Exit(130)
	}()
	work()
}

// Silent: the defer stands in the function that returns before the exit.
func wrapped(tp *trace.TracerProvider, h http.Handler) {
	code := func() int {
		defer tp.Shutdown(context.Background())
		if http.ListenAndServe(":80", h) != nil {
			return 1
		}
		return 0
	}()
	os.Exit(code)
}

// Silent: what is deferred has nothing to do with spans.
func otherDefer(srv *http.Server) {
	start := time.Now()
	defer func() { log.Print(time.Since(start)) }()
	log.Fatal(srv.ListenAndServe())
}

func work() {}
