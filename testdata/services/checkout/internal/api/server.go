// Package api is the HTTP face of the service.
package api

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/admin"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/jobs"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/ledger"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/mail"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

var tracer = otel.Tracer("checkout/api")

var errNoRoute = errors.New("no such route")

// Server answers the requests of the shop's customers.
type Server struct {
	store *store.Store
	books *ledger.Ledger
	mail  *mail.Desk
	queue *jobs.Queue
	admin *admin.Desk
	now   func() time.Time
	newID func() string
}

// Parts is what a Server works with.
type Parts struct {
	Store *store.Store
	Books *ledger.Ledger
	Mail  *mail.Desk
	Queue *jobs.Queue
	Admin *admin.Desk // nil if there is nothing to administer
}

// NewServer returns a Server on parts. newID makes the ids of new orders.
func NewServer(parts Parts, newID func() string) *Server {
	return &Server{
		store: parts.Store,
		books: parts.Books,
		mail:  parts.Mail,
		queue: parts.Queue,
		admin: parts.Admin,
		now:   time.Now,
		newID: newID,
	}
}

// Handler returns the routes of the service, traced.
func (s *Server) Handler() http.Handler {
	r := gin.New()
	r.GET("/healthz", func(c *gin.Context) { c.Status(http.StatusNoContent) })
	r.GET("/metrics", gin.WrapH(promhttp.Handler()))
	r.GET("/products/:sku", s.getProduct)

	r.Use(otelgin.Middleware(telemetry.ServiceName), gin.Recovery())
	r.POST("/quotes", s.createQuote)
	r.POST("/orders", s.createOrder)
	r.GET("/orders/:id", s.getOrder)
	r.GET("/orders/:id/statement", s.getStatement)
	r.POST("/orders/:id/payment", s.payOrder)
	r.DELETE("/orders/:id", s.cancelOrder)
	if s.admin != nil {
		s.admin.Routes(r)
	}
	r.NoRoute(func(c *gin.Context) { fail(c, http.StatusNotFound, errNoRoute) })
	return r
}

// fail replies with a problem. It is not the place for spans: otelgin sets the
// status of the server span from that of the reply.
func fail(c *gin.Context, status int, err error) {
	failures.WithLabelValues(http.StatusText(status), err.Error()).Inc()
	c.AbortWithStatusJSON(status, gin.H{"error": err.Error()})
}
