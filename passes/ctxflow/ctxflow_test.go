package ctxflow_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/passtest"
)

var libraries = passtest.Fixtures{Patterns: []string{"./rootctx/...", "./staleparent/..."}}

// program is what the facts are about: the comment on the line of a function is the
// fact about it, as a Summary says it; one without a comment has none. Callers come
// before what they call, so that what is known goes up against the order.
const program = `package p

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("p")

func top(ctx context.Context) { middle(1, ctx) } // fact [3]  [false] [false] false alive [true]
func middle(_ int, ctx context.Context) { bottom(ctx) } // fact [0 3]  [false false] [false false] false alive [false true]
func bottom(ctx context.Context) { // fact [3]  [false] [false] false alive [true]
	_, span := tracer.Start(ctx, "bottom")
	span.End()
}

func even(ctx context.Context, n int) { // fact [3 0]  [false false] [false false] false alive [true false]
	if n > 0 {
		odd(ctx, n-1)
	}
}

func odd(ctx context.Context, n int) { // fact [3 0]  [false false] [false false] false alive [true false]
	even(ctx, n-1)
	bottom(ctx)
}

func nothing(ctx context.Context) error { return ctx.Err() }

func detached(ctx context.Context) { bottom(context.WithoutCancel(ctx)) } // fact [3]  [false] [false] false alive [false]

func derived(ctx context.Context) { // fact [3]  [false] [false] false alive [true]
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	bottom(ctx)
}

func rooted() { bottom(context.Background()) } // fact [] rooted [] [] false alive []
func reaches() { rooted() } // fact [] rooted [] [] false alive []
func explained() {
	bottom(context.Background()) // on purpose: nobody waits for it
}

func spawns(ctx context.Context) { go bottom(ctx) } // fact [3]  [true] [false] false alive [true]
func spawnsBelow(ctx context.Context) { spawns(ctx) } // fact [3]  [true] [false] false alive [true]

func waits(ctx context.Context) { // fact [3]  [false] [false] false alive [true]
	done := make(chan bool)
	go func() { bottom(ctx); close(done) }()
	<-done
}

func keys(ctx context.Context) any { return ctx.Value("user") } // fact [0]  [false] [true] false alive [false]
func keysBelow(ctx context.Context) any { return keys(ctx) } // fact [0]  [false] [true] false alive [false]

type service struct{ ctx context.Context }

func (s *service) bound() { bottom(s.ctx) } // fact []  [] [] true alive []

type worker interface{ work(ctx context.Context) }

type real struct{}

func (real) work(ctx context.Context) { bottom(ctx) } // fact [3]  [false] [false] false alive [true]
func throughInterface(ctx context.Context, w worker) { w.work(ctx) } // fact [2 0]  [false false] [false false] false alive [true false]

func handler(w http.ResponseWriter, r *http.Request) { bottom(r.Context()) } // fact [0 3]  [false false] [false false] false alive [false true]
`

// TestSummaries checks the facts about functions, as they are when they come back
// from bytes.
func TestSummaries(t *testing.T) {
	pkg := passtest.Check(t, libraries.Load(t), program)
	d := passtest.NewDriver(t)
	d.Run(pkg, ctxflow.Analyzer)
	lines := strings.Split(program, "\n")
	for _, decl := range pkg.Syntax[0].Decls {
		decl, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		got, sum := "", new(ctxflow.Summary)
		if d.Load(pkg.TypesInfo.Defs[decl.Name].(*types.Func), sum) {
			got = fmt.Sprint(sum, " alive ", sum.Alive)
		}
		_, want, _ := strings.Cut(lines[pkg.Fset.Position(decl.Name.Pos()).Line-1], "// fact ")
		if got != want {
			t.Errorf("%s: got %q, want %q", decl.Name.Name, got, want)
		}
	}
}
