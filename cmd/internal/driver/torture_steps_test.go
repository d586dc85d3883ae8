package driver

import (
	"fmt"
	"strings"
)

// The statements of made-up programs.

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
		if !m.started && m.wrong("spanafterend") { // the span is the caller's
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
	m.started = true
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
