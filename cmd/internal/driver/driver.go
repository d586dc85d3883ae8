// Package driver runs the rules over the packages that a user names.
//
// Most of the time it does so through the go command: [Analyse] starts "go vet -json" with this very
// executable as the vet tool, and the go command starts it again, once for each
// package, which [Unit] serves. That way the go command does what it is best at:
// it finds packages (modules, workspaces, vendor directories, build tags, GOFLAGS),
// runs units in parallel, hands facts from package to package, and keeps
// every result in its cache, so that a second run over unchanged code replays the
// findings without any analysis.
//
// Where the go command would first have to compile most dependencies, Analyse loads the
// program from source and runs the rules in this process; see load.go.
//
// Whatever way packages are analysed, the outcome is a [Result]: findings and
// errors, both in a fixed order, independent of the order in which units ended.
//
// Fixes are applied by [ApplyFixes], not by "go vet -fix"; its file says why.
package driver

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/analyzers"
)

// Options say what to analyse, and how.
type Options struct {
	// Dir is the directory that patterns are relative to, an absolute path.
	Dir string
	// Patterns name packages as for the go command.
	Patterns []string
	// Registry holds all rules that the executable knows.
	Registry []analyzers.Rule
	// Rules names the rules to run; if empty, those of the default group run.
	Rules []string
	// RuleFlags are settings of rules, as in "-spanleak.x=y".
	RuleFlags []string
	// Configured says that the configuration of the module has been read, or must not be, and is in these
	// options: units do not look for it.
	Configured bool
	// BuildFlags are passed to every go command, as in "-tags=integration".
	BuildFlags []string
	// Driver says how packages are analysed; the zero value is [Auto].
	Driver Driver
	// Unsaved are contents that stand for those of files on disk, by absolute name: what an editor holds. [Analyse]
	// heeds them, through the overlay of the go command.
	Unsaved map[string][]byte
	// Scratch is a directory for temporary files of Analyse, which has to be there if anything is unsaved. In one directory,
	// equal contents have equal names, so that the go command replays what it found in them; no two runs at a time.
	Scratch string
	// Filter, if set, takes findings out of the result of each round, and completes the others. read
	// returns the contents of a file as it was analysed.
	Filter func(r *Result, read func(file string) ([]byte, error))
	// Choose, if set, says which of its fixes a finding gets, if any; otherwise it is the first. Fixes are
	// made in rounds, counted from 1; read returns the contents of a file as the round found it.
	Choose func(round int, f Finding, read func(file string) ([]byte, error)) (index int, ok bool)
	// Refuse, if set, returns an error for a file that no fix is to change.
	Refuse func(file string) error
	// Progress, if set, is told what a run is at, in a few words.
	Progress func(stage string)
}

// A Driver is a way to analyse packages. All of them give the same result.
type Driver string

const (
	Auto      Driver = "auto"      // GoVet, unless most dependencies would have to be compiled first
	GoVet     Driver = "vet"       // through the go command and its cache
	InProcess Driver = "inprocess" // from source, in this process
)

// ParseDriver returns the driver of the given name.
func ParseDriver(name string) (Driver, error) {
	switch d := Driver(name); d {
	case Auto, GoVet, InProcess:
		return d, nil
	}
	return "", fmt.Errorf("unknown driver %q: it is auto, vet or inprocess", name)
}

// runs reports whether a rule is to be run.
func (o Options) runs(r analyzers.Rule) bool {
	if len(o.Rules) == 0 {
		return r.Group == analyzers.Default
	}
	return r.Name == analyzers.IgnoreRule || slices.Contains(o.Rules, r.Name)
}

// A Result is all that a run has to say.
type Result struct {
	// Packages counts the packages that were asked for and could be analysed.
	Packages int
	// Dirs are the directories of the packages that were asked for, by import path, and Analysed are the import
	// paths of those that could be analysed, sorted.
	Dirs     map[string]string
	Analysed []string
	// Findings are sorted by file, line, column, rule and message, without duplicates.
	Findings []Finding
	// Errors tell what went wrong. Findings are complete only where there are none.
	Errors []Error
}

// A Finding is one fault in the user's code.
type Finding struct {
	Rule     string // name of the rule
	Category string // variant within the rule
	Package  string // import path
	Message  string
	URL      string // documentation of the rule or of the variant
	Pos, End Position
	Related  []Related
	Fixes    []Fix // alternatives; the first one is safe to apply unattended

	// What package gate adds.
	Severity    Severity // "" stands for [Warning]
	Fingerprint string   // the same as long as the fault is; see there
}

// A Severity says how bad a finding is.
type Severity string

const (
	SevError Severity = "error"
	Warning  Severity = "warning"
	Info     Severity = "info"
)

// A Position is a place in a file. Columns count bytes, as those of the go command do.
type Position struct {
	File         string // absolute
	Line, Column int    // from 1; 0 if not known
}

// Related is a further place that a finding points to.
type Related struct {
	Pos, End Position
	Message  string
}

// A Fix is a set of edits that are applied together or not at all.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the bytes [Start, End) of a file.
type Edit struct {
	File       string // absolute
	Start, End int
	New        string
}

// A Kind says what went wrong.
type Kind string

const (
	KindUsage       Kind = "usage"       // the patterns name no package, or there is no module
	KindBuild       Kind = "build"       // a package does not build
	KindSkipped     Kind = "skipped"     // a package was not analysed because another one failed
	KindRule        Kind = "rule"        // a rule failed on a package; other rules did not
	KindCrash       Kind = "crash"       // the analysis of a package died
	KindFix         Kind = "fix"         // a fix could not be applied
	KindGo          Kind = "go"          // the go command failed in another way, or there is none
	KindInterrupted Kind = "interrupted" // by the user
)

// An Error is one thing that went wrong.
type Error struct {
	Kind    Kind
	Package string // import path; empty if it is not about one package
	Rule    string // name of the rule; empty if it is not about one rule
	Message string // one line
	Detail  string // further lines, such as a stack; may be empty
}

// Failed reports whether the result is incomplete.
func (r *Result) Failed() bool { return len(r.Errors) > 0 }

// Fixable counts the findings that have a fix.
func (r *Result) Fixable() int {
	n := 0
	for _, f := range r.Findings {
		if len(f.Fixes) > 0 {
			n++
		}
	}
	return n
}

// fail adds an error to r.
func (r *Result) fail(e Error) {
	// What follows the first line is detail, wherever it came from.
	if first, rest, ok := strings.Cut(strings.TrimSpace(e.Message), "\n"); ok {
		e.Message, e.Detail = first, strings.TrimRight(rest+"\n"+e.Detail, "\n")
	}
	e.Message = strings.TrimSpace(e.Message)
	r.Errors = append(r.Errors, e)
}

// normalize puts findings and errors into their fixed order and drops
// duplicates: the same file may be analysed more than once, in a package and in
// the package's test variant.
func (r *Result) normalize() {
	for i := range r.Findings {
		// Rules report useless comments that name them; for the user that is one rule.
		if f := &r.Findings[i]; f.Category == analyzers.Suppression {
			f.Rule, f.URL = analyzers.IgnoreRule, analyzers.SuppressionURL
		}
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(
			comparePositions(a.Pos, b.Pos),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Category, b.Category),
			comparePositions(a.End, b.End),
			cmp.Compare(len(b.Fixes), len(a.Fixes)), // keep the one that has fixes
			cmp.Compare(a.Package, b.Package),
		)
	})
	r.Findings = slices.CompactFunc(r.Findings, func(a, b Finding) bool {
		return a.Pos == b.Pos && a.End == b.End && a.Rule == b.Rule && a.Category == b.Category && a.Message == b.Message
	})
	slices.SortStableFunc(r.Errors, func(a, b Error) int {
		return cmp.Or(
			cmp.Compare(a.Package, b.Package),
			cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Detail, b.Detail),
		)
	})
	r.Errors = slices.Compact(r.Errors)
}

func comparePositions(a, b Position) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
