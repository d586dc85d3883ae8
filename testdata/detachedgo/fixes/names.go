// Package fixes has faults whose fixes must look at names, blocks and comments.
package fixes

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
)

// The name ctx is Gin's context.
func namedCtx(ctx *gin.Context) {
	id := ctx.Param("id")
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		_ = spans.Mail(context.Background(), id, "namedCtx")
	}()
	ctx.Status(http.StatusAccepted)
}

// The name ctx is the request's, and it is used after the go statement: it must
// not be detached for the rest.
func usedAfter(c *gin.Context) {
	ctx := c.Request.Context()
	id := c.Param("id")
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*usedAfter returns`
		_ = spans.Mail(ctx, id, "usedAfter")
	}()
	if err := spans.Mail(ctx, id, "now"); err != nil {
		c.Status(http.StatusBadGateway)
	}
}

// The name ctx is a parameter of the literal.
func literalParameter(w http.ResponseWriter, r *http.Request) {
	go func(ctx context.Context, id string) { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		_ = spans.Mail(ctx, id, "literalParameter")
	}(context.Background(), r.PathValue("id"))
	w.WriteHeader(http.StatusAccepted)
}

// The name ctx is taken in the goroutine by what is derived from the root.
func derived(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		_ = spans.Mail(ctx, id, "derived")
	}()
}

// The name ctx is another type's below, and a package's function above.
func takenLater(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	go spans.Mail(context.Background(), id, "takenLater") // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
	ctx := len(id)
	w.WriteHeader(200 + ctx)
}

// Two goroutines, each with a root: one context is enough, two do not harm.
func twice(c *gin.Context) {
	id := c.Param("id")
	go spans.Mail(context.Background(), id, "one") // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
	go spans.Mail(context.Background(), id, "two") // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
}

// The goroutine is in a branch.
func branch(c *gin.Context) {
	ctx := c.Request.Context()
	if id := c.Param("id"); id != "" {
		go spans.Mail(ctx, id, "branch") // want `the goroutine works on ctx, which is cancelled when the handler .*branch returns`
	} else {
		_ = spans.Mail(ctx, "nobody", "branch")
	}
}

// The goroutine is a case's only statement, and a label's.
func cases(c *gin.Context) {
	ctx := c.Request.Context()
	id := c.Param("id")
	switch id {
	case "a":
		go spans.Mail(ctx, id, "case") // want `the goroutine works on ctx, which is cancelled when the handler .*cases returns`
	case "b":
		goto last
	}
	return
last:
	go spans.Mail(ctx, id, "label") // want `the goroutine works on ctx, which is cancelled when the handler .*cases returns`
}

// The goroutines are in a loop.
func loop(c *gin.Context) {
	for _, id := range c.QueryArray("id") {
		go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
			_ = spans.Mail(context.Background(), id, "loop")
		}()
	}
}

// Joined goroutines take the plain context.
func joined(ctx context.Context, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
			_ = spans.Mail(context.Background(), id, "joined")
		})
	}
	wg.Wait()
}

// In the joined goroutine ctx is something else.
func joinedShadowed(ctx context.Context, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func(ctx string) { // want `the goroutine works on context\.TODO\(\), so what it does is in a trace of its own`
			defer wg.Done()
			_ = spans.Mail(context.TODO(), ctx, "joinedShadowed")
		}(id)
	}
	wg.Wait()
}

// The package's name is shadowed where the context would be hoisted.
func packageShadowed(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	context := r.PathValue("context")
	go spans.Mail(ctx, context, "packageShadowed") // want `the goroutine works on ctx, which is cancelled when the handler .*packageShadowed returns`
}

// Gin's context is used for more than its request: that part needs a copy.
func capturedMore(c *gin.Context) {
	go func() { // want `the goroutine uses c after the handler .*capturedMore returned`
		_ = spans.Mail(c.Request.Context(), c.GetString("email"), c.ClientIP())
	}()
}

// The goroutine writes the response: there is nothing that a fix could do.
func capturedWrites(c *gin.Context) {
	go func() { // want `the goroutine uses c after the handler .*capturedWrites returned`
		if err := spans.Mail(c.Request.Context(), "a@example.com", "x"); err != nil {
			c.JSON(http.StatusInternalServerError, gin.H{"error": err.Error()})
		}
	}()
}

// The outer goroutine is waited for, the inner one is not: the root is an
// argument of the inner one, which is to keep the trace without the cancellation.
func inner(c *gin.Context) {
	ctx := c.Request.Context()
	id := c.Param("id")
	var wg sync.WaitGroup
	wg.Go(func() {
		go func(ctx context.Context) { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
			_ = spans.Mail(ctx, id, "inner")
		}(context.Background())
		_ = spans.Mail(ctx, id, "outer")
	})
	wg.Wait()
}
