package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// codeBlock is a fenced block of the guides: Go code, after the name of the file that it is
// if it is a whole one, or shell.
var codeBlock = regexp.MustCompile("(?ms)(?:^`([\\w/.-]+\\.go)`:\n\n)?^```(go|shell)\n(.*?)^```$")

// TestAddingARule follows docs/adding-a-rule.md to the letter in a copy of the module: it writes the files,
// registers the rule and runs the commands, in the order of the page.
func TestAddingARule(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the module in another place")
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	page, err := os.ReadFile("../../docs/adding-a-rule.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := copyRepository(t)
	files, commands, registered := 0, 0, false
	for _, m := range codeBlock.FindAllStringSubmatch(string(page), -1) {
		name, language, text := m[1], m[2], m[3]
		switch {
		case language == "shell":
			for line := range strings.Lines(text) {
				cmd := exec.Command(bash, "-c", line)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "GOWORK=off")
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%s%v\n%s", line, err, tail(out))
				}
				commands++
			}
		case name != "":
			write(t, filepath.Join(dir, name), text)
			files++
		case strings.HasPrefix(text, "{Analyzer:"):
			register(t, filepath.Join(dir, "analyzers", "analyzers.go"), strings.TrimSpace(text))
			registered = true
		default:
			t.Errorf("a block that is neither a file, nor commands, nor an entry of the registry:\n%s", text)
		}
	}
	if files < 3 || commands < 5 || !registered {
		t.Errorf("the page has %d files and %d commands, registered: %v", files, commands, registered)
	}
}

// register adds an entry to the list of rules, and the import that it needs, in the order of names.
func register(t *testing.T, file, entry string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(entry, "{Analyzer: "), ".")
	lines := strings.Split(string(data), "\n")
	insert := func(prefix, line string) {
		t.Helper()
		i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, prefix) && l > line })
		if i < 0 {
			t.Fatalf("%s has no place for %s", file, line)
		}
		lines = slices.Insert(lines, i, line)
	}
	insert("\t\"github.com/tracevet/tracevet/analyzers/", "\t\"github.com/tracevet/tracevet/analyzers/"+name+"\"")
	insert("\t\t{Analyzer: ", "\t\t"+entry)
	write(t, file, strings.Join(lines, "\n"))
}

// copyRepository copies the files that git knows, or would add, to a new directory.
func copyRepository(t *testing.T) string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = "../.."
	list, err := cmd.Output()
	if err != nil {
		t.Skipf("not in a git work tree: %v", err)
	}
	dir := t.TempDir()
	for name := range bytes.SplitSeq(bytes.TrimSuffix(list, []byte{0}), []byte{0}) {
		text, err := os.ReadFile(filepath.Join("../..", string(name)))
		if err != nil {
			continue // deleted, and not committed
		}
		write(t, filepath.Join(dir, string(name)), string(text))
	}
	return dir
}
