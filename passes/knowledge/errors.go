package knowledge

import (
	"go/types"
	"strings"
)

// An ErrorKind is what a method of a span has to do with errors.
type ErrorKind uint8

const (
	NoErrorRole  ErrorKind = iota
	RecordsError           // adds an event with its error, and leaves the status alone
	SetsStatus             // sets the status to its argument
)

// The values of OpenTelemetry's codes.Error and codes.Ok.
const (
	StatusError = 1
	StatusOk    = 2
)

// CodesPackage is where the codes of a status are declared.
const CodesPackage = "go.opentelemetry.io/otel/codes"

// ErrorRole returns what fn, a method of OpenTelemetry's span, has to do with
// errors. OpenTracing and OpenCensus have a status, but no RecordError.
func ErrorRole(fn *types.Func) ErrorKind {
	path, name := nameOf(fn)
	if path != otelTrace {
		return NoErrorRole
	}
	switch name {
	case "Span.RecordError":
		return RecordsError
	case "Span.SetStatus":
		return SetsStatus
	}
	return NoErrorRole
}

// LeavesStatus reports whether fn, which gets a context, leaves the status of
// the span in it alone: it belongs to the standard library, or to a logger.
func LeavesStatus(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	path := fn.Pkg().Path()
	first, _, _ := strings.Cut(path, "/")
	return stdLoggers[path] || stdFolders[first]
}

var stdLoggers = map[string]bool{
	"github.com/rs/zerolog":      true,
	"github.com/rs/zerolog/log":  true,
	"github.com/sirupsen/logrus": true,
	"go.uber.org/zap":            true,
}

// stdFolders are the folders of the standard library whose functions get
// contexts.
var stdFolders = map[string]bool{"context": true, "database": true, "log": true, "net": true, "os": true}

// A Constant is a constant that a package declares.
type Constant struct {
	Name  string
	Value int64
}

// ConstantsOf are the constants of one type of a package.
type ConstantsOf struct {
	Package string // its name
	Type    string
	Names   []Constant
	// Structs are types without fields that implement Type, and Makers are
	// functions that take any number of values of Type and return one.
	Structs, Makers []string
}

// Constants returns what is known of the constants of the package at path, and
// of what else of it fixes write, for fixes that import it where it is not loaded. Read at
// go.opentelemetry.io/otel v1.47.0, the same since v1.0.0, and Go 1.26.8.
func Constants(path string) (ConstantsOf, bool) {
	c, ok := constants[path]
	return c, ok
}

var constants = map[string]ConstantsOf{
	CodesPackage: {Package: "codes", Type: "Code", Names: []Constant{{"Unset", 0}, {"Error", StatusError}, {"Ok", StatusOk}}},
	"time":       {Package: "time", Type: "Duration", Names: []Constant{{"Second", 1e9}}},
	PropagationPackage: {
		Package: "propagation", Type: "TextMapPropagator",
		Structs: []string{"TraceContext", "Baggage"},
		Makers:  []string{"NewCompositeTextMapPropagator"},
	},
}

// MakesError reports whether fn returns an error that is never nil.
func MakesError(fn *types.Func) bool {
	path, name := nameOf(fn)
	return path == "errors" && name == "New" || path == "fmt" && name == "Errorf"
}
