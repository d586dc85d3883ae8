package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/cmd/internal/report"
)

func TestFix(t *testing.T) {
	m := newModule(t, two)
	if runtime.GOOS != "windows" {
		if err := os.Chmod(filepath.Join(m.dir, "a/a.go"), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	before := m.read("a/a.go")
	const diff = `diff a/a/a.go b/a/a.go
--- a/a/a.go
+++ b/a/a.go
@@ -3,4 +3,4 @@
 func Bad()  {}
 func Good() {}
 
-func A() { Bad() }
+func A() { Good() }
diff a/b/b.go b/b/b.go
--- a/b/b.go
+++ b/b/b.go
@@ -2,4 +2,4 @@
 
 import "example.com/m/a"
 
-func B() { a.A(); a.Bad() }
+func B() { a.A(); a.Good() }
`
	m.tracevet("-diff", "./...").exit(1).prints(diff)
	m.tracevet("-diff", "-fix", "./...").exit(1).prints(diff)
	if m.read("a/a.go") != before {
		t.Error("-diff changed a file")
	}
	m.tracevet("-fix", "./...").exit(0).prints("").says(
		"tracevet: fixed a/a.go (1 fix)\n", "tracevet: fixed b/b.go (1 fix)\n", "tracevet: no findings in 2 packages\n")
	if got, want := m.read("a/a.go"), strings.Replace(before, "{ Bad() }", "{ Good() }", 1); got != want {
		t.Errorf("a.go is\n%s\nwant\n%s", got, want)
	}
	if fi, err := os.Stat(filepath.Join(m.dir, "a/a.go")); err != nil || runtime.GOOS != "windows" && fi.Mode().Perm() != 0o640 {
		t.Errorf("mode of a.go: %v, %v", fi.Mode(), err)
	}
	m.tracevet("./...").exit(0)
	m.tracevet("-diff", "./...").exit(0).prints("")
	m.tracevet("-fix", "./...").exit(0).prints("").says("tracevet: no file changed\n")
	if files, _ := filepath.Glob(filepath.Join(m.dir, "*", ".*")); len(files) > 0 {
		t.Errorf("left behind: %s", files)
	}
}

// After -fix the files have the contents that the last round analysed under
// other names; no finding may come out of the cache with such a name.
func TestFixLeavesNoTraceInCache(t *testing.T) {
	m := newModule(t, `
-- a.go --
package a

func Good()  {}
func Bad()   {}
func Picky() {}

func A() { Bad(); Picky() }
`)
	left := "a.go:7:20: call of Picky (picky)\n"
	m.tracevet("-rules=bad,picky", "-fix").exit(1).prints(left)
	m.tracevet("-rules=bad,picky").exit(1).prints(left)
	m.govet("-bad", "-picky").exit(1).says("a.go:7:20: call of Picky").silentOn("tracevet-")
}

func TestFixConflicts(t *testing.T) {
	const conflict = `
-- a.go --
package a

func Clash() {}
func One()   {}
func Two()   {}
func Bad()   {}
func Good()  {}

func A() { Clash(); Bad(); Bad() }
`
	fixed := "func A() { One(); Good(); Good() }\n"
	m := newModule(t, conflict)
	m.tracevet("-fix").exit(0).says("tracevet: fixed a.go (3 fixes)\n")
	if got := m.read("a.go"); !strings.HasSuffix(got, fixed) {
		t.Errorf("a.go is\n%s", got)
	}
	// go vet -fix throws all fixes of a package away if two conflict, unless the tool helps.
	for _, run := range []func(m *module){
		func(m *module) { m.govet("-fix").exit(0) },
		func(m *module) {
			exe, _ := os.Executable()
			m.exec("go", "fix", "-fixtool="+exe).exit(0)
		},
	} {
		m.write("a.go", strings.TrimPrefix(conflict, "\n-- a.go --\n"))
		run(m)
		if got := m.read("a.go"); !strings.HasSuffix(got, fixed) {
			t.Errorf("a.go is\n%s", got)
		}
	}
}

// A fix that breaks the build is taken back, and only that.
func TestFixThatBreaksTheBuild(t *testing.T) {
	m := newModule(t, two+`
-- c/c.go --
package c

func Good()    {}
func Bad()     {}
func Fragile() {}

func C() { Bad(); Fragile() }
`)
	c := m.read("c/c.go")
	m.tracevet("-fix", "./...").exit(2).
		prints("c/c.go:7:12: call of Bad (bad)\n\tc/c.go:4:6: declared here\nc/c.go:7:19: call of Fragile (fragile)\n").
		says("package example.com/m/c: fixes taken back, the package would not build with them: ", "undefined: undefinedName",
			"tracevet: fixed a/a.go", "tracevet: fixed b/b.go")
	if got := m.read("c/c.go"); got != c {
		t.Errorf("c.go is\n%s", got)
	}
	m.tracevet("-fix", "./a", "./b").exit(0).says("no file changed")
}

func TestFixReadOnly(t *testing.T) {
	m := newModule(t, two+`
-- far/f.go --
package far

func Near() {}
func Far()  {}
func F()    { Far() }
-- far/g.go --
package far
`)
	far := m.read("far/f.go")
	for _, name := range []string{"a/a.go", "far/g.go"} {
		if err := os.Chmod(filepath.Join(m.dir, name), 0o444); err != nil {
			t.Fatal(err)
		}
	}
	a := m.read("a/a.go")
	m.tracevet("-diff", "./a").exit(1) // shows what it would be
	m.tracevet("-fix", "./...").exit(2).
		prints(join(twoA, "b/b.go:5:14: A calls Bad (bad)\nfar/f.go:5:15: call of Far (far)\n")).
		says("tracevet: a/a.go: not fixed: the file is read-only\n", "tracevet: far/g.go: not fixed: the file is read-only\n", "tracevet: fixed b/b.go (1 fix)\n").
		silentOn("fixed a/a.go", "fixed far/f.go")
	if m.read("a/a.go") != a || m.read("far/f.go") != far {
		t.Error("a file changed that must not")
	}
	if err := os.Chmod(filepath.Join(m.dir, "far/g.go"), 0o644); err != nil {
		t.Fatal(err)
	}
	m.tracevet("-fix", "./far").exit(0).says("fixed far/f.go (1 fix)", "fixed far/g.go (1 fix)")
}

func TestFixDirectoryReadOnly(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("root may write everywhere")
	}
	m := newModule(t, two)
	dir := filepath.Join(m.dir, "a")
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	m.tracevet("-fix", "./...").exit(2).prints(join(twoA, "b/b.go:5:14: A calls Bad (bad)\n")).says("a/a.go: not fixed: permission denied", "fixed b/b.go")
}

func TestFixLink(t *testing.T) {
	m := newModule(t, "-- real.txt --\npackage a\n\nfunc Bad() {}\nfunc Good() {}\nfunc A() { Bad() }\n")
	if err := os.Symlink("real.txt", filepath.Join(m.dir, "a.go")); err != nil {
		t.Skip(err)
	}
	m.tracevet("-fix").exit(0)
	if fi, err := os.Lstat(filepath.Join(m.dir, "a.go")); err != nil || fi.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("a.go is no link any more: %v, %v", fi, err)
	}
	// The file was not formatted by gofmt before, so it is not after.
	if got := m.read("real.txt"); got != "package a\n\nfunc Bad() {}\nfunc Good() {}\nfunc A() { Good() }\n" {
		t.Errorf("the file is\n%s", got)
	}
}

func TestFixFileChangedMeanwhile(t *testing.T) {
	m := newModule(t, "-- a.go --\npackage a\n\nconst MarkTouch = 0\n\nfunc Bad()  {}\nfunc Good() {}\nfunc A()    { Bad() }\n")
	m.tracevet("-fix").exit(2).says("a.go: not fixed: the file changed while it was analysed; run tracevet again")
	if got := m.read("a.go"); strings.Contains(got, "{ Good()") {
		t.Errorf("a.go is\n%s", got)
	}
}

// Imports go with their last use, when all fixes of a round are made.
func TestFixUnusedImports(t *testing.T) {
	m := newModule(t, `
-- a.go --
package a

import (
	_ "unicode/utf16"
	"unicode/utf8" // for A

	u8 "unicode/utf8"
)

func A() int { return utf8.RuneLen('a') + utf8.RuneLen('b') }
func B() bool { return u8.ValidString("") }
-- b.go --
package a

import "unicode/utf8"

func C() int { return utf8.RuneLen('a') }
-- c.go --
package a

import "unicode/utf8"

func D() bool { return utf8.RuneLen('a') == 1 && utf8.ValidString("") }
`)
	m.tracevet("-fix").exit(0).silentOn("taken back")
	for name, want := range map[string]string{
		"a.go": `package a

import (
	_ "unicode/utf16"

	u8 "unicode/utf8"
)

func A() int { return 1 + 1 }
func B() bool { return u8.ValidString("") }
`,
		"b.go": "package a\n\nfunc C() int { return 1 }\n",
		"c.go": "package a\n\nimport \"unicode/utf8\"\n\nfunc D() bool { return 1 == 1 && utf8.ValidString(\"\") }\n",
	} {
		if got := m.read(name); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
}

// A fix that does not help is made once, not in every round.
func TestFixThatDoesNotHelp(t *testing.T) {
	m := newModule(t, "-- a.go --\npackage a\n\nfunc Loop()  {}\nfunc Loop0() {}\nfunc A() {\n\tLoop()\n}\n")
	m.tracevet("-fix").exit(1).prints("a.go:6:2: call of Loop (loop)\n").says("fixed a.go (1 fix)")
	if got := strings.Count(m.read("a.go"), "\tLoop0()\n"); got != 1 {
		t.Errorf("a.go is\n%s", m.read("a.go"))
	}
}

// Files that must not be edited: generated ones, those with line directives,
// those that cgo rewrites, and those of other modules.
func TestNoFix(t *testing.T) {
	m := newModule(t, `
-- a.go --
package a

func Bad()  {}
func Good() {}
-- gen.go --
// Code generated by hand. DO NOT EDIT.

package a

func A() { Bad() }
-- line.go --
package a

//line line.go:6
func B() { Bad() }
`)
	m.tracevet("-fix").exit(1).says("3 findings"[2:], "none with a fix", "no file changed")

	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no C compiler")
	}
	m.write("c/cgo.go", "package c\n\n// int one(void) { return 1; }\nimport \"C\"\n\nconst MarkCgo = 0\n\nfunc One() int { return int(C.one()) }\n")
	m.env = append(m.env, "CGO_ENABLED=1")
	src := m.read("c/cgo.go")
	m.tracevet("-fix", "./c").exit(1).prints("c/cgo.go:1:1: cgo file (marked)\n").says("none with a fix")
	if m.read("c/cgo.go") != src {
		t.Error("cgo file changed")
	}
}

func TestJSON(t *testing.T) {
	m := newModule(t, two+"-- c/c.go --\npackage c\n\nfunc F() { x() }\n")
	out := m.tracevet("-json", "./...").exit(2)
	var got report.Document
	dec := json.NewDecoder(strings.NewReader(out.stdout))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&got); err != nil {
		t.Fatal(err)
	}
	start := strings.Index(m.read("a/a.go"), "Bad() }")
	want := report.Document{
		Version: 1,
		Findings: []report.Finding{{
			Rule: "bad", Category: "direct", Package: "example.com/m/a", Message: "call of Bad", URL: "https://example.com/bad#direct",
			Posn:    report.Posn{File: "a/a.go", Line: 6, Column: 12, EndLine: 6, EndColumn: 17},
			Related: []report.Related{{Message: "declared here", Posn: report.Posn{File: "a/a.go", Line: 3, Column: 6, EndLine: 3, EndColumn: 6}}},
			Fixes:   []report.Fix{{Message: "Call Good", Edits: []report.Edit{{File: "a/a.go", Start: start, End: start + 3, New: "Good"}}}},
		}},
		Errors: []report.Error{{Kind: "build", Package: "example.com/m/c", Message: "c/c.go:3:12: undefined: x"}},
	}
	got.Findings = got.Findings[:1]
	want.Findings[0].Severity, want.Findings[0].Fingerprint = "warning", got.Findings[0].Fingerprint // of which package gate has tests
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if out := m.tracevet("-json", "-rules=loop", "./a").exit(0); out.stdout != "{\n\t\"version\": 1,\n\t\"findings\": [],\n\t\"errors\": []\n}\n" {
		t.Errorf("nothing found: %s", out.stdout)
	}
	m.tracevet("-json", "./none").exit(2).prints("{\n\t\"version\": 1,\n\t\"findings\": [],\n\t\"errors\": [\n\t\t{\n\t\t\t\"kind\": \"usage\",\n\t\t\t\"package\": \"./none\",\n\t\t\t\"message\": \"stat " + filepath.Join(m.dir, "none") + ": directory not found\"\n\t\t}\n\t]\n}\n")
}
