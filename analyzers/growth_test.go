package analyzers_test

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/passtest"
)

// These tests show how the cost of all rules together grows with the size of a
// package, of a function, and of a chain of calls. docs/performance.md has the times
// that the benchmark measures; what a test can rely on, also on a busy machine, is
// the number of allocations.

// A shape is a kind of program, of any size.
type shape struct {
	name     string
	power    int // of the size, with which the cost grows
	sizes    []int
	text     func(n int) string // without the package clause and the imports
	findings func(n int) int    // how many there are; nil if that is not the point
}

func one(int) int    { return 1 }
func none(int) int   { return 0 }
func each(n int) int { return n }

// wide are the sizes of packages and functions, deep those of chains of calls.
var (
	wide = []int{10, 100, 1000, 10000}
	long = []int{10, 100, 500, 1000}
	deep = []int{10, 50, 250, 500}
)

var shapes = []shape{{
	"functions", 1, wide,
	func(n int) string {
		return passtest.Repeat(n, `
func f$i(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "f$i")
	if err := work(context.Background()); err != nil {
		return
	}
	_, _ = http.Get("http://localhost")
	go func() { _ = work(ctx) }()
	span.End()
}
`)
	},
	nil,
}, {
	"clean functions", 1, wide,
	func(n int) string {
		return passtest.Repeat(n, `
func f$i(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "f$i")
	defer span.End()
	if err := work(ctx); err != nil {
		http.Error(w, "failed", 500)
		return
	}
	h$i(ctx)
}

func h$i(ctx context.Context) { _ = work(ctx) }
`)
	},
	none,
}, {
	"spans in one function", 1, long,
	func(n int) string {
		return "func f(ctx context.Context) error {\n" + passtest.Repeat(n, `
	ctx$i, span$i := tracer.Start(ctx, "f$i")
	if err := work(ctx$i); err != nil {
		return err
	}
	span$i.End()
`) + "return nil }\n"
	},
	nil,
}, {
	"contexts in one function", 1, long,
	func(n int) string {
		return "func f(ctx context.Context) error {\n" + passtest.Repeat(n, `
	ctx$i, cancel$i := context.WithCancel(ctx)
	if err := work(ctx$i); err != nil {
		cancel$i()
		_ = work(context.Background())
		return err
	}
	cancel$i()
`) + "return nil }\n"
	},
	none,
}, {
	"one context again and again", 1, long,
	func(n int) string {
		return "func f(ctx context.Context) error {\nfor {\n" + passtest.Repeat(n, `
	ctx = context.WithValue(ctx, key($i), 1)
	if err := work(ctx); err != nil {
		return err
	}
`) + "}\n}\n\ntype key int\n"
	},
	none,
}, {
	"goroutines in one function", 2, []int{10, 40, 160, 640},
	func(n int) string {
		return "func f(ctx context.Context) {\n" + passtest.Repeat(n, `
	go func() { _ = work(context.Background()) }()
	go h(ctx)
`) + "}\n\nfunc h(ctx context.Context) { _ = work(ctx) }\n"
	},
	nil,
}, {
	"a chain with the context", 1, deep,
	func(n int) string { // callers come first, so that what is known goes up against the order
		return passtest.Repeat(n, `
func f$i(ctx context.Context) error { return f$j(ctx) }
`) + fmt.Sprintf("func f%d(ctx context.Context) error { return send(ctx) }\n", n)
	},
	none,
}, {
	"a chain to a root", 1, deep,
	func(n int) string {
		return passtest.Repeat(n, `
func f$i() error { return f$j() }
`) + fmt.Sprintf("func f%d() error { return send(context.Background()) }\n", n) + `
func handle(w http.ResponseWriter, r *http.Request) { _ = f0() }
`
	},
	one,
}, {
	"a chain with a root each", 1, []int{10, 25, 50, 100},
	func(n int) string {
		return passtest.Repeat(n, `
func f$i() error { _ = send(context.Background()); return f$j() }
`) + fmt.Sprintf("func f%d() error { return nil }\n", n) + `
func handle(w http.ResponseWriter, r *http.Request) { _ = f0() }
`
	},
	each,
}, {
	"a cycle", 1, deep,
	func(n int) string {
		return passtest.Repeat(n, `
func f$i(ctx context.Context, n int) error { if n < 0 { return send(ctx) }; g$i(n); return f$j(ctx, n-1) }

func g$i(n int) { if n > 0 { g$j(n-1) } }
`) + fmt.Sprintf("func f%d(ctx context.Context, n int) error { return f0(ctx, n) }\n\nfunc g%[1]d(n int) { g0(n); _ = send(context.Background()) }\n", n)
	},
	nil,
}, {
	"branches", 1, long,
	func(n int) string {
		return "func f(ctx context.Context, n int) (err error) {\nctx, span := tracer.Start(ctx, \"f\")\ndefer span.End()\n" + passtest.Repeat(n, `
	if n > $i {
		span.AddEvent("$i")
		err = work(ctx)
	}
`) + "return err }\n"
	},
	nil,
}}

var libraries = passtest.Fixtures{Patterns: []string{"./rootctx/...", "./staleparent/..."}}

// generate returns the program of a shape.
func (s shape) generate(t testing.TB, n int) *packages.Package {
	t.Helper()
	return passtest.Check(t, libraries.Load(t), `package p

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("p")

func work(ctx context.Context) error { return ctx.Err() }

func send(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "send")
	defer span.End()
	return work(ctx)
}

var _ http.Handler
`+s.text(n))
}

// TestGrowth checks how the cost of all rules together grows, and that large
// programs are not given up.
func TestGrowth(t *testing.T) {
	rules := analyzers.Analyzers(analyzers.All())
	for _, s := range shapes {
		t.Run(strings.ReplaceAll(s.name, " ", "_"), func(t *testing.T) {
			cost := func(n int) float64 {
				pkg := s.generate(t, n)
				findings := 0
				d := passtest.NewDriver(t)
				d.Report = func(*packages.Package, *analysis.Analyzer, analysis.Diagnostic) { findings++ }
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				d.Run(pkg, rules...)
				runtime.ReadMemStats(&after)
				if s.findings != nil && findings != s.findings(n) {
					t.Errorf("%d: %d findings, want %d", n, findings, s.findings(n))
				}
				return float64(after.Mallocs - before.Mallocs)
			}
			small, large := s.sizes[1], s.sizes[2]
			larger := float64(large) / float64(small)
			got, most := cost(large)/cost(small), 1.3*math.Pow(larger, float64(s.power))
			if got > most {
				t.Errorf("the cost grows by %.1f when the size grows by %.1f, want at most %.1f", got, larger, most)
			}
			t.Logf("the cost grows by %.1f when the size grows by %.1f", got, larger)
		})
	}
}

// BenchmarkGrowth measures all rules together.
func BenchmarkGrowth(b *testing.B) {
	rules := analyzers.Analyzers(analyzers.All())
	for _, s := range shapes {
		for _, n := range s.sizes {
			b.Run(fmt.Sprintf("%s/%d", s.name, n), func(b *testing.B) {
				pkg := s.generate(b, n)
				b.ReportAllocs()
				for b.Loop() {
					d := passtest.NewDriver(b)
					d.Report = func(*packages.Package, *analysis.Analyzer, analysis.Diagnostic) {}
					d.Run(pkg, rules...)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/size")
			})
		}
	}
}
