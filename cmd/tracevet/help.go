package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"github.com/tracevet/tracevet/analyzers"
)

const usage = `Tracevet finds the mistakes that break distributed traces in Go programs.

Usage:

	tracevet [flags] [packages]
	tracevet help [rule]

Packages are named as for the go command; ./... stands for all packages below the
working directory. Without any, tracevet looks at the package in the working
directory, as go vet does. Flags come before packages:

	-fix
		apply the first fix of each finding, then print what is left
	-diff
		print what -fix would change, as a unified diff; change nothing
	-rules a,b
		run these rules only (default: those of the group "default" below)
	-json
		print findings and errors as JSON
	-C dir
		change to dir first
	-tags list
		comma-separated build tags, as for go build
	-settings.tests
		report findings in _test.go files too
	-version
		print the version of tracevet

Findings go to standard output, all else to standard error. The exit code is
0 if there are no findings, 1 if there are, and 2 if anything went wrong, such as
a package that does not build: then findings may be missing. With -diff it is
1 if the diff is not empty; with -fix, if findings are left.

Tracevet runs go vet, which also heeds GOFLAGS, go.work and vendor directories,
and keeps findings in the build cache. As a vet tool:

	go vet -vettool=$(which tracevet) [-RULE ...] [packages]

Rules:

`

// help prints general help, or that of the rule in args. It returns the exit code.
func help(registry []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	if len(args) > 1 {
		fmt.Fprintln(stderr, "tracevet: usage: tracevet help [rule]")
		return exitError
	}
	if len(args) == 1 {
		r, err := findRule(registry, args[0])
		if err != nil {
			fmt.Fprintf(stderr, "tracevet: %v\n", err)
			return exitError
		}
		fmt.Fprintf(stdout, "%s: %s\n\n%s\n", r.Name, r.Group, strings.TrimSpace(r.Doc))
		if r.URL != "" {
			fmt.Fprintf(stdout, "\n%s\n", r.URL)
		}
		return exitClean
	}
	fmt.Fprint(stdout, usage)
	tw := tabwriter.NewWriter(stdout, 0, 8, 2, ' ', 0)
	for _, r := range registry {
		fmt.Fprintf(tw, "\t%s\t%s\t%s\n", r.Name, r.Group, title(r))
	}
	tw.Flush()
	fmt.Fprint(stdout, "\nRun 'tracevet help RULE' for the documentation of a rule.\n")
	return exitClean
}

// title returns what a rule reports, in a few words, from its documentation:
// "Package x defines an Analyzer that reports spans ..." or "x: report spans ...".
func title(r analyzers.Rule) string {
	first, _, _ := strings.Cut(strings.TrimSpace(r.Doc), "\n\n")
	first = strings.Join(strings.Fields(first), " ")
	if _, what, ok := strings.Cut(first, " defines an Analyzer that "); ok {
		first = what
	} else if what, ok := strings.CutPrefix(first, r.Name+": "); ok {
		first = what
	}
	first, _, _ = strings.Cut(first, ". ")
	return strings.TrimSuffix(first, ".")
}

// findRule returns the rule of the given name. The error lists the rules
// there are, and the one that was likely meant.
func findRule(registry []analyzers.Rule, name string) (analyzers.Rule, error) {
	var names []string
	nearest, least := "", 4 // further off is no typing error
	for _, r := range registry {
		if r.Name == name {
			return r, nil
		}
		names = append(names, r.Name)
		if d := distance(r.Name, strings.ToLower(name)); d < least && d < len(r.Name)/2 {
			nearest, least = r.Name, d
		}
	}
	hint := ""
	if nearest != "" {
		hint = fmt.Sprintf(" (did you mean %s?)", nearest)
	}
	return analyzers.Rule{}, fmt.Errorf("unknown rule %q%s; the rules are %s", name, hint, strings.Join(names, ", "))
}

// distance returns the number of bytes to insert, delete or replace to make a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// printVersion prints the version of the module that the program was built from.
func printVersion(w io.Writer) {
	version := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && version == "(devel)" {
				version += " " + s.Value
			}
		}
	}
	fmt.Fprintf(w, "tracevet %s %s %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
