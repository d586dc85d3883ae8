package driver

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
)

func TestParsePosition(t *testing.T) {
	for s, want := range map[string]Position{
		"/a/b.go:3:14":   {"/a/b.go", 3, 14},
		"/a/b.go:3":      {"/a/b.go", 3, 0},
		`C:\a\b.go:3:14`: {`C:\a\b.go`, 3, 14},
		"/a:1/b.go:3:14": {"/a:1/b.go", 3, 14},
		"/a/b.go":        {"/a/b.go", 0, 0},
		"-":              {},
		"":               {},
	} {
		if got := parsePosition(s); got != want {
			t.Errorf("parsePosition(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestNormalize(t *testing.T) {
	at := func(file string, line, col int, rule, msg string, fixes ...Fix) Finding {
		return Finding{Rule: rule, Message: msg, Pos: Position{file, line, col}, Fixes: fixes}
	}
	sorted := []Finding{
		at("a.go", 2, 3, "r", "m"),
		at("a.go", 2, 10, "r", "m", Fix{Message: "f"}),
		at("a.go", 2, 10, "r", "n"),
		at("a.go", 2, 10, "s", "a"),
		at("a.go", 10, 1, "r", "m"),
		at("b.go", 1, 1, "r", "m"),
	}
	r := Result{Findings: slices.Clone(sorted)}
	slices.Reverse(r.Findings)
	r.Findings = append(r.Findings, at("a.go", 2, 10, "r", "m"), sorted[5]) // a duplicate that has no fix, and one more
	r.normalize()
	if !slices.EqualFunc(r.Findings, sorted, func(a, b Finding) bool {
		return a.Pos == b.Pos && a.Rule == b.Rule && a.Message == b.Message && len(a.Fixes) == len(b.Fixes)
	}) {
		t.Errorf("got %v", r.Findings)
	}
}

func TestBatch(t *testing.T) {
	const src = "0123456789"
	edit := func(start, end int, text string) Edit { return Edit{"f", start, end, text} }
	for _, test := range []struct {
		name  string
		fixes [][]Edit
		want  string
		added int
	}{
		{"apart", [][]Edit{{edit(8, 9, "x")}, {edit(1, 2, "y")}}, "0y234567x9", 2},
		{"touching", [][]Edit{{edit(1, 3, "x")}, {edit(3, 4, "y")}}, "0xy456789", 2},
		{"overlapping", [][]Edit{{edit(1, 3, "x")}, {edit(2, 4, "y")}}, "0x3456789", 1},
		{"whole or nothing", [][]Edit{{edit(1, 3, "x")}, {edit(2, 4, "y"), edit(8, 9, "z")}}, "0x3456789", 1},
		{"same import", [][]Edit{{edit(0, 0, "i"), edit(1, 2, "x")}, {edit(0, 0, "i"), edit(2, 3, "y")}}, "i0xy3456789", 2},
		{"two insertions at one point", [][]Edit{{edit(1, 1, "x")}, {edit(1, 1, "y")}}, "0x123456789", 1},
		{"of one fix", [][]Edit{{edit(1, 1, "x"), edit(1, 1, "y")}}, "0xy123456789", 1},
		{"insertion before a deletion", [][]Edit{{edit(1, 2, "")}, {edit(1, 1, "x")}}, "0x23456789", 2},
		{"insertion in a deletion", [][]Edit{{edit(1, 3, "")}, {edit(2, 2, "x")}}, "03456789", 1},
	} {
		var b batch
		added := 0
		for _, edits := range test.fixes {
			if b.add(Fix{Edits: edits}) {
				added++
			}
		}
		if got := string(apply([]byte(src), b.edits["f"])); got != test.want || added != test.added {
			t.Errorf("%s: got %q with %d fixes, want %q with %d", test.name, got, added, test.want, test.added)
		}
	}
}

func TestClosure(t *testing.T) {
	fix := func(files ...string) (f Fix) {
		for _, file := range files {
			f.Edits = append(f.Edits, Edit{File: file})
		}
		return f
	}
	files := map[string]bool{"a": true}
	closure(files, []Fix{fix("c", "d"), fix("b", "c"), fix("a", "b"), fix("e", "f")})
	for _, f := range []string{"a", "b", "c", "d"} {
		if !files[f] {
			t.Errorf("%s is not tied to a", f)
		}
	}
	if len(files) != 4 {
		t.Errorf("got %v", files)
	}
}

func TestParseStderr(t *testing.T) {
	dir := t.TempDir()
	pkgs := []*pkg{{ImportPath: "m/p", Dir: filepath.Join(dir, "p")}, {ImportPath: "m/q", Dir: filepath.Join(dir, "q")}}
	const stderr = `go: downloading example.com/x v1.0.0
q/q_test.go:3:8: no required module provides package example.com/nope; to add it:
	go get example.com/nope
# m/p [m/p.test]
p/p.go:1:2: undefined: x
vettool: p/p.go:2:2: undefined: y
# m/dep
# [m/dep]
panic: boom [recovered]

goroutine 1 [running]:
main.f()
m/q [m/q.test]: /a path/tracevet: signal: killed
`
	var r Result
	parseStderr(stderr, errors.New("exit status 1"), dir, "vettool", pkgs, &r)
	r.normalize()
	want := []Error{
		{Kind: KindCrash, Package: "m/dep", Message: "the analysis of this package died: panic: boom [recovered]" + reportIt, Detail: "\ngoroutine 1 [running]:\nmain.f()"},
		{Kind: KindBuild, Package: "m/p", Message: "p/p.go:1:2: undefined: x", Detail: "p/p.go:2:2: undefined: y"},
		{Kind: KindBuild, Package: "m/q", Message: "q/q_test.go:3:8: no required module provides package example.com/nope; to add it:", Detail: "\tgo get example.com/nope"},
		{Kind: KindCrash, Package: "m/q", Message: "the analysis of this package died: signal: killed" + reportIt},
	}
	if !slices.Equal(r.Errors, want) {
		t.Errorf("got  %+v\nwant %+v", r.Errors, want)
	}

	r = Result{}
	parseStderr("", errors.New("exit status 1"), dir, "vettool", pkgs, &r)
	if len(r.Errors) != 1 {
		t.Errorf("a failure without a word: %v", r.Errors)
	}
	r = Result{}
	parseStderr("go: downloading x v1\n", nil, dir, "vettool", pkgs, &r)
	if len(r.Errors) != 0 {
		t.Errorf("progress is no error: %v", r.Errors)
	}
}

func TestTrimStack(t *testing.T) {
	const stack = `x panicked: boom
goroutine 5 [running]:
runtime/debug.Stack()
	/go/stack.go:26
driver.contain.func1()
	/contain.go:70
panic({0x1, 0x2})
	/go/panic.go:860
main.guilty()
	/guilty.go:3
`
	const want = "x panicked: boom\ngoroutine 5 [running]:\nmain.guilty()\n\t/guilty.go:3\n"
	if got := trimStack(stack); got != want {
		t.Errorf("got %s", got)
	}
	if got := trimStack("no stack"); got != "no stack" {
		t.Errorf("got %q", got)
	}
}

func TestUnchosen(t *testing.T) {
	registry := []analyzers.Rule{
		{Analyzer: &analysis.Analyzer{Name: "usual"}, Group: analyzers.Default},
		{Analyzer: &analysis.Analyzer{Name: "picky"}, Group: analyzers.OptIn},
		{Analyzer: &analysis.Analyzer{Name: "young"}, Group: analyzers.Preview},
	}
	for flags, want := range map[string]string{
		"-json":                      "-picky=false -young=false",
		"-json -picky":               "",
		"--picky=true":               "",
		"-picky=false":               "-young=false",
		"-usual=0":                   "-picky=false -young=false",
		"-usual -tracevet.skip=x,m":  "-usual=false -picky=false -young=false",
		"-usual.opt=picky":           "-picky=false -young=false",
		"-tracevet.skip=x,m/y -fix ": "-picky=false -young=false",
	} {
		got := strings.Join(unchosen(strings.Fields(flags), registry, (*unitFile)(nil).choice(registry), unitConfig{ImportPath: "m"}), " ")
		if got != want {
			t.Errorf("%s: got %q, want %q", flags, got, want)
		}
	}
}

func TestPrintVersion(t *testing.T) {
	for arg0, first := range map[string]string{"/usr/bin/tracevet": "/usr/bin/tracevet", "/my tools/tracevet": "tracevet"} {
		var b bytes.Buffer
		if err := printVersion(&b, arg0); err != nil {
			t.Fatal(err)
		}
		f := strings.Fields(b.String())
		if len(f) != 5 || f[0] != first || f[1] != "version" || f[2] != "devel" || len(strings.TrimPrefix(f[4], "buildID=")) != 64 {
			t.Errorf("got %q", b.String())
		}
	}
}

func TestRewriteUnitKeepsFields(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "vet.cfg")
	writeFile(t, file, `{"ID": "m", "Big": 12345678901234567890, "New": {"x": [1, null]}, "VetxOnly": true}`)
	changed, err := rewriteUnit(file, "VetxOnly", false)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"Big":12345678901234567890,"ID":"m","New":{"x":[1,null]},"VetxOnly":false}`
	if got := readFile(t, changed); got != want {
		t.Errorf("got %s", got)
	}
}

func TestHasInternalTests(t *testing.T) {
	for name, test := range map[string]struct {
		file, src string
		want      bool
	}{
		"internal":    {"a_test.go", "package a\n", true},
		"external":    {"a_test.go", "package a_test\n", false},
		"constrained": {"a_test.go", "//go:build !x\n\npackage a\n", false},
		"other OS":    {"a_plan9_test.go", "package a\n", false},
		"none":        {"a.go", "package a\n", false},
	} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, test.file), test.src)
		if got := hasInternalTests(dir); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestEditable(t *testing.T) {
	for src, want := range map[string]bool{
		"package a\n": true,
		"// Code generated by x. DO NOT EDIT.\n\npackage a\n":   false,
		"package a\n\nimport \"C\"\n":                           false,
		"package a\n\n//line x.y:1\nvar x int\n":                false,
		"package a\n\nvar x /*line x.y:1*/ int\n":               false,
		"package a\n\n// Code generated is not said like that.": true,
		"pack": false,
	} {
		if got := editable([]byte(src)); got != want {
			t.Errorf("editable(%q) = %v", src, got)
		}
	}
}

func writeFile(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
