package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tracevet/tracevet/internal/lsptest"
)

var goplsBuild struct {
	once sync.Once
	file string
}

// gopls returns the gopls that tracevet builds. It is built for the first test that asks.
func gopls(t *testing.T) string {
	t.Helper()
	houses(t)
	bin := programs(t)
	goplsBuild.once.Do(func() {
		_, stderr, status := output(t, ".", filepath.Join(bin, "tracevet"), "gopls", "-o", bin)
		if status != 0 {
			t.Fatalf("tracevet gopls: exit status %d\n%s", status, stderr)
		}
		goplsBuild.file = filepath.Join(bin, "gopls")
	})
	if goplsBuild.file == "" {
		t.Fatal("gopls was not built")
	}
	return goplsBuild.file
}

// session is a session of an editor with gopls, with a user's setting "analyses". The cache is where gopls keeps
// what it has found out.
func session(t *testing.T, dir, cache string, analyses map[string]bool) *lsptest.Client {
	t.Helper()
	return lsptest.Start(t, lsptest.Server{
		Command:  []string{gopls(t)},
		Dir:      dir,
		Env:      []string{"GOWORK=off", "GOPLSCACHE=" + cache},
		Settings: map[string]any{"analyses": analyses},
	})
}

// from returns the diagnostics of one rule.
func from(rule string, all []lsptest.Diagnostic) []lsptest.Diagnostic {
	return slices.DeleteFunc(slices.Clone(all), func(d lsptest.Diagnostic) bool { return d.Source != rule })
}

// has returns a condition: that there are n diagnostics of a rule.
func has(rule string, n int) func([]lsptest.Diagnostic) bool {
	return func(all []lsptest.Diagnostic) bool { return len(from(rule, all)) == n }
}

// diagnose opens a file, makes gopls say all that it knows of it, and returns that.
func diagnose(c *lsptest.Client, file string) []lsptest.Diagnostic {
	c.Open(file)
	c.Execute("gopls.diagnose_files", map[string]any{"Files": []string{lsptest.URI(file)}})
	return c.Diagnostics(file)
}

// TestGopls edits a file with gopls.
func TestGopls(t *testing.T) {
	dir, store := shop(t)
	cache := t.TempDir()
	c := session(t, dir, cache, nil)
	c.Open(store)
	d := from("spanleak", c.Await(store, "the leak", has("spanleak", 1)))[0]

	// It takes the facts about package telemetry to see it.
	if want := "span is never ended, so it is never exported"; d.Message != want || d.Severity != 2 || d.Code != "never-ended" {
		t.Errorf("got %s with severity %d, want %q", d, d.Severity, want)
	}
	if want := "https://github.com/tracevet/tracevet/blob/main/docs/rules/spanleak.md#never-ended"; d.CodeDescription == nil || d.CodeDescription.Href != want {
		t.Errorf("the finding leads to %v, want %s", d.CodeDescription, want)
	}
	if want := (lsptest.Position{Line: 9, Character: 15}); d.Range.Start != want { // in UTF-16, after the emoji
		t.Errorf("the finding is at %v, want %v", d.Range.Start, want)
	}

	// What is not saved counts, in the other package, too: a span that somebody else owns is no leak.
	telemetry := filepath.Join(dir, "telemetry", "telemetry.go")
	c.Open(telemetry)
	c.Change(telemetry, strings.Replace(telemetrySource, "otel.Tracer(\"shop\").Start(ctx, name)", "ctx, trace.SpanFromContext(ctx)", 1)+"\nvar _ = otel.Tracer\n")
	c.Await(store, "no leak of a span of somebody else", has("spanleak", 0))
	c.Change(telemetry, telemetrySource)
	d = from("spanleak", c.Await(store, "the leak again", has("spanleak", 1)))[0]

	fixes := c.Fixes(store, d)
	if len(fixes) == 0 || fixes[0].Title != "Defer span.End after Start" {
		t.Fatalf("the quick fixes are %+v", fixes)
	}
	c.Apply(fixes[0])
	c.Await(store, "no leak after the fix", has("spanleak", 0))
	if want := "\"save\")\n\tdefer span.End()\n"; !strings.Contains(c.Text(store), want) {
		t.Errorf("after the fix the buffer has no %q:\n%s", want, c.Text(store))
	}
	if text, err := os.ReadFile(store); err != nil || strings.Contains(string(text), "defer") {
		t.Errorf("the file was written (error %v):\n%s", err, text)
	}

	c.Shutdown()

	// What the user's settings switch off is off.
	c = session(t, dir, cache, map[string]bool{"spanleak": false})
	if all := diagnose(c, store); !has("spanleak", 0)(all) || !has("spanafterend", 1)(all) {
		t.Errorf("without spanleak: got %v", all)
	}
	c.Shutdown()
}

// TestGoplsConfiguration checks that gopls, whose cache does not know of tracevet's configuration, never shows what
// another one made it find.
func TestGoplsConfiguration(t *testing.T) {
	dir, store := shop(t)
	cache := t.TempDir()
	file := filepath.Join(dir, ".tracevet.yaml")
	for _, test := range []struct {
		name, config string
		analyses     map[string]bool
		want         []string // "rule severity"
	}{
		{name: "none", want: []string{"spanafterend 2", "spanleak 2"}},
		{name: "disable", config: "disable: [spanleak]\n", want: []string{"spanafterend 2"}},
		{name: "disabled, but asked for", config: "disable: [spanleak]\n", analyses: map[string]bool{"spanleak": true}, want: []string{"spanafterend 2", "spanleak 2"}},
		{name: "severity", config: "severity: {spanleak: error}\n", want: []string{"spanafterend 2", "spanleak 1"}},
		{name: "knowledge", config: "knowledge:\n  go.opentelemetry.io/otel/trace:\n    Span.AddEvent: {role: EndSpan}\n", want: []string{"spanafterend 2"}},
		{name: "exclude", config: "exclude: [store]\n"},
		{name: "broken", config: "disabel: [spanleak]\n", want: []string{"spanafterend 2", "spanleak 2", "tracevet_config 1"}},
		{name: "none again", want: []string{"spanafterend 2", "spanleak 2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := os.Remove(file); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if test.config != "" {
				write(t, file, test.config)
			}
			c := session(t, dir, cache, test.analyses)
			var got []string
			for _, d := range diagnose(c, store) {
				got = append(got, fmt.Sprintf("%s %d", d.Source, d.Severity))
				if d.Source == "tracevet_config" && !strings.Contains(d.Message, ".tracevet.yaml:1: unknown field \"disabel\"") {
					t.Errorf("the error is %s", d)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			c.Shutdown()
		})
	}
}
