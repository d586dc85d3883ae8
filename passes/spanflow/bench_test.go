package spanflow_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/passtest"
	"github.com/tracevet/tracevet/passes/spanflow"
)

// The benchmarks show how the cost grows with the size of a package, of a
// function and of a chain of calls. They report the time divided by the size:
// where that stays the same, the cost grows with the size and no faster.

// A shape is a kind of program, of any size.
type shape struct {
	name  string
	power int // of the size, with which the cost grows
	sizes []int
	text  func(n int) string // without the package clause and the imports
	leaks func(n int) int    // the number of spans that leak
}

func same(n int) int { return n }

var shapes = []shape{{
	"functions", 1, []int{10, 30, 300, 3000, 10000},
	func(n int) string {
		return repeat(n, `
func f$i(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "f$i")
	if err := work(ctx); err != nil {
		span.RecordError(err)
		return err
	}
	span.End()
	return nil
}
`)
	},
	same,
}, {
	"spans one after the other", 1, []int{10, 150, 500, 1000},
	func(n int) string {
		return "func f(ctx context.Context) error {\n" + repeat(n, `
	ctx$i, span$i := tracer.Start(ctx, "f$i")
	if err := work(ctx$i); err != nil {
		return err
	}
	span$i.End()
`) + "return nil }\n"
	},
	same,
}, {
	"spans in each other", 1, []int{10, 150, 500, 1000},
	func(n int) string {
		return "func f(ctx context.Context) error {\n" + repeat(n, `
	ctx, span$i := tracer.Start(ctx, "f$i")
	if err := work(ctx); err != nil {
		return err
	}
	defer span$i.End()
`) + "return nil }\n"
	},
	same,
}, {
	"closures in each other", 1, []int{1, 10, 30, 100},
	func(n int) string {
		return "func f(ctx context.Context) error {\n" + repeat(n, `
	return func() error {
	ctx, span := tracer.Start(ctx, "f$i")
	if err := work(ctx); err != nil {
		return err
	}
	defer span.End()
`) + "return nil\n" + strings.Repeat("}()\n", n) + "}\n"
	},
	same,
}, {
	"branches", 1, []int{1, 10, 60, 300},
	func(n int) string {
		return `
func f(ctx context.Context, n int) error {
	ctx, span := tracer.Start(ctx, "f")
` + repeat(n, `
	if n > $i {
		span.AddEvent("$i")
	}
`) + `
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}
`
	},
	func(int) int { return 1 },
}, {
	"closures deferred", 3, []int{1, 5, 10, 40, 160},
	func(n int) string {
		return "func f(ctx context.Context) (err error) {\n" + repeat(n, `
	ctx, span$i := tracer.Start(ctx, "f$i")
	defer func() {
		if err != nil {
			span$i.RecordError(err)
		}
		span$i.End()
	}()
	if err = work(ctx); err != nil {
		return err
	}
`) + "return nil }\n"
	},
	func(int) int { return 0 },
}, {
	"spans in one closure", 3, []int{1, 5, 10, 40, 160},
	func(n int) string {
		return "func f(ctx context.Context) (err error) {\n" +
			repeat(n, "_, span$i := tracer.Start(ctx, \"f$i\")\n") +
			"end := func() {\n" + repeat(n, "span$i.End()\n") + "}\n" +
			repeat(n, "if err := work(ctx); err != nil { end(); return err }\n") +
			"end()\nreturn nil }\n"
	},
	func(int) int { return 0 },
}, {
	"a chain of wrappers", 1, []int{2, 20, 100, 500},
	func(n int) string {
		return `
func start0(ctx context.Context) (context.Context, trace.Span) { return tracer.Start(ctx, "f") }

func end0(span trace.Span) { span.End() }
` + repeat(n-1, `
func start$j(ctx context.Context) (context.Context, trace.Span) {
	ctx, span := start$i(ctx)
	span.AddEvent("$i")
	return ctx, span
}

func end$j(span trace.Span) { end$i(span) }

func f$j(ctx context.Context) error {
	ctx, span := start$j(ctx)
	if err := work(ctx); err != nil {
		return err
	}
	end$j(span)
	return nil
}
`)
	},
	func(n int) int { return n - 1 },
}}

func repeat(n int, text string) string { return passtest.Repeat(n, text) }

// generate type-checks the program of a shape, against the libraries that the
// fixtures import.
func (s shape) generate(t testing.TB, n int) *packages.Package {
	t.Helper()
	text := `package p

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("p")

var _ trace.Span

func work(ctx context.Context) error { return ctx.Err() }
` + s.text(n)
	return passtest.Check(t, loaded(t), text)
}

// leaking returns the number of spans that leak.
func leaking(r *spanflow.Result) int {
	n := 0
	for _, s := range r.Spans() {
		if !s.Parameter() && !s.Borrowed() && len(s.Leaks()) > 0 {
			n++
		}
	}
	return n
}

// TestShapes checks that the spans that leak in the programs that are measured
// are found, also in large ones: the pass gives up on none. And it checks how
// the cost grows, by what can be measured on a busy machine, the number of
// allocations.
func TestShapes(t *testing.T) {
	for _, s := range shapes {
		var costs []float64
		for _, n := range s.sizes[:3] {
			cost, leak := s.cost(t, n)
			costs = append(costs, cost)
			if leak != s.leaks(n) {
				t.Errorf("%s, %d: %d spans leak, want %d", s.name, n, leak, s.leaks(n))
			}
		}
		larger := float64(s.sizes[2]) / float64(s.sizes[1])
		if got, most := costs[2]/costs[1], 1.25*math.Pow(larger, float64(s.power)); got > most {
			t.Errorf("%s: the cost grows by %.1f when the size grows by %.1f, want at most %.1f", s.name, got, larger, most)
		} else {
			t.Logf("%s: the cost grows by %.1f when the size grows by %.1f", s.name, got, larger)
		}
	}
}

// TestBound checks that what the spans of one function cost together is bounded.
func TestBound(t *testing.T) {
	i := slices.IndexFunc(shapes, func(s shape) bool { return s.name == "spans in one closure" })
	most, _ := shapes[i].cost(t, 40)
	beyond, leak := shapes[i].cost(t, 160)
	if leak > 0 {
		t.Errorf("%d spans leak, want none", leak)
	}
	if beyond > 1.5*most {
		t.Errorf("160 spans cost %.1f times as much as 40, which take all that a function may", beyond/most)
	}
}

// cost returns the number of allocations of a run over a program of size n, and the
// number of spans that leak.
func (s shape) cost(t *testing.T, n int) (allocs float64, leaks int) {
	pkg := s.generate(t, n)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	result := newDriver(t).run(pkg)
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs - before.Mallocs), leaking(result)
}

// BenchmarkGrowth measures the pass and those that it needs.
func BenchmarkGrowth(b *testing.B) {
	for _, s := range shapes {
		for _, n := range s.sizes {
			b.Run(fmt.Sprintf("%s/%d", s.name, n), func(b *testing.B) {
				pkg := s.generate(b, n)
				b.ReportAllocs()
				for b.Loop() {
					newDriver(b).run(pkg)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/size")
			})
		}
	}
}

// BenchmarkFixtures measures the pass on the fixtures of all rules.
func BenchmarkFixtures(b *testing.B) {
	pkgs := loaded(b)
	spans := 0
	for b.Loop() {
		spans = 0
		for _, r := range newDriver(b).runAll(pkgs) {
			spans += len(r.Spans())
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(spans), "ns/span")
}
