// Package reached has roots in functions without a context, which others of the
// package call where a context is at hand. The functions of the chains are
// exported, or otherwise no matter for the fix; chain* is about that.
package reached

import (
	"context"
	"database/sql"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("reached")

// Rates holds exchange rates.
type Rates struct {
	db *sql.DB
	mu sync.Mutex
}

func (s *Rates) query(ctx context.Context, currency string) (r float64, err error) {
	ctx, span := tracer.Start(ctx, "Rates.query")
	defer span.End()
	err = s.db.QueryRowContext(ctx, "SELECT rate FROM rates WHERE currency = $1", currency).Scan(&r)
	return r, err
}

// Rate is exported and has no context.
func (s *Rates) Rate(currency string) (float64, error) {
	return s.query(context.Background(), currency) // want `^context.Background\(\) starts a new trace: Rate is reached from handler \(\*Handlers\).Get$`
}

// Convert has none either, and is between the handler and the root.
func (s *Rates) Convert(amount float64, currency string) (float64, error) {
	r, err := s.Must(currency)
	return amount * r, err
}

// Must has the root.
func (s *Rates) Must(currency string) (float64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.query(context.TODO(), currency) // want `^context.TODO\(\) starts a new trace: Must is reached from handler \(\*Handlers\).Convert through Convert$`
}

// Handlers serve with several frameworks.
type Handlers struct {
	rates *Rates
	log   func(string)
}

// Get reaches Rate directly.
func (h *Handlers) Get(w http.ResponseWriter, r *http.Request) {
	if _, err := h.rates.Rate(r.FormValue("currency")); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// Convert reaches Must through another method.
func (h *Handlers) Convert(c *gin.Context) {
	v, err := h.rates.Convert(1, c.Query("currency"))
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	c.JSON(http.StatusOK, v)
}

// Table reaches Default, which has the root in a literal that it calls.
func (h *Handlers) Table(c echo.Context) error {
	v, err := Default(h.rates)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v)
}

// Default is a function with a literal that it runs itself.
func Default(s *Rates) (map[string]float64, error) {
	all := map[string]float64{}
	add := func(currency string) (err error) {
		all[currency], err = s.query(context.Background(), currency) // want `starts a new trace: Default is reached from handler \(\*Handlers\).Table$`
		return err
	}
	for _, c := range []string{"EUR", "USD"} {
		if err := add(c); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Refresh has a caller's context, and reaches Touch: no handler is about.
func (s *Rates) Refresh(ctx context.Context, currencies []string) error {
	for _, c := range currencies {
		if _, err := s.query(ctx, c); err != nil {
			return err
		}
		if err := s.Touch(c); err != nil {
			return err
		}
	}
	return nil
}

// Touch has the root.
func (s *Rates) Touch(currency string) error {
	_, err := s.db.ExecContext(context.Background(), "UPDATE rates SET read = now() WHERE currency = $1", currency) // want `starts a new trace: Touch is reached from \(\*Rates\).Refresh$`
	return err
}

// Latest is generic; each of its instances is the same function.
func Latest[K ~string](s *Rates, keys ...K) (out []float64) {
	for _, k := range keys {
		v, _ := s.query(context.TODO(), string(k)) // want `starts a new trace: Latest is reached from handler \(\*Handlers\).Latest$`
		out = append(out, v)
	}
	return out
}

type iso string

// Latest calls an instance.
func (h *Handlers) Latest(c *gin.Context) {
	c.JSON(http.StatusOK, Latest(h.rates, iso("EUR"), iso("CHF")))
}

// Mount registers a literal that reaches Purge.
func (h *Handlers) Mount(r *gin.Engine) {
	r.GET("/rate", gin.WrapF(h.Get))
	r.DELETE("/rates", func(c *gin.Context) {
		if err := h.rates.Purge(); err != nil {
			c.Status(http.StatusInternalServerError)
		}
	})
}

// Purge has the root in a kept variable.
func (s *Rates) Purge() error {
	ctx := context.Background() // want `starts a new trace: Purge is reached from`
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM rates"); err != nil {
		return err
	}
	return tx.Commit()
}
