package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestTrimmedPaths checks that findings in one checkout are not those that the cache has of another one, when -trimpath makes the
// go command hold both for the same.
func TestTrimmedPaths(t *testing.T) {
	s := newScratch(t, "--branch=feature")
	s.bash(0, "cp -r . ../other")
	saved := filepath.Join(t.TempDir(), "env")
	write(t, saved, "GOFLAGS=-mod=mod -trimpath\n")
	for _, env := range [][]string{
		{"GOFLAGS=-trimpath"},
		{"GOFLAGS=", "GOENV=" + saved},
	} {
		cache := "GOCACHE=" + goEnv(t, "GOCACHE")
		for _, dir := range []string{"clone", "other"} {
			out := s.bash(0, "cd ../"+dir+" && go vet -json -vettool=\"$(command -v tracevet)\" ./...", append(env, cache)...)
			here := filepath.Join(filepath.Dir(s.dir), dir) + string(filepath.Separator)
			if n := strings.Count(out, `"posn": "`); n < 12 || strings.Count(out, `"posn": "`+here) < n {
				t.Errorf("%q: in %s go vet finds\n%s", env, here, out)
			}
		}
	}
}
