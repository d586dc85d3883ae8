package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/driver"
	"github.com/tracevet/tracevet/cmd/internal/report"
	"github.com/tracevet/tracevet/passes/settings"
)

// Exit codes.
const (
	exitClean    = 0
	exitFindings = 1 // or, with -diff, a diff
	exitError    = 2 // whatever else; findings may be missing
)

// run is the program: registry holds the rules, args the arguments without the
// program's name. It returns the exit code, unless the go command called
// it as a vet tool; then it does not return.
func run(registry []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	if driver.IsUnit(args) {
		driver.Unit(args, registry)
	}
	if len(args) > 0 && args[0] == "help" {
		return help(registry, args[1:], stdout, stderr)
	}
	c, err := parse(registry, args)
	if errors.Is(err, flag.ErrHelp) {
		return help(registry, nil, stdout, stderr)
	}
	if err != nil {
		fmt.Fprintf(stderr, "tracevet: %v\nRun 'tracevet help' for usage.\n", err)
		return exitError
	}
	if c.version {
		printVersion(stdout)
		return exitClean
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return c.analyse(ctx, stdout, stderr)
}

// A command is a parsed command line.
type command struct {
	driver.Options
	fix, diff, json, version bool
}

// parse parses the command line. The error is flag.ErrHelp if help was asked for.
func parse(registry []analyzers.Rule, args []string) (*command, error) {
	c := &command{Options: driver.Options{Registry: registry}}
	var dir, tags, rules string
	fs := flag.NewFlagSet("tracevet", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.BoolVar(&c.fix, "fix", false, "")
	fs.BoolVar(&c.diff, "diff", false, "")
	fs.BoolVar(&c.json, "json", false, "")
	fs.BoolVar(&c.version, "version", false, "")
	fs.StringVar(&rules, "rules", "", "")
	fs.StringVar(&dir, "C", "", "")
	fs.StringVar(&tags, "tags", "", "")
	fs.Func("driver", "", func(name string) (err error) {
		c.Driver, err = driver.ParseDriver(name)
		return err
	})
	for _, a := range append(analyzers.Analyzers(registry), settings.Analyzer) {
		a.Flags.VisitAll(func(f *flag.Flag) {
			name := a.Name + "." + f.Name
			pass := func(value string) error {
				c.RuleFlags = append(c.RuleFlags, "-"+name+"="+value)
				return nil
			}
			if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
				fs.BoolFunc(name, f.Usage, pass)
			} else {
				fs.Func(name, f.Usage, pass)
			}
		})
	}
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	if c.json && c.diff {
		return nil, errors.New("-json and -diff cannot be used together")
	}
	if tags != "" {
		c.BuildFlags = append(c.BuildFlags, "-tags="+tags)
	}
	var err error
	if c.Rules, err = chooseRules(registry, rules); err != nil {
		return nil, err
	}
	if c.Dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if st, err := os.Stat(c.Dir); err != nil || !st.IsDir() {
		return nil, fmt.Errorf("-C %s: not a directory", dir)
	}
	c.Patterns = fs.Args()
	if len(c.Patterns) == 0 {
		c.Patterns = []string{"."}
	}
	if i := slices.IndexFunc(c.Patterns, func(p string) bool { return strings.HasPrefix(p, "-") }); i >= 0 {
		return nil, fmt.Errorf("flag %s has to come before the packages", c.Patterns[i])
	}
	return c, nil
}

// chooseRules parses the value of -rules. No value stands for the default group.
func chooseRules(registry []analyzers.Rule, list string) ([]string, error) {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if name == "" || slices.Contains(names, name) {
			continue
		}
		if _, err := findRule(registry, name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	slices.Sort(names) // the order of flags is part of the key of the go command's cache
	return names, nil
}

// analyse does what the command line says and returns the exit code.
func (c *command) analyse(ctx context.Context, stdout, stderr io.Writer) int {
	var r driver.Result
	var changes []driver.Change
	if c.fix || c.diff {
		fixed := driver.ApplyFixes(ctx, c.Options, !c.diff)
		r, changes = fixed.Result, fixed.Changes
	} else {
		r = driver.Analyse(ctx, c.Options)
	}

	var err error
	switch {
	case c.diff:
		err = report.Diff(stdout, changes, c.Dir)
	case c.json:
		err = report.JSON(stdout, r, c.Dir)
	default:
		report.Text(stdout, r.Findings, c.Dir)
	}
	if err != nil {
		fmt.Fprintf(stderr, "tracevet: %v\n", err)
		return exitError
	}
	report.Errors(stderr, r.Errors)
	if c.fix && !c.diff {
		report.Changes(stderr, changes, c.Dir)
	}
	if r.Packages > 0 || len(r.Findings) > 0 {
		report.Summary(stderr, r)
	}

	switch {
	case r.Failed():
		return exitError
	case c.diff && len(changes) > 0, !c.diff && len(r.Findings) > 0:
		return exitFindings
	}
	return exitClean
}
