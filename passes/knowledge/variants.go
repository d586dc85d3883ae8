package knowledge

import (
	"go/types"
	"strings"
)

// variantPaths are packages whose functions without a context have a form with
// one beside them, and whose work shows in a trace once it is instrumented.
// Read at Go 1.26.8 and github.com/jmoiron/sqlx v1.4.0.
var variantPaths = map[string]bool{
	"database/sql":            true,
	"net/http":                true,
	"github.com/jmoiron/sqlx": true,
}

// irregular are functions whose form with a context has another name than the
// rule gives it, or takes one more parameter, which may be nil.
var irregular = map[string]map[string]string{
	"database/sql":            {"Begin": "BeginTx"},
	"github.com/jmoiron/sqlx": {"Begin": "BeginTx", "Beginx": "BeginTxx", "MustBegin": "MustBeginTx"},
}

// HasVariants reports whether path is a package whose functions should be
// called in the form that takes a context.
func HasVariants(path string) bool { return variantPaths[path] }

// Variants returns the names that the form of fn with a context may have. extra
// says of how many it takes a parameter more that may be nil.
func Variants(fn *types.Func) (names []string, extra bool) {
	if fn.Pkg() != nil {
		if name := irregular[fn.Pkg().Path()][fn.Name()]; name != "" {
			return []string{name}, true
		}
	}
	if fn.Name() == "Begin" && beginsTx(fn.Signature()) {
		return []string{"BeginTx"}, true // an interface of one's own for what *sql.DB does
	}
	return []string{fn.Name() + "Context", fn.Name() + "WithContext", fn.Name() + "Ctx"}, false
}

// beginsTx reports whether sig is that of (*sql.DB).Begin.
func beginsTx(sig *types.Signature) bool {
	if sig.Params().Len() != 0 || sig.Results().Len() != 2 {
		return false
	}
	p, ok := types.Unalias(sig.Results().At(0).Type()).(*types.Pointer)
	if !ok {
		return false
	}
	tx := namedOf(p.Elem())
	return tx != nil && tx.Obj().Name() == "Tx" && tx.Obj().Pkg() != nil && tx.Obj().Pkg().Path() == "database/sql"
}

// IsContextless reports whether fn sends a request, and nothing gives it a
// context: there is no such form of it.
func IsContextless(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg().Path() != "net/http" {
		return false
	}
	switch fn.Name() {
	case "Get", "Head", "Post", "PostForm":
	default:
		return false
	}
	recv := fn.Signature().Recv()
	return recv == nil || namedOf(recv.Type()) != nil && namedOf(recv.Type()).Obj().Name() == "Client"
}

// An Instrumented is a set of kinds of clients that tracing was added to.
type Instrumented uint8

const (
	TracedHTTP Instrumented = 1 << iota
	TracedSQL
	TracedGorm
)

// instrumenting are the functions that add tracing to a client, by the package; a "*"
// stands for all of a package. Read at otelhttp v0.72.0, otelsql v0.44.0 and on
// pkg.go.dev (2026-11).
var instrumenting = map[string]map[string]Instrumented{
	instrPath + "net/http/otelhttp":                      {"NewTransport": TracedHTTP},
	"github.com/XSAM/otelsql":                            {"*": TracedSQL},
	"github.com/nhatthm/otelsql":                         {"*": TracedSQL},
	"go.nhat.io/otelsql":                                 {"*": TracedSQL},
	"github.com/uptrace/opentelemetry-go-extra/otelsql":  {"*": TracedSQL},
	"github.com/uptrace/opentelemetry-go-extra/otelsqlx": {"*": TracedSQL},
	"github.com/uptrace/opentelemetry-go-extra/otelgorm": {"*": TracedGorm},
	"gorm.io/plugin/opentelemetry/tracing":               {"*": TracedGorm},
	"github.com/dubonzi/otelresty":                       {"*": TracedHTTP},
	"go.opencensus.io/plugin/ochttp":                     {"*": TracedHTTP},
	"contrib.go.opencensus.io/integrations/ocsql":        {"*": TracedSQL},
}

// AddsTracing returns the kinds of clients that fn adds tracing to.
func AddsTracing(fn *types.Func) Instrumented {
	if fn == nil || fn.Pkg() == nil {
		return 0
	}
	path, name := nameOf(fn)
	return instrumenting[path][name] | instrumenting[path]["*"]
}

// CanTrace reports whether the package at path has functions that AddsTracing knows.
func CanTrace(path string) bool { return instrumenting[path] != nil }

// TracedAs returns the kinds of clients of which one has to be instrumented, so that
// the work of fn, which is given no context, is traced.
func TracedAs(fn *types.Func) Instrumented {
	if fn.Pkg() == nil {
		return 0
	}
	switch fn.Pkg().Path() {
	case "net/http", "github.com/go-resty/resty/v2":
		return TracedHTTP
	case "database/sql", "github.com/jmoiron/sqlx":
		return TracedSQL
	case "gorm.io/gorm":
		return TracedGorm | TracedSQL
	}
	return 0
}

// A Session is a type that carries the context of the work that is done with
// it, once a method has given it one.
type Session struct {
	// With is the name of the method that gives it a context.
	With string
	// Work says what it does, for messages: "its queries are".
	Work string
	// Fresh is the method of another type that makes one for each piece of work;
	// "" if it lives long, in a field or a variable.
	Fresh string
	// runs are methods that do the work that the others prepare.
	runs map[string]bool
}

// sessions. Read at gorm.io/gorm v1.31.2, github.com/go-resty/resty/v2 v2.17.2.
var sessions = map[string]map[string]Session{
	"gorm.io/gorm": {"DB": {
		With: "WithContext", Work: "its queries are",
		runs: map[string]bool{
			"Association": true, "Begin": true, "Connection": true, "Count": true, "Create": true, "CreateInBatches": true, "Delete": true, "Exec": true,
			"Find": true, "FindInBatches": true, "First": true, "FirstOrCreate": true, "FirstOrInit": true, "Last": true,
			"Pluck": true, "Row": true, "Rows": true, "Save": true, "Scan": true, "Take": true, "Transaction": true,
			"Update": true, "UpdateColumn": true, "UpdateColumns": true, "Updates": true,
		},
	}},
	"github.com/go-resty/resty/v2": {"Request": {With: "SetContext", Work: "its request is", Fresh: "R"}},
}

// SessionOf returns how t, or what it points to, carries a context.
func SessionOf(t types.Type) (Session, bool) {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return Session{}, false
	}
	s, ok := sessions[named.Obj().Pkg().Path()][named.Obj().Name()]
	return s, ok
}

// Runs reports whether a method of that name does the work.
func (s Session) Runs(method string) bool { return s.runs[method] }

// IsLogger reports whether path is a package whose functions log.
func IsLogger(path string) bool { return matches(loggingPaths, path) }

// IsLogLevel reports whether fn writes a line, or begins one as zerolog does.
func IsLogLevel(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil && fn.Pkg().Path() == "go.uber.org/zap" {
		return false // makes a field
	}
	if recv != nil {
		if named := namedOf(recv.Type()); named != nil && named.Obj().Name() == "Event" {
			return false // goes on with a line
		}
	}
	switch level(fn.Name()) {
	case "Debug", "Info", "Warn", "Warning", "Error", "Print", "Trace":
		return true
	}
	return fn.Name() == "WithLevel"
}

// level returns the name of a function that logs without what its arguments
// look like: Infof, Infow, Infoln.
func level(name string) string {
	for _, form := range []string{"ln", "f", "w"} {
		if short, ok := strings.CutSuffix(name, form); ok {
			return short
		}
	}
	return name
}

// KeepsContext reports whether fn begins what goes on under the context that it
// is given: the end of a transaction is traced under that of its begin.
func KeepsContext(fn *types.Func) bool {
	switch fn.Name() {
	case "BeginTx", "BeginTxx", "MustBeginTx":
		return fn.Pkg() != nil && HasVariants(fn.Pkg().Path())
	}
	return false
}

// IsQueue reports whether the methods of t, but for Exec, put commands into a
// queue. Read at github.com/redis/go-redis/v9 v9.23.0.
func IsQueue(t types.Type) bool {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "github.com/redis/go-redis/v9" {
		return false
	}
	return named.Obj().Name() == "Pipeliner" || named.Obj().Name() == "Pipeline"
}
