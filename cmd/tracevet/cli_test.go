package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

const choosy = `
-- a.go --
package a

func Picky() {}
func Bad()   {}
func Loop()  {}
func A()     { Picky(); Bad(); Loop() }
`

func TestChoosingRules(t *testing.T) {
	m := newModule(t, choosy)
	for flags, want := range map[string]string{
		"":                                     "bad loop",
		"-rules=default":                       "bad loop",
		"-rules=opt-in":                        "picky",
		"-rules=all":                           "picky bad loop",
		"-rules=picky,loop":                    "picky loop",
		"-enable=picky":                        "picky bad loop",
		"-enable=opt-in -disable=bad":          "picky loop",
		"-disable=loop":                        "bad",
		"-rules=all -disable=default":          "picky",
		"-rules=bad -enable=loop -enable=bad":  "bad loop",
		"-rules=picky -driver=inprocess":       "picky",
		"-enable=opt-in -driver=inprocess":     "picky bad loop",
		"-disable=opt-in,loop -color=never":    "bad",
		"-rules=bad, -rules=loop -test=false ": "bad loop",
	} {
		var got []string
		for line := range strings.Lines(m.tracevet(strings.Fields(flags)...).exit(1).stdout) {
			if !strings.HasPrefix(line, "\t") {
				got = append(got, line[strings.LastIndex(line, "(")+1:strings.LastIndex(line, ")")])
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: rules %s, want %s", flags, got, want)
		}
	}
	m.tracevet("-disable=all").exit(2).says("no rule is left to run")
	m.tracevet("-enable=pickyy").exit(2).says(`unknown rule "pickyy" (did you mean picky?)`, "the groups are default, opt-in, preview, all")
}

// A choice of what runs unasked shares the cache with plain go vet.
func TestUsualChoiceIsCached(t *testing.T) {
	m := newModule(t, choosy)
	m.govet().exit(1)
	m.analyses()
	m.tracevet("-rules=default", "-disable=picky").exit(1)
	if n := m.analyses(); n != 0 {
		t.Errorf("%d analyses, want 0", n)
	}
}

func TestFormatsAndOutput(t *testing.T) {
	m := newModule(t, two)
	for _, format := range []string{"json", "sarif", "github", "gitlab", "rdjson", "checkstyle", "html"} {
		out := m.tracevet("-format="+format, "./...").exit(1).stdout
		if !strings.Contains(out, "call of Bad") || !strings.Contains(out, "a/a.go") {
			t.Errorf("%s:\n%s", format, out)
		}
		m.tracevet("-format=text,"+format+":out", "./...").exit(1).prints(join(twoA, twoB))
		if m.read("out") != out {
			t.Errorf("%s: another text goes to a file", format)
		}
		m.tracevet("-format="+format, "-driver=inprocess", "./...").exit(1).prints(out)
	}
	m.tracevet("-format=pdf").exit(2).says(`unknown format "pdf": it is one of text, json`)
	m.tracevet("-format=sarif", "-diff").exit(2).says("cannot be used together")
	m.tracevet("-format=json,sarif", "./a").exit(2).says("only one format can go to standard output")
	m.tracevet("-format=json:no/such/dir/out", "./a").exit(2).says("no such file or directory")
	if files, _ := os.ReadDir(m.dir); len(files) != 4 { // a, b, go.mod, out
		t.Errorf("something was left behind: %v", files)
	}
	m.tracevet("-color=sometimes").exit(2).says("-color has to be")
}

func TestColor(t *testing.T) {
	m := newModule(t, two)
	out := m.tracevet("-color=always", "./a").exit(1).stdout
	for _, want := range []string{"6 |\x1b[22m func A() { Bad() }", "\x1b[33;1m^^^^^", "declared here", "Call Good"} {
		if !strings.Contains(out, want) {
			t.Errorf("the output lacks %q:\n%s", want, out)
		}
	}
	m.tracevet("./a").exit(1).prints(twoA) // a pipe is no terminal
}

func TestSummaryByRule(t *testing.T) {
	m := newModule(t, choosy)
	m.tracevet("-rules=all").exit(1).says("tracevet: 3 findings in 1 of 1 package, 2 with a fix (tracevet -fix)\n\tbad: 1, all with a fix\n\tloop: 1, all with a fix\n\tpicky: 1, none with a fix\n")
}

func TestExplainAndRules(t *testing.T) {
	m := newModule(t, two)
	m.tracevet("explain", "bad").exit(0).prints("bad (group default)\n\nbad: report what bad stands for\n\nAt length.\n\nhttps://example.com/bad\n")
	m.tracevet("help", "bad").exit(0)
	m.tracevet("explain", "claash").exit(2).says("did you mean clash?")
	if out := m.tracevet("explain", "ignore").exit(0).stdout; !strings.Contains(out, "//tracevet:ignore RULE[,RULE...] the reason") {
		t.Errorf("explain ignore prints\n%s", out)
	}
	m.tracevet("explain").exit(2).says("usage: tracevet explain rule")
	out := m.tracevet("rules").exit(0).stdout
	if !strings.HasPrefix(out, "RULE ") || strings.Count(out, "\n") != 1+len(testRules()) || !strings.Contains(out, "picky    opt-in   -      -    report what picky stands for\n") {
		t.Errorf("rules prints\n%s", out)
	}
	m.tracevet("help").exit(0)
}

func TestCompletion(t *testing.T) {
	m := newModule(t, two)
	for line, want := range map[string]string{
		"exp":                  "explain",
		"explain p":            "picky",
		"-forma":               "-format=",
		"-format=s":            "-format=sarif",
		"-format=json,s":       "-format=json,sarif",
		"-format g":            "github gitlab",
		"-driver=":             "-driver=auto -driver=vet -driver=inprocess",
		"-rules=bad,pi":        "-rules=bad,picky",
		"-enable=o":            "-enable=opt-in",
		"-bad":                 "-bad.name=",
		"-fix a":               "a/",
		"./":                   "./... ./a/ ./b/",
		"completion z":         "zsh",
		"-C ":                  "a/ b/",
		"-tags=x":              "",
		"-nonsense=x":          "",
		"rules ":               "",
		"-settings.":           "-settings.knowledge= -settings.module= -settings.program= -settings.tests",
		"-fix -color=always b": "b/",
	} {
		args := append([]string{"__complete"}, strings.Split(line, " ")...)
		if got := strings.Join(strings.Fields(m.tracevet(args...).exit(0).stdout), " "); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	m.tracevet("completion").exit(2).says("usage: tracevet completion bash|fish|zsh")
	for _, shell := range []string{"bash", "zsh", "fish"} {
		script := m.tracevet("completion", shell).exit(0).stdout
		if _, err := exec.LookPath(shell); err != nil {
			t.Logf("no %s here", shell)
			continue
		}
		cmd := exec.Command(shell, "-n") // syntax only
		cmd.Stdin = strings.NewReader(script)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
}

// On a terminal there are colours and excerpts without being asked for, unless NO_COLOR says no.
func TestTerminal(t *testing.T) {
	script, err := exec.LookPath("script") // of util-linux: runs a command on a terminal of its own
	if err != nil {
		t.Skip("no script")
	}
	m := newModule(t, two)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	run := func() string {
		return m.exec(script, "-qec", "'"+exe+"' ./a", "/dev/null").exit(1).stdout
	}
	m.env = append(m.env, "TERM=xterm", "NO_COLOR=")
	if out := run(); !strings.Contains(out, "\x1b[33;1m^^^^^") {
		t.Errorf("on a terminal:\n%s", out)
	}
	m.env = append(m.env, "NO_COLOR=1")
	if out := run(); strings.Contains(out, "^^^^") {
		t.Errorf("with NO_COLOR:\n%s", out)
	}
}
