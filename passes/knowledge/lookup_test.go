package knowledge

import (
	"go/ast"
	"go/types"
	"os/exec"
	"strings"
	"testing"
)

// TestCallees checks that a function is known however the source spells it.
// Each call of a body is one case, and its comment is the role.
func TestCallees(t *testing.T) {
	u := libs(t)
	_, info, file := u.check(t, "example.com/callees", `package p

import (
	"context"
	"errors"
	"log"
	"net/http"
	"testing"

	. "go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	oc "go.opencensus.io/trace"
	ot "github.com/opentracing/opentracing-go"
	web "github.com/gin-gonic/gin"
)

type (
	aliased                  = trace.Tracer
	genericAlias[T any]      = trace.Tracer
	defined                  trace.Span
	embedding                struct{ trace.Span }
	deeper                   struct{ *embedding }
	narrow                   interface{ trace.Span }
	generic[T any]           struct{ trace.Span; v T }
	own                      struct{}
	overrides                struct{ trace.Span }
	alsoStarts               interface{ Start(ctx context.Context, name string, opts ...trace.SpanStartOption) (context.Context, trace.Span) }
	startsLess               interface{ Start(ctx context.Context, name string) (context.Context, trace.Span) }
	startsOther              interface{ Start(ctx context.Context, name string, opts ...trace.SpanEndOption) (context.Context, trace.Span) }
	startsAliased            interface{ Start(ctx Ctx, name string, opts ...Opt) (Ctx, Sp) }
	startsGeneric[C any]     interface{ Start(ctx C, name string, opts ...trace.SpanStartOption) (C, trace.Span) }
	Ctx                      = context.Context
	Opt                      = trace.SpanStartOption
	Sp                       = trace.Span
)

func (own) End()                  {}
func (own) Start(ctx context.Context, name string, opts ...trace.SpanStartOption) (context.Context, trace.Span) { return nil, nil }
func (overrides) End()            {}
func Fatal()                      {}
func SpanFromContext()            {}

func spans(ctx context.Context, a aliased, g genericAlias[int], d defined, e embedding, p deeper, n narrow, i generic[string], o own, v overrides) {
	a.Start(ctx, "")                            // StartSpan
	g.Start(ctx, "")                            // StartSpan
	trace.Tracer.Start(a, ctx, "")              // StartSpan
	(a.Start)(ctx, "")                          // StartSpan
	d.End()                                     // EndSpan
	e.End()                                     // EndSpan
	p.End()                                     // EndSpan
	n.End()                                     // EndSpan
	i.End()                                     // EndSpan
	i.Span.End()                                // EndSpan
	generic[bool].End(generic[bool]{})          // EndSpan
	v.Span.End()                                // EndSpan
	e.SetName("")                               // RecordSpan
	p.SpanContext().IsValid()                   // LiveSpan ReadSpan
	e.IsRecording()                             // LiveSpan
	o.End()                                     // None
	v.End()                                     // None
	o.Start(ctx, "")                            // None
	SpanFromContext()                           // None
	trace.SpanFromContext(ctx)                  // BorrowSpan
	trace.ContextWithSpan(ctx, d)               // PutSpan
}

func interfaces(ctx context.Context, a alsoStarts, l startsLess, o startsOther, s startsAliased, g startsGeneric[context.Context]) {
	a.Start(ctx, "")                            // StartSpan
	s.Start(ctx, "")                            // StartSpan
	g.Start(ctx, "")                            // StartSpan
	l.Start(ctx, "")                            // None
	o.Start(ctx, "")                            // None
}

func others(ctx context.Context, s *oc.Span, tr ot.Tracer, c *web.Context, r *http.Request, h http.Header, l *log.Logger, t *testing.T, b testing.TB) {
	oc.StartSpan(ctx, "")                       // StartSpan
	s.End()                                     // EndSpan
	s.SpanContext().IsSampled()                 // LiveSpan ReadSpan
	tr.StartSpan("")                            // StartSpan
	ot.StartSpanFromContext(ctx, "")            // StartSpan
	TraceContext{}.Inject(ctx, HeaderCarrier(h)) // InjectContext
	c.Set("k", 1)                               // StoreContext
	r.Context()                                 // RequestContext
	c.Request.WithContext(ctx)                  // CarryContext
	c.Copy()                                    // CopyRequest
	l.Fatalf("")                                // NoReturn
	log.Fatal()                                 // NoReturn
	log.Print()                                 // None
	Fatal()                                     // None
	t.Fatal()                                   // NoReturn
	b.SkipNow()                                 // NoReturn
	(*testing.B).FailNow(nil)                   // NoReturn
	t.Error()                                   // None
	errors.New("").Error()                      // None None
	error.Error(nil)                            // None
}
`)
	names := []string{"None", "StartSpan", "EndSpan", "RecordSpan", "ReadSpan", "LiveSpan", "BorrowSpan", "PutSpan", "GetTracer", "NoopTracer", "LookAt",
		"RequestContext", "InjectContext", "StoreContext", "CarryContext",
		"RootContext", "DetachContext", "ExtractContext", "DeriveContext", "ReadContext", "CarrySpan", "NextHandler", "CopyRequest", "NewRoot", "RunFunc", "ShareFunc", "SpawnFunc", "NoReturn"}
	roles := comments(u, file)
	cases := 0
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Recv != nil {
			continue
		}
		for _, stmt := range fn.Body.List {
			var got []string
			ast.Inspect(stmt, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					if fn, ok := info.Uses[id].(*types.Func); ok {
						got = append([]string{names[Of(fn).Role]}, got...)
					}
				}
				return true
			})
			cases++
			text := strings.Join(got, " ")
			line := u.fset.Position(stmt.Pos()).Line
			if want := roles[line]; text != want {
				t.Errorf("line %d: got %s, want %s", line, text, want)
			}
		}
	}
	if cases < 40 {
		t.Errorf("only %d calls are checked", cases)
	}
}

// comments returns the comments of a file by line.
func comments(u *universe, file *ast.File) map[int]string {
	text := make(map[int]string)
	for _, group := range file.Comments {
		for _, c := range group.List {
			text[u.fset.Position(c.Pos()).Line] = strings.TrimSpace(strings.TrimPrefix(c.Text, "//"))
		}
	}
	return text
}

// TestNothing checks that what is nothing, or has no package, is not known,
// and does not panic.
func TestNothing(t *testing.T) {
	str := types.Universe.Lookup("error").Type().Underlying().(*types.Interface).Method(0)
	for _, fn := range []*types.Func{nil, str, types.NewFunc(0, nil, "End", types.NewSignatureType(nil, nil, nil, nil, nil, false))} {
		if got := Of(fn); got != (Func{}) {
			t.Errorf("Of(%v) is %+v", fn, got)
		}
	}
	for _, typ := range []types.Type{
		nil, types.Typ[types.Invalid], types.Typ[types.UntypedNil], types.Universe.Lookup("error").Type(), types.Universe.Lookup("any").Type(),
		types.NewPointer(types.Typ[types.Int]), types.NewSlice(types.Typ[types.Int]), types.NewStruct(nil, nil), types.NewTuple(),
	} {
		if SpanEnders(typ) != nil || IsContext(typ) || IsRequest(typ) {
			t.Errorf("%v is taken for something", typ)
		}
	}
	if IsAbort(nil) || IsAbort(types.NewVar(0, nil, "ErrAbortHandler", types.Typ[types.Int])) {
		t.Error("a variable without a package is taken for http.ErrAbortHandler")
	}
	if IsHandler(types.NewSignatureType(nil, nil, nil, nil, nil, false)) {
		t.Error("a function without parameters is taken for a handler")
	}
	for _, path := range []string{"", "context", "go.opentelemetry.io/otel", "go.opentelemetry.io/otel/trace/noop"} {
		if IsTracing(path) {
			t.Errorf("%q is taken for a tracing API", path)
		}
	}
}

// TestTypes checks what is said of types, by declarations whose names say what
// they are.
func TestTypes(t *testing.T) {
	u := libs(t)
	pkg, _, _ := u.check(t, "example.com/types", `package p

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opencensus.io/trace"
	health "google.golang.org/grpc/health/grpc_health_v1"
	otel "go.opentelemetry.io/otel/trace"
)

type ctx = context.Context
type alias = gin.Context

var (
	span1 otel.Span
	span2 *trace.Span
	span3 trace.Span
	span4 *otel.Span
	none1 otel.Tracer
	none2 **trace.Span
	none3 struct{ otel.Span }

	ctx1  context.Context
	ctx2  ctx
	none4 *context.Context
	none5 interface{ context.Context }

	request1 *http.Request
	request2 *gin.Context
	request3 echo.Context
	request4 *alias
	request5 http.ResponseWriter

	handler1 http.HandlerFunc
	handler2 func(*gin.Context)
	handler3 echo.HandlerFunc
	handler4 func(int, *alias) error
	none6    func(*http.Request)
	none7    func(http.Handler) http.Handler
	none8    func(context.Context)
)

type Served struct{ health.UnimplementedHealthServer }
type Pointed struct{ *health.UnimplementedHealthServer }
type Wide struct { a int; Served; health.UnimplementedHealthServer }
type Other struct{ health.HealthServer }

func (Served) Check(context.Context, *health.HealthCheckRequest) (*health.HealthCheckResponse, error) { return nil, nil }
func (*Served) Helper() {}
func (s *Pointed) Watch(*health.HealthCheckRequest, health.Health_WatchServer) error { return nil }
func (*Wide) Check(context.Context, *health.HealthCheckRequest) (*health.HealthCheckResponse, error) { return nil, nil }
func (Other) Check(context.Context, *health.HealthCheckRequest) (*health.HealthCheckResponse, error) { return nil, nil }
func Check() {}
`)
	for _, name := range pkg.Scope().Names() {
		v, ok := pkg.Scope().Lookup(name).(*types.Var)
		if !ok {
			continue
		}
		sig, _ := v.Type().Underlying().(*types.Signature)
		for what, is := range map[string]bool{
			"span":    SpanEnders(v.Type()) != nil,
			"ctx":     IsContext(v.Type()),
			"request": IsRequest(v.Type()),
			"handler": sig != nil && IsHandler(sig),
		} {
			if want := strings.HasPrefix(name, what); is != want {
				t.Errorf("%s %s is a %s: %v, want %v", name, v.Type(), what, is, want)
			}
		}
	}
	for name, want := range map[string]bool{
		"Served.Check": true, "Wide.Check": true,
		"Served.Helper": false, "Other.Check": false, "Check": false,
		"Pointed.Watch": false, // the generated code asks for the type to be embedded by value
	} {
		fn := find(pkg, name)
		if fn == nil {
			t.Errorf("there is no %s", name)
		} else if got := IsService(fn); got != want {
			t.Errorf("%s serves calls of gRPC: %v, want %v", name, got, want)
		}
	}
}

// TestPackages checks the answers about packages and variables.
func TestPackages(t *testing.T) {
	u := libs(t)
	noop := u.packages[otelTrace+"/noop"]
	if !IsNoop(noop.Path()) || IsNoop(otelTrace) {
		t.Error("IsNoop does not tell the package of no-op tracers from the API")
	}
	if fn := find(noop, "Tracer.Start"); fn == nil || Of(fn).Role != None {
		t.Error("the table knows the no-op tracer's Start, or there is none")
	}
	scope := u.packages["net/http"].Scope()
	if abort, _ := scope.Lookup("ErrAbortHandler").(*types.Var); abort == nil || !IsAbort(abort) {
		t.Error("http.ErrAbortHandler is no abort")
	}
	if other, _ := scope.Lookup("ErrHandlerTimeout").(*types.Var); other == nil || IsAbort(other) {
		t.Error("http.ErrHandlerTimeout is an abort")
	}
}

// TestImports checks that the package is data: it imports the standard library
// and nothing else.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Fields(string(out)); len(got) != 1 {
		t.Errorf("the package needs %q, want only itself", got)
	}
}
