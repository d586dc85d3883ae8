package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A nvimReport is what nvim.lua saw.
type nvimReport struct {
	Before, After []nvimDiagnostic
	Actions       []string // the menu
	Edited        []string // lines of the buffer
	Error         string
}

type nvimDiagnostic struct {
	Line, Column, EndLine, EndColumn int
	Message, Source, Code, Href      string
	Severity                         int
}

// TestNeovim lets Neovim, whose client nobody here wrote, show the findings in a file of the sample
// service and repair one of them. Neither the fix nor anything else is saved.
func TestNeovim(t *testing.T) {
	nvim, err := exec.LookPath("nvim")
	if err != nil {
		t.Skip("no nvim: tracevet lsp was not tested with a real editor")
	}
	bin := programs(t)
	tracevet := filepath.Join(bin, "tracevet")
	service, err := filepath.Abs(filepath.Join(testdata, "services", "checkout"))
	if err != nil {
		t.Fatal(err)
	}
	const name = "internal/store/orders.go"
	file := filepath.Join(service, filepath.FromSlash(name))
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	line := 1 + strings.Count(string(source[:strings.Index(string(source), `"store.find_order"`)]), "\n")

	home := t.TempDir()
	reportFile := filepath.Join(home, "report.json")
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, nvim, "--headless", "-n", "-u", "NONE", "-i", "NONE", "-c", "luafile nvim.lua")
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = append(os.Environ(), "GOWORK=off", "FILE="+file, "LINE="+fmt.Sprint(line), "TRACEVET="+tracevet, "REPORT="+reportFile,
		"XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home, "XDG_STATE_HOME="+home, "XDG_CACHE_HOME="+home, "GOCACHE="+goEnv(t, "GOCACHE"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("nvim: %v\n%s", err, tail(out))
	}
	data, err := os.ReadFile(reportFile)
	if err != nil {
		t.Fatal(err)
	}
	var got nvimReport
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if got.Error != "" {
		t.Fatalf("in Neovim: %s\nseen so far: %+v", got.Error, got)
	}

	var want []nvimDiagnostic
	for _, f := range printed(t, run(t, service, 1, tracevet, "-json", "./internal/store")) {
		if f.Posn.File == name {
			want = append(want, nvimDiagnostic{f.Posn.Line, f.Posn.Column, f.Posn.EndLine, f.Posn.EndColumn, f.Message, "tracevet", f.Rule, f.URL, 2})
		}
	}
	slices.SortFunc(got.Before, func(a, b nvimDiagnostic) int { return a.Line - b.Line })
	if len(want) < 2 || !slices.Equal(got.Before, want) {
		t.Errorf("Neovim shows\n%+v\nwhat the command line prints is\n%+v", got.Before, want)
	}
	if len(got.Actions) != 1 || !strings.Contains(got.Actions[0], "Defer span.End") {
		t.Errorf("the code actions on line %d are %q", line, got.Actions)
	}
	fixed := slices.Insert(strings.Split(strings.TrimSuffix(string(source), "\n"), "\n"), line, "\tdefer span.End()")
	if !slices.Equal(got.Edited, fixed) {
		t.Errorf("the code action makes\n%s", strings.Join(got.Edited, "\n"))
	}
	left := slices.DeleteFunc(slices.Clone(want), func(d nvimDiagnostic) bool { return d.Line == line })
	for i := range left {
		if left[i].Line > line { // the fix added one
			left[i].Line++
			left[i].EndLine++
		}
	}
	slices.SortFunc(got.After, func(a, b nvimDiagnostic) int { return a.Line - b.Line })
	if !slices.EqualFunc(got.After, left, func(a, b nvimDiagnostic) bool { // messages have numbers of lines
		a.Message, b.Message = "", ""
		return a == b
	}) {
		t.Errorf("after the fix Neovim shows\n%+v, want\n%+v", got.After, left)
	}
	if now, err := os.ReadFile(file); err != nil || string(now) != string(source) {
		t.Errorf("%s changed on disk (error %v)", name, err)
	}
}

// printed reads what tracevet -json printed, in the order of its lines.
func printed(t *testing.T, out []byte) []printedFinding {
	t.Helper()
	var doc struct{ Findings []printedFinding }
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Findings
}

type printedFinding struct {
	Rule, Message, URL string
	Posn               struct {
		File                             string
		Line, Column, EndLine, EndColumn int
	}
}

// goEnv returns a variable of go env.
func goEnv(t *testing.T, name string) string {
	t.Helper()
	return strings.TrimSpace(string(run(t, ".", 0, "go", "env", name)))
}
