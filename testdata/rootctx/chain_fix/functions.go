package chain_fix

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// Direct calls direct: the fix adds ctx to direct and passes r.Context() here.
func Direct(w http.ResponseWriter, r *http.Request) {
	direct(r.FormValue("name"))
	w.WriteHeader(http.StatusNoContent)
}

func direct(name string) {
	work(context.Background(), name) // want `^context.Background\(\) starts a new trace: direct is reached from handler Direct$`
}

// Through calls outer, which calls inner: the fix adds ctx to both.
func Through(c *gin.Context) {
	if err := outer(c.Param("id"), 3); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

func outer(id string, times int) error {
	for range times {
		if err := inner(id); err == nil {
			return nil
		}
	}
	return fmt.Errorf("outer %s", id)
}

func inner(id string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // want `starts a new trace: inner is reached from handler Through through outer$`
	defer cancel()
	work(ctx, id)
	return ctx.Err()
}

// NoParameters calls functions that have none: the fix writes (ctx context.Context)
// and f(r.Context()).
func NoParameters(w http.ResponseWriter, r *http.Request) {
	ping()
	_, _ = w.Write([]byte("ok"))
}

func ping() { pong() }

func pong() {
	work(context.TODO(), "pong") // want `starts a new trace: pong is reached from handler NoParameters through ping$`
}

// Unnamed calls a function whose parameters have no names: the fix has to name
// all of them, the others _.
func Unnamed(_ http.ResponseWriter, r *http.Request) { unnamed(r.Method, len(r.Header)) }

func unnamed(string, int) {
	work(context.Background(), "unnamed") // want `starts a new trace: unnamed is reached from handler Unnamed$`
}

// Variadic calls with and without arguments, and with a slice.
func Variadic(ctx context.Context, all ...string) {
	variadic()
	variadic("a", "b")
	variadic(all...)
	work(ctx, "variadic")
}

func variadic(names ...string) {
	for _, n := range names {
		work(context.Background(), n) // want `starts a new trace: variadic is reached from Variadic$`
	}
}

// Recursive calls a function that calls itself: the call inside gets ctx, too.
func Recursive(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, depth(&user{name: r.FormValue("name")}))
}

func depth(u *user) int {
	if u == nil {
		return 0
	}
	work(context.Background(), u.name) // want `starts a new trace: depth is reached from handler Recursive$`
	return 1 + depth(u.boss)
}

// Mutual calls two functions that call each other; both get ctx.
func Mutual(ctx context.Context, n int) bool {
	work(ctx, "mutual")
	return even(n)
}

func even(n int) bool {
	if n == 0 {
		return true
	}
	return odd(n - 1)
}

func odd(n int) bool {
	if n == 0 {
		work(context.TODO(), "odd") // want `starts a new trace: odd is reached from Mutual through even$`
		return false
	}
	return even(n - 1)
}

// Several, SeveralGin and several more call one helper, each with its own spelling.
func Several(w http.ResponseWriter, req *http.Request) { several("a") }

// SeveralGin is the second.
func SeveralGin(gc *gin.Context) { several("b") }

// SeveralSpan is the third: its span's context is the innermost.
func SeveralSpan(ctx context.Context) {
	sctx, span := tracer.Start(ctx, "SeveralSpan")
	defer span.End()
	several("c")
	work(sctx, "d")
}

func several(name string) {
	work(context.Background(), name) // want `starts a new trace: several is reached from handler Several$`
}

// TwoRoots calls a helper with two roots: one fix is enough for both.
func TwoRoots(ctx context.Context) { twoRoots("x"); work(ctx, "y") }

func twoRoots(name string) {
	work(context.Background(), name+"1") // want `starts a new trace: twoRoots is reached from TwoRoots$`
	work(context.TODO(), name+"2")       // want `starts a new trace: twoRoots is reached from TwoRoots$`
}

// Lines has the call and the parameters on several lines, with comments.
func Lines(ctx context.Context) {
	lines( // the call
		"name", // the name
		1,
	)
	work(ctx, "lines")
}

func lines(
	// name is the name.
	name string,
	n int, // the number
) {
	work(context.Background(), fmt.Sprint(name, n)) // want `starts a new trace: lines is reached from Lines$`
}

// Generic calls an instance with an explicit type argument, and one without.
func Generic(ctx context.Context) {
	generic[int64](1)
	generic("two")
	work(ctx, "generic")
}

func generic[T any](v T) {
	work(context.Background(), fmt.Sprint(v)) // want `starts a new trace: generic is reached from Generic$`
}
