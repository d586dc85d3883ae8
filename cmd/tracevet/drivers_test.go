package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/cmd/internal/report"
)

// everything is a module in which all sorts of things are found and go wrong.
const everything = two + `
-- a/a_test.go --
package a

func test() { Bad() }
-- a/x_test.go --
package a_test

import "example.com/m/a"

func test() { a.Bad() }
-- onlytests/o_test.go --
package onlytests

func Bad()  {}
func Good() {}
func test() { Bad() }
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
-- testerr/t.go --
package testerr

func Bad() {}
func F()   { Bad() }
-- testerr/t_test.go --
package testerr

func test() { undefined() }
-- unused/u.go --
package unused

import "os"
-- marked/m.go --
package marked

const MarkPassPanic = 0

func Bad() {}
func P()   { Bad() }
-- broken/b.go --
package broken

const MarkError = 0
-- tags/t.go --
//go:build special

package tags

func Bad() {}
func F()   { Bad() }
-- generic/g.go --
package generic

func Bad[T any]() {}
func F()          { Bad[int]() }
-- picky/p.go --
package picky

func Picky() {}
func F()     { Picky() }
-- line/line.go --
package line

//line other.go:7
func Bad() {}
func F()   { Bad() }
`

// Both drivers find the same, in the same order, and have the same errors: for those of the
// compiler and the type checker, which word some of them differently, the kind and the package.
func TestDrivers(t *testing.T) {
	m := newModule(t, everything)
	for _, args := range [][]string{
		{"./..."},
		{"./b"},
		{"-rules=bad,picky,loop", "./a", "./picky"},
		{"-bad.name=Good", "./a", "./b"},
		{"-tags=special", "./tags", "./a"},
		{"./imports"},
		{"./testerr"},
		{"./none"},
		{"a/a.go"},
		{"-C", "b", ".", "../a"},
	} {
		vet := m.tracevet(append([]string{"-driver=vet", "-json"}, args...)...)
		in := m.tracevet(append([]string{"-driver=inprocess", "-json"}, args...)...)
		in.exit(vet.code)
		if a, b := comparable(t, vet.stdout), comparable(t, in.stdout); a != b {
			t.Errorf("%s: through go vet\n%s\nin process\n%s", args, a, b)
		}
	}
}

// comparable returns the document less what drivers may word differently.
func comparable(t *testing.T, text string) string {
	t.Helper()
	var doc report.Document
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	for i := range doc.Errors {
		e := &doc.Errors[i]
		e.Detail = ""
		if e.Kind == "build" {
			e.Message = ""
		}
	}
	out, err := json.MarshalIndent(doc, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// The exit codes of each mode, by driver.
func TestExitCodes(t *testing.T) {
	m := newModule(t, everything+"-- c/c.go --\npackage c\n")
	for _, d := range []string{"-driver=vet", "-driver=inprocess"} {
		for _, test := range []struct {
			args string
			code int
		}{
			{"./c", 0}, {"-json ./c", 0}, {"-diff ./c", 0}, {"-fix ./c", 0},
			{"./a", 1}, {"-json ./a", 1}, {"-diff ./a", 1},
			{"./a ./typeerr", 2}, {"-json ./typeerr", 2}, {"-diff ./a ./typeerr", 2}, {"-fix ./typeerr", 2},
			{"./none", 2}, {"./marked", 2}, {"-nope", 2},
		} {
			m.tracevet(append([]string{d}, strings.Fields(test.args)...)...).exit(test.code)
		}
	}
	m.tracevet("-driver=auto", "./c").exit(0)
	m.tracevet("-driver=auto", "./a").exit(1)
	m.tracevet("-driver=auto", "./typeerr").exit(2)
	m.tracevet("-driver=fast").exit(2).says(`unknown driver "fast"`)
	// The go command knows no other failure than 1.
	m.govet("./c").exit(0)
	m.govet("./a").exit(1)
	m.govet("./typeerr").exit(1)
	m.govet("-json", "./a").exit(0)
}

func TestFixInProcess(t *testing.T) {
	m := newModule(t, two)
	diff := m.tracevet("-driver=vet", "-diff", "./...").exit(1).stdout
	m.tracevet("-driver=inprocess", "-diff", "./...").exit(1).prints(diff)
	m.tracevet("-driver=inprocess", "-fix", "./...").exit(0).says("fixed a/a.go (1 fix)")
	m.tracevet("-driver=vet", "./...").exit(0).prints("")
}

// In the second round of fixes rules read the file as the first one left it, not as it is on disk:
// otherwise the comment would not seem to stand alone on its line, and the Bad below it be fixed.
func TestFixInProcessReadsOverlay(t *testing.T) {
	const src = `
-- a.go --
package a

func Clash() {}
func One()   {}
func Two()   {}
func Bad()   {}
func Good()  {}

func A() { Clash(); Bad(); Bad(); Bad(); Bad(); Bad(); Bad(); Bad(); Bad(); Bad(); Bad(); Bad() }

func B() {
	//tracevet:ignore bad it is meant so
	Bad()
}
`
	m := newModule(t, src)
	m.tracevet("-driver=inprocess", "-fix").exit(0).says("fixed a.go (12 fixes)")
	if got := m.read("a.go"); !strings.HasSuffix(got, "it is meant so\n\tBad()\n}\n") {
		t.Errorf("a.go is\n%s", got)
	}
}

// An overlay of the user's own is the go command's business.
func TestOverlayOfUser(t *testing.T) {
	m := newModule(t, two)
	m.write("good.txt", strings.Replace(m.read("a/a.go"), "{ Bad() }", "{ Good() }", 1))
	m.write("overlay.json", `{"Replace": {"a/a.go": "good.txt"}}`)
	m.env = append(m.env, "GOFLAGS=-overlay="+filepath.Join(m.dir, "overlay.json"))
	for _, d := range []string{"vet", "inprocess"} {
		m.tracevet("-driver="+d, "./a").exit(0)
	}
}

func TestCgoInProcess(t *testing.T) {
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no C compiler")
	}
	m := newModule(t, "-- cgo.go --\npackage c\n\n// int one(void) { return 1; }\nimport \"C\"\n\nfunc Bad() {}\nfunc One() int { Bad(); return int(C.one()) }\n")
	m.env = append(m.env, "CGO_ENABLED=1")
	vet := m.tracevet("-driver=vet", "-json").exit(1)
	m.tracevet("-driver=inprocess", "-json").exit(1).prints(vet.stdout)
}

// With an empty build cache the go command would have to compile the standard
// library first; auto does not. With a warm one it uses the go command, which
// does not analyse again.
func TestDriverAuto(t *testing.T) {
	m := newModule(t, "-- a.go --\npackage a\n\nimport _ \"net/http\"\n\nfunc Bad() {}\nfunc A()   { Bad() }\n")
	want := "a.go:6:14: call of Bad (bad)\n\ta.go:5:6: declared here\n"
	warm := m.env
	m.env = append(m.env, "GOCACHE="+filepath.Join(t.TempDir(), "empty"))
	m.tracevet().exit(1).prints(want)
	if n := compiled(m); n > 0 {
		t.Errorf("%d packages were compiled", n)
	}
	m.env = warm
	m.exec("go", "build", ".").exit(0)
	m.tracevet().exit(1)
	m.analyses()
	m.tracevet().exit(1).prints(want)
	if n := m.analyses(); n != 0 {
		t.Errorf("a second run with a warm cache analysed %d packages", n)
	}
}

// compiled returns how many archives are in the module's build cache.
func compiled(m *module) int {
	m.t.Helper()
	out := m.exec("go", "list", "-deps", "-f", "{{if not .Stale}}{{.ImportPath}}{{end}}", "./...").exit(0)
	return len(strings.Fields(strings.ReplaceAll(out.stdout, "unsafe", "")))
}

// An interrupted run in process ends as one through the go command does.
func TestInterruptInProcess(t *testing.T) {
	m := newModule(t, "-- a.go --\npackage a\n\nconst MarkHang = 0\n")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	interrupt(t, m, exec.Command(exe, "-driver=inprocess"))
}
