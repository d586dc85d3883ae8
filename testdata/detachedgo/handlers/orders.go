package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// Orders is the handlers' struct of a larger service.
type Orders struct {
	svc   *work.Service
	audit *spans.Audit
	http  *http.Client
}

type createRequest struct {
	ID       string `json:"id"`
	Email    string `json:"email"`
	Callback string `json:"callback"`
}

// Create answers, and then does what it promised on a context that is over.
func (h *Orders) Create(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "Orders.Create")
	defer span.End()

	var req createRequest
	if err := c.ShouldBindJSON(&req); err != nil {
		span.RecordError(err)
		c.AbortWithStatusJSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	if _, err := h.svc.Price(ctx, req.ID); err != nil {
		c.AbortWithStatusJSON(http.StatusBadGateway, gin.H{"error": err.Error()})
		return
	}
	if req.Callback != "" {
		go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Create returns`
			if err := spans.Hook(ctx, h.http, req.Callback); err != nil && !errors.Is(err, context.Canceled) {
				span.RecordError(err)
			}
		}()
	}
	c.JSON(http.StatusCreated, req)
}

// Webhook acknowledges first, because the other side waits for two seconds only.
func (h *Orders) Webhook(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	go h.handleEvent(context.Background(), body) // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
	w.WriteHeader(http.StatusOK)
}

func (h *Orders) handleEvent(ctx context.Context, body []byte) {
	var o work.Order
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&o); err != nil {
		return
	}
	if err := h.svc.Confirm(ctx, o); err == nil {
		h.svc.Record(ctx, o)
	}
}

// Export starts a long job and answers with its number.
func (h *Orders) Export(c echo.Context) error {
	id := c.QueryParam("id")
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	go func() { // want `the goroutine works on (ctx|context\.Background\(\)), so`
		defer cancel()
		h.svc.Record(ctx, work.Order{ID: id})
	}()
	return c.JSON(http.StatusAccepted, map[string]string{"job": id})
}

// Timing writes how long the request took, in a middleware.
func (h *Orders) Timing() gin.HandlerFunc {
	return func(c *gin.Context) {
		start := time.Now()
		c.Next()
		go func() { // want `the goroutine uses c after the handler`
			_ = h.audit.Write(c.Request.Context(), c.ClientIP(), time.Since(start).String())
		}()
	}
}

// EchoAudit is one of echo's.
func (h *Orders) EchoAudit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		ctx := c.Request().Context()
		path := c.Path()
		go h.audit.Write(ctx, "echo", path) // want `the goroutine works on ctx, which is cancelled when the handler`
		return err
	}
}

// Retry goes on in the background when the first attempt fails.
func (h *Orders) Retry(c *gin.Context) {
	ctx := c.Request.Context()
	o := work.Order{ID: c.Param("id")}
	err := h.svc.Confirm(ctx, o)
	if err == nil {
		c.Status(http.StatusOK)
		return
	}
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Retry returns`
		for range 5 {
			time.Sleep(time.Second)
			if h.svc.Confirm(ctx, o) == nil {
				return
			}
		}
	}()
	c.Status(http.StatusAccepted)
}
