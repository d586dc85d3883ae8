// Package plugin makes tracevet a module plugin of golangci-lint: one linter, "tracevet". A .custom-gcl.yml that
// names this package has it built in; docs/golangci-lint.md has the whole of it.
package plugin

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/settings"
)

// Name is that of the linter, in the configuration of golangci-lint and in nolint comments.
const Name = "tracevet"

func init() { register.Plugin(Name, New) }

// Settings are the values under linters.settings.custom.tracevet.settings. They have the keys of .tracevet.yaml, but for those that are
// golangci-lint's own affair. The file itself is not read: golangci-lint would not know that it changed, and show
// findings from its cache.
type Settings struct {
	Rules     []string                  `json:"rules"`
	Enable    []string                  `json:"enable"`
	Disable   []string                  `json:"disable"`
	Tests     bool                      `json:"tests"`
	Options   map[string]map[string]any `json:"options"`
	Knowledge list[row]                 `json:"knowledge"`

	// Keys of .tracevet.yaml, for the sake of the error.
	Severity any `json:"severity"`
	FailOn   any `json:"fail-on"`
	Exclude  any `json:"exclude"`
}

// A row is a fact about a function of a library. In .tracevet.yaml, paths and names are keys of a
// mapping; golangci-lint makes keys lower case, and splits them at dots.
type row struct {
	Package string `json:"package"`
	Name    string `json:"name"`
	knowledge.Fact
}

// config returns the settings as a configuration.
func (s *Settings) config() (*analyzers.Config, error) {
	var errs []error
	for _, key := range []struct {
		name    string
		value   any
		instead string
	}{
		{"severity", s.Severity, "severity.rules"},
		{"fail-on", s.FailOn, "run.issues-exit-code"},
		{"exclude", s.Exclude, "linters.exclusions.paths"},
	} {
		if key.value != nil {
			errs = append(errs, fmt.Errorf("%s: golangci-lint has %s for that", key.name, key.instead))
		}
	}
	c := &analyzers.Config{Rules: s.Rules, Enable: s.Enable, Disable: s.Disable, Tests: s.Tests, Options: s.Options}
	for i, r := range s.Knowledge {
		if r.Package == "" || r.Name == "" {
			errs = append(errs, fmt.Errorf("knowledge.%d: the package or the name is missing", i))
			continue
		}
		if c.Know == nil {
			c.Know = make(map[string]map[string]knowledge.Fact)
		}
		if c.Know[r.Package] == nil {
			c.Know[r.Package] = make(map[string]knowledge.Fact)
		}
		c.Know[r.Package][r.Name] = r.Fact
	}
	for _, p := range c.Check(analyzers.All()) {
		errs = append(errs, p)
	}
	return c, errors.Join(errs...)
}

// New returns the linter with the given settings, as golangci-lint has read them; nil stands for none. It is an
// error of the user's if there is an unknown key, rule or option among them, or a bad value.
func New(raw any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](raw)
	if err != nil {
		text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "decoding settings: "), "json: ")
		return nil, fmt.Errorf("settings of tracevet: %s (the keys are rules, enable, disable, tests, options and knowledge)", text)
	}
	c, err := s.config()
	if err != nil {
		return nil, fmt.Errorf("settings of tracevet: %w", err)
	}
	names, err := analyzers.Choose(analyzers.All(), c.Rules, c.Enable, c.Disable)
	if err != nil {
		return nil, fmt.Errorf("settings of tracevet: %w", err)
	}
	program, err := programFlags()
	if err != nil {
		return nil, err
	}
	p := &plugin{program: program}
	// The rule about comments has to know those that do not run, too.
	for _, r := range analyzers.WithIgnoreRule(analyzers.All()) {
		if r.Name == analyzers.IgnoreRule || slices.Contains(names, r.Name) {
			p.rules = append(p.rules, r)
		}
	}
	return p, setFlags(append(c.Flags(), program...))
}

type plugin struct {
	rules   []analyzers.Rule
	program []string // options that hold for the program as a whole, as flags
}

// BuildAnalyzers returns what golangci-lint runs.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	as := []*analysis.Analyzer{linter(p.rules)}
	if len(p.program) > 0 {
		as = append(as, cacheKey(as[0], p.program))
	}
	return as, nil
}

// GetLoadMode says that the rules need types.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// setFlags sets options, each "-ANALYZER.OPTION=VALUE". Analyzers are variables of the process, of
// which golangci-lint makes one linter each.
func setFlags(flags []string) error {
	byName := map[string]*analysis.Analyzer{settings.Analyzer.Name: settings.Analyzer}
	for _, r := range analyzers.All() {
		byName[r.Name] = r.Analyzer
	}
	for _, f := range flags {
		name, value, _ := strings.Cut(strings.TrimPrefix(f, "-"), "=")
		analyzer, option, _ := strings.Cut(name, ".")
		if err := byName[analyzer].Flags.Set(option, value); err != nil {
			return fmt.Errorf("settings of tracevet: %s: %w", name, err)
		}
	}
	return nil
}

// programFlags computes the options that hold for the program as a whole: the module that the working
// directory is in, which is what golangci-lint analyses.
func programFlags() ([]string, error) {
	if len(settings.Program) == 0 {
		return nil, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	root := dir
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Stat(filepath.Join(up, "go.mod")); err == nil {
			root = up
			break
		}
		if up == filepath.Dir(up) {
			break
		}
	}
	return settings.ProgramFlags(root)
}
