package driver

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/config"
	"github.com/tracevet/tracevet/passes/settings"
)

// Under plain "go vet -vettool=tracevet" nobody reads the configuration but the units themselves. The go
// command knows nothing of the file; what it puts into the key of its cache is the flags,
// and the answer to -V=full. So that answer holds a hash of the configurations of the module and of the
// workspace that the working directory is in, and a unit takes that of its module: one of these.
// Units of dependencies in the module cache read none.
//
// The tracevet command reads the file itself and hands it to the units as flags.

// hashSurroundings writes to h what units read besides their input, and where they are if the go command does not say so.
func hashSurroundings(h io.Writer) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	for _, file := range config.Nearby(dir) {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "\n%s\n%d\n%s", file, len(data), data)
	}
	root := config.ModuleRoot(dir)
	if trimsPaths() {
		fmt.Fprintf(h, "\n%q", root)
	}
	flags, err := settings.ProgramFlags(root)
	fmt.Fprintf(h, "\n%q", flags)
	return err
}

// unitFile is the configuration of a unit; a nil one is that of a module that has none.
type unitFile struct{ *config.File }

// choice returns the rules that run if none is chosen by a flag.
func (f *unitFile) choice(registry []analyzers.Rule) []string {
	var c analyzers.Config
	if f != nil {
		c = f.Config
	}
	names, err := analyzers.Choose(registry, c.Rules, c.Enable, c.Disable)
	if err != nil {
		return nil // not after Read
	}
	return append(names, analyzers.IgnoreRule)
}

// configureUnit returns the configuration of a unit, if there is one that nobody has read yet, and
// what it and the program as a whole say, as flags. If it is broken, the unit fails.
func configureUnit(flags []string, cfg unitConfig, registry []analyzers.Rule) (*unitFile, []string) {
	if !inMainModule(cfg) {
		return nil, nil
	}
	die := func(err error) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var out []string
	if !slices.ContainsFunc(settings.Program, func(o settings.ProgramOption) bool {
		return stringFlag(flags, settings.Analyzer.Name+"."+o.Name) != ""
	}) {
		program, err := settings.ProgramFlags(config.ModuleRoot(cfg.Dir))
		if err != nil {
			die(err)
		}
		out = program
	}
	if stringFlag(flags, configFlag) == config.None {
		return nil, out
	}
	file := config.Find(cfg.Dir)
	if file == "" {
		return nil, out
	}
	known := slices.DeleteFunc(slices.Clone(registry), func(r analyzers.Rule) bool { return r.Name == analyzers.IgnoreRule })
	f, err := config.Read(file, known)
	if err != nil {
		die(err)
	}
	return &unitFile{f}, append(out, f.Flags()...)
}

// exclude keeps analyzers from reporting in the files that a configuration excludes.
func exclude(as []*analysis.Analyzer, f *unitFile) {
	if len(f.Exclude) == 0 {
		return
	}
	for _, a := range as {
		run := a.Run
		a.Run = func(pass *analysis.Pass) (any, error) {
			filtered := *pass
			filtered.Report = func(d analysis.Diagnostic) {
				name := pass.Fset.Position(d.Pos).Filename
				if rel, err := filepath.Rel(f.Dir(), name); err == nil && config.Excludes(f.Exclude, filepath.ToSlash(rel)) {
					return
				}
				pass.Report(d)
			}
			return run(&filtered)
		}
	}
}
