package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/config"
	"github.com/tracevet/tracevet/cmd/internal/driver"
	"github.com/tracevet/tracevet/cmd/internal/gate"
	"github.com/tracevet/tracevet/cmd/internal/report"
	"github.com/tracevet/tracevet/passes/settings"
)

// A command is a parsed command line.
type command struct {
	driver.Options
	fix, diff, version bool
	interactive, clean bool
	outputs            []destination
	color              string // auto, always or never

	rules, enable, disable []string // names of rules and groups

	gate          gate.Options
	writeBaseline bool
	failOn        string // one of analyzers.Thresholds
	config        string // a file, config.None, or empty: the nearest one
}

// A destination is a format and where it goes.
type destination struct {
	format string // a name of report.Formats
	file   string // empty for standard output
}

// parseOutputs parses the value of -format: a list of NAME and NAME:FILE.
func parseOutputs(value string) ([]destination, error) {
	var outputs []destination
	toStdout := 0
	for item := range strings.SplitSeq(value, ",") {
		var o destination
		o.format, o.file, _ = strings.Cut(strings.TrimSpace(item), ":")
		if !slices.Contains(report.Formats, o.format) {
			return nil, fmt.Errorf("unknown format %q: it is one of %s", o.format, strings.Join(report.Formats, ", "))
		}
		if o.file == "" {
			toStdout++
		}
		outputs = append(outputs, o)
	}
	if toStdout > 1 {
		return nil, errors.New("only one format can go to standard output; the others need a file, as in sarif:FILE")
	}
	return outputs, nil
}

// An option is a flag of the command line, as help and completion know it.
type option struct {
	name   string
	arg    string // what its value is; empty for a switch
	usage  string
	values []string // that the value may have, if it is one of a few

	declare func(fs *flag.FlagSet, c *command)
}

// options are all flags but those of the rules, in the order of the help.
func options() []option {
	return []option{
		{name: "fix", usage: "apply the first fix of each finding, then print what is left", declare: func(fs *flag.FlagSet, c *command) { fs.BoolVar(&c.fix, "fix", false, "") }},
		{name: "interactive", usage: "with -fix: ask which fix to apply, for each finding", declare: func(fs *flag.FlagSet, c *command) { fs.BoolVar(&c.interactive, "interactive", false, "") }},
		{name: "clean", usage: "with -fix: leave alone files with changes that git has not committed", declare: func(fs *flag.FlagSet, c *command) { fs.BoolVar(&c.clean, "clean", false, "") }},
		{name: "diff", usage: "print what -fix would change, as a unified diff; change nothing", declare: func(fs *flag.FlagSet, c *command) { fs.BoolVar(&c.diff, "diff", false, "") }},
		{name: "rules", arg: "list", usage: "run these rules only; a name of a group stands for its rules (default: default)", declare: names("rules", func(c *command) *[]string { return &c.rules })},
		{name: "enable", arg: "list", usage: "run these rules or groups too", declare: names("enable", func(c *command) *[]string { return &c.enable })},
		{name: "disable", arg: "list", usage: "do not run these rules or groups", declare: names("disable", func(c *command) *[]string { return &c.disable })},
		{name: "new-from", arg: "rev", usage: "report only what is new since the merge base with this git revision", declare: func(fs *flag.FlagSet, c *command) { fs.StringVar(&c.gate.NewFrom, "new-from", "", "") }},
		{name: "baseline", arg: "file", usage: "do not report the findings in this file", declare: func(fs *flag.FlagSet, c *command) { fs.StringVar(&c.gate.Baseline, "baseline", "", "") }},
		{name: "write-baseline", usage: "write all findings to the file of -baseline, and report none", declare: func(fs *flag.FlagSet, c *command) { fs.BoolVar(&c.writeBaseline, "write-baseline", false, "") }},
		{name: "fail-on", arg: "severity", usage: "exit with 1 only if a finding is as severe as this: info (default), warning, error, none", values: analyzers.Thresholds, declare: func(fs *flag.FlagSet, c *command) { fs.StringVar(&c.failOn, "fail-on", "", "") }},
		{name: "format", arg: "list", usage: "print findings in this format: " + strings.Join(report.Formats, ", ") + ";\nNAME:FILE writes one to a file, and a list does several at once", values: report.Formats, declare: func(fs *flag.FlagSet, c *command) {
			fs.Func("format", "", func(value string) (err error) {
				c.outputs, err = parseOutputs(value)
				return err
			})
		}},
		{name: "json", usage: "the same as -format=json", declare: func(fs *flag.FlagSet, c *command) {
			fs.BoolFunc("json", "", func(value string) error {
				if value != "false" {
					c.outputs = []destination{{format: "json"}}
				}
				return nil
			})
		}},
		{name: "color", arg: "when", usage: "colours and source excerpts: auto (on a terminal), always, never", values: []string{"auto", "always", "never"}, declare: func(fs *flag.FlagSet, c *command) { fs.StringVar(&c.color, "color", "auto", "") }},
		{name: "config", arg: "file", usage: "read this configuration (default: the nearest .tracevet.yaml); none: read none", declare: func(fs *flag.FlagSet, c *command) { fs.StringVar(&c.config, "config", "", "") }},
		{name: "C", arg: "dir", usage: "change to dir first", declare: func(fs *flag.FlagSet, c *command) { fs.StringVar(&c.Dir, "C", "", "") }},
		{name: "tags", arg: "list", usage: "comma-separated build tags, as for go build", declare: func(fs *flag.FlagSet, c *command) {
			fs.Func("tags", "", func(tags string) error {
				if tags != "" {
					c.BuildFlags = append(c.BuildFlags, "-tags="+tags)
				}
				return nil
			})
		}},
		{name: "test", usage: "report findings in _test.go files too (default: false)", declare: func(fs *flag.FlagSet, c *command) {
			fs.BoolFunc("test", "", func(value string) error {
				c.RuleFlags = append(c.RuleFlags, "-"+settings.Analyzer.Name+".tests="+value)
				return nil
			})
		}},
		{name: "driver", arg: "name", usage: "how to analyse: vet (through go vet and its cache), inprocess (from source,\nwithout compiling dependencies), auto (the cheaper one)", values: []string{"auto", "vet", "inprocess"}, declare: func(fs *flag.FlagSet, c *command) {
			fs.Func("driver", "", func(name string) (err error) {
				c.Driver, err = driver.ParseDriver(name)
				return err
			})
		}},
		{name: "version", usage: "print the version of tracevet", declare: func(fs *flag.FlagSet, c *command) { fs.BoolVar(&c.version, "version", false, "") }},
	}
}

// names declares a flag whose value is a list of names.
func names(flagName string, list func(*command) *[]string) func(*flag.FlagSet, *command) {
	return func(fs *flag.FlagSet, c *command) {
		fs.Func(flagName, "", func(value string) error {
			for name := range strings.SplitSeq(value, ",") {
				if name = strings.TrimSpace(name); name != "" {
					*list(c) = append(*list(c), name)
				}
			}
			return nil
		})
	}
}

// ruleOption is a flag of a rule, or one that all rules share.
type ruleOption struct {
	*flag.Flag
	name string // as in "spanleak.x"
}

// ruleOptions returns the flags of all rules.
func ruleOptions(registry []analyzers.Rule) []ruleOption {
	var opts []ruleOption
	for _, a := range append(analyzers.Analyzers(registry), settings.Analyzer) {
		a.Flags.VisitAll(func(f *flag.Flag) { opts = append(opts, ruleOption{f, a.Name + "." + f.Name}) })
	}
	return opts
}

func (o ruleOption) isBool() bool {
	b, ok := o.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// parse parses the command line. The error is flag.ErrHelp if help was asked for.
func parse(registry []analyzers.Rule, args []string) (*command, error) {
	c, fs, err := parseFlags(registry, args)
	if err != nil {
		return nil, err
	}
	c.Patterns = fs.Args()
	if len(c.Patterns) == 0 {
		c.Patterns = []string{"."}
	}
	if c.version {
		return c, nil
	}
	return c, c.check()
}

// parseFlags parses flags alone, and returns the set that knows which were there, and what follows them.
func parseFlags(registry []analyzers.Rule, args []string) (*command, *flag.FlagSet, error) {
	c := &command{Options: driver.Options{Registry: registry}}
	fs := flag.NewFlagSet("tracevet", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	for _, o := range options() {
		o.declare(fs, c)
	}
	for _, o := range ruleOptions(registry) {
		pass := func(value string) error {
			c.RuleFlags = append(c.RuleFlags, "-"+o.name+"="+value)
			return nil
		}
		if o.isBool() {
			fs.BoolFunc(o.name, o.Usage, pass)
		} else {
			fs.Func(o.name, o.Usage, pass)
		}
	}
	return c, fs, fs.Parse(args)
}

// check completes the command, and reports what does not go together.
func (c *command) check() error {
	if i := slices.IndexFunc(c.Patterns, func(p string) bool { return strings.HasPrefix(p, "-") }); i >= 0 {
		return fmt.Errorf("flag %s has to come before the packages", c.Patterns[i])
	}
	if (c.interactive || c.clean) && (!c.fix || c.diff) {
		return errors.New("-interactive and -clean need -fix, and cannot be used together with -diff")
	}
	if c.diff && c.outputs != nil {
		return errors.New("-diff is a format of its own, and cannot be used together with -format or -json")
	}
	if c.outputs == nil {
		c.outputs = []destination{{format: "text"}}
	}
	if !slices.Contains([]string{"auto", "always", "never"}, c.color) {
		return errors.New("-color has to be auto, always or never")
	}
	if c.failOn != "" && !slices.Contains(analyzers.Thresholds, c.failOn) {
		return fmt.Errorf("-fail-on has to be one of %s", strings.Join(analyzers.Thresholds, ", "))
	}
	if c.writeBaseline && (c.gate.Baseline == "" || c.gate.NewFrom != "" || c.fix || c.diff) {
		return errors.New("-write-baseline needs -baseline FILE, and cannot be used with -new-from, -fix or -diff")
	}
	dir := c.Dir
	var err error
	if c.Dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if st, err := os.Stat(c.Dir); err != nil || !st.IsDir() {
		return fmt.Errorf("-C %s: not a directory", dir)
	}
	files := []*string{&c.gate.Baseline}
	for i := range c.outputs {
		files = append(files, &c.outputs[i].file)
	}
	for _, file := range files {
		if *file != "" && !filepath.IsAbs(*file) {
			*file = filepath.Join(c.Dir, *file)
		}
	}
	c.gate.Dir = c.Dir
	if err := c.configure(); err != nil {
		return err
	}
	if c.failOn == "" {
		c.failOn = analyzers.Thresholds[0]
	}
	return nil
}

// configure reads the configuration. What the command line says wins over it: flags of rules and
// -fail-on replace what it says, -enable and -disable add to it, and -rules takes the place of
// its choice of rules.
func (c *command) configure() error {
	file := c.config
	switch {
	case file == config.None:
		file, c.Configured = "", true
	case file != "":
		if !filepath.IsAbs(file) {
			file = filepath.Join(c.Dir, file)
		}
	default:
		file = config.Find(c.Dir)
		// A module of the workspace may have another one, which its units must not take.
		c.Configured = len(config.Nearby(c.Dir)) > 0
	}
	if file == "" {
		return c.chooseRules(new(config.File))
	}
	c.Configured = true
	f, err := config.Read(file, c.Registry)
	if err != nil {
		return err
	}
	c.RuleFlags = append(f.Flags(), c.RuleFlags...) // the last one counts
	c.gate.Exclude, c.gate.Root = f.Exclude, f.Dir()
	c.gate.Severity = make(map[string]driver.Severity)
	for rule, s := range f.Severity {
		c.gate.Severity[rule] = driver.Severity(s)
	}
	if c.failOn == "" {
		c.failOn = f.FailOn
	}
	return c.chooseRules(f)
}

// chooseRules sets the rules to run. If these are the rules that run
// unasked, it names none: then the run shares the cached findings of plain "go vet -vettool".
func (c *command) chooseRules(f *config.File) error {
	base := c.rules
	if base == nil {
		var err error
		if base, err = analyzers.Choose(c.Registry, f.Rules, f.Enable, f.Disable); err != nil {
			return err
		}
	}
	chosen, err := analyzers.Choose(c.Registry, base, c.enable, c.disable)
	if err != nil {
		return err
	}
	usual, err := analyzers.Choose(c.Registry, nil, nil, nil)
	if err == nil && slices.Equal(chosen, usual) {
		chosen = nil
	}
	c.Rules = chosen
	return nil
}
