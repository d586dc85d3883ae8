package goplsbuild

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestErrors checks that users are told what is missing, before anything is compiled.
func TestErrors(t *testing.T) {
	out := filepath.Join(t.TempDir(), "gopls")
	tests := []struct {
		name  string
		args  []string
		setup func(t *testing.T)
		want  string
	}{
		{name: "no arguments", want: "it takes -o PATH and no other arguments; see tracevet gopls -help"},
		{name: "no flag", args: []string{out}, want: "it takes -o PATH"},
		{name: "unknown flag", args: []string{"-x"}, want: "flag provided but not defined: -x"},
		{name: "no folder to write to", args: []string{"-o", filepath.Join(out, "deeper", "gopls")}, want: "cannot write " + out},
		{name: "no source", args: []string{"-o", out, "-source", t.TempDir()}, want: "is not the root of a clone of github.com/tracevet/tracevet"},
		{name: "no go command", args: []string{"-o", out}, want: "takes the go command", setup: func(t *testing.T) {
			t.Setenv("PATH", t.TempDir())
		}},
		{name: "no network", args: []string{"-o", out}, want: "takes the network or a module proxy (GOPROXY): ", setup: func(t *testing.T) {
			t.Setenv("GOCACHE", goEnv(t, "GOCACHE")) // it depends on the next ones, too
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			t.Setenv("HOME", t.TempDir())
			t.Setenv("LocalAppData", t.TempDir())
			t.Setenv("GOPROXY", "off")
		}},
	}
	if runtime.GOOS != "windows" {
		tests = append(tests, struct {
			name  string
			args  []string
			setup func(t *testing.T)
			want  string
		}{name: "old go command", args: []string{"-o", out}, want: "takes Go 1.26.0 or newer: go: go.mod requires go >= 1.26.0 (running go 1.25.1", setup: func(t *testing.T) {
			dir := t.TempDir()
			script := "#!/bin/sh\necho 'go: go.mod requires go >= 1.26.0 (running go 1.25.1; GOTOOLCHAIN=local)' >&2\nexit 1\n"
			if err := os.WriteFile(filepath.Join(dir, "go"), []byte(script), 0o777); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", dir)
		}})
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.setup != nil {
				test.setup(t)
			}
			var stdout, stderr bytes.Buffer
			if status := Main("tracevet gopls", test.args, &stdout, &stderr); status != 2 || stdout.Len() > 0 {
				t.Errorf("exit status %d, want 2; on standard output: %q", status, &stdout)
			}
			if !strings.Contains(stderr.String(), "tracevet gopls: ") || !strings.Contains(stderr.String(), test.want) {
				t.Errorf("got %q, want %q", &stderr, test.want)
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("something was written")
			}
		})
	}
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if status := Main("tracevet gopls", []string{"-help"}, &stdout, &stderr); status != 0 || stderr.Len() > 0 || !strings.HasPrefix(stdout.String(), "usage: tracevet gopls -o PATH\n") {
		t.Errorf("exit status %d, %q, %q", status, &stdout, &stderr)
	}
}
