package echoapi

import (
	stdctx "context"
	"net/http"

	echo5 "github.com/labstack/echo/v5"
)

// ServerV5 serves with echo v5, whose context is a pointer.
type ServerV5 struct{ dir *directory }

// Get has the package context under another name.
func (s *ServerV5) Get(c *echo5.Context) error {
	cu, err := s.dir.find(stdctx.Background(), c.Param("id")) // want `starts a new trace, although the request's context is at hand: c.Request\(\).Context\(\)`
	if err != nil {
		return echo5.NewHTTPError(http.StatusNotFound, err.Error())
	}
	return c.JSON(http.StatusOK, cu)
}

// With is a constructor with a handler of an own type.
func With(s *ServerV5, act func(stdctx.Context, *Customer) error) echo5.HandlerFunc {
	return func(rc *echo5.Context) error {
		ctx, stop := stdctx.WithCancel(stdctx.TODO()) // want `starts a new trace, although the request's context is at hand: rc.Request\(\).Context\(\)`
		defer stop()
		cu, err := s.dir.find(ctx, rc.Param("id"))
		if err != nil {
			return err
		}
		return act(ctx, cu)
	}
}

// Anonymous hands a request with a root on to the next one.
func Anonymous(next echo5.HandlerFunc) echo5.HandlerFunc {
	return func(c *echo5.Context) error {
		r := c.Request().Clone(stdctx.Background()) // want `starts a new trace, although the request's context is at hand: c.Request\(\).Context\(\)`
		r.Header.Del("Authorization")
		c.SetRequest(r)
		return next(c)
	}
}

// saveOf is handed the request's context and has a root inside a switch.
func (s *ServerV5) saveOf(c *echo5.Context, kind string) error {
	cu := &Customer{Email: c.FormValue("email")}
	switch kind {
	case "new":
		return s.dir.save(stdctx.Background(), cu) // want `starts a new trace, although the request's context is at hand: c.Request\(\).Context\(\)`
	default:
		return s.dir.save(c.Request().Context(), cu)
	}
}

// Post picks the kind.
func (s *ServerV5) Post(c *echo5.Context) error { return s.saveOf(c, c.Param("kind")) }
