// Package fixes has roots at places that are hard to mend.
package fixes

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("fixes")

func work(ctx context.Context, names ...string) {
	for _, n := range names {
		_, span := tracer.Start(ctx, n)
		span.End()
	}
}

// Comments has comments around the root and in it.
func Comments(ctx context.Context) {
	work( // before
		/* the context */ context.Background( /* nothing */ ), // want `is at hand: ctx$`
		// between
		"comments",
	)
}

// Parenthesised has parentheses that nobody needs.
func Parenthesised(ctx context.Context) {
	work((context.Background)(), "one") // want `is at hand: ctx$`
	work((context.TODO()), "two")       // want `is at hand: ctx$`
}

// OneLine has all on a line.
func OneLine(ctx context.Context) { work(context.Background(), "one", "line") } // want `is at hand: ctx$`

// Three has three roots in one statement, one inside of the other's arguments.
func Three(r *http.Request) {
	work(context.WithValue(context.Background(), key{}, func() string { // want `is at hand: r.Context\(\)$`
		work(context.TODO(), "inner") // want `is at hand: r.Context\(\)$`
		return "value"
	}()), "outer")
	work(context.Background(), "last") // want `is at hand: r.Context\(\)$`
}

type key struct{}

// SameName declares a variable with the name of the parameter in a block: what
// is on the right is the parameter still.
func SameName(ctx context.Context, slow bool) {
	if slow {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // want `is at hand: ctx$`
		defer cancel()
		work(ctx, "slow")
		return
	}
	work(ctx, "fast")
}

// SameBlock assigns to the parameter, beside a new variable.
func SameBlock(ctx context.Context) {
	ctx, span := tracer.Start(context.Background(), "same-block") // want `is at hand: ctx$`
	defer span.End()
	work(ctx, "same-block")
}

// Var has a declaration with a type, and several names.
func Var(c *gin.Context) {
	var first, second context.Context = context.Background(), c.Request.Context() // want `is at hand: c.Request.Context\(\)$`
	work(first, "first")
	work(second, "second")
}

// Hidden has the request's name hidden by a rune: the request is not at hand
// there, so it is silent.
func Hidden(w http.ResponseWriter, r *http.Request) {
	for _, r := range "abc" {
		work(context.Background(), string(r))
	}
	w.WriteHeader(len(r.Header))
}

// Function has the function as a value: what it returns is not known for sure,
// and it is silent.
func Function(ctx context.Context) {
	fresh := context.Background
	if ctx.Err() == nil {
		fresh = func() context.Context { return ctx }
	}
	work(fresh(), "function")
}

// Return returns the root of a helper on the spot, and the result is used.
func Return(ctx context.Context) {
	own := func() context.Context { return context.WithValue(ctx, key{}, "own") }
	work(own(), "return")
	work(context.TODO(), "todo") // want `is at hand: ctx$`
}

// Label has a jump around the root.
func Label(ctx context.Context, times int) {
again:
	work(context.Background(), "label") // want `is at hand: ctx$`
	if times--; times > 0 && ctx.Err() == nil {
		goto again
	}
}
