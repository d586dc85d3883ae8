package ruletest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUpdate checks that -update writes goldens that then pass, and removes
// those of files that no fix edits any more.
func TestUpdate(t *testing.T) {
	source, _, _ := strings.Cut(keepImport(fixture), "-- a/a.go.golden --")
	dir := write(t, source+"-- b/b.go --\npackage b\n\nfunc Bad() {}\n-- b/b.go.golden --\n%% Fix 0 %%\npackage b\n")
	rule := goodToy
	rule.fixes = []string{"good", "f"} // two alternatives: two sections
	s := newSession(t, rule.analyzer(), dir, nil)
	s.checkGoldens(t, true)
	s.checkGoldens(t, false)

	golden, err := os.ReadFile(filepath.Join(dir, "toy", "a", "a.go.golden"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"-- Fix 0 --\n", "\tgood() // want \"bad", "-- Fix 1 --\n", "\tf() // want \"bad"} {
		if !strings.Contains(string(golden), want) {
			t.Errorf("the golden does not contain %q:\n%s", want, golden)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "toy", "b", "b.go.golden")); err == nil {
		t.Errorf("the golden of a file without a fix is still there")
	}
}

func TestEditsConflict(t *testing.T) {
	for _, test := range []struct {
		name string
		src  string
		in   []edit
		want string // "" for a conflict
	}{
		{"one insertion twice", "ab", []edit{{1, 1, "x"}, {1, 1, "x"}}, "axb"},
		{"two insertions at one place", "ab", []edit{{1, 1, "y"}, {1, 1, "x"}, {1, 1, "y"}}, "ayxb"},
		{"insertion before a replacement", "ab", []edit{{1, 2, "c"}, {1, 1, "x"}}, "axc"},
		{"one replacement twice", "ab", []edit{{0, 1, "x"}, {0, 1, "x"}}, "xb"},
		{"two replacements", "ab", []edit{{0, 1, "x"}, {0, 1, "y"}}, ""},
		{"overlap", "abc", []edit{{0, 2, "x"}, {1, 3, "y"}}, ""},
		{"insertion into a replacement", "abc", []edit{{0, 3, "x"}, {1, 1, "y"}}, ""},
		{"neighbours", "abc", []edit{{2, 3, "z"}, {0, 1, "x"}, {1, 2, "y"}}, "xyz"},
	} {
		edits, err := merge("f", test.in)
		if test.want == "" {
			if err == nil {
				t.Errorf("%s: got %v, want a conflict", test.name, edits)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else if got := string(apply([]byte(test.src), edits)); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
