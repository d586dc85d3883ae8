package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/driver"
	"github.com/tracevet/tracevet/cmd/internal/gate"
	"github.com/tracevet/tracevet/cmd/internal/lsp"
)

const lspUsage = `Usage: tracevet lsp [flags]

Serves an editor, which starts it, over standard input and output, by the Language Server
Protocol: findings in the packages of open files, and their fixes. It runs beside gopls.

The flags that say what to report are those of tracevet itself: %s,
and those of the rules. They hold for all modules, like .tracevet.yaml for one; file names
and revisions are relative to the root of each module.
`

// lspFlags are the flags that a server heeds, besides those of rules.
var lspFlags = []string{"rules", "enable", "disable", "new-from", "baseline", "config", "tags", "test"}

// typingDelay is how long nothing must be typed before the server looks at unsaved text.
const typingDelay = 300 * time.Millisecond

// serveEditor is the subcommand lsp. It returns the exit code, which is that of the protocol: 0 after a shutdown.
func serveEditor(registry []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	c, err := parseServer(registry, args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stdout, lspUsage, "-"+strings.Join(lspFlags, ", -"))
		return exitClean
	}
	if err != nil {
		return misused(stderr, err, "tracevet lsp -help")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err = lsp.Serve(ctx, os.Stdin, stdout, lsp.Options{
		Version: version(),
		Prepare: c.prepare,
		Analyse: driver.Analyse,
		Outside: func(ctx context.Context) []string { return driver.Env(ctx, "", "GOROOT", "GOMODCACHE") },
		Delay:   typingDelay,
	})
	if err != nil {
		return fail(stderr, fmt.Errorf("lsp: %w", err))
	}
	return exitClean
}

// parseServer parses the flags of a server.
func parseServer(registry []analyzers.Rule, args []string) (*command, error) {
	c, fs, err := parseFlags(registry, args)
	if err != nil {
		return nil, err
	}
	if fs.NArg() > 0 {
		return nil, fmt.Errorf("lsp takes no packages such as %s: it analyses those of the files that the editor opens", fs.Arg(0))
	}
	fs.Visit(func(f *flag.Flag) {
		own := slices.ContainsFunc(options(), func(o option) bool { return o.name == f.Name })
		if own && !slices.Contains(lspFlags, f.Name) {
			err = fmt.Errorf("-%s means nothing to lsp", f.Name)
		}
	})
	return c, err
}

// prepare returns the options for a run in the module in root, as "tracevet -C root" with the flags of the
// server would have them.
func (c *command) prepare(ctx context.Context, root string) (driver.Options, error) {
	run := *c
	run.color = "never"
	run.Dir, run.Patterns = root, []string{"."}
	if err := run.check(); err != nil {
		return driver.Options{}, err
	}
	g, err := gate.New(ctx, run.gate)
	if err != nil {
		return driver.Options{}, err
	}
	run.Filter = g.Filter
	return run.Options, nil
}
