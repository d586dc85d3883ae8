package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestReadme checks that tracevet prints the findings that the README shows.
func TestReadme(t *testing.T) {
	bin := programs(t)
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "\n```\n")
	shown, _, ok := strings.Cut(rest, "```\n")
	if !ok || !strings.Contains(shown, "services/") {
		t.Fatalf("the first block of the README shows no findings in a sample service:\n%s", shown)
	}
	out := run(t, testdata, 1, filepath.Join(bin, "tracevet"), "./services/...")
	printed := strings.Split(string(out), "\n")
	for line := range strings.Lines(shown) {
		if line = strings.TrimSuffix(line, "\n"); !slices.Contains(printed, line) {
			t.Errorf("the README shows %q, which tracevet does not print", line)
		}
	}
}
