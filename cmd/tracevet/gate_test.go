package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// git runs git in the module's directory.
func (m *module) git(args ...string) *output {
	m.t.Helper()
	args = append([]string{"-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"}, args...)
	return m.exec("git", args...).exit(0)
}

func (m *module) commit(msg string) {
	m.t.Helper()
	m.git("add", "-A")
	m.git("commit", "-q", "-m", msg)
}

// faulty returns the source of a function with one finding.
func faulty(name string) string {
	return fmt.Sprintf("// %s calls Bad.\nfunc %s() {\n\tprintln(%q)\n\tBad()\n}\n\n", name, name, name)
}

// newRepository is a module with 40 findings on its main branch.
func newRepository(t *testing.T) *module {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	m := newModule(t, "-- b/b.go --\npackage b\n-- a/bad.go --\npackage a\n\nfunc Bad()  {}\nfunc Good() {}\n\nfunc early() {}\n")
	for i := range 4 {
		src := "package a\n\n"
		for j := range 10 {
			src += faulty(fmt.Sprintf("F%d%d", i, j))
		}
		m.write(fmt.Sprintf("a/f%d.go", i), src)
	}
	m.git("init", "-q")
	m.commit("old")
	return m
}

// branch makes a branch that adds two findings, and moves ten.
func (m *module) branch() {
	m.git("checkout", "-q", "-b", "feature")
	// Five go down by some lines, and are written with other spaces and comments.
	src := m.read("a/f0.go")
	for i := range 5 {
		name := fmt.Sprintf("F0%d", i)
		src = strings.Replace(src, faulty(name), "", 1) + strings.ReplaceAll(strings.Replace(faulty(name), "// "+name+" calls", "// "+name+" now calls", 1), "\tBad()", "\n\tBad() // here")
	}
	m.write("a/f0.go", strings.Replace(src, "package a\n", "package a\n\n// Something new.\nconst Answer = 42\n", 1))
	// Five go to another file.
	src = m.read("a/f1.go")
	moved := "package a\n\nvar _ = Good\n\n"
	for i := range 5 {
		name := fmt.Sprintf("F1%d", i)
		src = strings.Replace(src, faulty(name), "", 1)
		moved += faulty(name)
	}
	m.write("a/f1.go", src)
	m.write("a/moved.go", moved)
	// A file gets another name.
	m.git("mv", "a/f2.go", "a/renamed.go")
	// The two: a new function, and an old one that changed.
	m.write("a/new.go", "package a\n\n"+faulty("New"))
	m.write("a/bad.go", strings.Replace(m.read("a/bad.go"), "func early() {}", "func early() { Bad() }", 1))
}

// The rehearsal of a pull request: the gate shows the two new findings, and
// none after -fix; the 40 old ones stay out of sight.
func TestPullRequest(t *testing.T) {
	m := newRepository(t)
	m.tracevet("./...").exit(1).says("40 findings")
	m.branch()
	m.tracevet("./...").exit(1).says("42 findings")
	two := "a/bad.go:6:16: call of Bad (bad)\n\ta/bad.go:3:6: declared here\na/new.go:6:2: call of Bad (bad)\n\ta/bad.go:3:6: declared here\n"
	check := func(when string) {
		t.Helper()
		m.tracevet("-new-from=main", "./...").exit(1).prints(two).says("2 findings", "tracevet: not shown: 40 not new\n")
		m.tracevet("-new-from=main", "-driver=inprocess", "./...").exit(1).prints(two)
		m.tracevet("-C", "a", "-new-from=main", ".").exit(1).prints(strings.ReplaceAll(two, "a/", ""))
		m.tracevet("-new-from=main", "./b").exit(0).prints("")
		if t.Failed() {
			t.Fatal(when)
		}
	}
	check("not committed")
	m.commit("change")
	check("committed")
	// What came to main meanwhile is not the branch's.
	m.git("checkout", "-q", "main")
	m.write("a/f3.go", m.read("a/f3.go")+faulty("Main"))
	m.commit("meanwhile")
	m.git("checkout", "-q", "feature")
	check("main went on")

	m.tracevet("-new-from=main", "-diff", "./...").exit(1)
	m.tracevet("-new-from=main", "-fix", "./...").exit(0).says("fixed a/bad.go (1 fix)", "fixed a/new.go (1 fix)").silentOn("fixed a/f", "fixed b/")
	m.tracevet("-new-from=main", "./...").exit(0).prints("").says("not shown: 40 not new")
	m.tracevet("./...").exit(1).says("40 findings")
}

// A copy of a faulty function is new; so is a fault that a comment no longer suppresses, and one whose
// function lost a line.
func TestNewFrom(t *testing.T) {
	m := newRepository(t)
	m.write("c/c.go", "package c\n\nfunc Bad() {}\n\nfunc quiet() {\n\tBad() //tracevet:ignore bad it is meant so\n}\n\nfunc lost() {\n\tBad()\n\tprintln()\n}\n")
	m.commit("more")
	m.write("c/c.go", strings.NewReplacer(" //tracevet:ignore bad it is meant so", "", "\tprintln()\n", "").Replace(m.read("c/c.go")))
	m.write("d/d.go", "package d\n\nfunc Bad() {}\n\n"+faulty("F00"))
	m.write("a/f0.go", "package a\n\n// A comment.\n"+strings.TrimPrefix(m.read("a/f0.go"), "package a\n"))
	m.tracevet("-new-from=HEAD", "./...").exit(1).prints("c/c.go:6:2: call of Bad (bad)\n\tc/c.go:3:6: declared here\nc/c.go:10:2: call of Bad (bad)\n\tc/c.go:3:6: declared here\nd/d.go:8:2: call of Bad (bad)\n\td/d.go:3:6: declared here\n")
}

func TestBaseline(t *testing.T) {
	m := newRepository(t)
	m.tracevet("-baseline=base.json", "./...").exit(2).says("there is no baseline", "-write-baseline writes one")
	m.tracevet("-baseline=base.json", "-write-baseline", "./...").exit(0).prints("").says("40 findings are in")
	first := m.read("base.json")
	m.tracevet("-baseline=base.json", "-driver=inprocess", "-write-baseline", "./...").exit(0)
	if m.read("base.json") != first {
		t.Error("the baseline is another one the second time")
	}
	m.tracevet("-baseline=base.json", "./...").exit(0).prints("").says("not shown: 40 in the baseline")
	m.branch()
	two := m.tracevet("-new-from=main", "./...").exit(1).stdout
	// Those that were moved to another line with a comment on it differ in their line.
	m.write("a/f0.go", strings.ReplaceAll(m.read("a/f0.go"), "\tBad() // here", "\tBad()"))
	m.tracevet("-baseline=base.json", "./...").exit(1).prints(two).says("not shown: 40 in the baseline")
	m.tracevet("-C", "a", "-baseline=../base.json", ".").exit(1).says("2 findings")
	m.git("mv", "a/f3.go", "a/other.go")
	m.tracevet("-baseline=base.json", "./...").exit(1).prints(two)
	m.tracevet("-baseline=base.json", "-fix", "./...").exit(0).silentOn("fixed a/f")

	m.write("a/broken.go", "package a\n\nfunc f() { undefined() }\n")
	m.tracevet("-baseline=base.json", "-write-baseline", "./...").exit(2).says("the baseline is not written, since findings may be missing")
	if m.read("base.json") != first {
		t.Error("the baseline was written although findings are missing")
	}
	os.Remove(filepath.Join(m.dir, "a/broken.go"))
	m.tracevet("-baseline=no/such/dir.json", "-write-baseline", "./...").exit(2).says("cannot write the baseline")
	m.tracevet("-write-baseline", "./...").exit(2).says("-write-baseline needs -baseline FILE")
	for text, says := range map[string]string{
		"{":                              "is broken: unexpected EOF",
		`{"version": 7, "findings": []}`: "has version 7, which this tracevet does not know",
		`{"version": 1, "others": []}`:   "unknown field",
	} {
		m.write("bad.json", text)
		m.tracevet("-baseline=bad.json", "./...").exit(2).prints("").says(says)
	}
	m.tracevet("-baseline=a", "./...").exit(2).prints("").says("cannot read the baseline")
}

func TestFailOn(t *testing.T) {
	m := newModule(t, two)
	for failOn, code := range map[string]int{"info": 1, "warning": 1, "error": 0, "none": 0} {
		m.tracevet("-fail-on="+failOn, "./...").exit(code).prints(join(twoA, twoB))
	}
	m.tracevet("-fail-on=none", "./a", "./nope").exit(2)
	m.tracevet("-fail-on=never").exit(2).says("-fail-on has to be one of info, warning, error, none")
}

func TestNewFromErrors(t *testing.T) {
	m := newRepository(t)
	m.tracevet("-new-from=nope", "./...").exit(2).prints("").says("-new-from: there is no revision nope\n")
	m.tracevet("-new-from=--all", "./...").exit(2).prints("").says("there is no revision --all")
	m.git("checkout", "-q", "--orphan", "other")
	m.commit("other")
	m.tracevet("-new-from=main", "./...").exit(2).says("main and HEAD have no commit in common\n")

	// A shallow clone, as CI systems make them.
	m.git("checkout", "-q", "main")
	m.git("checkout", "-q", "-b", "feature")
	m.write("a/new.go", "package a\n")
	m.commit("new")
	m.git("clone", "-q", "--depth=1", "--branch=feature", "file://"+m.dir, "../shallow")
	m.tracevet("-C", "../shallow", "-new-from=origin/main", "./...").exit(2).says("there is no revision origin/main: the clone is shallow", "fetch-depth: 0")

	none := newModuleIn(t, two)
	none.tracevet("-new-from=main", "./...").exit(2).says("is not in a git repository")
	goOnly := filepath.Join(none.dir, "bin")
	if err := os.MkdirAll(goOnly, 0o777); err != nil {
		t.Fatal(err)
	}
	goExe, _ := exec.LookPath("go")
	if err := os.Symlink(goExe, filepath.Join(goOnly, "go")); err != nil {
		t.Skip(err)
	}
	none.env = append(none.env, "PATH="+goOnly)
	none.tracevet("-new-from=main", "./...").exit(2).says("-new-from: this needs git, which is not in PATH")
	none.tracevet("./...").exit(1) // the rest works without
}
