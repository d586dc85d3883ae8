// Package remote has clients that are instrumented, and calls them without a context in
// functions of the same package as the handlers.
package remote

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
)

var client = &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}

// A Rates knows prices.
type Rates struct{ base string }

// Show is the handler.
func (r *Rates) Show(c echo.Context) error {
	rate, err := r.rate(c.Param("pair"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, rate)
}

func (r *Rates) rate(pair string) (rate float64, err error) {
	body, err := r.get("/rates/" + pair)
	if err != nil {
		return 0, err
	}
	defer body.Close()
	return rate, json.NewDecoder(body).Decode(&rate)
}

func (r *Rates) get(path string) (io.ReadCloser, error) {
	req, err := http.NewRequest(http.MethodGet, r.base+path, nil) // want `^http.NewRequest has no context, so its work is not in the trace: get is reached from handler \(\*Rates\).Show through rate$`
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	return res.Body, nil
}

// Notify is a job of a worker, under a span of its own.
func (r *Rates) Notify(ctx context.Context) error {
	_, span := otel.Tracer("rates").Start(ctx, "notify")
	defer span.End()
	return post(r.base, "changed")
}

func post(url, text string) error {
	res, err := client.Post(url, "text/plain", strings.NewReader(text)) // want `client.Post has no context, so the request is not in the trace: post is reached from \(\*Rates\).Notify`
	if err != nil {
		return err
	}
	return res.Body.Close()
}
