package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
)

// golangciMain is the main package of golangci-lint, with the plugin. With the version "(devel)", golangci-lint keys
// its cache by the executable.
const golangciMain = `package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "PLUGIN"
)

func main() {
	if err := commands.Execute(commands.BuildInfo{GoVersion: runtime.Version(), Version: "(devel)", Commit: "none", Date: "none"}); err != nil {
		fmt.Fprintln(os.Stderr, "golangci-lint:", err)
		os.Exit(exitcodes.Failure)
	}
}
`

const golangciModule = "github.com/golangci/golangci-lint/v2"

// customGCL is the .custom-gcl.yml that docs/golangci-lint.md shows.
type customGCL struct {
	Version string
	Plugins []struct{ Module, Import string }
}

var golangciBuild struct {
	once sync.Once
	file string
}

// golangci returns a golangci-lint of the version that the guide names, with the plugin that it names. It is built from
// the module proxy, as "golangci-lint custom" builds it from a clone, for the first test that asks.
func golangci(t *testing.T) string {
	t.Helper()
	houses(t)
	programs(t)
	golangciBuild.once.Do(func() {
		var custom customGCL
		if err := yaml.Unmarshal([]byte(guideBlocks(t)[0]), &custom); err != nil || len(custom.Plugins) != 1 {
			t.Fatalf("the first block of the guide: %v", err)
		}
		root, err := filepath.Abs("../..")
		if err != nil {
			t.Fatal(err)
		}
		plugin := custom.Plugins[0]
		dir := t.TempDir()
		write(t, filepath.Join(dir, "go.mod"), fmt.Sprintf("module example.com/gcl\n\ngo 1.26.0\n\nrequire (\n\t%s v0.0.0\n\t%s %s\n)\n\nreplace %[1]s => %[4]s\n",
			plugin.Module, golangciModule, custom.Version, root))
		write(t, filepath.Join(dir, "main.go"), strings.Replace(golangciMain, "PLUGIN", plugin.Import, 1))
		file := filepath.Join(bin, "golangci-lint")
		cmd := exec.Command("go", "build", "-mod=mod", "-buildvcs=false", "-ldflags=-s -w", "-o", file, ".")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, tail(out))
		}
		golangciBuild.file = file
	})
	if golangciBuild.file == "" {
		t.Fatal("golangci-lint was not built")
	}
	return golangciBuild.file
}

// guideBlocks returns the blocks of YAML in the guide.
func guideBlocks(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/golangci-lint.md")
	if err != nil {
		t.Fatal(err)
	}
	all := blocks(string(text), "yaml")
	if len(all) < 2 {
		t.Fatalf("the guide has %d blocks of YAML", len(all))
	}
	return all
}

// A gcl runs golangci-lint in a directory.
type gcl struct {
	t          *testing.T
	dir, cache string
}

// configure writes a configuration with the given settings of the linter, as a YAML flow mapping.
func (g *gcl) configure(settings string) {
	g.t.Helper()
	write(g.t, filepath.Join(g.dir, ".golangci.yml"), `version: "2"
linters:
  default: none
  enable: [tracevet]
  settings: {custom: {tracevet: {type: module, settings: `+settings+`}}}
issues: {max-issues-per-linter: 0, max-same-issues: 0, uniq-by-line: false}
`)
}

// run runs it, checks the exit status, and returns what was found, and what was said.
func (g *gcl) run(status int, args ...string) (found, string) {
	g.t.Helper()
	args = append([]string{"run", "--allow-parallel-runners", "--show-stats=false", "--output.json.path=stdout"}, args...)
	cmd := exec.Command(golangci(g.t), args...)
	cmd.Dir, cmd.Env = g.dir, append(os.Environ(), "GOWORK=off", "GOLANGCI_LINT_CACHE="+g.cache)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if cmd.ProcessState == nil {
		g.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != status {
		g.t.Fatalf("golangci-lint %q: exit status %d, want %d\n%s%s", args, got, status, tail(out), tail([]byte(stderr.String())))
	}
	all := make(found)
	if status > 1 {
		return all, stderr.String()
	}
	var doc struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
			SuggestedFixes []struct{ Message string }
		}
	}
	if err := json.Unmarshal(out, &doc); err != nil {
		g.t.Fatalf("%v in\n%s", err, tail(out))
	}
	for _, i := range doc.Issues {
		if i.FromLinter != "tracevet" && i.FromLinter != "typecheck" {
			continue // of the linters that run by default
		}
		rule, message, ok := strings.Cut(i.Text, ": ")
		if !ok || i.FromLinter != "tracevet" {
			g.t.Errorf("%s has found %q", i.FromLinter, i.Text)
		}
		if len(i.SuggestedFixes) > 1 {
			g.t.Errorf("%s:%d: golangci-lint would apply %d fixes", i.Pos.Filename, i.Pos.Line, len(i.SuggestedFixes))
		}
		all[finding{rule: rule, posn: fmt.Sprintf("%s:%d:%d", filepath.ToSlash(i.Pos.Filename), i.Pos.Line, i.Pos.Column), message: message}] = true
	}
	return all, stderr.String()
}

// TestGolangciFindings checks that golangci-lint finds in the fixtures what the go command finds, and so what the
// want-comments say; and that its --fix leaves modules that build, and sample services that pass their tests.
func TestGolangciFindings(t *testing.T) {
	golangci(t)
	g := &gcl{t: t, dir: fixtures(t), cache: t.TempDir()}
	g.configure("{rules: [all], options: " + optionSettings() + "}")
	all, stderr := g.run(1, "./...")
	if strings.Contains(stderr, "level=") {
		t.Errorf("golangci-lint says:\n%s", stderr)
	}
	vet := vetFindings(t)
	compare(t, "go vet", plain(vet), "golangci-lint", all)
	compareWants(t, g.dir, all)

	left, stderr := g.run(1, "--fix", "./...")
	if strings.Contains(stderr, "level=") {
		t.Errorf("golangci-lint --fix says:\n%s", stderr)
	}
	// Three quarters of those with a fix, at least: not those in several files, nor all of those that touch each other.
	if fixed := len(all) - len(left); fixed < 3*fixes(vet)/4 {
		t.Errorf("golangci-lint --fix fixes %d of %d findings; %d have a fix", fixed, len(all), fixes(vet))
	}
	compiles(t, g.dir)
	run(t, g.dir, 0, "go", "vet", "./services/...")
	run(t, g.dir, 0, "go", "test", "./services/...")
}

// TestGolangci checks settings, comments, and that only new issues are shown where that is asked for.
func TestGolangci(t *testing.T) {
	golangci(t)
	s := newScratch(t, "--branch=feature")
	g := &gcl{t: t, dir: s.dir, cache: t.TempDir()}
	count := func(all found, rule string) (n int) {
		for f := range all {
			if f.rule == rule {
				n++
			}
		}
		return n
	}
	check := func(all found, leaks, late, ignored int) {
		t.Helper()
		if count(all, "spanleak") != leaks || count(all, "spanafterend") != late || count(all, "ignore") != ignored || len(all) != leaks+late+ignored {
			t.Errorf("got %v, want %d of spanleak, %d of spanafterend, %d of ignore", all, leaks, late, ignored)
		}
	}

	// Settings; a change of them is seen, whatever is in golangci-lint's cache.
	for _, test := range []struct {
		settings    string
		leaks, late int
	}{
		{"{}", 11, 1},
		{"{disable: [spanleak]}", 0, 1},
		{"{rules: [spanleak]}", 11, 0},
		{"{knowledge: [{package: go.opentelemetry.io/otel/trace, name: Span.AddEvent, role: EndSpan}]}", 0, 0},
		{"{}", 11, 1},
	} {
		g.configure(test.settings)
		all, _ := g.run(min(test.leaks+test.late, 1), "./...")
		check(all, test.leaks, test.late, 0)
	}
	for settings, want := range map[string]string{
		"{rulez: [spanleak]}":                                      `unknown field "rulez" (the keys are rules, `,
		"{enable: [spanlaek]}":                                     `enable.0: unknown rule "spanlaek" (did you mean spanleak?)`,
		"{disable: [all]}":                                         "no rule is left to run",
		"{tests: 1}":                                               "tests of type bool",
		"{options: {ctxlesscall: {logz: true}}}":                   "ctxlesscall has no option logz; it has logs",
		"{options: {ctxlesscall: {logs: 7}}}":                      "options.ctxlesscall.logs: ",
		"{severity: {spanleak: error}}":                            "severity: golangci-lint has severity.rules for that",
		"{knowledge: {example.com/x: {Begin: {role: StartSpan}}}}": "knowledge has to be a list here",
		"{knowledge: [{package: example.com/x, name: Begin, roll: StartSpan}]}": `knowledge: json: unknown field "roll"`,
		"{knowledge: [{package: example.com/x, name: Begin, role: Start}]}":     `"Start" is no role`,
	} {
		g.configure(settings)
		if _, stderr := g.run(3, "./..."); !strings.Contains(stderr, "settings of tracevet: ") || !strings.Contains(stderr, want) {
			t.Errorf("%s: golangci-lint says %q, want %q", settings, stderr, want)
		}
	}

	// New issues only.
	g.configure("{}")
	all, _ := g.run(1, "--new-from-rev=origin/main", "./...")
	check(all, 1, 0, 0)
	for f := range all {
		if !strings.HasPrefix(f.posn, "internal/store/leak.go:10:") {
			t.Errorf("new is %v", f)
		}
	}

	// Comments, golangci-lint's and ours.
	const start = "_, span := tracer.Start(ctx, \"leak\")"
	file := filepath.Join(s.dir, "internal/store/leak.go")
	for comment, want := range map[string][2]int{
		" //nolint:tracevet // the queue ends it":       {10, 0},
		" //nolint:errcheck // of another linter":       {11, 0},
		" //tracevet:ignore spanleak the queue ends it": {10, 0},
		" //tracevet:ignore spanlaek the queue ends it": {11, 1},
	} {
		write(t, file, strings.Replace(leak, start, start+comment, 1))
		all, _ := g.run(1, "./...")
		check(all, want[0], 1, want[1])
	}
	write(t, file, strings.Replace(leak, start, start+" //tracevet:ignore spanleak the queue ends it", 1))
	g.configure("{rules: [spanafterend]}") // the rule that the comment names does not run
	all, _ = g.run(1, "./...")
	check(all, 0, 1, 0)

	g.configure("{}")
	g.run(0, "--fix", "./...")
	run(t, s.dir, 0, "go", "vet", "./...")
	if text := s.read("internal/store/store.go"); strings.Count(text, "defer span.End()") != 10 {
		t.Errorf("after --fix:\n%s", text)
	}
}

// TestGolangciGuide checks that golangci-lint takes the configuration that the guide shows.
func TestGolangciGuide(t *testing.T) {
	golangci(t)
	s := newScratch(t, "--branch=feature")
	g := &gcl{t: t, dir: s.dir, cache: t.TempDir()}
	write(t, filepath.Join(s.dir, ".golangci.yml"), guideBlocks(t)[1])
	// The guide disables spanafterend; golangci-lint shows three issues with the same text, unless told otherwise.
	if all, _ := g.run(1, "./..."); len(all) != 3 {
		t.Errorf("got %v", all)
	}
}
