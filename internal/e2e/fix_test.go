package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFix fixes a copy of all fixtures and sample services, with all rules
// together, but without their options: what is no leak any more may then be
// a silent error. It must compile and need one more run at most.
func TestFix(t *testing.T) {
	bin := programs(t)
	dir := filepath.Join(t.TempDir(), "testdata")
	if err := os.CopyFS(dir, os.DirFS(testdata)); err != nil {
		t.Fatal(err)
	}
	tracevet := filepath.Join(bin, "tracevet")
	rules := "-rules=" + strings.Join(ruleNames(), ",")

	// Faults that have no fix stay: so the status is 1.
	before := decodeTracevet(t, run(t, dir, 1, tracevet, rules, "-json", "./..."))
	after := before
	for round := 1; fixes(after) > 0; round++ {
		if round == 3 {
			t.Fatalf("two runs of tracevet -fix leave findings with fixes:\n%v", withFix(after))
		}
		if _, stderr, status := output(t, dir, tracevet, rules, "-fix", "./..."); status > 1 {
			t.Fatalf("tracevet -fix: exit status %d\n%s", status, tail(stderr))
		}
		compiles(t, dir)
		after = decodeTracevet(t, run(t, dir, 1, tracevet, rules, "-json", "./..."))
	}
	if len(before) == 0 || fixes(before) == 0 {
		t.Fatalf("there are %d findings, %d of them with a fix: nothing was tested", len(before), fixes(before))
	}
	for _, line := range newKinds(before, after) {
		t.Error(line)
	}
	if diff, _, status := output(t, dir, tracevet, rules, "-diff", "./..."); len(diff) > 0 || status != 0 {
		t.Errorf("after the fixes, tracevet -diff has status %d and prints\n%s", status, tail(diff))
	}
	run(t, dir, 0, "go", "test", "./services/...")
}

// compiles checks that all packages of the module in dir compile. Unlike go build it
// links nothing: a hundred fixtures are programs.
func compiles(t *testing.T, dir string) {
	t.Helper()
	run(t, dir, 0, "go", "list", "-export", "./...")
}

// fixes counts the findings that have a fix.
func fixes(all found) int { return len(withFix(all)) }

func withFix(all found) []finding {
	var with []finding
	for f := range all {
		if f.fixes != "" {
			with = append(with, f)
		}
	}
	return with
}

// newKinds says which findings after fixes are neither among those before nor
// like one of them that had no fix: lines move, and messages speak of lines.
func newKinds(before, after found) []string {
	kind := func(f finding) string {
		file, _, _ := strings.Cut(f.posn, ":")
		return file + ": " + f.rule + ": " + f.category + ": " + lineNumber.ReplaceAllString(f.message, "line N")
	}
	left := make(map[string]int)
	for f := range before {
		if f.fixes == "" {
			left[kind(f)]++
		}
	}
	lines := make(map[string][]string)
	for f := range after {
		lines[kind(f)] = append(lines[kind(f)], f.posn)
	}
	var bad []string
	for k, posns := range lines {
		if len(posns) > left[k] {
			slices.Sort(posns)
			bad = append(bad, fmt.Sprintf("%s: %d such findings after the fixes, at %s; %d had no fix before", k, len(posns), strings.Join(posns, ", "), left[k]))
		}
	}
	slices.Sort(bad)
	return bad
}

var lineNumber = regexp.MustCompile(`\bline \d+`)

func TestNewKinds(t *testing.T) {
	stays := finding{rule: "r", posn: "a.go:1:2", category: "c", message: "x on line 5"}
	moved := stays
	moved.posn, moved.message = "a.go:2:2", "x on line 6"
	fixed := finding{rule: "r", posn: "a.go:9:2", category: "c", message: "y", fixes: "[Fix]"}
	if got := newKinds(found{stays: true, fixed: true}, found{moved: true}); len(got) > 0 {
		t.Errorf("got %q, want nothing", got)
	}
	unfixed := fixed
	unfixed.fixes = ""
	if got := newKinds(found{stays: true, fixed: true}, found{moved: true, unfixed: true}); len(got) != 1 || !strings.Contains(got[0], "a.go: r: c: y: 1 such findings after the fixes, at a.go:9:2; 0 had no fix") {
		t.Errorf("got %q, want the finding that should be fixed", got)
	}
}
