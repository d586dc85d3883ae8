// Package chain_names has chains whose functions use the name ctx, or the name
// context, already.
package chain_names

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("names")

func work(ctx context.Context, name string) {
	_, span := tracer.Start(ctx, name)
	defer span.End()
}

// A state is what some call ctx.
type state struct{ name string }

// OtherType calls a helper whose parameter ctx is something else: the new one
// needs another name, or there is no fix.
func OtherType(w http.ResponseWriter, r *http.Request) { otherType(&state{name: r.Method}) }

func otherType(ctx *state) {
	work(context.Background(), ctx.name) // want `starts a new trace: otherType is reached from handler OtherType$`
}

// Gin calls a helper whose ctx is gin's: a request is at hand in it, and the
// finding is about that.
func Gin(ctx *gin.Context) { ginHelper(ctx) }

func ginHelper(ctx *gin.Context) {
	work(context.TODO(), ctx.FullPath()) // want `the request's context is at hand: ctx.Request.Context\(\)`
}

// Local calls a helper whose variable ctx is the root: with a parameter of that
// name the declaration does not compile ("no new variables"), so it has to go.
func Local(w http.ResponseWriter, r *http.Request) { local(r.Method) }

func local(name string) {
	ctx := context.Background() // want `starts a new trace: local is reached from handler Local$`
	work(ctx, name)
	work(ctx, name+"2")
}

// LocalOther calls a helper whose variable ctx is declared later, of another type.
func LocalOther(w http.ResponseWriter, r *http.Request) { localOther(r.Method) }

func localOther(name string) {
	work(context.Background(), name) // want `starts a new trace: localOther is reached from handler LocalOther$`
	ctx := strings.ToLower(name)
	_ = ctx
}

// Inner calls a helper where ctx is shadowed at the place of the root only.
func Inner(w http.ResponseWriter, r *http.Request) { inner([]state{{r.Method}}) }

func inner(all []state) {
	for _, ctx := range all {
		work(context.Background(), ctx.name) // want `starts a new trace: inner is reached from handler Inner$`
	}
}

// Package calls a helper that has a parameter called context: the package has no
// name there to write the type with.
func Package(w http.ResponseWriter, r *http.Request) { pkg(r.Method, 1) }

func pkg(name string, context int) { deeper(name, context) }

func deeper(name string, n int) {
	work(context.Background(), name) // want `starts a new trace: deeper is reached from handler Package through pkg$`
	_ = n
}

// Result calls a helper with a named result called ctx.
func Result(w http.ResponseWriter, r *http.Request) { _ = result(r.Method) }

func result(name string) (ctx string) {
	work(context.Background(), name) // want `starts a new trace: result is reached from handler Result$`
	return ctx
}

// Receiver calls a method whose receiver is called ctx.
func (s *state) Receiver(w http.ResponseWriter, r *http.Request) { s.receiver(r.Method) }

func (ctx *state) receiver(name string) {
	work(context.Background(), ctx.name+name) // want `starts a new trace: receiver is reached from handler \(\*state\).Receiver$`
}

// Deadline calls a helper whose := declares ctx beside another variable: with
// the parameter that is an assignment, and right.
func Deadline(w http.ResponseWriter, r *http.Request) { deadline(r.Method) }

func deadline(name string) {
	ctx, span := tracer.Start(context.Background(), name) // want `starts a new trace: deadline is reached from handler Deadline$`
	defer span.End()
	work(ctx, name)
}
