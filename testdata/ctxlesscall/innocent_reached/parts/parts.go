// Package parts has functions without a context whose work is in the trace, or is not
// that of a request.
package parts

import (
	"context"
	"database/sql"
	"net/http"
	"sync"

	"github.com/XSAM/otelsql"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"gorm.io/gorm"
)

var client = &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}

// Open makes the package one that traces its database. Silent: it runs at the start.
func Open(dsn string) (*sql.DB, error) { return otelsql.Open("postgres", dsn) }

// NewRequest makes a request for others. Silent: they give it the context.
func NewRequest(url string) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/plain")
	return req, nil
}

// A Caller keeps the context of its request, and puts it on what it sends. Silent.
type Caller struct{ ctx context.Context }

// Send sends.
func (c *Caller) Send(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := client.Do(req.WithContext(c.ctx))
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// Sign hands the request to code that may give it one. Silent.
func Sign(url string, sign func(*http.Request) *http.Request) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := client.Do(sign(req))
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// A Books has its handle from whom it is made for. Silent: that may be a request, and
// the handle have its context.
type Books struct{ db *gorm.DB }

// NewBooks makes one.
func NewBooks(db *gorm.DB) *Books { return &Books{db: db} }

// Titles asks with it.
func (b *Books) Titles() (titles []string, err error) {
	return titles, b.db.Table("books").Pluck("title", &titles).Error
}

var (
	once  sync.Once
	table []string
)

// Table is read once, for all. Silent.
func Table(db *sql.DB) []string {
	once.Do(func() {
		rows, err := db.Query("SELECT name FROM kinds")
		if err != nil {
			return
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if rows.Scan(&name) == nil {
				table = append(table, name)
			}
		}
	})
	return table
}

// Audit is on its own on purpose. Silent: the comment gives the reason.
func Audit(db *sql.DB, text string) error {
	// must not be cancelled with the request, so it has a context of its own
	_, err := db.Exec("INSERT INTO audit (text) VALUES ($1)", text)
	return err
}

// Close gives back. Silent: the context of what went before may be over.
func Close(db *sql.DB) error {
	_, err := db.Exec("SELECT pg_advisory_unlock_all()")
	return err
}
