// Package formatters gives functions to instrumentation that name the spans.
package formatters

import (
	"context"
	"fmt"
	"net/http"

	"github.com/XSAM/otelsql"
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

func Gin(r *gin.Engine) {
	r.Use(otelgin.Middleware("shop", otelgin.WithSpanNameFormatter(func(c *gin.Context) string {
		return c.Request.URL.Path // want `^the span names that otelgin.WithSpanNameFormatter makes contain c.Request.URL.Path, the path of a request, so`
	})))
}

func GinInline(r *gin.Engine) {
	r.Use(otelgin.Middleware("shop", otelgin.WithSpanNameFormatter(func(c *gin.Context) string { return c.Request.URL.Path }))) // want `contain c.Request.URL.Path`
}

func First(h http.Handler) http.Handler {
	return otelhttp.NewMiddleware("server", otelhttp.WithSpanNameFormatter(byPath), otelhttp.WithServerName("x"))(h) // want `contain the path of a request`
}

func Collected(h http.Handler, opts []otelhttp.Option) http.Handler {
	opts = append(opts, otelhttp.WithSpanNameFormatter(byPath)) // want `contain the path of a request`
	return otelhttp.NewHandler(h, "server", opts...)
}

func HTTP(h http.Handler) http.Handler {
	return otelhttp.NewHandler(h, "server",
		otelhttp.WithSpanNameFormatter(func(op string, r *http.Request) string {
			return fmt.Sprintf("%s %s", r.Method, r.URL.Path) // want `contain r.URL.Path, the path of a request`
		}),
		otelhttp.WithServerName("shop"))
}

func byPath(_ string, r *http.Request) string { return "HTTP " + r.URL.Path }

func Named(h http.Handler) http.Handler {
	return otelhttp.NewHandler(h, "server", otelhttp.WithSpanNameFormatter(byPath)) // want `contain the path of a request`
}

func Variable(base http.RoundTripper) http.RoundTripper {
	name := func(op string, r *http.Request) string { return r.URL.Path } // want `the path of a request`
	return otelhttp.NewTransport(base, otelhttp.WithSpanNameFormatter(name))
}

func SQL() {
	_, _ = otelsql.Open("sqlite", "", otelsql.WithSpanNameFormatter(func(ctx context.Context, m otelsql.Method, query string) string {
		return string(m) + " " + query // want `contain query, the text of a statement`
	}))
}

// Route is silent: the template.
func Route(r *gin.Engine) {
	r.Use(otelgin.Middleware("shop", otelgin.WithSpanNameFormatter(func(c *gin.Context) string {
		return c.Request.Method + " " + c.FullPath()
	})))
}

// Operation is silent: the operation is given at start-up.
func Operation(h http.Handler) http.Handler {
	return otelhttp.NewHandler(h, "server", otelhttp.WithSpanNameFormatter(func(op string, r *http.Request) string {
		return op + " " + r.Method + " " + r.Pattern
	}))
}

// Host is silent: the hosts that a client calls are few.
func Host(base http.RoundTripper) http.RoundTripper {
	return otelhttp.NewTransport(base, otelhttp.WithSpanNameFormatter(func(op string, r *http.Request) string {
		return r.Method + " " + r.URL.Host
	}))
}

// SQLMethod is silent.
func SQLMethod() {
	_, _ = otelsql.Open("sqlite", "", otelsql.WithSpanNameFormatter(func(ctx context.Context, m otelsql.Method, query string) string {
		return "db " + string(m)
	}))
}

// Unknown is silent: the function comes from somewhere else.
func Unknown(h http.Handler, f func(string, *http.Request) string) http.Handler {
	return otelhttp.NewHandler(h, "server", otelhttp.WithSpanNameFormatter(f))
}
