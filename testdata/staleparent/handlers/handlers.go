// Package handlers drops the context of a span in handlers, where the old
// context is the request's own.
package handlers

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	"github.com/labstack/echo/v4"
	echo5 "github.com/labstack/echo/v5"
	"go.opentelemetry.io/otel"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

var tracer = otel.Tracer("handlers")

// Server has the handlers.
type Server struct {
	healthpb.UnimplementedHealthServer
	orders *service.Orders
}

// Gin passes the request's context on, past the span.
func (s *Server) Gin(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), "Gin") // want `the context of span is dropped and c\.Request\.Context\(\) is used on line 35,`
	defer span.End()
	it, err := s.orders.Load(c.Request.Context(), c.Param("id"))
	if err != nil {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	c.JSON(http.StatusOK, it)
}

// GinLocal has the request's context in a local.
func (s *Server) GinLocal(c *gin.Context) {
	ctx := c.Request.Context()
	_, span := tracer.Start(ctx, "GinLocal") // want `the context of span is dropped and ctx is used on line 54,`
	defer span.End()

	var it store.Order
	if err := c.ShouldBindJSON(&it); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	if err := s.orders.Place(ctx, it); err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": err.Error()})
		return
	}
	c.Status(http.StatusCreated)
}

// GinRoutes has a literal for a handler.
func (s *Server) GinRoutes(r gin.IRouter) {
	r.GET("/orders/:id", func(c *gin.Context) {
		reqCtx := c.Request.Context()
		_, span := tracer.Start(reqCtx, "orders.get") // want `the context of span is dropped and reqCtx is used on line 67,`
		defer span.End()
		it, err := s.orders.Load(reqCtx, c.Param("id"))
		if err != nil {
			_ = c.Error(err)
			return
		}
		c.JSON(http.StatusOK, it)
	})
}

// ServeHTTP is a net/http handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "ServeHTTP") // want `the context of span is dropped and r\.Context\(\) is used on line 80,`
	defer span.End()
	it, err := s.orders.Load(r.Context(), r.PathValue("id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	_ = json.NewEncoder(w).Encode(it)
}

// Chi returns a handler.
func (s *Server) Chi() http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		ctx := req.Context()
		_, span := tracer.Start(ctx, "Chi") // want `the context of span is dropped and ctx is used on line 93,`
		it, err := s.orders.Load(ctx, chi.URLParam(req, "id"))
		span.End()
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_ = json.NewEncoder(w).Encode(it)
	}
}

// Echo is an echo v4 handler.
func (s *Server) Echo(c echo.Context) error {
	_, span := tracer.Start(c.Request().Context(), "Echo") // want `the context of span is dropped and c\.Request\(\)\.Context\(\) is used on line 107,`
	defer span.End()
	it, err := s.orders.Load(c.Request().Context(), c.Param("id"))
	if err != nil {
		return echo.ErrNotFound
	}
	return c.JSON(http.StatusOK, it)
}

// Echo5 is an echo v5 handler.
func (s *Server) Echo5(c *echo5.Context) error {
	ctx := c.Request().Context()
	_, span := tracer.Start(ctx, "Echo5") // want `the context of span is dropped and ctx is used on line 119,`
	defer span.End()
	it, err := s.orders.Load(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, it)
}

// Fiber is a fiber v3 handler.
func (s *Server) Fiber(c fiber.Ctx) error {
	_, span := tracer.Start(c.Context(), "Fiber") // want `the context of span is dropped and c\.Context\(\) is used on line 130,`
	defer span.End()
	it, err := s.orders.Load(c.Context(), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(it)
}

// Fiber2 is a fiber v2 handler.
func (s *Server) Fiber2(c *fiberv2.Ctx) error {
	uc := c.UserContext()
	_, span := tracer.Start(uc, "Fiber2") // want `the context of span is dropped and uc is used on line 142,`
	defer span.End()
	it, err := s.orders.Load(uc, c.Params("id"))
	if err != nil {
		return fiberv2.ErrNotFound
	}
	return c.JSON(it)
}

// Check is a unary gRPC method.
func (s *Server) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	_, span := tracer.Start(ctx, "Check") // want `the context of span is dropped and ctx is used on line 153,`
	defer span.End()
	if _, err := s.orders.Load(ctx, req.GetService()); err != nil {
		return nil, err
	}
	return &healthpb.HealthCheckResponse{}, nil
}

// Watch is a streaming gRPC method.
func (s *Server) Watch(req *healthpb.HealthCheckRequest, stream healthpb.Health_WatchServer) error {
	_, span := tracer.Start(stream.Context(), "Watch") // want `the context of span is dropped and stream\.Context\(\) is used on line 163,`
	defer span.End()
	if _, err := s.orders.Load(stream.Context(), req.GetService()); err != nil {
		return err
	}
	return stream.Send(&healthpb.HealthCheckResponse{})
}
