// Package innocent_goroutines gives requests to functions that run as goroutines:
// the context in them is over when the handler has returned, and is none to give
// to work.
package innocent_goroutines

import (
	"bytes"
	"net/http"

	"github.com/labstack/echo/v4"
)

// A Relay passes requests on to its siblings.
type Relay struct {
	hc       *http.Client
	siblings []string
}

// Ban tells the siblings, and does not wait for them.
func (s *Relay) Ban(c echo.Context) error {
	r := c.Request()
	go s.forward(r, nil)
	go s.forwardLater(c, nil)
	return c.NoContent(http.StatusNoContent)
}

// forward runs when the handler may have returned: http.NewRequest is right.
func (s *Relay) forward(in *http.Request, body []byte) {
	for _, host := range s.siblings {
		req, err := http.NewRequest(in.Method, host+in.URL.Path, bytes.NewReader(body))
		if err != nil {
			continue
		}
		if resp, err := s.hc.Do(req); err == nil {
			_ = resp.Body.Close()
		}
	}
}

// forwardLater is the same with the framework's own value, by way of a variable.
func (s *Relay) forwardLater(c echo.Context, body []byte) {
	in := c.Request()
	req, err := http.NewRequest(in.Method, s.siblings[0], bytes.NewReader(body))
	if err != nil {
		return
	}
	if resp, err := s.hc.Do(req); err == nil {
		_ = resp.Body.Close()
	}
}

// Check waits for the goroutine, so the context of the request is alive in it.
func (s *Relay) Check(c echo.Context) error {
	done := make(chan error, 1)
	go s.check(c, done)
	return <-done
}

func (s *Relay) check(c echo.Context, done chan<- error) {
	req, err := http.NewRequest(http.MethodGet, s.siblings[0], nil) // want `http\.NewRequest has no context, so its work is not in the trace: NewRequestWithContext takes one`
	if err != nil {
		done <- err
		return
	}
	resp, err := s.hc.Do(req)
	if err == nil {
		err = resp.Body.Close()
	}
	done <- err
}
