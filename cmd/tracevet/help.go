package main

import (
	"flag"
	"fmt"
	"go/doc/comment"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"github.com/fatih/color"

	"github.com/tracevet/tracevet/analyzers"
)

const usage = `Tracevet finds the mistakes that break distributed traces in Go programs.

Usage:

	tracevet [flags] [packages]
	tracevet explain rule
	tracevet rules
	tracevet lsp [flags]
	tracevet completion bash|zsh|fish
	tracevet gopls -o PATH

Packages are named as for the go command; ./... stands for all packages below the
working directory. Without any, tracevet looks at the package in the working
directory, as go vet does. Flags come before packages:

`

const usageEnd = `
Findings go to standard output, all else to standard error. The exit code is
0 if there are no findings, 1 if there are, and 2 if anything went wrong, such as
a package that does not build: then findings may be missing. With -diff it is
1 if the diff is not empty; with -fix, if findings are left.

Tracevet heeds GOFLAGS, go.work and vendor directories. It is a vet tool, too:

	go vet -vettool=$(which tracevet) [-RULE ...] [packages]

Rules:

`

// help prints general help, or that of the rule in args. It returns the exit code.
func help(registry []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	if len(args) > 1 {
		return fail(stderr, fmt.Errorf("usage: tracevet help [rule]"))
	}
	if len(args) == 1 {
		return explain(registry, args, stdout, stderr)
	}
	fmt.Fprint(stdout, usage)
	for _, o := range options() {
		fmt.Fprintf(stdout, "\t-%s\n", strings.TrimSpace(o.name+" "+o.arg))
		fmt.Fprintf(stdout, "\t\t%s\n", strings.ReplaceAll(o.usage, "\n", "\n\t\t"))
	}
	if opts := ruleOptions(registry); len(opts) > 0 {
		fmt.Fprint(stdout, "\nFlags of rules:\n\n")
		for _, o := range opts {
			arg, usage := flag.UnquoteUsage(o.Flag)
			fmt.Fprintf(stdout, "\t-%s\n\t\t%s\n", strings.TrimSpace(o.name+" "+arg), strings.ReplaceAll(usage, "\n", "\n\t\t"))
		}
	}
	fmt.Fprint(stdout, usageEnd)
	tw := tabwriter.NewWriter(stdout, 0, 8, 2, ' ', 0)
	for _, r := range registry {
		fmt.Fprintf(tw, "\t%s\t%s\t%s\n", r.Name, r.Group, title(r))
	}
	tw.Flush()
	fmt.Fprint(stdout, "\nRun 'tracevet explain RULE' for the documentation of a rule.\n")
	return exitClean
}

// explain prints the page of the rule in args.
func explain(registry []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		return fail(stderr, fmt.Errorf("usage: tracevet explain rule"))
	}
	r, err := analyzers.Find(analyzers.WithIgnoreRule(registry), args[0])
	if err != nil {
		return fail(stderr, err)
	}
	heading := color.New(color.Bold)
	if wantColor("auto", stdout) {
		heading.EnableColor()
	} else {
		heading.DisableColor()
	}
	var about []string
	about = append(about, "group "+string(r.Group))
	if r.Since != "" {
		about = append(about, "since "+r.Since)
	}
	if r.Fix != "" {
		about = append(about, "fix: "+r.Fix)
	}
	heading.Fprint(stdout, r.Name)
	fmt.Fprintf(stdout, " (%s)\n\n", strings.Join(about, ", "))

	var parser comment.Parser
	printer := comment.Printer{TextWidth: 80}
	doc := parser.Parse(r.Doc)
	for i, block := range doc.Content {
		text := string(printer.Text(&comment.Doc{Content: []comment.Block{block}}))
		if i > 0 {
			fmt.Fprintln(stdout)
		}
		if _, ok := block.(*comment.Heading); ok {
			heading.Fprint(stdout, strings.TrimPrefix(text, "# "))
		} else {
			fmt.Fprint(stdout, text)
		}
	}
	if r.URL != "" {
		fmt.Fprintf(stdout, "\n%s\n", r.URL)
	}
	return exitClean
}

// listRules prints a table of all rules.
func listRules(registry []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 {
		return fail(stderr, fmt.Errorf("usage: tracevet rules"))
	}
	tw := tabwriter.NewWriter(stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, "RULE\tGROUP\tSINCE\tFIX\tREPORTS")
	for _, r := range registry {
		fix := "-"
		if r.Fix != "" {
			fix = r.Fix
		}
		since := "-"
		if r.Since != "" {
			since = r.Since
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", r.Name, r.Group, since, fix, title(r))
	}
	tw.Flush()
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

// version returns that of the module that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && v == "(devel)" {
			v += " " + s.Value
		}
	}
	return v
}

func versionLine() string {
	return fmt.Sprintf("tracevet %s %s %s/%s", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
