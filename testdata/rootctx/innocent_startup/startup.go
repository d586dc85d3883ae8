// Command innocent_startup has roots where no request is: at start-up, in
// workers, in what is set up for later.
package main

import (
	"context"
	"database/sql"
	"flag"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"
)

var tracer = otel.Tracer("startup")

// base is a package variable.
var base = context.Background()

type options struct {
	ctx     context.Context
	timeout time.Duration
}

type app struct {
	db   *sql.DB
	opts options
}

func (a *app) migrate(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "migrate")
	defer span.End()
	_, err := a.db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS t (id TEXT)")
	return err
}

func init() {
	a := &app{}
	if a.db != nil {
		_ = a.migrate(context.Background())
	}
}

// main is where roots are made.
func main() {
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	a, err := build(ctx, os.Getenv("DSN"))
	if err != nil {
		log.Fatal(err)
	}
	if err := a.migrate(context.Background()); err != nil {
		log.Fatal(err)
	}
	r := gin.New()
	r.GET("/", a.index)
	go a.poll()
	srv := &http.Server{Handler: r, BaseContext: nil}
	if err := srv.ListenAndServe(); err != nil {
		log.Print(err)
	}
}

// build is start-up, and uses the context that it is given.
func build(ctx context.Context, dsn string) (*app, error) {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	a := &app{db: db, opts: defaults()}
	return a, a.db.PingContext(ctx)
}

// defaults has the root as a default that an option replaces.
func defaults() options { return options{ctx: context.Background(), timeout: time.Second} }

// withDefaults fills what is missing.
func withDefaults(ctx context.Context, o options) options {
	if o.ctx == nil {
		o.ctx = context.Background()
	}
	if ctx != nil && o.timeout == 0 {
		o.timeout = time.Second
	}
	return o
}

// guarded has the nil guard for its own parameter.
func (a *app) guarded(ctx context.Context) error {
	if ctx == nil {
		ctx = context.Background()
	}
	return a.migrate(ctx)
}

// guardedTurned has it the other way round.
func (a *app) guardedTurned(ctx context.Context) error {
	work := context.Background()
	if ctx != nil {
		work = ctx
	}
	return a.migrate(work)
}

// orBackground is the guard as a function.
func orBackground(ctx context.Context) context.Context {
	if nil != ctx {
		return ctx
	}
	return context.Background()
}

// poll is a worker: there is no request.
func (a *app) poll() {
	for range time.Tick(a.opts.timeout) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		if err := a.migrate(orBackground(ctx)); err != nil {
			log.Print(err)
		}
		cancel()
	}
}

// index is a handler that does right.
func (a *app) index(c *gin.Context) {
	if err := a.guarded(c.Request.Context()); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

// dial makes a connection that lives longer than the call: constructors of other
// modules' clients are no work.
func dial(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return grpc.DialContext(context.Background(), addr) //nolint:staticcheck // old, and in use
}

// schedule gives a literal to something that runs it later.
func (a *app) schedule(ctx context.Context, every func(time.Duration, func())) error {
	every(time.Hour, func() { _ = a.migrate(context.Background()) })
	return a.migrate(ctx)
}

// later keeps a literal in a field; it is run by nobody here.
type later struct{ fn func() error }

func (a *app) later(ctx context.Context) later {
	_ = withDefaults(ctx, a.opts)
	return later{fn: func() error { return a.migrate(context.Background()) }}
}

// server sets the base context of a server, which is no request's.
func (a *app) server(ctx context.Context) *http.Server {
	_ = a.migrate(ctx)
	return &http.Server{BaseContext: nil, ConnContext: nil, ReadTimeout: a.opts.timeout, Handler: http.NotFoundHandler()}
}

// background starts goroutines, about which another rule is.
func (a *app) background(w http.ResponseWriter, r *http.Request) {
	go func() { _ = a.migrate(context.Background()) }()
	go a.migrate(base)
	w.WriteHeader(http.StatusAccepted)
}

var _, _ = dial, (*app).background
