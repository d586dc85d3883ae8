package gate

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPatch reads what git says of files with all kinds of names and changes.
func TestPatch(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "core.quotepath=false"}, args...)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	long := strings.Repeat("line\n", 20)
	run("init", "-q")
	write("plain.go", "a\nb\nc\n")
	write("gone.go", "a\n-- b/x\n")
	write("moved.go", long+"moved\n")
	write("edited.go", long+"edited\n")
	write("with space.go", "a\n")
	write("ä.go", "a\n")
	write("signs.go", "-- a/x\n++ b/x\n")
	write("end.go", "a")
	run("add", "-A")
	run("commit", "-qm", "x")

	write("plain.go", "a\nB\nB2\nc\nd\n")
	run("rm", "-q", "gone.go")
	run("mv", "moved.go", "moved2.go")
	run("mv", "edited.go", "edited2.go")
	write("edited2.go", "first\n"+long+"edited\n")
	write("with space.go", "a\nb\n")
	write("ä.go", "b\n")
	write("signs.go", "++ b/plain.go\n@@ -1 +1 @@\n")
	write("end.go", "b")
	write("new.go", "a\nb\n")
	run("add", "-A")

	var names []string
	differ, err := nameStatus(run("diff", "--cached", "--find-renames", "--name-status", "-z"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range differ {
		names = append(names, c.oldName+" -> "+c.newName)
	}
	slices.Sort(names)
	want := []string{" -> new.go", "edited.go -> edited2.go", "end.go -> end.go", "gone.go -> ", "moved.go -> moved2.go",
		"plain.go -> plain.go", "signs.go -> signs.go", "with space.go -> with space.go", "ä.go -> ä.go"}
	if !slices.Equal(names, want) {
		t.Errorf("changes:\n%s\nwant\n%s", strings.Join(names, "\n"), strings.Join(want, "\n"))
	}

	for _, quote := range []string{"true", "false"} {
		added, err := addedLines(run("-c", "core.quotepath="+quote, "diff", "--cached", "--find-renames", "--unified=0"))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]int{"plain.go": {2, 3, 5}, "edited2.go": {1}, "with space.go": {2}, "ä.go": {1}, "signs.go": {1, 2}, "end.go": {1}, "new.go": {1, 2}}
		for name, lines := range want {
			if got := slices.Sorted(maps.Keys(added[name])); !slices.Equal(got, lines) {
				t.Errorf("%s: added lines %v, want %v", name, got, lines)
			}
		}
		if len(added) != len(want) {
			t.Errorf("added lines in %v", slices.Sorted(maps.Keys(added)))
		}
	}
}

// TestPatchBroken reads what git does not write.
func TestPatchBroken(t *testing.T) {
	for _, text := range []string{"M", "M\x00", "R100\x00a"} {
		if got, err := nameStatus(text); err == nil && len(got) > 0 && got[0].newName != "" {
			t.Errorf("nameStatus(%q) = %v", text, got)
		}
	}
	for _, text := range []string{"@@ -1 +1 @@\n", "+++ b/x\n@@ -a +1 @@\n", "+++ b/x\n@@ -1 +1,b @@\n", "+++ \"b/x\n"} {
		if got, err := addedLines(text); err == nil {
			t.Errorf("addedLines(%q) = %v", text, got)
		}
	}
}
