package driver

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// scratch writes the files of a txtar archive to a new directory.
func scratch(t *testing.T, files string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(files)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// sessionIn returns a session for patterns in a directory.
func sessionIn(t *testing.T, dir string, patterns ...string) *session {
	t.Helper()
	s, err := newSession(Options{Dir: dir, Patterns: patterns})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const walked = `
-- go.mod --
module example.com/w

go 1.26
-- main.go --
package main
-- a/with_name.go --
package a
-- a/.hidden.go --
package broken
-- a/_old.go --
package broken
-- a/b/b_test.go --
package b_test
-- a/testdata/t.go --
package t
-- a/none/readme.txt --
-- a/none/deep/deep.go --
package deep
-- _old/old.go --
package old
-- .git/git.go --
package git
-- vendor/v/v.go --
package v
-- mixed/linux.go --
//go:build linux

package mixed
-- mixed/a_windows.go --
package mixed
-- mixed/z.go --
package mixed
-- other/go.mod --
module example.com/other
-- other/o.go --
package o
-- some/x_linux.go --
package some
`

// What walk returns is what "go list" does, and nothing where that takes the go command.
func TestWalk(t *testing.T) {
	dir := scratch(t, walked)
	repo, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		dir, patterns string
		sure          bool
	}{
		{dir, ".", true},
		{dir, "./a/...", true},
		{dir, "./a ./mixed ./a/...", true},
		{dir, "./a/none/...", true},
		{dir + "/a", "./...", true},
		{dir + "/a/testdata", ".", true},
		{dir + "/a/testdata", "./...", true},
		{repo, "./...", true},
		{filepath.Join(repo, "testdata", "services", "checkout"), "./...", true},
		{dir, "./...", false},         // some, which is for one system
		{dir, "./some", false},        //
		{dir, "./other/...", false},   // another module
		{dir, "./a/none", false},      // no package
		{dir, "./absent/...", false},  //
		{dir, "example.com/w", false}, // other kinds of patterns
		{dir, "./a/...b", false},
		{dir, "./a/with_name.go", false},
		{dir, "../w/a", false},
		{dir, "./vendor/...", false},
		{dir, "./a example.com/w", false},
	} {
		s := sessionIn(t, test.dir, strings.Fields(test.patterns)...)
		got := s.walk(nil)
		if (got != nil) != test.sure {
			t.Errorf("%s in %s: sure %t", test.patterns, test.dir, got != nil)
			continue
		}
		if !test.sure {
			continue
		}
		want, ok := s.names(t.Context(), nil)
		if !ok {
			t.Fatalf("%s in %s: go list fails", test.patterns, test.dir)
		}
		if got, want := pathsAndDirs(got), pathsAndDirs(want); !slices.Equal(got, want) {
			t.Errorf("%s in %s: %q, want %q", test.patterns, test.dir, got, want)
		}
	}
}

func pathsAndDirs(pkgs []*pkg) []string {
	var out []string
	for _, p := range pkgs {
		out = append(out, fmt.Sprint(p.ImportPath, " ", p.Dir, " ", p.ours()))
	}
	slices.Sort(out)
	return out
}

// An editor's text that nobody has saved counts; a file that is not there yet may make a package.
func TestWalkReadsOverlay(t *testing.T) {
	dir := scratch(t, "-- go.mod --\nmodule m\n-- a.go --\npackage a\n")
	s := sessionIn(t, dir, "./...")
	for name, test := range map[string]struct {
		text string
		sure bool
	}{
		"a.go": {"package other", true},
		"b.go": {"package a", false},
	} {
		ov := &overlay{content: map[string][]byte{filepath.Join(dir, name): []byte(test.text)}}
		if got := s.walk(ov) != nil; got != test.sure {
			t.Errorf("unsaved %s: sure %t", name, got)
		}
	}
	ov := &overlay{content: map[string][]byte{filepath.Join(dir, "a.go"): []byte("//go:build never\n\npackage a\n")}}
	if s.walk(ov) != nil {
		t.Error("the only file has a build constraint, and the package is there for sure")
	}
}

// Directives of go.mod, and settings, that change what a pattern means.
func TestWalkKnowsSettings(t *testing.T) {
	dir := scratch(t, "-- go.mod --\nmodule m\n\ngo 1.26\n\nignore ./a\n-- a/a.go --\npackage a\n-- b/b.go --\npackage b\n")
	if sessionIn(t, dir, "./...").walk(nil) != nil {
		t.Error("a directory is ignored by go.mod, and walk is sure")
	}
	plain := func(t *testing.T, flags ...string) bool {
		return sessionIn(t, dir, "./...").go_.env(t.Context()).isPlain(flags)
	}
	if !plain(t, "-tags=x") {
		t.Error("-tags=x: not plain")
	}
	if plain(t, "-modfile=x.mod") {
		t.Error("-modfile: plain")
	}
	for name, value := range map[string]string{"GOFLAGS": "-v -overlay=x", "GO111MODULE": "off", "GOWORK": filepath.Join(dir, "go.work")} {
		t.Run(name, func(t *testing.T) {
			if name == "GOWORK" {
				if err := os.WriteFile(value, []byte("go 1.26\nuse .\n"), 0o666); err != nil {
					t.Fatal(err)
				}
				defer os.Remove(value)
			}
			t.Setenv(name, value)
			if plain(t) {
				t.Errorf("%s=%s: plain", name, value)
			}
		})
	}
}

// A go command that compiles eight packages is not taken to compile most, unless "go list" says so.
func TestCompilesMany(t *testing.T) {
	dir := scratch(t, "-- go.mod --\nmodule m\n\ngo 1.26\n-- a.go --\npackage a\n\nimport _ \"net/http\"\n")
	tmp := t.TempDir()
	for i := range 8 {
		work := filepath.Join(tmp, "go-build1", fmt.Sprintf("b%03d", i))
		if err := os.MkdirAll(work, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(work, "importcfg"), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	s := sessionIn(t, dir, "./...")
	if out, _, err := s.go_.run(t.Context(), "build"); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	if s.go_.env(t.Context()).nothingCompiled() {
		t.Error("nothing in the cache")
	}
	if s.compilesMany(t.Context(), tmp, nil) {
		t.Error("all is compiled, and compilesMany says no")
	}
	t.Setenv("GOCACHE", t.TempDir())
	if !s.compilesMany(t.Context(), tmp, nil) {
		t.Error("nothing is compiled, and compilesMany says otherwise")
	}
	if !s.go_.env(t.Context()).nothingCompiled() {
		t.Error("there is something in a new cache")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s.compilesMany(ctx, t.TempDir(), nil) {
		t.Error("nothing was compiled")
	}
}
