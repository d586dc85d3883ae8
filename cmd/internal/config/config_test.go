package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
)

func registry() []analyzers.Rule {
	leak := &analysis.Analyzer{Name: "leak"}
	leak.Flags.Int("depth", 3, "")
	return []analyzers.Rule{{Analyzer: leak, Group: analyzers.Default}, {Analyzer: &analysis.Analyzer{Name: "picky"}, Group: analyzers.OptIn}}
}

func read(t *testing.T, text string) (*File, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), Name)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return Read(file, registry())
}

func TestRead(t *testing.T) {
	f, err := read(t, `# All there is.
rules: [default]
enable:
  - picky
severity:
  leak: error
fail-on: warning
exclude: ["**/gen/*.go", legacy/]
tests: true
options:
  leak: {depth: 5}
knowledge:
  example.com/lib:
    Tracer.Begin: {role: StartSpan, span: 1, ctx: 0}
    Die: {role: NoReturn}
`)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(f.Flags(), " ")
	want := `-settings.tests=true -settings.knowledge={"example.com/lib":{"Die":{"role":"NoReturn"},"Tracer.Begin":{"role":"StartSpan","span":1,"ctx":0}}} -leak.depth=5`
	if got != want {
		t.Errorf("flags %s, want %s", got, want)
	}
	for _, text := range []string{"", "# nothing\n", "---\n", "{}\n"} {
		if f, err := read(t, text); err != nil || len(f.Flags()) > 0 {
			t.Errorf("%q: %v, %v", text, f.Flags(), err)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for text, want := range map[string][]string{
		"enable: [picky]\nenabel: [x]\n":                               {`:2: unknown field "enabel"`},
		"enable: picky\n":                                              {":1: "},
		"\nenable:\n  - leak\n  - pickyy\n":                            {`:4: enable.1: unknown rule "pickyy" (did you mean picky?)`},
		"severity:\n  leak: bad\n  none: error\n":                      {`:2: severity.leak: "bad" is not one of info, warning, error`, ":3: severity.none: unknown rule"},
		"fail-on: now\n":                                               {`:1: fail-on: "now" is not one of info, warning, error, none`},
		"disable: [all]\n":                                             {":1: disable: no rule is left to run"},
		"options:\n  leak:\n    depht: 3\n":                            {":3: options.leak.depht: leak has no option depht; it has depth"},
		"options:\n  leak:\n    depth: deep\n":                         {":3: options.leak.depth: parse error"},
		"options: {picky: {x: 1}}\n":                                   {":1: options.picky.x: picky has no options"},
		"knowledge:\n  example.com/x:\n    F:\n      role: Starts\n":   {`:3: knowledge.example.com/x.F: "Starts" is no role; the roles are BorrowSpan,`},
		"knowledge:\n  example.com/x:\n    F: {role: EndSpan, spa: 1}": {`:3: unknown field "spa"`},
		"tests: yes please\n":                                          {":1: "},
		"exclude:\n  - ok\n  - \"[a\"\n":                               {`:3: exclude.1: bad pattern "[a"`},
		"rules: [default\n":                                            {":1: "},
		"tests: true\ntests: false\n":                                  {`:2: mapping key "tests" already defined`},
	} {
		_, err := read(t, text)
		if err == nil {
			t.Errorf("%q: no error", text)
			continue
		}
		for _, w := range want {
			if !strings.Contains(err.Error(), Name+w) {
				t.Errorf("%q: error\n%v\nlacks %s", text, err, w)
			}
		}
		if strings.Contains(err.Error(), "analyzers.") {
			t.Errorf("%q: the error speaks of our types: %v", text, err)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "no.yaml"), nil); err == nil || !strings.Contains(err.Error(), "there is no configuration") {
		t.Errorf("no file: %v", err)
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	write := func(name string) string {
		t.Helper()
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	outer := write(Name)
	inner := write("repo/mod/" + Name)
	write("repo/.git/HEAD")
	write("repo/other/x.go")
	write("plain/x.go")
	write("repo/mod/go.mod")
	write("repo/mod/pkg/" + Name) // not in the root of its module
	for dir, want := range map[string]string{"repo/mod": inner, "repo/mod/pkg": inner, "repo/other": "", "plain": outer, ".": outer} {
		if got := Find(filepath.Join(root, dir)); got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
}

func TestNearby(t *testing.T) {
	t.Setenv("GOWORK", "")
	root := t.TempDir()
	for name, text := range map[string]string{
		".git/HEAD": "", "go.work": "go 1.24\n\nuse (\n\t./one\n\t./two\n)\n",
		"one/go.mod": "module one\n", "one/" + Name: "", "two/go.mod": "module two\n", "two/" + Name: "", "three/" + Name: "",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	one, two := filepath.Join(root, "one", Name), filepath.Join(root, "two", Name)
	for dir, want := range map[string]string{".": one + " " + two, "two": two + " " + one} {
		if got := strings.Join(Nearby(filepath.Join(root, dir)), " "); got != want {
			t.Errorf("%s: %s, want %s", dir, got, want)
		}
	}
	t.Setenv("GOWORK", "off")
	if got := strings.Join(Nearby(filepath.Join(root, "two")), " "); got != two {
		t.Errorf("without the workspace: %s", got)
	}
}

func TestExcludes(t *testing.T) {
	for pattern, want := range map[string]string{
		"legacy":       "legacy/a.go legacy/x/b.go",
		"legacy/":      "legacy/a.go legacy/x/b.go",
		"**/*_gen.go":  "c_gen.go x/c_gen.go",
		"*_gen.go":     "c_gen.go",
		"x/**":         "x/c_gen.go x/legacy/d.go",
		"**/legacy":    "legacy/a.go legacy/x/b.go x/legacy/d.go",
		"{x,y}/*.go":   "x/c_gen.go",
		"legacy/a.go":  "legacy/a.go",
		"nothing/**":   "",
		"legacy/x/b.g": "",
	} {
		var got []string
		for _, name := range []string{"c_gen.go", "legacy/a.go", "legacy/x/b.go", "x/c_gen.go", "x/legacy/d.go"} {
			if Excludes([]string{pattern}, name) {
				got = append(got, name)
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
}
