package knowledge

import (
	"go/types"
	"slices"
	"strings"
)

// A Source says where a value with no bound on the number of its values comes
// from. The words are for messages: "r.URL.Path, the path of a request".
type Source uint8

const (
	NoSource Source = iota
	RequestPath
	PathParam
	QueryParam
	HeaderValue
	RequestBody
	UserInput
	Address
	ErrorText
	UniqueID
	TraceID
	PointInTime
	RunningCount
	RandomNumber
	StatementText
	PrimaryKey
)

var sourceWords = [...]string{
	NoSource:      "",
	RequestPath:   "the path of a request",
	PathParam:     "a parameter in the path of a request",
	QueryParam:    "the query of a request",
	HeaderValue:   "a header of a request",
	RequestBody:   "content of a request",
	UserInput:     "what a user sends",
	Address:       "the address of a peer",
	ErrorText:     "the text of an error",
	UniqueID:      "a unique id",
	TraceID:       "the id of a trace or span",
	PointInTime:   "a point in time",
	RunningCount:  "a running count",
	RandomNumber:  "a random number",
	StatementText: "the text of a statement",
	PrimaryKey:    "the primary key of a record",
}

// String returns what a source is, for messages.
func (s Source) String() string { return sourceWords[s] }

// A Value says what the results of a function are, or are made of.
type Value struct {
	// Source: the results have no bound.
	Source Source
	// Bounded: there are few of them, whatever the arguments are.
	Bounded bool
	// From are the arguments that the results are made from, bit i for
	// argument i, the receiver being the first: if one of those has no bound,
	// neither have the results. Beyond the last bit count the arguments that a
	// variadic function gets.
	From uint16
	// Format is 1 + the index of a format as of package fmt, which the rest of
	// the arguments are for.
	Format int8
	// Fills is 1 + the index of an argument, a pointer (the receiver counts):
	// what it points to gets such a value.
	Fills int8
}

// Arguments of From.
const (
	first  = 1 << 0 // of a method, the receiver
	second = 1 << 1
	third  = 1 << 2
	all    = 1<<16 - 1
)

// valueTable maps package paths to functions, as library does.
type valueTable map[string]map[string]Value

// A Sink is a place where a value with no bound does harm.
type Sink uint8

const (
	NoSink Sink = iota
	SpanName
	TracerName
	MeterName
	MetricLabel
	RouteAttribute // of a span: the template of the route
)

// A SinkArg says which argument of a function ends up in a sink.
type SinkArg struct {
	Sink Sink
	// Arg is the index of the argument, the receiver being the first one. A
	// variadic parameter stands for itself and all behind it.
	Arg int8
	// Result: the argument is a function, and its results end up there.
	Result bool
	// Free is 1 + the index of a parameter of such a function that has no
	// bound, and Source what that is.
	Free   int8
	Source Source
}

type sinkTable map[string]map[string][]SinkArg

var (
	values = mergeTables(stdValues, webValues, otelValues, idValues, rpcValues)
	sinks  = mergeTables(traceSinks, metricSinks, formatterSinks)
)

func mergeTables[T any](tables ...map[string]map[string]T) map[string]map[string]T {
	merged := make(map[string]map[string]T)
	for _, table := range tables {
		for path, entries := range table {
			if merged[path] == nil {
				merged[path] = make(map[string]T)
			}
			for name, entry := range entries {
				merged[path][name] = entry
			}
		}
	}
	return merged
}

// ValueOf returns what is known of the results of fn, and whether anything is.
func ValueOf(fn *types.Func) (Value, bool) {
	path, name := nameOf(fn)
	if path == "" {
		return Value{}, false
	}
	if strings.HasPrefix(path, semconvPrefix) {
		return Value{From: all}, true // semconv.HTTPRoute(route)
	}
	v, ok := values[path][name]
	return v, ok
}

// SinksOf returns which arguments of fn end up in names and labels.
func SinksOf(fn *types.Func) []SinkArg {
	path, name := nameOf(fn)
	if path == "" {
		return nil
	}
	if args := sinks[path][name]; args != nil {
		return args
	}
	switch {
	case fn.Name() == "Start" && isTracerStart(fn):
		return []SinkArg{{Sink: SpanName, Arg: 2}}
	case name == "HTTPRoute" && strings.HasPrefix(path, semconvPrefix):
		return []SinkArg{{Sink: RouteAttribute, Arg: 0}}
	}
	return nil
}

// RouteKey is the key of the attribute that is the template of the route.
const RouteKey = "http.route"

// nameOf returns the path of the package of fn and its name in the tables.
func nameOf(fn *types.Func) (path, name string) {
	if fn == nil || fn.Pkg() == nil {
		return "", ""
	}
	fn = fn.Origin()
	name = fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		named := namedOf(recv.Type())
		if named == nil {
			return "", ""
		}
		name = named.Obj().Name() + "." + name
	}
	return fn.Pkg().Path(), name
}

// namedOf returns the defined type that t is, or points to; nil if none.
func namedOf(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, _ := t.(*types.Named)
	return named
}

// FieldSource returns what a field of a struct of type t holds, if that has no
// bound. known tells that the table has the field, be it as a bounded one.
func FieldSource(t types.Type, field string) (source Source, known bool) {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return NoSource, false
	}
	source, known = fieldSources[named.Obj().Pkg().Path()][named.Obj().Name()+"."+field]
	return source, known
}

// KeyTag reports whether the tag of a struct field says, in the language of a
// known library, that the field is the primary key of a record.
func KeyTag(tag string) bool {
	for _, key := range keyTags {
		if strings.Contains(tag, key) {
			return true
		}
	}
	return false
}

// semconvPrefix is what the paths of the packages of semantic conventions begin
// with: all functions there make attributes from their arguments.
const semconvPrefix = "go.opentelemetry.io/otel/semconv/"

// TypeSource returns what a value of type t is, if each is one of its own.
func TypeSource(t types.Type) Source {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return NoSource
	}
	return typeSources[named.Obj().Pkg().Path()][named.Obj().Name()]
}

// IsOpenType reports whether t has declared constants and is no enumeration
// all the same, as time.Duration.
func IsOpenType(t types.Type) bool {
	named := namedOf(t)
	return named != nil && named.Obj().Pkg() != nil && openTypes[named.Obj().Pkg().Path()][named.Obj().Name()]
}

// IsMessage reports whether t is (a pointer to) a message that the protocol
// buffers compiler generated: it has the method ProtoReflect.
func IsMessage(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "ProtoReflect")
	_, ok := obj.(*types.Func)
	return ok
}

// BringsRequests reports whether the package at path hands out requests, or
// what is in them: a function that returns such a value is worth a fact even
// in a package that knows nothing of tracing.
func BringsRequests(path string) bool { return requests[path] != nil || webValues[path] != nil }

// TakesLabels reports whether the package at path has metrics with labels.
func TakesLabels(path string) bool { return path == prometheus || path == otelMetric }

// Checks reports whether a call of fn, the result of which is a condition, says
// something about which values its argument may have. The predicates that this
// is not true of are those that look at a part of a string.
func Checks(fn *types.Func) bool {
	path, name := nameOf(fn)
	return path != "strings" && path != "bytes" && path != "unicode/utf8" || name == "EqualFold"
}

// StructsOf returns the names of the structs of a package whose fields the
// table knows, sorted.
func StructsOf(path string) []string { return structs[path] }

var structs = func() map[string][]string {
	all := make(map[string][]string)
	for path, fields := range fieldSources {
		for name := range fields {
			name, _, _ = strings.Cut(name, ".")
			all[path] = append(all[path], name)
		}
		slices.Sort(all[path])
		all[path] = slices.Compact(all[path])
	}
	return all
}()

// OneOf reports whether the tag of a struct field says, in the language of a
// validator, that the field is one of a few values.
func OneOf(tag string) bool { return strings.Contains(tag, "oneof=") }

// HoldsLabels reports whether values of type t are attributes, sets of them, or
// options that hold them.
func HoldsLabels(t types.Type) bool {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return false
	}
	switch path := named.Obj().Pkg().Path(); path {
	case "go.opentelemetry.io/otel/attribute":
		return true
	case otelMetric:
		return strings.HasSuffix(named.Obj().Name(), "Option")
	}
	return false
}

// HasAttributes reports whether fn is a function of OpenTelemetry's metrics.
func HasAttributes(fn *types.Func) bool { return fn.Pkg() != nil && fn.Pkg().Path() == otelMetric }

// RouteTemplate returns the method that returns the template of the route, of a
// framework's type for requests that has it while handlers and middlewares run.
func RouteTemplate(t types.Type) string {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return ""
	}
	return routeTemplates[named.Obj().Pkg().Path()+"."+named.Obj().Name()]
}

var routeTemplates = map[string]string{
	"github.com/gin-gonic/gin.Context":    "FullPath",
	"github.com/labstack/echo/v4.Context": "Path",
	"github.com/labstack/echo/v5.Context": "Path",
}

// AttributePackage is where attributes are made.
const AttributePackage = "go.opentelemetry.io/otel/attribute"

// TakesAttributes reports whether t is OpenTelemetry's span.
func TakesAttributes(t types.Type) bool { return isNamed(t, otelTrace, "Span") }
