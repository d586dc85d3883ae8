// Package analyses is what a gopls with tracevet inside has of tracevet. The file that is added to gopls's source
// imports it; see package goplsbuild.
package analyses

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/config"
	"github.com/tracevet/tracevet/passes/settings"
)

// An Analysis is a rule as gopls is to run it.
type Analysis struct {
	*analysis.Analyzer
	Default  bool   // whether it runs unless the user's setting "analyses" says something else
	Severity string // one of analyzers.Severities
}

// All returns the rules, configured by the .tracevet.yaml of the working directory, which is where an editor starts
// gopls. It is to be called once.
//
// A file that is broken changes nothing; then there is one analysis more, which says so in each package, since
// nobody reads what gopls logs.
func All() []Analysis {
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	return all(analyzers.All(), dir)
}

func all(registry []analyzers.Rule, dir string) []Analysis {
	f := new(config.File)
	var broken error
	if file := config.Find(dir); file != "" {
		if read, err := config.Read(file, registry); err != nil {
			broken = err
		} else {
			f = read
		}
	}
	on, err := analyzers.Choose(registry, f.Rules, f.Enable, f.Disable)
	if err == nil {
		err = setFlags(registry, f.Flags())
	}
	if broken == nil {
		broken = err
	}

	var as []Analysis
	for _, r := range analyzers.WithIgnoreRule(registry) {
		severity := f.Severity[r.Name]
		if severity == "" {
			severity = "warning"
		}
		exclude(r.Analyzer, f)
		as = append(as, Analysis{r.Analyzer, r.Name == analyzers.IgnoreRule || slices.Contains(on, r.Name), severity})
	}
	if broken != nil {
		as = append(as, Analysis{complaint(broken), true, "error"})
	}
	addKey(as, hash(f, broken))
	return as
}

// setFlags sets the options of rules, each "-RULE.OPTION=VALUE".
func setFlags(registry []analyzers.Rule, flags []string) error {
	byName := map[string]*analysis.Analyzer{settings.Analyzer.Name: settings.Analyzer}
	for _, r := range registry {
		byName[r.Name] = r.Analyzer
	}
	for _, f := range flags {
		name, value, _ := strings.Cut(strings.TrimPrefix(f, "-"), "=")
		rule, option, _ := strings.Cut(name, ".")
		if err := byName[rule].Flags.Set(option, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// exclude keeps an analyzer from reporting in the files that a configuration excludes.
func exclude(a *analysis.Analyzer, f *config.File) {
	if len(f.Exclude) == 0 {
		return
	}
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

// hash returns the hash of what the analyses depend on. Modules without a configuration have the same one, so that they
// share what gopls has found out about their dependencies.
func hash(f *config.File, broken error) string {
	text, err := json.Marshal(f.Config) // maps are sorted
	if err != nil {
		text = fmt.Appendf(nil, "%v", f.Config)
	}
	if len(f.Exclude) > 0 {
		text = append(text, f.Path...) // patterns are relative to it
	}
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(text, "%v", broken)))[:16]
}

// addKey makes what gopls caches depend on the configuration. Gopls keeps findings and facts on disk, under a
// key that has the names of the analyzers which were run, and of those that these require, and nothing else of
// them. So there is one more, which does nothing, with a hash in its name.
func addKey(as []Analysis, hash string) {
	key := &analysis.Analyzer{
		Name:             "tracevet_config_" + hash,
		Doc:              "tells gopls's cache which configuration tracevet has",
		RunDespiteErrors: true,
		Run:              func(*analysis.Pass) (any, error) { return nil, nil },
	}
	seen := make(map[*analysis.Analyzer]bool)
	var visit func(a *analysis.Analyzer, root bool)
	visit = func(a *analysis.Analyzer, root bool) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, required := range a.Requires {
			visit(required, false)
		}
		// Of dependencies, gopls runs only analyzers with facts, and what they require.
		if root || len(a.FactTypes) > 0 {
			a.Requires = append(slices.Clip(a.Requires), key)
		}
	}
	for _, a := range as {
		visit(a.Analyzer, true)
	}
}

// complaint returns an analyzer that reports, at the first package clause of each package, what is wrong with the
// configuration.
func complaint(broken error) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "tracevet_config",
		Doc:  "report that tracevet's configuration is broken",
		URL:  "https://github.com/tracevet/tracevet/blob/main/docs/configuration.md",
		Run: func(pass *analysis.Pass) (any, error) {
			if len(pass.Files) > 0 {
				name := pass.Files[0].Name
				pass.Report(analysis.Diagnostic{Pos: name.Pos(), End: name.End(), Category: "broken", Message: "the configuration has no effect: " + broken.Error()})
			}
			return nil, nil
		},
	}
}
