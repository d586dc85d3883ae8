package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoTool follows docs/getting-started.md in making tracevet a tool of a module, to the letter but for
// the version, since none is published: the module's own requirements must not move.
func TestGoTool(t *testing.T) {
	docs, err := os.ReadFile("../../docs/getting-started.md")
	if err != nil {
		t.Fatal(err)
	}
	var block string
	for _, b := range blocks(string(docs), "shell") {
		if strings.Contains(b, "-modfile=tools.mod") {
			block = b
		}
	}
	if block == "" {
		t.Fatal("docs/getting-started.md does not say how to make tracevet a tool")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	s := newScratch(t, "--branch=feature")
	goMod, goSum := s.read("go.mod"), s.read("go.sum")
	// What the modules of this repository need is in the module cache. A proxy would be asked for versions of
	// tracevet that there are not.
	env := []string{"GOPROXY=file://" + filepath.ToSlash(goEnv(t, "GOMODCACHE")) + "/cache/download", "GOSUMDB=off"}
	ran := 0
	for line := range strings.Lines(block) {
		line = strings.TrimSpace(line)
		status := 0
		if m := exitComment.FindStringSubmatch(line); m != nil {
			status = int(m[1][0] - '0')
		}
		out := s.bash(status, strings.Replace(line, "@latest", "@v0.0.1", 1), env...)
		if strings.HasPrefix(line, "go mod init ") {
			s.bash(0, "go mod edit -replace='github.com/tracevet/tracevet="+root+"' tools.mod")
		}
		if strings.HasPrefix(line, "go tool ") {
			ran++
			if n := strings.Count(out, "\n"); n < 12 {
				t.Errorf("%s finds %d lines:\n%s", line, n, out)
			}
		}
	}
	if ran == 0 {
		t.Error("go tool was not run")
	}
	if s.read("go.mod") != goMod || s.read("go.sum") != goSum {
		t.Error("go.mod or go.sum of the module moved")
	}
	if changed := s.bash(0, "git status --porcelain"); changed != "?? tools.mod\n?? tools.sum\n" {
		t.Errorf("changed are\n%s", changed)
	}
}
