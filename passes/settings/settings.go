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
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Settings are the values of the options.
type Settings struct {
	// Tests: report findings in _test.go files too. They are left out by
	// default: a fault there breaks no trace in production, and tests leave
	// spans open and start roots on purpose.
	Tests   bool
	modules []string // that the user says are theirs, see Module
}

// A ProgramOption is an option whose value is a fact about the program as a whole, which no unit of a
// build can see: whether some package of it switches something on that acts in all others.
// A driver computes it from source, once a run, and sets the flag. Where none
// does, as in gopls, the option has its default, which therefore has to be the one
// that leads to fewer findings.
//
// Under plain "go vet -vettool" each unit of the user's module computes it, so that
// it has to be cheap, and units of other modules have the default.
type ProgramOption struct {
	Name string // of the flag, which is declared as that of any other option
	// Compute returns the value for the module in the directory root; "" stands for the default. It is
	// the same as long as the source is.
	Compute func(root string) (string, error)
}

// Program lists the options of this kind.
var Program []ProgramOption

// ProgramFlags computes these options for the module in the directory root, and returns those that do not have their
// default as flags, "-settings.NAME=VALUE". The error is that of the first one that fails.
func ProgramFlags(root string) ([]string, error) {
	var flags []string
	for _, o := range Program {
		value, err := o.Compute(root)
		if err != nil {
			return nil, fmt.Errorf("option %s: %w", o.Name, err)
		}
		if value != "" {
			flags = append(flags, "-"+Analyzer.Name+"."+o.Name+"="+value)
		}
	}
	return flags, nil
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
	fs.Var(modulesFlag{}, "module", "`paths` of the modules that are analysed, separated by commas, for drivers that know of no modules, as Bazel's nogo")
	fs.Var(&knowledgeFlag{}, "knowledge", "what functions of further libraries do, as `JSON`")
	return *fs
}

// A knowledgeFlag adds to what package knowledge knows.
type knowledgeFlag struct{ text string }

func (f *knowledgeFlag) String() string { return f.text }

func (f *knowledgeFlag) Set(text string) error {
	f.text = text
	if text == "" {
		return nil
	}
	return knowledge.AddJSON(text)
}
