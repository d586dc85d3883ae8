package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// two is a module with two packages, of which b imports a.
const two = `
-- a/a.go --
package a

func Bad()  {}
func Good() {}

func A() { Bad() }
-- b/b.go --
package b

import "example.com/m/a"

func B() { a.A(); a.Bad() }
`

const (
	twoA = `
a/a.go:6:12: call of Bad (bad)
	a/a.go:3:6: declared here
`
	twoB = `
b/b.go:5:14: A calls Bad (bad)
b/b.go:5:19: call of Bad (bad)
`
)

func join(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(strings.TrimPrefix(p, "\n"))
	}
	return b.String()
}

func TestFindings(t *testing.T) {
	m := newModule(t, two+`
-- c/c.go --
package c
`)
	m.tracevet("./...").exit(1).prints(join(twoA, twoB)).says("tracevet: 3 findings in 2 of 3 packages, 2 with a fix (tracevet -fix)\n")
	m.tracevet("./c").exit(0).prints("").says("tracevet: no findings in 1 package\n")
	m.tracevet("-rules=loop", "./...").exit(0).prints("")
	m.tracevet("-C", "a").exit(1).prints("a.go:6:12: call of Bad (bad)\n\ta.go:3:6: declared here\n")
	m.tracevet("-C", "b", "../a", ".").exit(1).prints("../a/a.go:6:12: call of Bad (bad)\n\t../a/a.go:3:6: declared here\nb.go:5:14: A calls Bad (bad)\nb.go:5:19: call of Bad (bad)\n")
	m.tracevet("-bad.name=Good", "./...").exit(0).prints("")
	m.tracevet().exit(2).prints("").says("no Go files in", "./...")
}

// The go command confuses a run for facts with a full run; see showDiagnostics.
func TestSubsetThenAll(t *testing.T) {
	m := newModule(t, two)
	m.tracevet("./b").exit(1).prints(twoB)
	m.tracevet("./...").exit(1).prints(join(twoA, twoB))
}

func TestAllThenSubset(t *testing.T) {
	m := newModule(t, two)
	m.tracevet("./...").exit(1).prints(join(twoA, twoB))
	m.tracevet("./b").exit(1).prints(twoB)
	m.tracevet("./a").exit(1).prints(twoA)
}

// The same with test files: then the full run is that of the test variant. A file that has
// a build constraint may or may not be among them.
func TestSubsetWithTests(t *testing.T) {
	m := newModule(t, two+`
-- a/a_test.go --
package a

func test() { Bad() }
-- a/x_test.go --
package a_test

import "example.com/m/a"

func test() { a.Bad() }
-- c/c.go --
package c

func Bad() {}
func C()   { Bad() }
-- c/c_test.go --
//go:build !nope

package c
-- d/d.go --
package d

import "example.com/m/c"

func D() { c.Bad() }
`)
	tests := `
a/a_test.go:3:15: call of Bad (bad)
	a/a.go:3:6: declared here
a/x_test.go:5:15: call of Bad (bad)
`
	twoC := "c/c.go:4:14: call of Bad (bad)\n\tc/c.go:3:6: declared here\n"
	twoD := "d/d.go:5:12: call of Bad (bad)\n"
	m.tracevet("./b").exit(1).prints(twoB)
	m.tracevet("-tags=nope", "./d").exit(1).prints(twoD)
	m.tracevet("-tags=nope", "./...").exit(1).prints(join(twoA, tests, twoB, twoC, twoD))
	m.tracevet("./...").exit(1).prints(join(twoA, tests, twoB, twoC, twoD))
}

func TestSecondRunReplays(t *testing.T) {
	m := newModule(t, two)
	first := m.tracevet("./...").exit(1)
	if n := m.analyses(); n != 2 {
		t.Errorf("first run: %d analyses, want 2", n)
	}
	m.tracevet("./...").exit(1).prints(first.stdout)
	m.tracevet("-json", "./...").exit(1)
	m.govet("./...").exit(1) // shares the cache
	if n := m.analyses(); n != 0 {
		t.Errorf("second run: %d analyses, want 0", n)
	}
	m.write("b/b.go", m.read("b/b.go")+"\n// changed\n")
	m.tracevet("./...").exit(1).prints(first.stdout)
	if n := m.analyses(); n != 1 {
		t.Errorf("after a change in b: %d analyses, want 1", n)
	}
}

// A package that does not build is named; the others are reported.
func TestBuildErrors(t *testing.T) {
	m := newModule(t, two+`
-- typeerr/t.go --
package typeerr

func F() { undefined() }
-- imports/i.go --
package imports

import _ "example.com/m/typeerr"
-- syntax/s.go --
package syntax

func F( {
-- missing/m.go --
package missing

import _ "example.com/nope"
-- missingtest/m.go --
package missingtest
-- missingtest/m_test.go --
package missingtest

import _ "example.com/nope/test"
-- uses/u.go --
package uses

import _ "example.com/m/missing"
`)
	m.tracevet("./...").exit(2).prints(join(twoA, twoB)).says(
		"package example.com/m/typeerr: does not build: typeerr/t.go:3:12: undefined: undefined\n",
		"package example.com/m/imports: not analysed: it imports example.com/m/typeerr, which does not build\n",
		"package example.com/m/syntax: does not build: ", "syntax/s.go:3:9: expected ')', found '{'",
		"package example.com/m/missing: missing/m.go:3:8: no required module provides package example.com/nope",
		"package example.com/m/missingtest: does not build: missingtest/m_test.go:3:8: no required module provides package example.com/nope/test",
		"package example.com/m/uses: missing/m.go:3:8:",
		"3 findings in 2 of 2 packages", "6 errors",
	)
	m.tracevet("./typeerr").exit(2).prints("")
}

func TestRuleFails(t *testing.T) {
	const marked = `
-- p/p.go --
package p

const MARK = 0

func Bad() {}
func P()   { Bad() }
-- q/q.go --
package q

import "example.com/m/p"

func Q() { p.P() }
`
	for mark, says := range map[string][]string{
		"MarkPanic":     {"package example.com/m/p: rule marked failed: marked panicked: forced panic", "rules_test.go:"},
		"MarkPassPanic": {"package example.com/m/p: rule marked failed: shaky panicked: shaky pass", "rules_test.go:"},
		"MarkError":     {"package example.com/m/p: rule marked failed: forced error\n\twith a second line\n"},
	} {
		t.Run(mark, func(t *testing.T) {
			m := newModule(t, strings.ReplaceAll(marked, "MARK", mark))
			for range 2 { // the second time from the cache
				m.tracevet("./...").exit(2).says(says...).says("1 error").
					prints("p/p.go:6:14: call of Bad (bad)\n\tp/p.go:5:6: declared here\nq/q.go:5:14: P calls Bad (bad)\n")
			}
			m.tracevet("-rules=bad", "./...").exit(1)
		})
	}
	// Where the process of the unit dies, all rules fail on that package; but what imports
	// it is still analysed.
	for mark, says := range map[string][]string{
		"MarkDie":  {"package example.com/m/p: the analysis of this package died: panic: forced death", "rules_test.go:"},
		"MarkExit": {"package example.com/m/p: the analysis of this package died: exit status 3"},
	} {
		t.Run(mark, func(t *testing.T) {
			m := newModule(t, strings.ReplaceAll(marked, "MARK", mark)+"-- r/r.go --\npackage r\n\nimport _ \"example.com/m/q\"\n\nfunc Bad() {}\nfunc R() { Bad() }\n")
			m.tracevet("./...").exit(2).says(says...).says("1 error").
				prints("r/r.go:6:12: call of Bad (bad)\n\tr/r.go:5:6: declared here\n")
		})
	}
}

func TestUsageErrors(t *testing.T) {
	m := newModule(t, two+"-- empty/x.txt --\nx\n")
	m.tracevet("./none").exit(2).says("directory not found")
	m.tracevet("./empty/...").exit(2).says(`"./empty/..." matched no packages`)
	m.tracevet("./empty/...", "./b").exit(2).prints(twoB).says(`"./empty/..." matched no packages`)
	m.tracevet("").exit(2).says("empty package pattern")
	m.tracevet("-nope").exit(2).says("flag provided but not defined: -nope", "tracevet help")
	m.tracevet("./a", "-fix").exit(2).says("flag -fix has to come before the packages")
	m.tracevet("-json", "-diff").exit(2).says("cannot be used together")
	m.tracevet("-C", "nope").exit(2).says("-C nope: not a directory")
	m.tracevet("-rules=bad,claash").exit(2).says(`unknown rule "claash" (did you mean clash?); the rules are bad, clash, far,`)
	m.tracevet("help", "BAD").exit(2).says(`unknown rule "BAD" (did you mean bad?)`)
	m.write("go.mod", "module example.com/m\n\nnonsense\n")
	m.tracevet("./...").exit(2).prints("").says("go.mod:3: unknown directive: nonsense")
}

func TestNoModule(t *testing.T) {
	m := newModule(t, "-- go.mod --\n-- a.go --\npackage a\n")
	for _, pattern := range []string{".", "./...", "example.com/x"} {
		m.tracevet(pattern).exit(2).prints("").says("no go.mod in " + m.dir + " or any directory above it: run tracevet inside a Go module\n")
	}
}

func TestNoGo(t *testing.T) {
	m := newModule(t, two)
	m.env = append(m.env, "PATH="+m.dir)
	m.tracevet("./...").exit(2).prints("").says("the go command is not in PATH")
	m.tracevet("-fix", "./...").exit(2).prints("").says("the go command is not in PATH")
}

// Rules outside of the default group run only if they are named, in tracevet and
// in go vet.
func TestGroups(t *testing.T) {
	m := newModule(t, `
-- a.go --
package a

func Picky() {}
func Bad()   {}
func A()     { Picky(); Bad() }
`)
	bad := "a.go:5:25: call of Bad (bad)\n\ta.go:4:6: declared here\n"
	picky := "a.go:5:16: call of Picky (picky)\n"
	m.tracevet().exit(1).prints(bad)
	m.tracevet("-rules=picky").exit(1).prints(picky)
	m.tracevet("-rules=picky,bad").exit(1).prints(picky + bad)
	m.govet().exit(1).says("call of Bad").silentOn("call of Picky")
	m.govet("-picky").exit(1).says("call of Picky").silentOn("call of Bad")
	m.govet("-bad=false").exit(0).silentOn("call of")
	m.govet("-bad=false", "-picky=true").exit(1).says("call of Picky").silentOn("call of Bad")
}

func TestWorkspaceAndVendor(t *testing.T) {
	m := newModule(t, `
-- go.work --
go 1.24

use (
	./one
	./two
)
-- one/go.mod --
module example.com/one

go 1.24
-- one/one.go --
package one

func Bad() {}
func One() { Bad() }
-- two/go.mod --
module example.com/two

go 1.24

require example.com/one v0.0.0
-- two/two.go --
package two

import "example.com/one"

func Two() { one.One() }
`)
	one := "one/one.go:4:14: call of Bad (bad)\n\tone/one.go:3:6: declared here\n"
	two := "two/two.go:5:18: One calls Bad (bad)\n"
	m.tracevet("./two").exit(1).prints(two)
	m.tracevet("./one", "./two").exit(1).prints(one + two)

	// A dependency has no findings, but facts; and there is nothing to fix in it.
	m.write("go.work", "go 1.24\n\nuse ./two\n\nreplace example.com/one => ./one\n")
	m.exec("go", "work", "vendor").exit(0)
	m.tracevet("./two").exit(1).prints(two)
	m.tracevet("example.com/one").exit(1).says("1 finding in 1 of 1 package, none with a fix")
}

func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no interrupts")
	}
	m := newModule(t, "-- a.go --\npackage a\n\nconst MarkHang = 0\n")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	interrupt(t, m, exec.Command(exe, "-driver=vet"))
}

// interrupt starts a run that hangs, and interrupts it.
func interrupt(t *testing.T, m *module, cmd *exec.Cmd) {
	t.Helper()
	cmd.Dir, cmd.Env = m.dir, m.env
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 600 { // until the unit hangs
		if _, err := os.Stat(m.runs + ".hangs"); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	start := time.Now()
	cmd.Process.Signal(os.Interrupt)
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 2 || stderr.String() != "tracevet: interrupted\n" {
		t.Errorf("exit code %d, stderr %q", code, stderr.String())
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("took %v to stop", d)
	}
}

// TestRealBinary builds the program with the real rules.
func TestRealBinary(t *testing.T) {
	m := newModule(t, two)
	exe := filepath.Join(filepath.Dir(m.dir), "with space", "tracevet")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", exe, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	m.env = append(m.env, actAsTracevet+"=")
	m.exec(exe, "./...").exit(0).prints("").says("no findings in 2 packages")
	m.exec("go", "vet", "-vettool="+exe, "./...").exit(0)
	m.exec("go", "fix", "-fixtool="+exe, "./...").exit(0)
	if out := m.exec(exe, "help", "spanleak").exit(0); !strings.HasPrefix(out.stdout, "spanleak (group default, since v0.1.0") {
		t.Errorf("help spanleak prints\n%s", out.stdout)
	}
	if out := m.exec(exe, "-version").exit(0); !strings.HasPrefix(out.stdout, "tracevet ") {
		t.Errorf("-version prints %q", out.stdout)
	}
	if out := m.exec(exe, "-V=full").exit(0); len(strings.Fields(out.stdout)) != 5 || !strings.Contains(out.stdout, " version devel tracevet buildID=") {
		t.Errorf("-V=full prints %q", out.stdout)
	}
}
