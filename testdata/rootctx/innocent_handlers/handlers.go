// Package innocent_handlers has handlers that do it right, in each framework.
package innocent_handlers

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	fiber2 "github.com/gofiber/fiber/v2"
	fiber3 "github.com/gofiber/fiber/v3"
	"github.com/gorilla/mux"
	echo4 "github.com/labstack/echo/v4"
	echo5 "github.com/labstack/echo/v5"
	"go.opentelemetry.io/otel"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

var tracer = otel.Tracer("handlers")

type repo struct{ db *sql.DB }

func (r *repo) get(ctx context.Context, id string) (name string, err error) {
	ctx, span := tracer.Start(ctx, "get")
	defer span.End()
	err = r.db.QueryRowContext(ctx, "SELECT name FROM t WHERE id = $1", id).Scan(&name)
	return name, err
}

// Gin gives the deadline to the request's context.
func (r *repo) Gin(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second)
	defer cancel()
	name, err := r.get(ctx, c.Param("id"))
	if err != nil {
		c.Status(http.StatusNotFound)
		return
	}
	c.String(http.StatusOK, name)
}

// GinMiddleware replaces the request's context by one derived from it.
func GinMiddleware(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "mw")
	defer span.End()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// Echo4 has echo v4's.
func (r *repo) Echo4(c echo4.Context) error {
	name, err := r.get(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return c.String(http.StatusOK, name)
}

// Echo5 has echo v5's.
func (r *repo) Echo5(c *echo5.Context) error {
	name, err := r.get(context.WithoutCancel(c.Request().Context()), c.Param("id"))
	if err != nil {
		return err
	}
	return c.String(http.StatusOK, name)
}

// Chi has net/http's.
func (r *repo) Chi(w http.ResponseWriter, req *http.Request) {
	name, err := r.get(req.Context(), chi.URLParam(req, "id"))
	if err != nil {
		http.NotFound(w, req)
		return
	}
	_, _ = w.Write([]byte(name))
}

// Mux clones with the request's own context.
func (r *repo) Mux(next http.Handler) mux.MiddlewareFunc {
	return func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			next.ServeHTTP(w, req.Clone(context.WithoutCancel(req.Context())))
		})
	}
}

// Fiber2 has the user context.
func (r *repo) Fiber2(c *fiber2.Ctx) error {
	name, err := r.get(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	return c.SendString(name)
}

// Fiber3 has the context.
func (r *repo) Fiber3(c fiber3.Ctx) error {
	name, err := r.get(c.Context(), c.Params("id"))
	if err != nil {
		return err
	}
	return c.SendString(name)
}

// Service is gRPC's.
type Service struct {
	healthpb.UnimplementedHealthServer
	repo
}

// Check passes its context.
func (s *Service) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	_, err := s.get(ctx, req.GetService())
	return &healthpb.HealthCheckResponse{}, err
}

// Watch passes the stream's.
func (s *Service) Watch(req *healthpb.HealthCheckRequest, srv healthpb.Health_WatchServer) error {
	if _, err := s.get(srv.Context(), req.GetService()); err != nil {
		return err
	}
	return srv.Send(&healthpb.HealthCheckResponse{})
}

// Replaced has a root for a moment, and the request's context when it counts.
func (r *repo) Replaced(w http.ResponseWriter, req *http.Request) {
	ctx := context.Background()
	ctx = req.Context()
	_, _ = r.get(ctx, "")
}

// Outgoing makes a request for a test of a route: it is never sent over a
// traced client, and no request is at hand where it is made.
func Outgoing(mux *http.ServeMux, path string) string {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, path, nil)
	if err != nil {
		return ""
	}
	_, pattern := mux.Handler(req)
	return pattern
}
