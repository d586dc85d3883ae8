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
	"github.com/tracevet/tracevet/cmd/internal/gate"
	"github.com/tracevet/tracevet/cmd/internal/goplsbuild"
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
	"lsp":        serveEditor,
	"gopls":      buildGopls,
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
		return misused(stderr, err, "tracevet help")
	}
	if c.version {
		fmt.Fprintln(stdout, versionLine())
		return exitClean
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return c.analyse(ctx, stdout, stderr)
}

// buildGopls builds a gopls with tracevet inside.
func buildGopls(_ []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	return goplsbuild.Main("tracevet gopls", args, stdout, stderr)
}

// fail prints an error and returns the exit code for it.
func fail(stderr io.Writer, err error) int {
	fmt.Fprintf(stderr, "tracevet: %v\n", err)
	return exitError
}

// misused is fail for a command line that makes no sense; help is the command that
// says which ones do.
func misused(stderr io.Writer, err error, help string) int {
	code := fail(stderr, err)
	fmt.Fprintf(stderr, "Run '%s' for usage.\n", help)
	return code
}

// analyse does what the command line says and returns the exit code.
func (c *command) analyse(ctx context.Context, stdout, stderr io.Writer) int {
	known := c.gate.Baseline
	if c.writeBaseline {
		c.gate.Baseline = "" // it need not be there, and hides nothing
	}
	g, err := gate.New(ctx, c.gate)
	if err != nil {
		return fail(stderr, err)
	}
	c.Filter = g.Filter
	if c.clean {
		if c.Refuse, err = refuseUncommitted(ctx, c.Dir); err != nil {
			return fail(stderr, err)
		}
	}
	stop := c.showProgress(stderr)
	if c.interactive {
		stop()
		stop = func() {}
		c.Choose = newDialog(os.Stdin, stderr, c.Dir, c.colorful(stderr)).choose
	}
	var r driver.Result
	var changes []driver.Change
	if c.fix || c.diff {
		fixed := driver.ApplyFixes(ctx, c.Options, !c.diff)
		r, changes = fixed.Result, fixed.Changes
	} else {
		r = driver.Analyse(ctx, c.Options)
	}
	stop()

	switch {
	case c.writeBaseline:
		report.Errors(stderr, r.Errors)
		return c.saveBaseline(ctx, known, r, stderr)
	case c.diff:
		err = report.Diff(stdout, changes, c.Dir)
	default:
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
	if hidden := g.Hidden().String(); hidden != "" {
		fmt.Fprintf(stderr, "tracevet: not shown: %s\n", hidden)
	}

	switch {
	case r.Failed():
		return exitError
	case c.diff && len(changes) > 0, !c.diff && gate.Fails(r.Findings, c.failOn):
		return exitFindings
	}
	return exitClean
}

// saveBaseline writes the findings of a complete run to a file, and returns the exit code.
func (c *command) saveBaseline(ctx context.Context, file string, r driver.Result, stderr io.Writer) int {
	if r.Failed() {
		return fail(stderr, errors.New("the baseline is not written, since findings may be missing"))
	}
	root := repositoryRoot(ctx, c.Dir)
	if err := writeFile(file, func(w io.Writer) error { return gate.WriteBaseline(w, r.Findings, root) }); err != nil {
		return fail(stderr, fmt.Errorf("cannot write the baseline: %w", err))
	}
	fmt.Fprintf(stderr, "tracevet: %d findings are in %s now\n", len(r.Findings), file)
	return exitClean
}

// report prints the findings in the chosen formats, to the chosen places.
func (c *command) report(ctx context.Context, stdout io.Writer, r driver.Result) error {
	in := report.Input{
		Result:   r,
		Dir:      c.Dir,
		Root:     repositoryRoot(ctx, c.Dir),
		Registry: analyzers.WithIgnoreRule(c.Registry),
		Version:  version(),
	}
	for _, o := range c.outputs {
		if o.file == "" {
			in.Color = c.colorful(stdout)
			if err := report.Write(stdout, o.format, in); err != nil {
				return err
			}
			continue
		}
		in.Color = false
		if err := writeFile(o.file, func(w io.Writer) error { return report.Write(w, o.format, in) }); err != nil {
			return fmt.Errorf("cannot write %s: %w", o.file, err)
		}
	}
	return nil
}
