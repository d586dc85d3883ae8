// Package echoapi serves customers with echo, v4 and v5 beside each other.
package echoapi

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"gorm.io/gorm"
)

var tr = otel.Tracer("echoapi")

// A Customer buys.
type Customer struct {
	ID    uint
	Email string
}

// directory is the team's repository.
type directory struct{ db *gorm.DB }

func (d directory) find(ctx context.Context, id string) (*Customer, error) {
	var cu Customer
	err := d.db.WithContext(ctx).First(&cu, "id = ?", id).Error
	return &cu, err
}

func (d directory) save(ctx context.Context, cu *Customer) error {
	ctx, span := tr.Start(ctx, "directory.save")
	defer span.End()
	return d.db.WithContext(ctx).Save(cu).Error
}

// Server serves with echo v4.
type Server struct {
	directory
	slow time.Duration
}

// Get reads with a root, through an embedded repository.
func (s *Server) Get(c echo.Context) error {
	cu, err := s.find(context.Background(), c.Param("id")) // want `the request's context is at hand: c.Request\(\).Context\(\)`
	if err != nil {
		return echo.NewHTTPError(http.StatusNotFound, err)
	}
	return c.JSON(http.StatusOK, cu)
}

// Put has the deadline over a root.
func (s *Server) Put(c echo.Context) error {
	cu := new(Customer)
	if err := c.Bind(cu); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(context.Background(), s.slow, http.ErrHandlerTimeout) // want `the request's context is at hand: c.Request\(\).Context\(\)`
	defer cancel()
	return s.save(ctx, cu)
}

// Rename starts a span, then goes on with a root.
func (s *Server) Rename(ec echo.Context) error {
	spanCtx, span := tr.Start(ec.Request().Context(), "Rename")
	defer span.End()
	cu, err := s.find(spanCtx, ec.Param("id"))
	if err != nil {
		return err
	}
	cu.Email = ec.FormValue("email")
	return s.save(context.TODO(), cu) // want `context.TODO\(\) starts a new trace, although the request's context is at hand: spanCtx$`
}

// Locale is a middleware whose context has a root; the request keeps it.
func Locale(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		type locale struct{}
		ctx := context.WithValue(context.Background(), locale{}, c.Request().Header.Get("Accept-Language")) // want `the request's context is at hand: c.Request\(\).Context\(\)`
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// Gorm hands a root to gorm itself.
func (s *Server) Gorm(c echo.Context) error {
	var all []Customer
	if err := s.db.WithContext(context.Background()).Limit(10).Find(&all).Error; err != nil { // want `the request's context is at hand: c.Request\(\).Context\(\)`
		return err
	}
	return c.JSON(http.StatusOK, all)
}

// register uses method values and a literal.
func (s *Server) register(e *echo.Echo) {
	g := e.Group("/customers", Locale)
	g.GET("/:id", s.Get)
	g.PUT("/:id", s.Put)
	g.DELETE("/:id", func(c echo.Context) error {
		return s.db.WithContext(context.TODO()).Delete(&Customer{}, "id = ?", c.Param("id")).Error // want `the request's context is at hand: c.Request\(\).Context\(\)`
	})
}
