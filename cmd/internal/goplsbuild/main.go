package goplsbuild

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

const usage = `usage: %s -o PATH

Builds gopls %s, the language server of the Go team, with the rules of tracevet inside, and writes it
to PATH. An editor that starts it instead of its own gopls shows findings and offers fixes.
It takes the Go command, and the module proxy the first time.

	-o PATH
		the file to write, or a directory for a file called gopls
	-source DIR
		build the tracevet whose source is in DIR (default: this one)
`

// Main is the command line: name is what the program is called, args are its arguments. It returns the exit status: 0, or 2 if
// there is an error.
func Main(name string, args []string, stdout, stderr io.Writer) int {
	o := Options{Log: stderr}
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.Output, "o", "", "")
	fs.StringVar(&o.Source, "source", "", "")
	fail := func(err error) int {
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return 2
	}
	switch err := fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(stdout, usage, name, Version)
		return 0
	case err != nil:
		return fail(err)
	case fs.NArg() > 0 || o.Output == "":
		return fail(fmt.Errorf("it takes -o PATH and no other arguments; see %s -help", name))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	written, err := Build(ctx, o)
	if err != nil {
		return fail(err)
	}
	fmt.Fprintf(stderr, "%s: %s is gopls %s with tracevet inside\n", name, written, Version)
	return 0
}
