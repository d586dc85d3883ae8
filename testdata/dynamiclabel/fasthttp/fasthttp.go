// Package fasthttp measures requests of fasthttp, whose values are bytes.
package fasthttp

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"
)

var requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"what"})

// Path is the path as it was asked for.
func Path(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		path := string(ctx.Path()) // want `^requests.WithLabelValues gets ctx.Path\(\), the path of a request, as a label, so each value of it makes a time series of its own$`
		next(ctx)
		requests.WithLabelValues(path).Inc()
	}
}

// URI has the query, too.
func URI(ctx *fasthttp.RequestCtx) {
	requests.With(prometheus.Labels{"what": string(ctx.RequestURI())}).Inc() // want `the path of a request, as a label`
}

// Method is one of a few. Silent.
func Method(ctx *fasthttp.RequestCtx) { requests.WithLabelValues(string(ctx.Method())).Inc() }

// Status is one of a few. Silent.
func Status(ctx *fasthttp.RequestCtx) {
	requests.WithLabelValues(strconv.Itoa(ctx.Response.StatusCode())).Inc()
}

// Route is what the router says. Silent: a value that it was set to is not known.
func Route(ctx *fasthttp.RequestCtx) {
	route, _ := ctx.UserValue("route").(string)
	requests.WithLabelValues(route).Inc()
}
