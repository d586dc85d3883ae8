package analyses

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
)

// fact is a fact of the pass that the test's rules stand on.
type fact struct{}

func (*fact) AFact() {}

// rules returns two rules, on a pass with facts.
func rules() (registry []analyzers.Rule, pass *analysis.Analyzer) {
	nothing := func(*analysis.Pass) (any, error) { return nil, nil }
	pass = &analysis.Analyzer{Name: "pass", Doc: "know", Run: nothing, FactTypes: []analysis.Fact{new(fact)}}
	for _, r := range []analyzers.Rule{{Group: analyzers.Default}, {Group: analyzers.OptIn}} {
		r.Analyzer = &analysis.Analyzer{Name: "rule" + string(r.Group[0]), Doc: "report", Run: nothing, Requires: []*analysis.Analyzer{pass}}
		r.Analyzer.Flags.Bool("x", false, "be strict")
		registry = append(registry, r)
	}
	return registry, pass
}

// describe returns what gopls gets to know of analyses, and the part of the key that depends on the configuration.
func describe(t *testing.T, as []Analysis, pass *analysis.Analyzer) (text, key string) {
	t.Helper()
	var all []*analysis.Analyzer
	for _, a := range as {
		all = append(all, a.Analyzer)
		text += " " + a.Name + ":" + a.Severity
		if !a.Default {
			text += ":off"
		}
		last := a.Requires[len(a.Requires)-1].Name
		if key != "" && key != last {
			t.Errorf("%s requires %s, others %s", a.Name, last, key)
		}
		key = last
	}
	if len(pass.Requires) != 1 || pass.Requires[0].Name != key {
		t.Errorf("the pass, of which gopls keeps the facts, requires %v, want %s", pass.Requires, key)
	}
	if err := analysis.Validate(all); err != nil {
		t.Error(err)
	}
	return strings.TrimSpace(text), key
}

func TestAll(t *testing.T) {
	keys := make(map[string]string)
	for _, test := range []struct{ config, want string }{
		{"", "ruled:warning ruleo:warning:off ignore:warning"},
		{"enable: [ruleo]\n", "ruled:warning ruleo:warning ignore:warning"},
		{"disable: [ruled]\nenable: [opt-in]\nseverity: {ruleo: info}\n", "ruled:warning:off ruleo:info ignore:warning"},
		{"options: {ruled: {x: true}}\n", "ruled:warning ruleo:warning:off ignore:warning"},
		{"exclude: [a]\n", "ruled:warning ruleo:warning:off ignore:warning"},
		{"tests: 3\n", "ruled:warning ruleo:warning:off ignore:warning tracevet_config:error"},
		{"enable: [spanlaek]\n", "ruled:warning ruleo:warning:off ignore:warning tracevet_config:error"},
	} {
		dir := t.TempDir()
		write := func(name, text string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		write("go.mod", "module m\n")
		if test.config != "" {
			write(".tracevet.yaml", test.config)
		}
		registry, pass := rules()
		got, key := describe(t, all(registry, dir), pass)
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.config, got, test.want)
		}
		if other, ok := keys[key]; ok {
			t.Errorf("%q has the same key as %q, %s", test.config, other, key)
		}
		keys[key] = test.config
		if value := registry[0].Flags.Lookup("x").Value.String(); value != map[bool]string{true: "true", false: "false"}[strings.Contains(test.config, "x: true")] {
			t.Errorf("%q: the option is %s", test.config, value)
		}
	}

	// Without a configuration, the key is the same everywhere.
	registry, pass := rules()
	if _, key := describe(t, all(registry, t.TempDir()), pass); keys[key] != "" {
		t.Errorf("the key without a configuration depends on the directory")
	}
}
