package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/driver"
	"github.com/tracevet/tracevet/cmd/internal/report"
)

// Exit codes.
const (
	exitClean    = 0
	exitFindings = 1 // or, with -diff, a diff
	exitError    = 2 // whatever else; findings may be missing
)

// subcommands are what may stand in the place of flags and packages. A package in a folder
// of such a name is ./NAME.
var subcommands = map[string]func(registry []analyzers.Rule, args []string, stdout, stderr io.Writer) int{
	"help":       help,
	"explain":    explain,
	"rules":      listRules,
	"completion": completion,
	"__complete": complete,
}

// run is the program: registry holds the rules, args the arguments without the
// program's name. It returns the exit code, unless the go command called
// it as a vet tool; then it does not return.
func run(registry []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	if driver.IsUnit(args) {
		driver.Unit(args, registry)
	}
	if len(args) > 0 {
		if sub, ok := subcommands[args[0]]; ok {
			return sub(registry, args[1:], stdout, stderr)
		}
	}
	c, err := parse(registry, args)
	if errors.Is(err, flag.ErrHelp) {
		return help(registry, nil, stdout, stderr)
	}
	if err != nil {
		return fail(stderr, fmt.Errorf("%w\nRun 'tracevet help' for usage.", err))
	}
	if c.version {
		fmt.Fprintln(stdout, versionLine())
		return exitClean
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return c.analyse(ctx, stdout, stderr)
}

// fail prints an error and returns the exit code for it.
func fail(stderr io.Writer, err error) int {
	fmt.Fprintf(stderr, "tracevet: %v\n", err)
	return exitError
}

// analyse does what the command line says and returns the exit code.
func (c *command) analyse(ctx context.Context, stdout, stderr io.Writer) int {
	var r driver.Result
	var changes []driver.Change
	stop := c.showProgress(stderr)
	if c.fix || c.diff {
		fixed := driver.ApplyFixes(ctx, c.Options, !c.diff)
		r, changes = fixed.Result, fixed.Changes
	} else {
		r = driver.Analyse(ctx, c.Options)
	}
	stop()

	var err error
	if c.diff {
		err = report.Diff(stdout, changes, c.Dir)
	} else {
		err = c.report(ctx, stdout, r)
	}
	if err != nil {
		return fail(stderr, err)
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

// report prints the findings in the chosen format, to the chosen place.
func (c *command) report(ctx context.Context, stdout io.Writer, r driver.Result) (err error) {
	in := report.Input{
		Result:   r,
		Dir:      c.Dir,
		Root:     repositoryRoot(ctx, c.Dir),
		Registry: c.Registry,
		Version:  version(),
		Color:    c.colorful(stdout),
	}
	if c.output == "" {
		return report.Write(stdout, c.format, in)
	}
	in.Color = c.color == "always"
	return writeFile(c.output, func(w io.Writer) error { return report.Write(w, c.format, in) })
}
