package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const configured = `
-- a/a.go --
package a

func Picky() {}
func Bad()   {}
func Good()  {}
func A()     { Picky(); Bad(); Good() }
-- gen/g.go --
package gen

func Bad() {}
func G()   { Bad() }
`

const (
	aBad   = "a/a.go:6:25: call of Bad (bad)\n\ta/a.go:4:6: declared here\n"
	aPicky = "a/a.go:6:16: call of Picky (picky)\n"
	aGood  = "a/a.go:6:32: call of Good (bad)\n\ta/a.go:5:6: declared here\n"
	gBad   = "gen/g.go:4:14: call of Bad (bad)\n\tgen/g.go:3:6: declared here\n"
)

func TestConfig(t *testing.T) {
	t.Parallel()
	for _, d := range []string{"-driver=vet", "-driver=inprocess"} {
		m := newModuleIn(t, configured)
		run := func(args ...string) *output {
			t.Helper()
			return m.tracevet(append([]string{d}, args...)...)
		}
		run("./...").exit(1).prints(aBad + gBad)
		m.write(".tracevet.yaml", "enable: [opt-in]\nexclude: [gen]\nseverity: {picky: info}\nfail-on: warning\n")
		run("./...").exit(1).prints(aPicky + aBad).says("not shown: 1 in excluded files")
		run("-C", "a", ".").exit(1).prints(strings.ReplaceAll(aPicky+aBad, "a/", ""))
		run("-disable=bad", "./...").exit(0).prints(aPicky)
		run("-disable=bad", "-fail-on=info", "./...").exit(1).prints(aPicky)
		run("-rules=default", "./...").exit(1).prints(aBad)
		run("-config=none", "./...").exit(1).prints(aBad + gBad)
		m.write("other.yaml", "rules: [bad]\noptions: {bad: {name: Good}}\n")
		run("-config=other.yaml", "./...").exit(1).prints(aGood)
		run("-config=other.yaml", "-bad.name=Bad", "./...").exit(1).prints(aBad + gBad)
		run("-config=no.yaml", "./...").exit(2).says("there is no configuration")

		m.write(".tracevet.yaml", "# Some.\nenabel: [opt-in]\n")
		run("./...").exit(2).prints("").says(`.tracevet.yaml:2: unknown field "enabel"`)
		m.write(".tracevet.yaml", "enable:\n- bda\n")
		run("./...").exit(2).prints("").says(`.tracevet.yaml:2: enable.0: unknown rule "bda"`)
		if t.Failed() {
			t.Fatal(d)
		}
		if d == "-driver=vet" {
			m.govet("./...").exit(1).says(`.tracevet.yaml:2: enable.0: unknown rule "bda"`).silentOn("call of")
		}
	}
}

// Under plain go vet a changed configuration is never missed, and one that comes back
// costs nothing. The directory in which go vet runs makes no difference.
func TestConfigGoVet(t *testing.T) {
	m := newModule(t, configured)
	sub := *m
	sub.dir = filepath.Join(m.dir, "a")
	none := func() { os.Remove(filepath.Join(m.dir, ".tracevet.yaml")) }
	for range 2 {
		none()
		m.govet("./...").exit(1).says("call of Bad", "gen/g.go").silentOn("call of Picky")
		sub.govet().exit(1).says("call of Bad").silentOn("call of Picky")

		m.write(".tracevet.yaml", "enable: [picky]\nexclude: [gen]\n")
		m.govet("./...").exit(1).says("call of Bad", "call of Picky").silentOn("gen/g.go")
		sub.govet().exit(1).says("call of Bad", "call of Picky")
		sub.govet("-bad").exit(1).says("call of Bad").silentOn("call of Picky") // flags win

		m.write(".tracevet.yaml", "disable: [bad]\nenable: [picky]\n")
		sub.govet().exit(1).says("call of Picky").silentOn("call of Bad")
		m.govet("./gen").exit(0)

		m.write(".tracevet.yaml", "options: {bad: {name: Good}}\n")
		m.govet("./...").exit(1).says("call of Good").silentOn("call of Bad")
		m.govet("-bad.name=Bad", "./...").exit(1).says("call of Bad").silentOn("call of Good")
		m.tracevet("-driver=vet", "./...").exit(1).prints(aGood)
	}
	m.analyses()
	m.govet("./...").exit(1).says("call of Good")
	if n := m.analyses(); n != 0 {
		t.Errorf("%d analyses of what was analysed before, want 0", n)
	}
}

// What the driver finds out about the program as a whole reaches all units, and is never stale.
func TestProgramOption(t *testing.T) {
	m := newModule(t, two)
	for range 2 {
		os.Remove(filepath.Join(m.dir, "program.txt"))
		for _, d := range []string{"vet", "inprocess"} {
			m.tracevet("-driver="+d, "./...").exit(1).prints(join(twoA, twoB))
		}
		m.govet("./...").exit(1).says("call of Bad\n")
		m.write("program.txt", "ness")
		for _, d := range []string{"vet", "inprocess"} {
			m.tracevet("-driver="+d, "./...").exit(1).prints(strings.ReplaceAll(join(twoA, twoB), "call of Bad", "call of Badness"))
			m.tracevet("-driver="+d, "-settings.program=minton", "./b").exit(1).prints(strings.ReplaceAll(join(twoB), "call of Bad", "call of Badminton"))
		}
		m.govet("./...").exit(1).says("call of Badness").silentOn("call of Bad\n")
		sub := *m
		sub.dir = filepath.Join(m.dir, "b")
		sub.govet().exit(1).says("call of Badness")
	}
}

// The two orders in which the go command would lose or replay findings, with a configuration that
// changes between them.
func TestCacheOrders(t *testing.T) {
	m := newModule(t, two)
	for _, conf := range []string{"", "enable: [picky]\n", "exclude: [nothing]\n"} {
		m.write(".tracevet.yaml", conf)
		m.tracevet("./b").exit(1).prints(twoB)
		m.tracevet("./...").exit(1).prints(join(twoA, twoB))
		m.tracevet("./b").exit(1).prints(twoB)
		m.tracevet("./a").exit(1).prints(twoA)
		m.govet("./...").exit(1).says("a.go:6:12", "b.go:5:14", "b.go:5:19")
	}
}

// In a workspace plain go vet takes the configuration of each module, and sees a change of any.
func TestConfigWorkspace(t *testing.T) {
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

func Picky() {}
func Bad()   {}
func One()   { Picky(); Bad() }
-- two/go.mod --
module example.com/two

go 1.24
-- two/two.go --
package two

func Bad() {}
func Two() { Bad() }
`)
	for range 2 {
		m.write("two/.tracevet.yaml", "disable: [bad]\n")
		m.govet("./one", "./two").exit(1).says("one.go:5:25").silentOn("two.go", "Picky")
		m.write("two/.tracevet.yaml", "exclude: [one]\n")
		m.govet("./one", "./two").exit(1).says("one.go:5:25", "two.go:4:14")
	}
	// The command takes one: that of the working directory.
	m.write("two/.tracevet.yaml", "disable: [bad]\n")
	for _, d := range []string{"vet", "inprocess"} {
		m.tracevet("-driver="+d, "./one", "./two").exit(1).says("2 findings")
		m.tracevet("-driver="+d, "-C", "two", ".").exit(0)
	}
}
