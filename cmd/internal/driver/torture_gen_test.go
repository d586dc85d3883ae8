package driver

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// libraries are what made-up programs may import: path by the name in the text
// of a template, which is the package's own.
var libraries = map[string]string{
	"attribute":   "go.opentelemetry.io/otel/attribute",
	"codes":       "go.opentelemetry.io/otel/codes",
	"context":     "context",
	"echo":        "github.com/labstack/echo/v4",
	"errors":      "errors",
	"fmt":         "fmt",
	"gin":         "github.com/gin-gonic/gin",
	"http":        "net/http",
	"os":          "os",
	"otel":        "go.opentelemetry.io/otel",
	"otelgin":     "go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin",
	"propagation": "go.opentelemetry.io/otel/propagation",
	"sdktrace":    "go.opentelemetry.io/otel/sdk/trace", // for helpers alone
	"signal":      "os/signal",
	"slog":        "log/slog",
	"sql":         "database/sql",
	"sync":        "sync",
	"time":        "time",
	"trace":       "go.opentelemetry.io/otel/trace",
}

// tortureOptions are options that rules run with: those that find more.
var tortureOptions = map[string][]string{
	"silenterror": {"returned"},
	"ctxlesscall": {"logs"},
}

// helpers is the second file of each program. Nothing is to be found in it.
const helpers = `package p

import (
	"context"
	"database/sql"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

var (
	provider *sdktrace.TracerProvider
	tracer = otel.Tracer("torture")
	db     *sql.DB
	ids    = []string{"a", "b"}
)

func work(ctx context.Context, id string) error {
	ctx, span := tracer.Start(ctx, "work")
	defer span.End()
	_, err := db.ExecContext(ctx, "UPDATE t SET n = n + 1 WHERE id = $1", id)
	return err
}

func lazily[T any](f func() T) T { return f() }
`

// A maker makes a program up: functions in which faults of some rules stand
// close together, in the shapes that the choices of chance add up to. Every
// piece has a right and a wrong form; which one is written depends on the rules
// that the program is to have faults of.
type maker struct {
	random *rand.Rand
	out    bytes.Buffer
	decls  []string        // declarations that the functions need
	faults map[string]bool // the rules to break
	count  int             // of names
	budget int             // for nested statements

	started bool // a span, in this function
}

// A scope is where a statement stands.
type scope struct {
	outer  *scope
	kind   *signature
	ctx    *variable       // the context at hand
	span   string          // the innermost span, or ""
	early  string          // a statement that has to precede a return, or ""
	result string          // what "return" needs: see [maker.leave]
	loop   string          // "": none around, "-": one without a label, else its label
	names  map[string]bool // declared in this very block
}

// A variable is one that has to be used.
type variable struct {
	name string
	used bool
}

// A signature is a kind of function.
type signature struct {
	name    string
	open    string // with one %s for the name
	close   string
	ctx     string // an expression for its context
	params  string // names that it declares
	result  string
	dynamic []string // expressions without a bound
	web     string   // gin's context, or ""
	handler bool
}

var signatures = []signature{
	{name: "plain", open: "func %s(ctx context.Context, id string) error {", close: "return nil\n}", ctx: "ctx", params: "ctx id", result: "err",
		dynamic: []string{`fmt.Sprintf("job %d", time.Now().UnixNano())`, `"at " + time.Now().String()`}},
	{name: "two results", open: "func %s(ctx context.Context, id string) (n int, err error) {", close: "return n, nil\n}", ctx: "ctx", params: "ctx id n err", result: "0, err",
		dynamic: []string{`fmt.Sprint("job ", time.Now().UnixNano())`}},
	{name: "generic", open: "func %s[T any](ctx context.Context, v T, id string) (T, error) {", close: "return v, nil\n}", ctx: "ctx", params: "ctx id v", result: "v, err",
		dynamic: []string{`time.Now().Format(time.RFC3339)`}},
	{name: "method", open: "func (s *store[T]) %s(ctx context.Context, v T, id string) error {", close: "return nil\n}", ctx: "ctx", params: "ctx id v s", result: "err",
		dynamic: []string{`fmt.Sprintf("%s", time.Now())`}},
	{name: "no result", open: "func %s(c context.Context, id string) {", close: "}", ctx: "c", params: "c id", result: "",
		dynamic: []string{`fmt.Sprintf("job %d", time.Now().UnixNano())`}},
	{name: "variable", open: "var %s = func(ctx context.Context, id string) error {", close: "return nil\n}", ctx: "ctx", params: "ctx id", result: "err",
		dynamic: []string{`fmt.Sprintf("job %d", time.Now().UnixNano())`}},
	{name: "http", open: "func %s(w http.ResponseWriter, r *http.Request) {\nid := r.PathValue(\"id\"); _ = id", close: "w.WriteHeader(http.StatusNoContent)\n}", ctx: "r.Context()", params: "w r id", result: "", handler: true,
		dynamic: []string{`fmt.Sprintf("%s %s", r.Method, r.URL.Path)`, `"get " + id`, `"user " + r.PathValue("id")`, `r.URL.Path`}},
	{name: "http variable", open: "func %s(w http.ResponseWriter, r *http.Request) {\nctx := r.Context(); _ = ctx\nid := r.PathValue(\"id\"); _ = id", close: "}", ctx: "ctx", params: "w r id ctx", result: "", handler: true,
		dynamic: []string{`fmt.Sprintf("%s %s", r.Method, r.URL.Path)`, `"find " + r.FormValue("q")`}},
	{name: "gin", open: "func %s(c *gin.Context) {\nid := c.Param(\"id\"); _ = id", close: "c.Status(http.StatusNoContent)\n}", ctx: "c.Request.Context()", params: "c id", result: "", web: "c", handler: true,
		dynamic: []string{`c.Request.Method + " " + c.Request.URL.Path`, `fmt.Sprintf("user %s", id)`, `"user " + c.Param("id")`}},
	{name: "gin called ctx", open: "func %s(ctx *gin.Context) {\nid := ctx.Param(\"id\"); _ = id", close: "}", ctx: "ctx.Request.Context()", params: "ctx id", result: "", web: "ctx", handler: true,
		dynamic: []string{`fmt.Sprintf("user %s", id)`, `"search " + ctx.Query("q")`}},
	{name: "middleware", open: "func %s(next http.Handler) http.Handler {\nreturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\nid := r.URL.Path; _ = id", close: "next.ServeHTTP(w, r)\n})\n}", ctx: "r.Context()", params: "w r id", result: "", handler: true,
		dynamic: []string{`r.Method + r.URL.Path`}},
	{name: "gin middleware", open: "func %s(c *gin.Context) {\nid := c.FullPath(); _ = id", close: "c.Next()\n}", ctx: "c.Request.Context()", params: "c id", result: "", web: "c", handler: true,
		dynamic: []string{`c.Request.URL.Path`}},
	{name: "echo", open: "func %s(c echo.Context) error {\nid := c.Param(\"id\"); _ = id", close: "return c.NoContent(http.StatusNoContent)\n}", ctx: "c.Request().Context()", params: "c id", result: "err", handler: true,
		dynamic: []string{`c.Request().Method + c.Request().URL.Path`, `fmt.Sprintf("user %s", id)`}},
}

// text returns the functions, in templates' terms: with packages by their own names.
func (m *maker) text() string {
	for range 3 {
		m.started = false
		m.budget = 3 + m.random.IntN(6)
		k := &signatures[m.random.IntN(len(signatures))]
		name := m.name("Do")
		if m.chance(20) {
			m.linef("// %s does it all.", name)
		}
		m.linef(k.open, name)
		start := m.out.Len()
		s := &scope{kind: k, ctx: &variable{k.ctx, true}, result: k.result, names: make(map[string]bool)}
		for _, p := range strings.Fields(k.params) {
			s.names[p] = true
		}
		m.list(s, 1+m.random.IntN(3))
		m.shadow(k, start)
		m.linef("%s\n", k.close)
	}
	m.wiring()
	text := m.out.String()
	if strings.Contains(text, "store[T]") {
		m.decls = append(m.decls, "type store[T any] struct{ last T }")
	}
	for _, d := range m.decls {
		if m.chance(50) {
			text += "\n" + d + "\n"
		} else {
			text = d + "\n\n" + text
		}
	}
	return text
}

func (m *maker) linef(format string, args ...any) { fmt.Fprintf(&m.out, format+"\n", args...) }

func (m *maker) chance(percent int) bool { return m.random.IntN(100) < percent }

func (m *maker) one(of ...string) string { return of[m.random.IntN(len(of))] }

// wrong reports whether this time the wrong form is to be written, which breaks the rule.
func (m *maker) wrong(rule string) bool { return m.faults[rule] && m.chance(65) }

func (m *maker) name(base string) string {
	m.count++
	return fmt.Sprint(base, m.count)
}

// local returns a name to declare in the block of s: base, unless the block has that.
func (m *maker) local(s *scope, base string) string {
	name := base
	for s.names[name] {
		name = m.name(base)
	}
	s.names[name] = true
	return name
}

// shadow hides the name of a package in a function whose body does not use it, so
// that a fix has to call it another name. The body starts at the offset.
func (m *maker) shadow(k *signature, start int) {
	body := string(m.out.Bytes()[start:])
	name := m.one("codes", "trace", "context", "http", "attribute", "otel")
	if !m.chance(25) || strings.Contains(body+k.close, name+".") {
		return
	}
	m.out.Truncate(start)
	m.linef("%[1]s := id\n_ = %[1]s", name)
	m.out.WriteString(body)
}

// inner returns the scope of a block within s.
func (s *scope) inner() *scope {
	t := *s
	t.outer, t.names = s, make(map[string]bool)
	return &t
}

// use returns the context at hand.
func (s *scope) use() string {
	s.ctx.used = true
	return s.ctx.name
}

// context returns a context to pass on: that at hand, or a wrong one.
func (m *maker) context(s *scope) string {
	switch {
	case s.kind.web != "" && m.wrong("webctx"):
		return s.kind.web
	case m.wrong("rootctx"):
		return m.one("context.Background()", "context.TODO()")
	}
	return s.use()
}

// leave writes how a branch with an error ends.
func (m *maker) leave(s *scope) {
	if s.early != "" && !m.wrong("spanleak") {
		m.linef("%s", s.early)
	}
	if s.loop != "" && m.chance(40) {
		word := m.one("continue", "break")
		if s.loop != "-" && m.chance(60) {
			word += " " + s.loop
		} else if s.loop != "-" {
			word = "continue"
		}
		m.linef("%s", word)
		return
	}
	result := s.result
	if m.chance(30) && strings.HasSuffix(result, "err") {
		result = strings.TrimSuffix(result, "err") + `fmt.Errorf("failed: %w", err)`
	}
	m.linef("return %s", result)
}

// list writes statements.
func (m *maker) list(s *scope, n int) {
	for range n {
		if m.budget--; m.budget < 0 {
			return
		}
		if m.chance(55) {
			m.spanned(s)
		} else {
			m.step(s)
		}
	}
}

// tortureRules returns the rules that made-up programs may break, sorted. For another one:
// name it here, and write its wrong form where m.wrong(rule) says so, in one of
// the steps or a new one. TestTorture fails if no fix of it is ever made.
func tortureRules() []string {
	rules := []string{"ctxlesscall", "detachedgo", "dynamicname", "mworder", "noshutdown", "oldsemconv", "rootctx", "silenterror", "spanafterend", "spanleak", "staleparent", "webctx"}
	slices.Sort(rules)
	return rules
}
