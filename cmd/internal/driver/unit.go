package driver

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/settings"
)

// childArg is the first argument of a unit that a unit started; see keepFixes.
const childArg = "unit"

// skipFlag names the packages on which no rule runs, as a comma-separated list.
// Their types are still handed on to the packages that import them.
const skipFlag = "tracevet.skip"

// depsFlag makes units of dependencies print their diagnostics, like those of the main
// module; see showDiagnostics. [Analyse] sets it if the user asks for such packages.
const depsFlag = "tracevet.deps"

// configFlag is config.None if units are not to look for a configuration.
const configFlag = "tracevet.config"

// IsUnit reports whether the arguments are those by which the go command calls a
// vet tool: "-V=full" asks for its version, "-flags" for its flags, and a file with the
// suffix .cfg describes a unit to analyse.
func IsUnit(args []string) bool {
	if len(args) == 0 {
		return false
	}
	switch args[0] {
	case "-V=full", "--V=full", "-flags", "--flags":
		return true
	}
	return strings.HasSuffix(args[len(args)-1], ".cfg")
}

// Unit serves a call of the go command (see [IsUnit]) with the given rules, and
// exits.
//
// All rules can be chosen by flags (-spanleak, -spanleak=false), as usual with vet
// tools, but without any such flag only those of the default group run.
func Unit(args []string, registry []analyzers.Rule) {
	growHeap(os.Getenv("GOGC"))
	if args[0] == "-V=full" || args[0] == "--V=full" {
		if err := printVersion(os.Stdout, os.Args[0]); err != nil {
			log.Fatal(err)
		}
		os.Exit(0)
	}

	registry = analyzers.WithIgnoreRule(registry)
	as := analyzers.Analyzers(registry)
	// Declared for -flags; read below, before flags are parsed.
	flag.String(skipFlag, "", "comma-separated `packages` on which no rule runs (for tracevet's own use)")
	flag.String(configFlag, "", `"none": do not look for a configuration file (for tracevet's own use)`)
	flag.Bool(depsFlag, false, "print the diagnostics of dependencies too (for tracevet's own use)")
	settings.Analyzer.Flags.VisitAll(func(f *flag.Flag) { flag.Var(f.Value, settings.Analyzer.Name+"."+f.Name, f.Usage) })

	child := args[0] == childArg
	if child {
		args = args[1:]
	}
	if cfgFile := args[len(args)-1]; strings.HasSuffix(cfgFile, ".cfg") {
		flags := args[:len(args)-1]
		cfg := readUnit(cfgFile)
		fix := boolFlag(flags, "fix") == setTrue && boolFlag(flags, "diff") != setTrue
		if fix && !child && !cfg.VetxOnly {
			os.Exit(keepFixes(args, cfg.FixArchive))
		}
		if !fix {
			// In -fix mode nothing is lost (the go command misses the archive of fixes
			// and runs the unit again), and files must not be written from here.
			cfgFile = showDiagnostics(cfgFile, cfg, boolFlag(flags, depsFlag) == setTrue)
		}
		conf, confFlags := configureUnit(flags, cfg, registry)
		if conf != nil {
			exclude(as, conf)
		}
		// Of a flag that is there twice, the last one counts: the user's.
		args = slices.Concat(confFlags, flags, unchosen(flags, registry, conf.choice(registry), cfg), []string{cfgFile})
	}
	contain(as)
	os.Args = slices.Concat(os.Args[:1], args)
	unitchecker.Main(as...) // exits
}

// printVersion answers -V=full. The go command puts the answer into the key of all
// that it caches about this tool, and wants it in the form
//
//	<path of the tool> version devel <anything> buildID=<hash of the executable>
//
// It splits the line at spaces, so that a path with a space in it has to go.
func printVersion(w io.Writer, arg0 string) error {
	if strings.ContainsAny(arg0, " \t\r\n") {
		arg0 = "tracevet"
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Open(exe)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if err := hashSurroundings(h); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s version devel tracevet buildID=%x\n", arg0, h.Sum(nil))
	return err
}

// unchosen returns flags that switch rules off: those that are not among the usual ones
// if no rule was chosen by name, and all of them in a package to be skipped.
//
// unitchecker has all rules in any case. It needs to know the facts of
// rules that do not run, and -flags has to list every rule.
func unchosen(flags []string, registry []analyzers.Rule, usual []string, cfg unitConfig) []string {
	skipped := slices.Contains(strings.Split(stringFlag(flags, skipFlag), ","), cfg.ImportPath)
	chosen := slices.ContainsFunc(registry, func(r analyzers.Rule) bool { return boolFlag(flags, r.Name) == setTrue })
	var off []string
	for _, r := range registry {
		if skipped || !chosen && !slices.Contains(usual, r.Name) && boolFlag(flags, r.Name) == unset {
			off = append(off, "-"+r.Name+"=false")
		}
	}
	return off
}

// A tristate is a boolean flag that may be missing.
type tristate int

const (
	unset tristate = iota
	setTrue
	setFalse
)

// boolFlag returns the state of a boolean flag on a command line, before
// package flag parses it.
func boolFlag(args []string, name string) tristate {
	state := unset
	for _, arg := range args {
		flagName, value, hasValue := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(arg, "-"), "-"), "=")
		if flagName != name || !strings.HasPrefix(arg, "-") {
			continue
		}
		state = setTrue
		if hasValue {
			if b, err := strconv.ParseBool(value); err == nil && !b {
				state = setFalse
			}
		}
	}
	return state
}

// stringFlag returns the value of "-name=value" on a command line, or "".
func stringFlag(args []string, name string) string {
	for _, arg := range args {
		if value, ok := strings.CutPrefix(arg, "-"+name+"="); ok {
			return value
		}
	}
	return ""
}

// A unitConfig is what this package has to know of a unit's configuration.
type unitConfig struct {
	ID, ImportPath, Dir       string
	ModulePath, ModuleVersion string           // up to go1.27
	Module                    *analysis.Module // from go1.27 on
	VetxOnly                  bool
	FixArchive                string
}

// readUnit reads a unit's configuration. Errors are left to unitchecker, which reads it
// again.
func readUnit(file string) unitConfig {
	var cfg unitConfig
	if data, err := os.ReadFile(file); err == nil {
		_ = json.Unmarshal(data, &cfg)
	}
	cfg.ImportPath, _, _ = strings.Cut(cfg.ImportPath, " [")
	return cfg
}

// rewriteUnit writes a copy of the configuration in file, with one field changed, beside it. It
// keeps the fields that this package does not know.
func rewriteUnit(file, field string, value any) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var cfg map[string]json.RawMessage
	if err := json.Unmarshal(data, &cfg); err != nil {
		return "", err
	}
	if cfg[field], err = json.Marshal(value); err != nil {
		return "", err
	}
	if data, err = json.Marshal(cfg); err != nil {
		return "", err
	}
	changed := filepath.Join(filepath.Dir(file), "tracevet.cfg") // in the go command's work directory
	return changed, os.WriteFile(changed, data, 0o666)
}
