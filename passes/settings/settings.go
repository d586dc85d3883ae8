// Package settings holds the options that all rules share, as one
// pseudo-analyzer: rules require it and read its result, and a driver that
// lists it, or declares its flags, lets its users set them. Its flags are
// -settings.NAME.
//
// Options have to be flags: the go command puts flags, and nothing else, into
// the key under which it caches findings.
package settings

import (
	"flag"
	"reflect"

	"golang.org/x/tools/go/analysis"
)

// Settings are the values of the options.
type Settings struct {
	// Tests: report findings in _test.go files too. They are left out by
	// default: a fault there breaks no trace in production, and tests leave
	// spans open and start roots on purpose.
	Tests bool
}

var settings Settings // of the process; set by flags before the first pass runs

// Analyzer provides a *Settings.
var Analyzer = &analysis.Analyzer{
	Name:       "settings",
	Doc:        "options that all rules share",
	Flags:      flags(),
	Run:        func(*analysis.Pass) (any, error) { s := settings; return &s, nil },
	ResultType: reflect.TypeFor[*Settings](),
}

func flags() flag.FlagSet {
	fs := flag.NewFlagSet("settings", flag.ContinueOnError)
	fs.BoolVar(&settings.Tests, "tests", false, "report findings in _test.go files too")
	return *fs
}
