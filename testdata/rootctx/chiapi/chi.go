// Package chiapi serves invoices with chi.
package chiapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/jmoiron/sqlx"
	"go.opentelemetry.io/otel/trace"
)

// An Invoice is what is served.
type Invoice struct {
	ID   string `db:"id"`
	Cent int64  `db:"cent"`
}

// Invoices are the queries.
type Invoices interface {
	Load(ctx context.Context, id string) (Invoice, error)
	Store(ctx context.Context, inv Invoice) error
}

type pgInvoices struct {
	x      *sqlx.DB
	tracer trace.Tracer
}

func (p *pgInvoices) Load(ctx context.Context, id string) (inv Invoice, err error) {
	err = p.x.GetContext(ctx, &inv, "SELECT id, cent FROM invoices WHERE id = $1", id)
	return inv, err
}

func (p *pgInvoices) Store(ctx context.Context, inv Invoice) error {
	ctx, span := p.tracer.Start(ctx, "Store")
	defer span.End()
	_, err := p.x.NamedExecContext(ctx, "UPDATE invoices SET cent = :cent WHERE id = :id", inv)
	return err
}

var _ Invoices = (*pgInvoices)(nil)

var errNoID = errors.New("no id")

// Resource is a REST resource with its own sub-router.
type Resource struct {
	Invoices Invoices
	Tracer   trace.Tracer
}

// Routes makes the sub-router.
func (rs Resource) Routes() chi.Router {
	r := chi.NewRouter()
	r.Use(rs.session)
	r.Route("/{id}", func(r chi.Router) {
		r.Use(rs.invoiceCtx)
		r.Get("/", rs.get)
		r.Method(http.MethodPut, "/", failing(rs.put))
		r.Delete("/", func(w http.ResponseWriter, req *http.Request) {
			if err := rs.Invoices.Store(context.Background(), Invoice{ID: chi.URLParam(req, "id")}); err != nil { // want `the request's context is at hand: req.Context\(\)`
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	})
	return r
}

// failing is the handler type of the team: it returns its error.
type failing func(w http.ResponseWriter, r *http.Request) error

func (f failing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := f(w, r); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (rs Resource) get(w http.ResponseWriter, r *http.Request) {
	inv, err := rs.Invoices.Load(context.TODO(), chi.URLParam(r, "id")) // want `^context.TODO\(\) starts a new trace, although the request's context is at hand: r.Context\(\)$`
	if err != nil {
		http.NotFound(w, r)
		return
	}
	_ = json.NewEncoder(w).Encode(inv)
}

// put returns an error, so it is no http.HandlerFunc.
func (rs Resource) put(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(time.Second)) // want `the request's context is at hand: r.Context\(\)`
	defer cancel()
	id := chi.URLParam(r, "id")
	if id == "" {
		return errNoID
	}
	return rs.Invoices.Store(ctx, Invoice{ID: id})
}

// invoiceCtx loads the invoice into a context that has a root below it.
func (rs Resource) invoiceCtx(next http.Handler) http.Handler {
	type key struct{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inv, err := rs.Invoices.Load(r.Context(), chi.URLParam(r, "id"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(context.Background(), key{}, inv))) // want `the request's context is at hand: r.Context\(\)`
	})
}

// session starts a span and puts it on the request; after that the request has
// the innermost context.
func (rs Resource) session(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		inner, span := rs.Tracer.Start(request.Context(), "session")
		defer span.End()
		if _, err := rs.Invoices.Load(context.Background(), request.Header.Get("X-Last")); err != nil { // want `the request's context is at hand: inner$`
			span.AddEvent("no last invoice")
		}
		next.ServeHTTP(w, request.WithContext(inner))
	})
}
