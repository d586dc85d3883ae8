// Package extracted registers tracing too late, in a list with others: it is taken
// out of the list, and the others stay.
package extracted

import (
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

type web struct{ store *backend.Store }

func (s *web) list(c *gin.Context) {
	if _, err := s.store.Orders(c.Request.Context()); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

func (s *web) all(c echo.Context) error {
	_, err := s.store.Orders(c.Request().Context())
	return err
}

// first has tracing at the head of the list.
func first(s *web) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	r.Use(otelgin.Middleware("shop"), gin.Recovery()) // want `tracing is registered after GET /orders on line 34`
	return r
}

// last has it at the end, and the fix puts it outside of the recovery, too.
func last(s *web) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	r.Use(gin.Recovery(), gin.Logger(), otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 42` `recovery runs outside tracing`
	return r
}

// lines has the list on lines of their own.
func lines(s *web) *echo.Echo {
	e := echo.New()
	g := e.Group("/api")
	g.GET("/orders", s.all)
	g.Use( // want `tracing is registered after GET /orders on line 51`
		middleware.RequestID(),
		otelecho.Middleware("shop"),
		middleware.Gzip(),
	)
	return e
}

// remarked is refused: the comment would lose what it is about.
func remarked(s *web) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	r.Use( // want `tracing is registered after GET /orders on line 63`
		otelgin.Middleware("shop"), // one span for each request
		gin.Recovery(),
	)
	return r
}

// named is refused: the name is not there yet.
func named(s *web) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	name := os.Getenv("SERVICE")
	r.Use(otelgin.Middleware(name), gin.Recovery()) // want `tracing is registered after GET /orders on line 74`
	return r
}

// spread is refused: the list is a variable.
func spread(s *web) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	list := []gin.HandlerFunc{otelgin.Middleware("shop"), gin.Recovery()}
	r.Use(list...) // want `tracing is registered after GET /orders on line 83`
	return r
}
