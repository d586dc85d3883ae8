// Package rest is the HTTP face of the library.
package rest

import (
	"errors"
	"net/http"

	echootel "github.com/labstack/echo-opentelemetry"
	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"

	"github.com/tracevet/tracevet/testdata/services/loans/internal/library"
	"github.com/tracevet/tracevet/testdata/services/loans/internal/telemetry"
)

// New returns the routes of desk, traced.
func New(desk *library.Desk) http.Handler {
	e := echo.New()
	e.GET("/healthz", func(c *echo.Context) error { return c.NoContent(http.StatusNoContent) })
	e.Use(middleware.Recover())

	s := &server{desk: desk}
	v1 := e.Group("/v1")
	s.readers(v1)
	v1.Use(echootel.NewMiddleware(telemetry.ServiceName))
	s.books(v1)
	return e
}

type server struct{ desk *library.Desk }

func (s *server) readers(g *echo.Group) {
	g.GET("/readers/:id/books", s.list)
}

func (s *server) books(g *echo.Group) {
	g.Use(quota)
	g.POST("/loans", s.lend)
	g.POST("/returns", s.giveBack)
}

type request struct {
	Reader string   `json:"reader"`
	Books  []string `json:"books"`
}

// list replies with the books that a reader has.
func (s *server) list(c *echo.Context) error {
	return c.JSON(http.StatusOK, s.desk.Books(c.Request().Context(), c.Param("id")))
}

// lend lends books: 201, 400, 404, or 409 if one is lent.
func (s *server) lend(c *echo.Context) error {
	var req request
	if err := c.Bind(&req); err != nil {
		return err
	}
	books, err := s.desk.Lend(c.Request().Context(), req.Reader, req.Books)
	if err != nil {
		return problem(err)
	}
	return c.JSON(http.StatusCreated, books)
}

// giveBack takes books back: 204, 400 or 404.
func (s *server) giveBack(c *echo.Context) error {
	var req request
	if err := c.Bind(&req); err != nil {
		return err
	}
	if err := s.desk.Return(c.Request().Context(), req.Books); err != nil {
		return problem(err)
	}
	return c.NoContent(http.StatusNoContent)
}

func problem(err error) error {
	switch {
	case errors.Is(err, library.ErrUnknown):
		return echo.NewHTTPError(http.StatusNotFound, err.Error())
	case errors.Is(err, library.ErrLent):
		return echo.NewHTTPError(http.StatusConflict, err.Error())
	}
	return err
}
