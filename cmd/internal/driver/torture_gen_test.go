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
	"otel":        "go.opentelemetry.io/otel",
	"propagation": "go.opentelemetry.io/otel/propagation",
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
)

var (
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

// onError writes what follows "if err := ...; ": the branch of an error.
func (m *maker) onError(s *scope) {
	m.linef("err != nil {")
	if s.span != "" {
		switch {
		case m.wrong("silenterror"):
			if m.chance(60) {
				m.linef("%s.RecordError(err)", s.span)
			}
		default:
			m.linef("%s.SetStatus(codes.Error, err.Error())", s.span)
		}
	}
	m.leave(s)
	m.linef("}")
}

// steps are the statements without a span of their own. Each has the rule that its
// wrong form breaks.
var steps = []func(m *maker, s *scope){
	func(m *maker, s *scope) {
		m.linef("if err := work(%s, id);", m.context(s))
		m.onError(s)
	},
	func(m *maker, s *scope) { m.linef("_ = work(%s, id)", m.context(s)) },
	func(m *maker, s *scope) {
		call := "db.Exec("
		if !m.wrong("ctxlesscall") {
			call = fmt.Sprintf("db.ExecContext(%s, ", s.use())
		}
		m.linef("if _, err := %s\"DELETE FROM t WHERE id = $1\", id);", call)
		m.onError(s)
	},
	func(m *maker, s *scope) {
		if m.wrong("ctxlesscall") {
			m.linef(`slog.Info("step", "id", id)`)
		} else {
			m.linef(`slog.InfoContext(%s, "step", "id", id)`, s.use())
		}
	},
	func(m *maker, s *scope) {
		req := m.local(s, "req")
		call := "http.NewRequest("
		if !m.wrong("ctxlesscall") {
			call = fmt.Sprintf("http.NewRequestWithContext(%s, ", s.use())
		}
		m.linef("%s, _ := %shttp.MethodGet, \"http://example.com\", nil)\nif resp, err := http.DefaultClient.Do(%s); err == nil {\nresp.Body.Close()\n}", req, call, req)
	},
	func(m *maker, s *scope) {
		if !m.faults["detachedgo"] {
			m.linef("_ = work(%s, id)", s.use())
			return
		}
		ctx := m.one("context.Background()", "context.TODO()", "WITH", "WITHOUT")
		switch {
		case ctx == "WITH" && s.kind.handler:
			ctx = s.use()
		case ctx[:1] == "W":
			ctx = fmt.Sprintf("context.WithoutCancel(%s)", s.use())
		}
		switch m.random.IntN(4) {
		case 0:
			m.linef("go work(%s, id)", ctx)
		case 1:
			m.linef("go func(ctx context.Context) {\n_ = work(ctx, id)\n}(%s)", ctx)
		default:
			m.linef("go func() {\n_ = work(%s, id)\n}()", ctx)
		}
	},
	func(m *maker, s *scope) {
		if s.span == "" {
			m.linef("trace.SpanFromContext(%s).AddEvent(\"step\")", s.use())
			return
		}
		m.linef("%s.SetAttributes(%s)", s.span, m.attribute())
	},
	func(m *maker, s *scope) {
		if m.wrong("staleparent") {
			switch m.random.IntN(2) {
			case 0:
				m.linef("otel.GetTextMapPropagator().Extract(%s, propagation.MapCarrier{})", s.use())
			default:
				m.linef("trace.ContextWithSpan(%[1]s, trace.SpanFromContext(%[1]s))", s.use())
			}
		}
		m.linef("_ = work(%s, id)", s.use())
	},
	func(m *maker, s *scope) {
		if !m.wrong("rootctx") {
			m.linef("_ = work(%s, id)", s.use())
			return
		}
		helper := m.name("help")
		m.linef("%s(id)", helper)
		m.decls = append(m.decls, fmt.Sprintf("func %s(id string) {\n_ = work(context.Background(), id)\n}", helper))
	},
	func(m *maker, s *scope) {
		if s.ctx.name == s.kind.ctx && m.wrong("spanafterend") { // the span is the caller's
			if m.chance(50) {
				m.linef("defer trace.SpanFromContext(%s).End()", s.use())
			} else {
				sp := m.local(s, "current")
				m.linef("%[1]s := trace.SpanFromContext(%[2]s)\ndefer %[1]s.End()\n%[1]s.AddEvent(\"step\")", sp, s.use())
			}
			return
		}
		m.linef("trace.SpanFromContext(%s).AddEvent(\"step\")", s.use())
	},
}

// step writes a statement.
func (m *maker) step(s *scope) {
	if m.chance(35) {
		m.nest(s)
	} else {
		steps[m.random.IntN(len(steps))](m, s)
	}
}

func (m *maker) attribute() string {
	if m.wrong("oldsemconv") {
		return m.one(`attribute.String("http.method", id)`, `attribute.Int("http.status_code", 200)`, `attribute.String("db.statement", "DELETE")`,
			`attribute.Key("net.peer.name").String(id)`, `attribute.KeyValue{Key: "http.url", Value: attribute.StringValue(id)}`)
	}
	return m.one(`attribute.String("app.id", id)`, `attribute.Int("app.n", 1)`)
}

// A wrapping is a statement that others stand in. An @ in it is where they do.
type wrapping struct {
	text   string
	loop   string // see scope
	result string // if it is a function: what its return needs
	isFunc bool
	names  string // that the innermost block has
}

var wrappings = []wrapping{
	{text: "if id != \"\" {\n@}"},
	{text: "if id == \"\" {\nprint(id)\n} else {\n@}"},
	{text: "{\n@}"},
	{text: "{\nid := id + \"x\"\n_ = id\n@}", names: "id"},
	{text: "for range 3 {\n@}", loop: "-"},
	{text: "for _, id := range ids {\n_ = id\n@}", loop: "-"},
	{text: "for i := 0; i < 3; i++ {\n@}", loop: "-"},
	{text: "#:\nfor _, id := range ids {\nfor range id {\nif id == \"#\" { continue # }\n@}\n}", loop: "#"},
	{text: "switch id {\ncase \"a\":\n@case \"b\":\nprint(id)\n}"},
	{text: "switch id {\ncase \"a\", \"c\":\nprint(id)\ndefault:\n@}"},
	{text: "switch x := any(id).(type) {\ncase string:\n_ = x\n@}"},
	{text: "select {\ncase <-time.After(time.Second):\n@default:\nprint(id)\n}"},
	{text: "func() {\n@}()", isFunc: true},
	{text: "defer func() {\n@}()", isFunc: true},
	{text: "_ = func() error {\n@return nil\n}()", isFunc: true, result: "err"},
	{text: "_ = lazily(func() error {\n@return nil\n})", isFunc: true, result: "err"},
	{text: "_, _ = lazily[int](func() int {\n@return 1\n}), id", isFunc: true, result: "2"},
	{text: "var #w sync.WaitGroup\n#w.Add(1)\ngo func() {\ndefer #w.Done()\n@}()\n#w.Wait()", isFunc: true},
	{text: "var #w sync.WaitGroup\n#w.Go(func() {\n@})\n#w.Wait()", isFunc: true},
	{text: "sync.OnceFunc(func() {\n@})()", isFunc: true},
}

// nest writes a statement with others in it.
func (m *maker) nest(s *scope) {
	w := wrappings[m.random.IntN(len(wrappings))]
	label := m.name("L")
	before, after, _ := strings.Cut(strings.ReplaceAll(w.text, "#", label), "@")
	t := s.inner()
	if w.isFunc {
		t.result, t.loop, t.early = w.result, "", ""
	}
	switch {
	case s.early != "": // the span of another round is to be left alone
		t.loop = ""
	case w.loop == "#":
		t.loop = label
	case w.loop != "":
		t.loop = w.loop
	case strings.HasPrefix(w.text, "switch") || strings.HasPrefix(w.text, "select"):
		t.loop = "" // break would mean the switch
	}
	for _, n := range strings.Fields(w.names) {
		t.names[n] = true
	}
	m.linef("%s", strings.TrimSuffix(before, "\n"))
	m.list(t, 1+m.random.IntN(2))
	m.out.WriteString(after + "\n")
}

// spanned writes the start of a span, what happens in it, and its end.
func (m *maker) spanned(s *scope) {
	arg := m.context(s)
	name := fmt.Sprintf("%q", m.name("step "))
	if m.wrong("dynamicname") {
		name = m.one(s.kind.dynamic...)
	}
	if m.chance(15) {
		v := m.local(s, "name")
		m.linef("%s := %s", v, name)
		name = v
	}
	options := ""
	if m.chance(25) {
		options = fmt.Sprintf(", trace.WithAttributes(%s)", m.attribute())
	}
	start := fmt.Sprintf("tracer.Start(%s, %s%s)", arg, name, options)
	t := *s
	if m.faults["spanleak"] && m.chance(15) {
		if m.chance(30) {
			m.linef("_, _ = %s", start)
			return
		}
		t.ctx = &variable{name: m.local(s, "sctx")}
		m.linef("%s, _ := %s", t.ctx.name, start)
		m.list(&t, 1)
		m.finish(&t)
		return
	}
	t.span = m.local(s, m.one("span", "span", "sp"))
	switch {
	case m.wrong("staleparent"):
		if s.loop != "" && m.chance(40) && !strings.Contains(s.ctx.name, ".") {
			m.linef("var %s trace.Span", t.span)
			m.linef("%[1]s, %[2]s = %[3]s\n_ = work(%[1]s, id)", s.use(), t.span, start) // climbs
		} else {
			m.linef("_, %s := %s", t.span, start)
		}
	default:
		t.ctx = m.declare(s)
		m.linef("%s, %s := %s", t.ctx.name, t.span, start)
	}
	m.body(&t)
	m.finish(&t)
}

// declare returns a variable for a context, declared in the block of s.
func (m *maker) declare(s *scope) *variable {
	if m.chance(50) && s.kind.web != "ctx" {
		v := &variable{name: "ctx", used: s.names["ctx"]} // that of the block, or a new one
		s.names["ctx"] = true
		return v
	}
	return &variable{name: m.local(s, "sctx")}
}

// finish uses what has to be used.
func (m *maker) finish(s *scope) {
	if !s.ctx.used {
		m.linef("_ = work(%s, id)", s.use())
	}
}

// body writes what happens within a span, and its end.
func (m *maker) body(s *scope) {
	end := s.span + ".End()"
	n := 1 + m.random.IntN(3)
	switch m.random.IntN(5) {
	case 0: // ended by hand
		if m.wrong("spanafterend") {
			err := m.local(s, "err")
			m.linef("%s := work(%s, id)\n%s", err, m.context(s), end)
			m.linef("if %[1]s != nil {\n%[2]s.SetStatus(codes.Error, %[1]s.Error())\n}", err, s.span)
			return
		}
		early := s.early
		s.early = end + "\n" + early
		m.list(s, n)
		s.early = early
		if m.wrong("spanleak") {
			m.linef("%s.AddEvent(\"left\")", s.span)
		} else {
			m.linef("%s", end)
		}
		s.span = ""
	case 1: // the function that is deferred
		if m.wrong("spanafterend") {
			m.linef("defer func() { %s.SetStatus(codes.Ok, id) }()\ndefer %s", s.span, end)
		} else if s.loop != "" && !m.faults["spanafterend"] {
			m.linef("%s", end)
		} else {
			m.linef("defer func() {\n%s\n}()", end)
		}
		m.list(s, n)
	case 2:
		if m.wrong("spanleak") {
			m.linef("%s.AddEvent(\"never\")", s.span)
			m.list(s, n)
			return
		}
		fallthrough
	default:
		if s.loop != "" && !m.faults["spanafterend"] {
			m.linef("%s", end)
			s.span = ""
		} else {
			m.linef("defer %s", end)
		}
		m.list(s, n)
	}
}

// rules returns the rules that made-up programs may break, sorted.
func tortureRules() []string {
	rules := []string{"ctxlesscall", "detachedgo", "dynamicname", "oldsemconv", "rootctx", "silenterror", "spanafterend", "spanleak", "staleparent", "webctx"}
	slices.Sort(rules)
	return rules
}
