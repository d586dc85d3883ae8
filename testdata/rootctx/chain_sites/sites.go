// Package main has chains that are reported and not mended, because one of the
// calls of a helper has no context to pass on.
package main

import (
	"context"
	"net/http"
	"os"
	"time"

	"go.opentelemetry.io/otel"
	_ "go.opentelemetry.io/otel/sdk/trace" // spans are recorded
)

var tracer = otel.Tracer("sites")

func work(ctx context.Context, name string) string {
	_, span := tracer.Start(ctx, name)
	defer span.End()
	return name
}

// main calls a helper that a handler calls, too: what it would pass is a root,
// and whether that is meant is not for a fix to say.
func main() {
	os.Stdout.WriteString(fromMain("main"))
	http.HandleFunc("/main", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(fromMain(r.Method)))
	})
	http.HandleFunc("/init", Init)
	http.HandleFunc("/job", Job)
	http.HandleFunc("/go", Go)
	http.HandleFunc("/variable", Variable)
	http.HandleFunc("/defer", Deferred)
	http.HandleFunc("/timer", Timer)
	http.HandleFunc("/blank", func(w http.ResponseWriter, r *http.Request) { blank(r.Context(), w) })
	_ = http.ListenAndServe(":8080", nil)
}

func fromMain(name string) string {
	return work(context.Background(), name) // want `starts a new trace: fromMain is reached from`
}

func init() { fromInit("init") }

// Init is the handler.
func Init(w http.ResponseWriter, r *http.Request) { fromInit(r.Method) }

func fromInit(name string) {
	work(context.Background(), name) // want `starts a new trace: fromInit is reached from handler Init$`
}

// Job is the handler; poll is a worker without a context that calls the helper.
func Job(w http.ResponseWriter, r *http.Request) { fromJob(r.Method) }

func poll() {
	for range time.Tick(time.Minute) {
		fromJob("poll")
	}
}

func fromJob(name string) {
	work(context.TODO(), name) // want `starts a new trace: fromJob is reached from handler Job$`
}

// Go calls the helper once here and once in a goroutine, where the request's
// context is not the right one.
func Go(w http.ResponseWriter, r *http.Request) {
	fromGo(r.Method)
	go poll()
	go fromGo("later")
}

func fromGo(name string) {
	work(context.Background(), name) // want `starts a new trace: fromGo is reached from handler Go$`
}

// Variable is the handler; a package variable is initialised by the helper.
func Variable(w http.ResponseWriter, r *http.Request) { fromVariable(r.Method) }

var initial = fromVariable("variable")

func fromVariable(name string) string {
	return work(context.Background(), name+initialSuffix) // want `starts a new trace: fromVariable is reached from handler Variable$`
}

const initialSuffix = "!"

// Deferred calls the helper here and in a defer, which may run when the request
// is over.
func Deferred(w http.ResponseWriter, r *http.Request) {
	defer fromDefer("clean-up")
	fromDefer(r.Method)
}

func fromDefer(name string) {
	work(context.Background(), name) // want `starts a new trace: fromDefer is reached from handler Deferred$`
}

// Timer calls the helper here and in a literal that a timer runs later.
func Timer(w http.ResponseWriter, r *http.Request) {
	fromTimer(r.Method)
	time.AfterFunc(time.Second, func() { fromTimer(initial) })
}

func fromTimer(name string) {
	work(context.Background(), name) // want `starts a new trace: fromTimer is reached from handler Timer$`
}

// blank has a context that it does not name: it says that it wants none. The
// helper below is silent.
func blank(_ context.Context, w http.ResponseWriter) {
	_, _ = w.Write([]byte(fromBlank("blank")))
}

func fromBlank(name string) string {
	return work(context.Background(), name)
}
