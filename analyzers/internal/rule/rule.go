// Package rule makes the analyzers of tracevet's rules, all in the same way:
// the name, the documentation and the URL of a rule come from the doc.go in
// its folder, and a panic in a rule becomes an error of that rule.
package rule

import (
	"fmt"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/ignore"
	"github.com/tracevet/tracevet/passes/settings"
)

// BaseURL is the folder of the generated pages of the rules. The page of a
// rule is BaseURL + name + ".md"; each of its categories is a heading there.
const BaseURL = "https://github.com/tracevet/tracevet/blob/main/docs/rules/"

// A Group says who gets a rule without asking for it.
type Group string

const (
	Default Group = "default" // on
	OptIn   Group = "opt-in"  // off: careful teams differ about it
	Preview Group = "preview" // off: new, not yet proved on enough programs
)

// A Rule is an entry of the registry: an analyzer, and what only a catalogue
// has to know about it.
type Rule struct {
	*analysis.Analyzer
	Group Group
	Since string // the first release that has the rule, as in "v0.1.0"
	Fix   string // what the first fix does, an imperative; empty if there is none
}

// New returns an analyzer for the rule whose doc.go is docFile: its text,
// embedded. The package clause of docFile gives the name; the package comment
// gives the documentation. run and requires are the analyzer's own; every rule
// requires the settings that all rules share, besides, and heeds comments that
// suppress findings.
//
// A panic of run is returned as an error that names the rule and the package,
// so that one broken rule takes neither the other rules nor the driver down.
//
// New panics if docFile has no package comment: that is a mistake of ours,
// and the tests of the registry find it.
func New(docFile string, run func(*analysis.Pass) error, requires ...*analysis.Analyzer) *analysis.Analyzer {
	name, doc, err := splitDoc(docFile)
	if err != nil {
		panic(err)
	}
	run = ignore.Heed(name, run)
	return &analysis.Analyzer{
		Name:     name,
		Doc:      doc,
		URL:      BaseURL + name + ".md",
		Requires: append(requires, settings.Analyzer, ignore.Analyzer),
		Run:      func(pass *analysis.Pass) (any, error) { return nil, guard(name, pass, run) },
	}
}

func guard(name string, pass *analysis.Pass, run func(*analysis.Pass) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("rule %s panicked on package %s: %v (a bug in tracevet, please report it)\n%s", name, pass.Pkg.Path(), p, debug.Stack())
		}
	}()
	return run(pass)
}

// splitDoc returns the package name and the text of the package comment of a
// doc.go. It works on the text because it runs whenever the program starts,
// which under go vet is once for every package.
func splitDoc(docFile string) (name, doc string, err error) {
	var b strings.Builder
	for line := range strings.Lines(docFile) {
		line = strings.TrimRight(line, "\r\n")
		if text, ok := strings.CutPrefix(line, "//"); ok {
			b.WriteString(strings.TrimPrefix(text, " "))
			b.WriteByte('\n')
			continue
		}
		if clause, ok := strings.CutPrefix(line, "package "); ok {
			if b.Len() == 0 {
				break
			}
			return strings.TrimSpace(clause), b.String(), nil
		}
		b.Reset() // a comment that a blank line parts from the package clause, as a licence is
	}
	return "", "", fmt.Errorf("a rule's doc.go needs a package comment right above its package clause")
}
