package e2e

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var wantComment = regexp.MustCompile("// ?want ([+-][0-9]+ )?[\"`]")

// options are those that make rules report more: the rules' fixtures have
// want-comments for that, too.
var options = map[string]string{"brokensampler": "nameless", "ctxlesscall": "logs", "mworder": "recovery", "silenterror": "returned"}

// optionalCategories are those of what rules report with these options only.
var optionalCategories = []string{"resource", "log", "recovery", "returned"}

// optionFlags returns the flags that set the options, for the go command and for
// tracevet.
func optionFlags() []string {
	var flags []string
	for _, rule := range slices.Sorted(maps.Keys(options)) {
		flags = append(flags, "-"+rule+"."+options[rule])
	}
	return flags
}

// optionSettings returns the options as a configuration has them.
func optionSettings() string {
	var rules []string
	for _, rule := range slices.Sorted(maps.Keys(options)) {
		rules = append(rules, fmt.Sprintf("%s: {%s: true}", rule, options[rule]))
	}
	return "{" + strings.Join(rules, ", ") + "}"
}

// compareWants checks that the go command, with the whole standard library at
// hand, finds each rule's faults on the lines that the want-comments in the
// rule's fixtures name, and on no others: what the rules' own tests, which cut
// the standard library short, say is then true of the programs too.
func compareWants(t *testing.T, dir string, vet found) {
	t.Helper()
	files := make(map[string]string)
	for _, name := range ruleNames() {
		err := filepath.WalkDir(filepath.Join(dir, name), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
				return err
			}
			text, err := os.ReadFile(path)
			files[relative(t, dir, path)] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range wantDifferences(files, vet) {
		t.Error(line)
	}
}

// wantDifferences says on which lines of files, their texts by name, there is
// either a want-comment or a finding of the rule whose fixture the file is.
func wantDifferences(files map[string]string, all found) []string {
	wants := make(map[string]bool) // file:line
	odd := make(map[string]bool)   // files with line comments, or of which only cgo knows the lines
	for file, text := range files {
		if strings.Contains(text, "\n//line ") || strings.Contains(text, "/*line ") || strings.Contains(text, "import \"C\"") {
			odd[file] = true
		}
		for i, line := range strings.Split(text, "\n") {
			if m := wantComment.FindStringSubmatch(line); m != nil {
				delta, _ := strconv.Atoi(strings.TrimSpace(m[1])) // none is 0
				wants[file+":"+strconv.Itoa(i+1+delta)] = true
			}
		}
	}
	got := make(map[string]bool)
	for f := range all {
		file, rest, _ := strings.Cut(f.posn, ":")
		line, _, _ := strings.Cut(rest, ":")
		if strings.HasPrefix(file, f.rule+"/") {
			got[file+":"+line] = true
		}
	}
	var lines []string
	for at := range got {
		if !wants[at] {
			lines = append(lines, at+": there is a finding and no want-comment")
		}
	}
	for at := range wants {
		if !got[at] {
			lines = append(lines, at+": there is a want-comment and no finding")
		}
	}
	slices.Sort(lines)
	return slices.DeleteFunc(lines, func(line string) bool {
		file, _, _ := strings.Cut(line, ":")
		return odd[file]
	})
}

func TestWantDifferences(t *testing.T) {
	files := map[string]string{
		"r/a.go": "x // want `found`\ny // want \"missing\"\nz\n// want +1 `next`\nw\n",
		"r/c.go": "import \"C\"\nx // want `missing`\n",
	}
	all := found{
		{rule: "r", posn: "r/a.go:1:2"}: true,
		{rule: "r", posn: "r/a.go:3:2"}: true,
		{rule: "r", posn: "r/a.go:5:1"}: true,
		{rule: "q", posn: "r/a.go:2:2"}: true, // another rule's, in fixtures of r
	}
	got := wantDifferences(files, all)
	want := []string{"r/a.go:2: there is a want-comment and no finding", "r/a.go:3: there is a finding and no want-comment"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
