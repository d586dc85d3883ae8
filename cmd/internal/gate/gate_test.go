package gate

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

const original = `package a

func leak() {
	start()
	work()
}

func helper() { end() }

var handler = func() { start() }
`

// A repo is a scratch repository with one commit.
type repo struct {
	t   *testing.T
	dir string
}

func newRepo(t *testing.T) *repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := &repo{t, dir}
	r.write("a.go", original)
	r.git("init", "-q")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "one")
	return r
}

func (r *repo) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = r.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %s: %v\n%s", args, err, out)
	}
}

func (r *repo) write(name, text string) {
	r.t.Helper()
	file := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		r.t.Fatal(err)
	}
}

// at returns the place of the nth occurrence of a text, from 1.
func (r *repo) at(name, text string, nth int) driver.Position {
	r.t.Helper()
	file := filepath.Join(r.dir, name)
	data, err := os.ReadFile(file)
	if err != nil {
		r.t.Fatal(err)
	}
	off := -1
	for range nth {
		i := strings.Index(string(data[off+1:]), text)
		if i < 0 {
			r.t.Fatalf("%s has no %q number %d", name, text, nth)
		}
		off += 1 + i
	}
	before := string(data[:off])
	return driver.Position{File: file, Line: 1 + strings.Count(before, "\n"), Column: off - strings.LastIndexByte(before, '\n')}
}

// isNew reports whether a finding passes -new-from=HEAD.
func (r *repo) isNew(f driver.Finding) bool {
	r.t.Helper()
	g, err := New(context.Background(), Options{Dir: r.dir, NewFrom: "HEAD"})
	if err != nil {
		r.t.Fatal(err)
	}
	res := driver.Result{Findings: []driver.Finding{f}}
	g.Filter(&res, os.ReadFile)
	return len(res.Findings) == 1
}

func TestNew(t *testing.T) {
	for name, test := range map[string]struct {
		changed string
		want    bool // of a finding at start() in leak
	}{
		"nothing":             {original, false},
		"a line before":       {strings.Replace(original, "func leak", "var x int\n\nfunc leak", 1), false},
		"spaces and comments": {strings.Replace(original, "\tstart()\n", "\t// why\n\n\tstart(  ) // so\n", 1), false},
		"an early return":     {strings.Replace(original, "\tstart()\n", "\tstart()\n\tif x {\n\t\treturn\n\t}\n", 1), true},
		"a line deleted":      {strings.Replace(original, "\twork()\n", "", 1), true},
		"another function":    {strings.Replace(original, "{ end() }", "{}", 1), false},
		"moved down":          {strings.Replace(original, "func leak() {\n\tstart()\n\twork()\n}\n", "", 1) + "\nfunc leak() {\n\tstart()\n\twork()\n}\n", false},
		"twice":               {original + "\nfunc other() {\n\tstart()\n\twork()\n}\n", false},
		"a suppression gone":  {strings.Replace(original, "\tstart()\n", "\tstart() //tracevet:ignore r why\n", 1), true},
	} {
		r := newRepo(t)
		r.write("a.go", test.changed)
		nth := 1
		if name == "moved down" {
			nth = 2
		}
		if got := r.isNew(driver.Finding{Rule: "r", Pos: r.at("a.go", "start(", nth)}); got != test.want {
			t.Errorf("%s: new is %v, want %v", name, got, test.want)
		}
	}
}

func TestNewRelated(t *testing.T) {
	r := newRepo(t)
	r.write("a.go", strings.Replace(original, "{ end() }", "{\n\tend()\n\tmore()\n}", 1))
	finding := func(text string) driver.Finding {
		return driver.Finding{Rule: "r", Pos: r.at("a.go", "start()", 1), Related: []driver.Related{{Pos: r.at("a.go", text, 1)}}}
	}
	if !r.isNew(finding("more()")) {
		t.Error("the related line is new, and so is the finding")
	}
	if r.isNew(finding("work()")) {
		t.Error("neither line is new")
	}
	if r.isNew(driver.Finding{Rule: "r", Pos: r.at("a.go", "start()", 2)}) {
		t.Error("the variable did not change")
	}
}

// A copy is new, the original is not, wherever the copy stands.
func TestNewCopy(t *testing.T) {
	r := newRepo(t)
	r.git("mv", "a.go", "z name.go")
	r.write("b/b.go", original)
	if r.isNew(driver.Finding{Rule: "r", Pos: r.at("z name.go", "start()", 1)}) {
		t.Error("the function in the renamed file is new")
	}
	if !r.isNew(driver.Finding{Rule: "r", Pos: r.at("b/b.go", "start()", 1)}) {
		t.Error("the copy in another file is not new")
	}
}

func TestFingerprints(t *testing.T) {
	r := newRepo(t)
	prints := func(file string) []string {
		t.Helper()
		fs := []driver.Finding{
			{Rule: "r", Message: "lost on line 5", Pos: r.at(file, "start()", 1)},
			{Rule: "r", Message: "lost on line 5", Pos: r.at(file, "work()", 1)},
			{Rule: "r", Message: "lost", Pos: r.at(file, "start()", 2)},
		}
		fingerprint(fs, newFiles(nil))
		var out []string
		for _, f := range fs {
			out = append(out, f.Fingerprint)
		}
		return out
	}
	before := prints("a.go")
	if before[0] == before[1] || before[0] == before[2] {
		t.Errorf("different findings have one fingerprint: %s", before)
	}
	r.write("dir/b.go", "// Moved.\n\n"+strings.Replace(original, "\tstart()", "\n\t  start()", 1))
	if after := prints("dir/b.go"); !slices.Equal(before, after) {
		t.Errorf("fingerprints are %s after a move, %s before", after, before)
	}
	twice := []driver.Finding{{Rule: "r", Pos: r.at("a.go", "start()", 1)}, {Rule: "r", Pos: r.at("a.go", "start()", 1)}}
	fingerprint(twice, newFiles(nil))
	if a, b := twice[0].Fingerprint, twice[1].Fingerprint; strings.TrimSuffix(a, ":1") != strings.TrimSuffix(b, ":2") {
		t.Errorf("equal findings have %s and %s", a, b)
	}
}

func TestOutlineNames(t *testing.T) {
	o := outlineOf([]byte("package a\n\nimport \"x\"\n\ntype T[P any] struct{}\n\nfunc (t *T[P]) M() {}\n\nfunc F() {}\n\nvar a, b = 1, 2\n\nfunc (broken"))
	var names []string
	for _, d := range o.decls {
		names = append(names, d.name)
	}
	if got := strings.Join(names, " "); !strings.HasPrefix(got, "import T T.M F a") {
		t.Errorf("got %s", got)
	}
}

func TestFails(t *testing.T) {
	fs := []driver.Finding{{Severity: driver.Info}, {Severity: driver.Warning}}
	for failOn, want := range map[string]bool{"info": true, "warning": true, "error": false, "none": false} {
		if got := Fails(fs, failOn); got != want {
			t.Errorf("%s: %v", failOn, got)
		}
	}
	if Fails(nil, "info") {
		t.Error("nothing fails")
	}
}
