// Package httpclient calls other services over HTTP without the context that is
// at hand.
package httpclient

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	stdhttp "net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/go-resty/resty/v2"
	"go.opentelemetry.io/otel"
)

// Weather is a client of two services.
type Weather struct {
	hc   *http.Client
	base string
	rc   *resty.Client
}

// Today makes its request without.
func (w *Weather) Today(ctx context.Context, city string) (string, error) {
	req, err := http.NewRequest(http.MethodGet, w.base+url.PathEscape(city), nil) // want `http.NewRequest has no context.*: NewRequestWithContext takes one$`
	if err != nil {
		return "", err
	}
	req.Header.Set("Accept", "text/plain")
	resp, err := w.hc.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}

// Report posts in a handler.
func (w *Weather) Report(rw http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequest("POST", w.base, r.Body) // want `http.NewRequest has no context.*: NewRequestWithContext takes one`
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadRequest)
		return
	}
	resp, err := w.hc.Do(req)
	if err != nil {
		rw.WriteHeader(http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	rw.WriteHeader(resp.StatusCode)
}

// Renamed has net/http under another name.
func (w *Weather) Renamed(c *gin.Context) {
	body, _ := json.Marshal(gin.H{"city": c.Param("city")})
	req, _ := stdhttp.NewRequest(stdhttp.MethodPut, w.base, bytes.NewReader(body)) // want `NewRequest has no context.*: NewRequestWithContext takes one`
	if resp, err := w.hc.Do(req); err == nil {
		defer resp.Body.Close()
		c.Status(resp.StatusCode)
	}
}

// Get has no place for a context.
func (w *Weather) Get(ctx context.Context) (int, error) {
	resp, err := http.Get(w.base) // want `^http.Get has no context, so the request is not in the trace$`
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// Post and its like have none.
func (w *Weather) Post(c *gin.Context) {
	resp, err := http.Post(w.base, "text/plain", c.Request.Body) // want `http.Post has no context, so the request is not in the trace`
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	_ = resp.Body.Close()
	if resp, err = http.PostForm(w.base, url.Values{"city": {c.Query("city")}}); err == nil { // want `http.PostForm has no context`
		_ = resp.Body.Close()
	}
	if resp, err = http.Head(w.base); err == nil { // want `http.Head has no context`
		_ = resp.Body.Close()
	}
}

// Client is the same on a client of one's own.
func (w *Weather) Client(ctx context.Context, form url.Values) error {
	resp, err := w.hc.Get(w.base) // want `hc.Get has no context, so the request is not in the trace`
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	resp, err = w.hc.PostForm(w.base, form) // want `hc.PostForm has no context`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Default posts with the default client in a span of its own.
func (w *Weather) Default(ctx context.Context, text string) error {
	ctx, span := otel.Tracer("httpclient").Start(ctx, "Default")
	defer span.End()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	resp, err := http.DefaultClient.Post(w.base, "text/plain", strings.NewReader(text)) // want `DefaultClient.Post has no context`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Resty has a request of resty without a context.
func (w *Weather) Resty(ctx context.Context, city string) (string, error) {
	resp, err := w.rc.R().SetQueryParam("city", city).Get(w.base) // want `SetContext gives it one`
	if err != nil {
		return "", fmt.Errorf("weather of %s: %w", city, err)
	}
	return resp.String(), ctx.Err()
}

// RestyKept keeps the request in a variable first.
func (w *Weather) RestyKept(c *gin.Context) {
	var out struct{ Degrees int }
	req := w.rc.R() // want `SetContext gives it one`
	req.SetHeader("Accept", "application/json").SetResult(&out)
	if _, err := req.Post(w.base); err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	c.JSON(http.StatusOK, out)
}

// RestyLocal makes the client on the spot.
func RestyLocal(w http.ResponseWriter, r *http.Request) {
	client := resty.New()
	resp, err := client.R().SetBody(r.Body).Put("http://weather") // want `SetContext gives it one`
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	w.WriteHeader(resp.StatusCode())
}

// Server has a handler that is called without a context: a request of the
// package httptest is none of what is meant.
func Server(ctx context.Context, h http.Handler) int {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx))
	return rec.Code
}
