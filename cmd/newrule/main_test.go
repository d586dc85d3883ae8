package main

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// root is the root of the module.
const root = "../.."

// copyModule copies what a rule is built of to a new folder: go.mod, go.sum,
// and the Go files of analyzers and passes.
func copyModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	copyFile := func(name string) {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	copyFile("go.mod")
	copyFile("go.sum")
	for _, top := range []string{"analyzers", "passes"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if err == nil {
				copyFile(rel)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestScaffold makes a rule in a copy of the module. It must be formatted (its name
// comes before that of a package that its test imports) and compile, with its test; `go vet` compiles both.
func TestScaffold(t *testing.T) {
	dir := copyModule(t)
	var out bytes.Buffer
	if err := run(dir, []string{"afault", "a fault that is new"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"analyzers/afault/afault.go\n", "go test ./analyzers/afault\n", "{Analyzer: afault.Analyzer,"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the output does not contain %q:\n%s", want, &out)
		}
	}
	for _, f := range files {
		path := filepath.Join(dir, strings.ReplaceAll(f.path, "NAME", "afault"))
		text, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if formatted, err := format.Source(text); err != nil || !bytes.Equal(formatted, text) {
			t.Errorf("%s is not formatted (error %v)", f.path, err)
		}
	}
	cmd := exec.Command("go", "vet", "./analyzers/afault/...")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the rule does not compile: %v\n%s", err, out)
	}
	if err := run(dir, []string{"afault", "a fault that is new"}, new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), "taken") {
		t.Errorf("making the rule again: got the error %v, want one that says taken", err)
	}
}

func TestRefuses(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{nil, "usage"},
		{[]string{"fault"}, "usage"},
		{[]string{"fault", "a", "b"}, "usage"},
		{[]string{"", "a summary"}, "no good name"},
		{[]string{"Fault", "a summary"}, "no good name"},
		{[]string{"my_fault", "a summary"}, "no good name"},
		{[]string{"1fault", "a summary"}, "no good name"},
		{[]string{"../fault", "a summary"}, "no good name"},
		{[]string{"select", "a summary"}, "means something in Go"},
		{[]string{"error", "a summary"}, "means something in Go"},
		{[]string{"internal", "a summary"}, "to the go command"},
		{[]string{"spanleak", "a summary"}, "taken"},
		{[]string{"services", "a summary"}, "taken"},
		{[]string{"fault", " "}, "one line"},
		{[]string{"fault", "a\nb"}, "one line"},
		{[]string{"fault", "A summary"}, "lower-case"},
		{[]string{"fault", "a summary."}, "period"},
	} {
		err := run(root, test.args, new(bytes.Buffer))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("newrule %q: got the error %v, want one with %q", test.args, err, test.want)
		}
	}
	if err := run(t.TempDir(), []string{"fault", "a summary"}, new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), "root of the module") {
		t.Errorf("outside of the module: got the error %v", err)
	}
	for _, dir := range []string{"analyzers", "testdata"} {
		if _, err := os.Stat(filepath.Join(root, dir, "fault")); err == nil {
			t.Fatalf("a refused rule was made in %s", dir)
		}
	}
}
