// Package innocent_nowork starts goroutines that trace nothing.
package innocent_nowork

import (
	"bufio"
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"

	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// API has counters.
type API struct {
	hits  atomic.Int64
	proxy *httputil.ReverseProxy
	seen  chan string
}

// Count counts.
func (a *API) Count(c *gin.Context) {
	go a.hits.Add(1)
	c.Status(http.StatusOK)
}

// Send sends on a channel what it has read before.
func (a *API) Send(c *gin.Context) {
	path := c.FullPath()
	go func() { a.seen <- path }()
	c.Status(http.StatusOK)
}

// Watches waits for the client to leave.
func (a *API) Watches(w http.ResponseWriter, r *http.Request) {
	stop := context.AfterFunc(r.Context(), func() { a.hits.Add(-1) })
	defer stop()
	a.proxy.ServeHTTP(w, r)
}

// Done waits on the context in a goroutine.
func (a *API) Done(c *gin.Context) {
	ctx := c.Request.Context()
	go func() {
		<-ctx.Done()
		log.Print("client gone: ", context.Cause(ctx))
	}()
	c.Status(http.StatusOK)
}

// Waits hands the context to something that only waits.
func (a *API) Waits(c echo.Context) error {
	go work.Wait(c.Request().Context(), time.Second)
	return c.NoContent(http.StatusOK)
}

// WaitsRoot does so on a root.
func (a *API) WaitsRoot(c echo.Context) error {
	go work.Wait(context.Background(), time.Second)
	return c.NoContent(http.StatusOK)
}

// Pipe copies into a pipe while the handler reads from it.
func (a *API) Pipe(w http.ResponseWriter, r *http.Request) {
	pr, pw := io.Pipe()
	go func() {
		_, err := io.Copy(pw, r.Body)
		pw.CloseWithError(err)
	}()
	_, _ = io.Copy(w, pr)
}

// Hijack is bound to the connection from now on.
func (a *API) Hijack(w http.ResponseWriter, r *http.Request) {
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	go pump(conn, rw.Reader)
}

func pump(w io.WriteCloser, r *bufio.Reader) {
	defer w.Close()
	_, _ = io.Copy(w, r)
}

// Timer stops something later.
func (a *API) Timer(w http.ResponseWriter, r *http.Request) {
	t := time.AfterFunc(time.Second, func() { a.hits.Store(0) })
	defer t.Stop()
	a.proxy.ServeHTTP(w, r)
}

// Cancel cancels a context later.
func (a *API) Cancel(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context())
	go func() {
		time.Sleep(time.Second)
		cancel()
	}()
	a.proxy.ServeHTTP(w, r.WithContext(ctx))
}

// Tenant reads a value on a root in a goroutine.
func Tenant(ctx context.Context, key any, out chan<- any) {
	go func() {
		out <- ctx.Value(key)
	}()
}

// Logs writes a log line with no context.
func Logs(ctx context.Context, msg string) {
	go log.Print(msg)
}
