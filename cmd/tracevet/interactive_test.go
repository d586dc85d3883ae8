package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// answering runs tracevet -fix -interactive with the given lines on its standard input.
func (m *module) answering(input string, args ...string) *output {
	m.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{"-fix", "-interactive"}, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin = m.dir, m.env, strings.NewReader(input)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Run()
	return &output{m.t, "-interactive " + strings.Join(args, " "), stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

func TestInteractive(t *testing.T) {
	const src = `package a

func Bad()  {}
func Good() {}
func Two()  {}

func A() { Bad() }
func B() { Bad() }
func C() { Bad(); Bad() }
`
	for input, want := range map[string]string{
		"1\n\n\ns\n":      "func A() { Good() }\nfunc B() { Bad() }\nfunc C() { Bad(); Bad() }\n",
		"s\ny\n1\ns\n":    "func A() { Bad() }\nfunc B() { Good() }\nfunc C() { Good(); Bad() }\n", // equal findings: the second was skipped
		"s\n9\nx\n1\nq\n": "func A() { Bad() }\nfunc B() { Good() }\nfunc C() { Bad(); Bad() }\n",
		"s\na\n":          "func A() { Bad() }\nfunc B() { Good() }\nfunc C() { Good(); Good() }\n",
		"":                "func A() { Bad() }\nfunc B() { Bad() }\nfunc C() { Bad(); Bad() }\n",
		"1":               "func A() { Good() }\nfunc B() { Bad() }\nfunc C() { Bad(); Bad() }\n",
	} {
		m := newModuleIn(t, "-- a.go --\n"+src)
		out := m.answering(input).exit(1).says("a.go:7:12: call of Bad", "  1: Call Good\n", "     +func A() { Good() }\n", "Apply? 1, s(kip)")
		if got := m.read("a.go"); !strings.HasSuffix(got, want) {
			t.Errorf("%q makes\n%s\nwant\n%s\n%s", input, got, want, out.stderr)
		}
	}
}

// Of several fixes any may be chosen.
func TestInteractiveAlternatives(t *testing.T) {
	m := newModule(t, "-- a.go --\npackage a\n\nfunc Clash() {}\nfunc One()   {}\nfunc Two()   {}\nfunc Twice() {}\nfunc Once()  {}\nfunc A()     { Twice() }\n")
	m.answering("2\n", "-color=always").exit(0).says("1: Call Once", "2: Remove it", "Apply? 1-2", "\x1b[31m     -func A()     { Twice() }")
	if got := m.read("a.go"); !strings.HasSuffix(got, "func A()     {}\n") {
		t.Errorf("a.go is\n%s", got)
	}
	m.tracevet("-interactive").exit(2).says("-interactive and -clean need -fix")
	m.tracevet("-fix", "-diff", "-interactive").exit(2)
}

func TestFixClean(t *testing.T) {
	m := newRepository(t)
	m.write("a/f0.go", m.read("a/f0.go")+"// changed\n")
	m.write("a/untracked.go", "package a\n\n"+faulty("U"))
	f0, u := m.read("a/f0.go"), m.read("a/untracked.go")
	m.tracevet("-fix", "-clean", "./...").exit(2).says("a/f0.go: not fixed: it has changes that are not committed", "a/untracked.go: not fixed", "fixed a/f1.go (10 fixes)").silentOn("fixed a/f0.go (")
	if m.read("a/f0.go") != f0 || m.read("a/untracked.go") != u {
		t.Error("a file changed that has changes")
	}
	m.tracevet("-fix", "./...").exit(0).says("fixed a/f0.go (10 fixes)")
	none := newModuleIn(t, two)
	none.tracevet("-fix", "-clean", "./...").exit(2).says("-clean: ", "is not in a git repository")
}
