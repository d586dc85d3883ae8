package analyzers

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/settings"
)

// A Config is what a user may say about a module: in the file .tracevet.yaml, or in the settings of the
// golangci-lint plugin. The zero Config is that of users who say nothing.
type Config struct {
	Rules    []string                             `json:"rules,omitempty" yaml:"rules" jsonschema:"Rules and groups to run, instead of the group default."`
	Enable   []string                             `json:"enable,omitempty" yaml:"enable" jsonschema:"Rules and groups to run too."`
	Disable  []string                             `json:"disable,omitempty" yaml:"disable" jsonschema:"Rules and groups not to run."`
	Severity map[string]string                    `json:"severity,omitempty" yaml:"severity" jsonschema:"The severity of the findings of a rule: error, warning (default) or info."`
	FailOn   string                               `json:"fail-on,omitempty" yaml:"fail-on" jsonschema:"The least severity that makes the exit code 1: info (default), warning, error, or none."`
	Exclude  []string                             `json:"exclude,omitempty" yaml:"exclude" jsonschema:"Files and directories in which nothing is reported, relative to this file; * stands for any name, ** for any directories."`
	Tests    bool                                 `json:"tests,omitempty" yaml:"tests" jsonschema:"Report findings in _test.go files too."`
	Options  map[string]map[string]any            `json:"options,omitempty" yaml:"options" jsonschema:"Options by rule, as on the rule's page."`
	Know     map[string]map[string]knowledge.Fact `json:"knowledge,omitempty" yaml:"knowledge" jsonschema:"What functions of libraries do that tracevet neither knows nor can infer: by import path, then by name (Func or Type.Method)."`
}

// Severities are the values of [Config.Severity]; Thresholds those of [Config.FailOn].
var (
	Severities = []string{"info", "warning", "error"}
	Thresholds = append(slices.Clone(Severities), "none")
)

// A Problem is a value of a configuration that is wrong.
type Problem struct {
	Path []string // keys from the top; an index of a list is a decimal number
	Err  error
}

func (p Problem) Error() string { return strings.Join(p.Path, ".") + ": " + p.Err.Error() }

// Check returns what is wrong with a configuration, in the order of its fields.
func (c *Config) Check(registry []Rule) []Problem {
	var problems []Problem
	add := func(err error, path ...string) {
		if err != nil {
			problems = append(problems, Problem{path, err})
		}
	}
	oneOf := func(value string, values []string) error {
		if slices.Contains(values, value) {
			return nil
		}
		return fmt.Errorf("%q is not one of %s", value, strings.Join(values, ", "))
	}
	for _, list := range []struct {
		key   string
		names []string
	}{{"rules", c.Rules}, {"enable", c.Enable}, {"disable", c.Disable}} {
		for i, name := range list.names {
			_, err := named(registry, name)
			add(err, list.key, fmt.Sprint(i))
		}
	}
	if len(problems) == 0 {
		_, err := Choose(registry, c.Rules, c.Enable, c.Disable)
		add(err, "disable")
	}
	for _, rule := range slices.Sorted(maps.Keys(c.Severity)) {
		if rule != IgnoreRule {
			_, err := Find(registry, rule)
			add(err, "severity", rule)
		}
		add(oneOf(c.Severity[rule], Severities), "severity", rule)
	}
	if c.FailOn != "" {
		add(oneOf(c.FailOn, Thresholds), "fail-on")
	}
	for i, pattern := range c.Exclude {
		if pattern == "" {
			add(errors.New("empty pattern"), "exclude", fmt.Sprint(i))
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(c.Options)) {
		r, err := Find(registry, rule)
		add(err, "options", rule)
		if err != nil {
			continue
		}
		for _, option := range slices.Sorted(maps.Keys(c.Options[rule])) {
			add(checkOption(r.Analyzer, option, fmt.Sprint(c.Options[rule][option])), "options", rule, option)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(c.Know)) {
		for _, name := range slices.Sorted(maps.Keys(c.Know[path])) {
			add(c.Know[path][name].Check(), "knowledge", path, name)
		}
	}
	return problems
}

// checkOption reports whether a rule has an option that takes the value.
func checkOption(a *analysis.Analyzer, option, value string) error {
	f := a.Flags.Lookup(option)
	if f == nil {
		var names []string
		a.Flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
		if names == nil {
			return fmt.Errorf("%s has no options", a.Name)
		}
		return fmt.Errorf("%s has no option %s; it has %s", a.Name, option, strings.Join(names, ", "))
	}
	old := f.Value.String()
	defer f.Value.Set(old)
	return f.Value.Set(value)
}

// Flags returns the options of a configuration as flags of a vet tool, in a fixed order: the go
// command keys its cache by flags.
func (c *Config) Flags() []string {
	var flags []string
	add := func(name string, value any) { flags = append(flags, fmt.Sprintf("-%s=%v", name, value)) }
	if c.Tests {
		add(settings.Analyzer.Name+".tests", true)
	}
	if len(c.Know) > 0 {
		data, err := json.Marshal(c.Know) // keys are sorted
		if err == nil {
			add(settings.Analyzer.Name+".knowledge", string(data))
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(c.Options)) {
		for _, option := range slices.Sorted(maps.Keys(c.Options[rule])) {
			add(rule+"."+option, c.Options[rule][option])
		}
	}
	return flags
}
