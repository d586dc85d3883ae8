package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// unmarshal reads a YAML file of the repository.
func unmarshal(t *testing.T, file string, v any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", file))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, v); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// publish makes a module proxy that has this module, as it is on disk, at version v0.0.1, and
// returns the variables that make the go command use it.
func publish(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOPROXY", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(out), "\n")
	proxy, modCache := lines[0], filepath.ToSlash(lines[1])
	dir := t.TempDir()
	v := module.Version{Path: "github.com/tracevet/tracevet", Version: "v0.0.1"}
	base := filepath.Join(dir, filepath.FromSlash(v.Path), "@v")
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(base, "list"), v.Version+"\n")
	write(t, filepath.Join(base, v.Version+".mod"), string(mod))
	write(t, filepath.Join(base, v.Version+".info"), `{"Version": "v0.0.1", "Time": "2026-01-01T00:00:00Z"}`)
	f, err := os.Create(filepath.Join(base, v.Version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := zip.CreateFromDir(f, v, "../.."); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return []string{
		"GOPROXY=file://" + filepath.ToSlash(dir) + ",file://" + modCache + "/cache/download," + proxy,
		"GOSUMDB=off", "GOFLAGS=-modcacherw",
		"GOMODCACHE=" + t.TempDir(), // the version must not stay in the real one
	}
}

var expression = regexp.MustCompile(`\$\{\{ *([^}]*?) *\}\}`)

// TestAction runs the shell steps of the action as GitHub does, in a shallow clone of a pull request's
// branch, with the tracevet that go install makes of this module.
func TestAction(t *testing.T) {
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct {
			Steps []struct {
				Name, ID, If, Shell, Run, Uses string
				Env                            map[string]string
			}
		}
	}
	unmarshal(t, "action.yml", &action)
	s := newScratch(t, "--depth=1", "--branch=feature")
	s.env = append(s.env, publish(t)...)
	temp := t.TempDir()

	// run runs all steps and returns the exit status of the last one, and the log.
	run := func(inputs, github map[string]string) (status, log string) {
		t.Helper()
		values := make(map[string]string)
		for name, in := range action.Inputs {
			values["inputs."+name] = in.Default
		}
		for name, value := range inputs {
			if _, ok := action.Inputs[name]; !ok {
				t.Fatalf("the action has no input %s", name)
			}
			values["inputs."+name] = value
		}
		for name, value := range github {
			values["github."+name] = value
		}
		eval := func(text string) string {
			return expression.ReplaceAllStringFunc(text, func(e string) string { return values[expression.FindStringSubmatch(e)[1]] })
		}
		path := ""
		for _, step := range action.Runs.Steps {
			if step.Run == "" {
				continue // the upload
			}
			if strings.Contains(step.Run, "${{") {
				t.Errorf("step %s has an expression in its script, which lets text become a command", step.Name)
			}
			outputs, paths := filepath.Join(temp, "output"), filepath.Join(temp, "path")
			write(t, outputs, "")
			write(t, paths, "")
			env := []string{"GITHUB_OUTPUT=" + outputs, "GITHUB_PATH=" + paths, "RUNNER_TEMP=" + temp, "PATH=" + path + programs(t) + string(filepath.ListSeparator) + os.Getenv("PATH")}
			for name, value := range step.Env {
				env = append(env, name+"="+eval(value))
			}
			want := 0
			if step.Name == "Result" && values["steps.run.outputs.status"] != "0" {
				want = int(values["steps.run.outputs.status"][0] - '0')
			}
			log += s.bash(want, step.Run, env...)
			text, _ := os.ReadFile(outputs)
			for line := range strings.Lines(string(text)) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
				values["steps."+step.ID+".outputs."+name] = value
			}
			if text, _ := os.ReadFile(paths); len(text) > 0 {
				path = strings.TrimSpace(string(text)) + string(filepath.ListSeparator) + path
			}
		}
		return values["steps.run.outputs.status"], log
	}

	status, log := run(map[string]string{"version": "v0.0.1"}, map[string]string{"base_ref": "main"})
	if out := s.bash(0, temp+"/tracevet-bin/tracevet -version"); !strings.HasPrefix(out, "tracevet v0.0.1 ") {
		t.Errorf("installed is %s", out)
	}
	const want = "::warning file=internal/store/leak.go,line=10,"
	if status != "1" || strings.Count(log, "::warning") != 1 || !strings.Contains(log, want) {
		t.Errorf("a pull request: status %s, log\n%s", status, log)
	}
	var sarif struct {
		Runs []struct {
			Results []struct{ RuleID string }
		}
	}
	if err := json.Unmarshal([]byte(s.read("tracevet.sarif")), &sarif); err != nil || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) != 1 || sarif.Runs[0].Results[0].RuleID != "spanleak" {
		t.Errorf("the SARIF file has %+v, %v", sarif, err)
	}

	// On a push, all; where asked, all with other rules; and an error is one.
	if status, log = run(map[string]string{"version": "none"}, nil); status != "1" || strings.Count(log, "::warning") != 12 {
		t.Errorf("a push: status %s, log\n%s", status, log)
	}
	if status, log = run(map[string]string{"version": "none", "new-from": "none", "args": "-rules=spanleak -fail-on=none", "packages": "./internal/store ./internal/..."}, map[string]string{"base_ref": "main"}); status != "0" || !strings.Contains(log, "store.go") || strings.Contains(log, "spanafterend") {
		t.Errorf("with arguments: status %s, log\n%s", status, log)
	}
	if status, log = run(map[string]string{"version": "none", "new-from": "nowhere"}, nil); status != "2" {
		t.Errorf("an error: status %s, log\n%s", status, log)
	}
}

// TestPreCommit runs the hooks as pre-commit does: in the root of the repository, before a commit.
func TestPreCommit(t *testing.T) {
	var hooks []struct {
		ID, Entry, Language string
		PassFilenames       bool `yaml:"pass_filenames"`
	}
	unmarshal(t, ".pre-commit-hooks.yaml", &hooks)
	s := newScratch(t, "--branch=feature")
	for _, hook := range hooks {
		if hook.Language != "golang" || hook.PassFilenames {
			t.Errorf("hook %s: language %s, pass_filenames %v", hook.ID, hook.Language, hook.PassFilenames)
		}
	}
	s.bash(0, hooks[0].Entry) // nothing changed
	write(t, filepath.Join(s.dir, "internal/store/two.go"), strings.ReplaceAll(leak, "func leak", "func two"))
	s.bash(0, "git add -A")
	if out := s.bash(1, hooks[0].Entry); strings.Count(out, "(spanleak)") != 1 || !strings.Contains(out, "two.go") {
		t.Errorf("%s prints\n%s", hooks[0].Entry, out)
	}
	s.bash(0, hooks[1].Entry)
	if !strings.Contains(s.read("internal/store/two.go"), "defer span.End()") {
		t.Errorf("%s did not repair what was new", hooks[1].Entry)
	}
	if changed := s.bash(0, "git diff --name-only"); changed != "internal/store/two.go\n" {
		t.Errorf("%s changed %s", hooks[1].Entry, changed)
	}
}
