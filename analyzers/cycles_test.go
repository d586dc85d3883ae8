package analyzers_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/passtest"
)

// cyclic is a program in which all that the passes follow comes back to itself: lists
// of options, contexts, spans, labels, routers, handlers, functions. It type-checks, and
// never does anything of use.
const cyclic = `package p

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("x")
var vec = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "x"}, []string{"a"})

func leak(ctx context.Context, b bool) {
	_, span := tracer.Start(ctx, "leak")
	if b {
		return
	}
	span.End()
}

// Lists that are made of themselves.
func opts1(opts ...sdktrace.TracerProviderOption) *sdktrace.TracerProvider {
	opts = append(opts, opts...)
	o2 := append(opts[:1], opts[1:]...)
	o2 = append(o2, append(opts, o2...)...)
	opts = append(o2, opts...)
	for i := range opts {
		opts[i] = o2[i]
		o2 = append(opts, o2...)
	}
	return sdktrace.NewTracerProvider(opts...)
}
func optsA(n int, o []sdktrace.TracerProviderOption) []sdktrace.TracerProviderOption {
	if n == 0 {
		return o
	}
	return optsB(n-1, append(optsA(n-1, o), o...))
}
func optsB(n int, o []sdktrace.TracerProviderOption) []sdktrace.TracerProviderOption {
	return append(optsA(n, o), optsB(n, o)...)
}
func opts2() *sdktrace.TracerProvider { return sdktrace.NewTracerProvider(optsB(3, optsA(2, nil))...) }
func sampler(n int) sdktrace.Sampler {
	s := sdktrace.AlwaysSample()
	for range n {
		s = sdktrace.ParentBased(s, sdktrace.WithRemoteParentSampled(s))
	}
	if n > 3 {
		return sampler(n - 1)
	}
	s = sampler(n)
	return s
}
func prov(n int) *sdktrace.TracerProvider {
	tp := prov(n - 1)
	tp = wrap(tp)
	if n > 2 {
		tp = wrap(prov(n))
	}
	otel.SetTracerProvider(tp)
	return tp
}
func wrap(tp *sdktrace.TracerProvider) *sdktrace.TracerProvider { tp = wrap(tp); return tp }

// Functions that are set to each other.
var pa = func() []attribute.KeyValue { return pb() }
var pb func() []attribute.KeyValue

func init() { pb = pa; pa = pb }

// Contexts and spans that go through functions which call themselves.
type F func(context.Context) F

func self(ctx context.Context) F {
	ctx, span := tracer.Start(ctx, "x")
	_ = span
	return self(ctx)(ctx)
}
func ctx1(ctx context.Context) context.Context {
	ctx = ctx1(ctx)
	for {
		ctx, _ = tracer.Start(ctx, "x")
		ctx = ctx1(ctx)
		if ctx.Err() != nil {
			ctx = ctx2(ctx)
			return ctx
		}
	}
}
func ctx2(ctx context.Context) context.Context {
	var c2 context.Context
	c2 = ctx
	ctx = c2
	c2 = ctx
	defer func() { ctx = c2 }()
	return ctx1(c2)
}

type node struct {
	next *node
	ctx  context.Context
	span trace.Span
	f    func(*node)
	self interface{ M(*node) }
}

func (n *node) M(m *node) {
	n.f = n.M
	m.f = m.next.M
	n.f(m)
	m.f(n)
	n.self.M(m)
	n.next.next = n
	n.span = m.span
	m.span = n.span
	n.ctx, n.span = tracer.Start(n.ctx, "x")
	f := n.M
	f = func(x *node) { f(x); g := f; g(x) }
	f(n)
	go f(n)
	defer f(m)
	f(n.next)
}

type I interface {
	Next() I
	Start(context.Context) (context.Context, trace.Span)
}
type imp struct{ I }

func (i imp) Next() I { return i.Next().Next() }
func useI(ctx context.Context, i I) {
	for {
		i = i.Next()
		ctx, span := i.Start(ctx)
		defer span.End()
		useI(ctx, i)
	}
}
func end(s trace.Span, n int) {
	if n > 0 {
		end(s, n-1)
		return
	}
	end2(s, n)
}
func end2(s trace.Span, n int) {
	if n > 0 {
		end(s, n)
	} else {
		end2(s, n)
	}
}
func started(ctx context.Context, n int) (context.Context, trace.Span) {
	if n == 0 {
		return started2(ctx, n)
	}
	return started(ctx, n-1)
}
func started2(ctx context.Context, n int) (context.Context, trace.Span) { return started(ctx, n) }
func useStarted(ctx context.Context)                                    { _, s := started(ctx, 3); end(s, 3) }
// Labels that depend on themselves.
func labels(r *http.Request, n int) string {
	if n == 0 {
		return r.URL.Path
	}
	return labels(r, n-1) + labels2(r, n)
}
func labels2(r *http.Request, n int) string {
	s := labels(r, n)
	for range n {
		s += s
		s = s + labels2(r, n)
	}
	return s
}
func useLabels(r *http.Request) {
	s := labels(r, 1)
	m := map[string]string{}
	m[s] = s
	s = m[s]
	m[m[s]] = m[s]
	t := []string{s}
	t = append(t, t...)
	t[0] = t[1]
	vec.WithLabelValues(t...).Inc()
	vec.WithLabelValues(m[s]).Inc()
}

type rec struct {
	a  string
	r  *rec
	rs []rec
	m  map[string]*rec
}

func useRec(req *http.Request) {
	x := &rec{a: req.URL.Path}
	for {
		x = &rec{r: x, rs: []rec{*x, *x.r}}
		*x = *x.r
		x.r = x
		x.r.r.r = x.r.r
		y := *x
		x = &y
		y = *x
		z := [2]rec{y, *x}
		z[0] = z[1]
		z[1] = z[0]
		vec.WithLabelValues(x.a, x.r.r.a, z[0].a, x.rs[0].rs[1].a, x.m[x.a].a, y.a).Inc()
	}
}
// Routers and middlewares that hold themselves.
func routers(r *gin.Engine, n int) gin.IRouter {
	var g gin.IRouter = r
	for range n {
		g = g.Group("/x")
		g.Use(otelgin.Middleware("x"))
		g = routers(r, n)
		g.GET("/", func(c *gin.Context) { routers(r, n); tracer.Start(c, c.FullPath()) })
	}
	return g
}
func routers2(r chi.Router) chi.Router {
	r.Route("/", func(r chi.Router) { routers2(r); r.Group(func(r chi.Router) { routers3(r) }) })
	r.Mount("/", r)
	r.Mount("/x", routers2(r))
	r = r.With(mw)
	return routers3(r)
}
func routers3(r chi.Router) chi.Router { r.Mount("/", routers2(r)); r.Use(mw, mw2(mw2(mw))); return r }
func mw(h http.Handler) http.Handler {
	h = mw(h)
	h = mw2(mw)(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h = mw(h)
		h.ServeHTTP(w, r)
		r = r.WithContext(r.Context())
		r = r.WithContext(ctx1(r.Context()))
		*r = *r.WithContext(r.Context())
		h.ServeHTTP(w, r)
	})
}
func mw2(m func(http.Handler) http.Handler) func(http.Handler) http.Handler {
	m = mw2(m)
	return func(h http.Handler) http.Handler { return m(mw2(m)(h)) }
}

type srv struct {
	r chi.Router
	g *gin.Engine
	s *srv
	h http.Handler
}

func (s *srv) setup() *srv {
	s.s = s
	s.s.s.r = s.r
	s.h = s
	s.g.Use(s.gm, s.s.gm)
	s.setup().setup()
	s.r.Handle("/", s)
	s.r.Mount("/", s.r)
	s.s.setup()
	return s.s
}
func (s *srv) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.h.ServeHTTP(w, r)
	s.ServeHTTP(w, r)
	s.s.h = s.h
	s.h = s.s.h
	s.r.ServeHTTP(w, r)
}
func (s *srv) gm(c *gin.Context) {
	s.gm(c)
	c.Request = c.Request.WithContext(c)
	c.Next()
	s.s.gm(c)
	go s.gm(c)
	go func() { s.gm(c.Copy()) }()
}
// Goroutines, roots and errors of functions that call themselves.
func async(ctx context.Context, f func(context.Context)) {
	async(ctx, f)
	async(ctx, func(ctx context.Context) { async(ctx, f); f(ctx) })
	go async(ctx, f)
	ch := make(chan func(context.Context))
	go func() {
		for f := range ch {
			f(ctx)
		}
	}()
	ch <- f
	ch <- func(c context.Context) { async(c, f); ch <- f }
}
func rt() {
	rt()
	ctx := context.Background()
	var g func()
	g = func() { g(); ctx = ctx1(ctx); rt2(ctx) }
	g()
	go g()
	defer g()
}
func rt2(ctx context.Context) {
	rt()
	rt2(context.Background())
	rt2(context.WithoutCancel(ctx))
	go rt2(ctx)
}
func errs(ctx context.Context) (err error) {
	_, span := tracer.Start(ctx, "e")
	defer span.End()
	for err == nil {
		err = errs(ctx)
		err2 := err
		err = err2
		span.RecordError(err)
		defer func() { err = errs(ctx); span.RecordError(err) }()
	}
	return errs(ctx)
}
`

// TestCycles checks that the rules come to an end on a program full of cycles, and still
// see what is plain in it.
func TestCycles(t *testing.T) {
	fixtures := passtest.Fixtures{Patterns: []string{"./brokensampler/...", "./dynamiclabel/...", "./mworder/..."}}
	pkg := passtest.Check(t, fixtures.Load(t), cyclic)
	found := make(map[string]bool)
	d := passtest.NewDriver(t)
	d.Report = func(_ *packages.Package, a *analysis.Analyzer, diag analysis.Diagnostic) {
		found[a.Name] = true
	}
	d.Run(pkg, analyzers.Analyzers(analyzers.All())...)
	for _, rule := range []string{"spanleak", "dynamiclabel", "detachedgo", "staleparent"} {
		if !found[rule] {
			t.Errorf("%s finds nothing", rule)
		}
	}
}
