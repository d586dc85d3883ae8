// Package report prints the results of a run, one file of this package a format.
//
// All formats name files relative to a directory, with forward slashes: to the working
// directory of the user those that a person or a tool beside him reads, to the root of the
// repository those that a forge reads (SARIF, GitHub, GitLab).
package report

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// An Input is what a format may have to know.
type Input struct {
	driver.Result
	Dir      string           // working directory of the user, absolute
	Root     string           // of the repository, absolute; Dir, if there is none
	Registry []analyzers.Rule // all rules
	Version  string           // of tracevet
	Color    bool             // text: colours and source excerpts
}

// Formats are the names of the formats.
var Formats = []string{"text", "json", "sarif", "github", "gitlab", "rdjson", "checkstyle", "html"}

// Write prints in to w in the format of the given name, one of [Formats].
func Write(w io.Writer, format string, in Input) error {
	switch format {
	case "text":
		Text(w, in)
		return nil
	case "json":
		return JSON(w, in.Result, in.Dir)
	case "sarif":
		return SARIF(w, in)
	case "github":
		return GitHub(w, in)
	case "gitlab":
		return GitLab(w, in)
	case "rdjson":
		return RDJSON(w, in)
	case "checkstyle":
		return Checkstyle(w, in)
	case "html":
		return HTML(w, in)
	}
	return fmt.Errorf("unknown format %q", format)
}

// severity returns that of a finding; gates may have set none.
func severity(f driver.Finding) driver.Severity {
	if f.Severity == "" {
		return driver.Warning
	}
	return f.Severity
}

// rule returns the rule of a finding, and whether the registry has it.
func (in Input) rule(name string) (analyzers.Rule, bool) {
	i := slices.IndexFunc(in.Registry, func(r analyzers.Rule) bool { return r.Name == name })
	if i < 0 {
		return analyzers.Rule{}, false
	}
	return in.Registry[i], true
}

// relative returns the name of a file as seen from dir. Both are absolute; if there is
// no way from dir to the file (other volume), the name stays absolute.
func relative(dir, file string) string {
	if file == "" {
		return ""
	}
	if rel, err := filepath.Rel(dir, file); err == nil {
		file = rel
	}
	return filepath.ToSlash(file)
}

// Summary prints one line on what a run found, and how much each rule did.
func Summary(w io.Writer, r driver.Result) {
	var b strings.Builder
	if n := len(r.Findings); n == 0 {
		fmt.Fprintf(&b, "no findings in %s", count(r.Packages, "package"))
	} else {
		in := make(map[string]bool)
		for _, f := range r.Findings {
			in[f.Package] = true
		}
		fmt.Fprintf(&b, "%s in %d of %s", count(n, "finding"), len(in), count(r.Packages, "package"))
		b.WriteString(withFix(n, r.Fixable(), " (tracevet -fix)"))
	}
	if n := len(r.Errors); n > 0 {
		fmt.Fprintf(&b, "; %s", count(n, "error"))
	}
	fmt.Fprintf(w, "tracevet: %s\n", b.String())
	byRule := tally(r.Findings)
	if len(byRule) < 2 {
		return
	}
	for _, t := range byRule {
		fmt.Fprintf(w, "\t%s: %d%s\n", t.rule, t.findings, withFix(t.findings, t.fixable, ""))
	}
}

func withFix(n, fixable int, how string) string {
	switch fixable {
	case 0:
		return ", none with a fix"
	case n:
		return ", all with a fix" + how
	}
	return fmt.Sprintf(", %d with a fix%s", fixable, how)
}

// A ruleTally counts the findings of a rule.
type ruleTally struct {
	rule              string
	findings, fixable int
}

// tally returns the counts of all rules that found something, sorted by rule.
func tally(findings []driver.Finding) []ruleTally {
	var all []ruleTally
	for _, f := range findings {
		i, ok := slices.BinarySearchFunc(all, f.Rule, func(t ruleTally, name string) int { return strings.Compare(t.rule, name) })
		if !ok {
			all = slices.Insert(all, i, ruleTally{rule: f.Rule})
		}
		all[i].findings++
		if len(f.Fixes) > 0 {
			all[i].fixable++
		}
	}
	return all
}

// count returns "1 noun" or "n nouns".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
