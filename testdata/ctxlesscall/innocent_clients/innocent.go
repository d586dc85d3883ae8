// Package innocent_clients makes requests without a context where that is
// right, or where one follows.
package innocent_clients

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/go-resty/resty/v2"
)

// Client is a client.
type Client struct {
	hc   *http.Client
	rc   *resty.Client
	base string
}

// Follows attaches the context on the next line.
func (c *Client) Follows(ctx context.Context) error {
	req, err := http.NewRequest(http.MethodGet, c.base, nil)
	if err != nil {
		return err
	}
	req = req.WithContext(ctx)
	resp, err := c.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// FollowsLater does so after the headers.
func (c *Client) FollowsLater(g *gin.Context) {
	req, err := http.NewRequest(http.MethodPost, c.base, strings.NewReader(url.Values{}.Encode()))
	if err != nil {
		g.Status(http.StatusInternalServerError)
		return
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth("user", "password")
	req = req.WithContext(g.Request.Context())
	if resp, err := c.hc.Do(req); err == nil {
		_ = resp.Body.Close()
	}
}

// AtDo attaches it in the call.
func (c *Client) AtDo(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequest(http.MethodGet, c.base, nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	resp, err := c.hc.Do(req.WithContext(r.Context()))
	if err == nil {
		_ = resp.Body.Close()
	}
}

// Cloned attaches it with Clone.
func (c *Client) Cloned(ctx context.Context) error {
	tmpl, err := http.NewRequest(http.MethodGet, c.base, nil)
	if err != nil {
		return err
	}
	resp, err := c.hc.Do(tmpl.Clone(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// send is a helper that attaches it.
func (c *Client) send(ctx context.Context, req *http.Request) (*http.Response, error) {
	return c.hc.Do(req.WithContext(ctx))
}

// Helper hands the request to it.
func (c *Client) Helper(ctx context.Context) error {
	req, err := http.NewRequest(http.MethodDelete, c.base, nil)
	if err != nil {
		return err
	}
	resp, err := c.send(ctx, req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// With makes it at once.
func (c *Client) With(ctx context.Context) (*http.Request, error) {
	return http.NewRequestWithContext(ctx, http.MethodGet, c.base, nil)
}

// build has no context, and is a request's beginning only.
func (c *Client) build(path string) (*http.Request, error) {
	return http.NewRequest(http.MethodGet, c.base+path, nil)
}

// Built uses it.
func (c *Client) Built(ctx context.Context) error {
	req, err := c.build("/x")
	if err != nil {
		return err
	}
	resp, err := c.send(ctx, req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// StartUp waits for a server, where no context is.
func StartUp(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	_ = l.Close()
	if err := exec.Command("true").Run(); err != nil {
		return err
	}
	resp, err := http.Get("http://" + addr)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Resty sets the context at the begin.
func (c *Client) Resty(ctx context.Context) error {
	_, err := c.rc.R().SetContext(ctx).Get(c.base)
	return err
}

// RestyMiddle sets it between other settings.
func (c *Client) RestyMiddle(g *gin.Context) {
	_, err := c.rc.R().
		SetHeader("Accept", "application/json").
		SetContext(g.Request.Context()).
		SetBody(gin.H{}).
		Post(c.base)
	if err != nil {
		g.Status(http.StatusBadGateway)
	}
}

// RestyKept sets it on the variable, before it is sent.
func (c *Client) RestyKept(ctx context.Context, tenant string) error {
	req := c.rc.R()
	if tenant != "" {
		req.SetHeader("X-Tenant", tenant)
	}
	req.SetContext(ctx)
	_, err := req.Put(c.base)
	return err
}

// request makes a request of resty for the others, with the context.
func (c *Client) request(ctx context.Context) *resty.Request { return c.rc.R().SetContext(ctx) }

// RestyHelper uses it.
func (c *Client) RestyHelper(ctx context.Context) error {
	_, err := c.request(ctx).Delete(c.base)
	return err
}

// DeferredHook tells another service in a defer.
func (c *Client) DeferredHook(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if resp, err := http.Post(c.base, "text/plain", nil); err == nil {
			_ = resp.Body.Close()
		}
	}()
	w.WriteHeader(http.StatusNoContent)
}

// A scraper makes its request once, and sends it again and again.
type scraper struct {
	req    *http.Request
	client *http.Client
}

// scrape is silent: the request is kept, and gets its context when it is sent.
func (s *scraper) scrape(ctx context.Context, url string) (*http.Response, error) {
	if s.req == nil {
		req, err := http.NewRequest(http.MethodGet, url, http.NoBody)
		if err != nil {
			return nil, err
		}
		s.req = req
	}
	return s.client.Do(s.req.WithContext(ctx))
}
