// Package e2e tests the built programs, on the fixtures of all rules.
//
// The tests need the compiled dependencies of the fixtures, as go vet does:
// without a warm build cache they take minutes. `go test -short` leaves them
// out.
package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tracevet/tracevet/analyzers"
)

const testdata = "../../testdata"

// programs returns the folder that the tracevet command and those of the single
// rules are in. It builds them for the first test that asks.
func programs(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("slow without a warm build cache")
	}
	build.Do(func() {
		args := []string{"build", "-o", bin + string(filepath.Separator), "../../cmd/tracevet"}
		for _, r := range analyzers.All() {
			args = append(args, "../../analyzers/"+r.Name+"/cmd/"+r.Name)
		}
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	})
	return bin
}

var (
	build sync.Once
	bin   string // where programs puts what it builds
)

func TestMain(m *testing.M) {
	var err error
	if bin, err = os.MkdirTemp("", "tracevet"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(bin)
	os.Exit(code)
}

// run runs a program in dir and returns what it prints on its standard output.
// It fails the test if the exit status is another one.
func run(t *testing.T, dir string, status int, name string, args ...string) []byte {
	t.Helper()
	out, stderr, got := output(t, dir, name, args...)
	if got != status {
		t.Fatalf("%s %q: exit status %d, want %d\n%s%s", filepath.Base(name), args, got, status, tail(out), tail(stderr))
	}
	return out
}

// output runs a program in dir and returns what it prints and its exit status.
func output(t *testing.T, dir, name string, args ...string) (stdout, stderr []byte, status int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return out.Bytes(), errs.Bytes(), cmd.ProcessState.ExitCode()
}

// tail returns the end of a long output.
func tail(out []byte) []byte { return out[max(0, len(out)-4000):] }

// ruleNames returns the names of all rules.
func ruleNames() []string {
	var names []string
	for _, r := range analyzers.All() {
		names = append(names, r.Name)
	}
	return names
}

// A finding is what all drivers must agree on.
type finding struct {
	rule     string
	posn     string // file:line:col, the file relative to testdata
	category string
	message  string
	fixes    string // what they say and what they insert
}

func (f finding) String() string {
	return fmt.Sprintf("%s: %s (%s, %s) %s", f.posn, f.message, f.rule, f.category, f.fixes)
}

// A found is a set of findings.
type found map[finding]bool

// diagnostic is a finding as go/analysis drivers print it with -json.
type diagnostic struct {
	Category       string `json:"category"`
	Posn           string `json:"posn"`
	Message        string `json:"message"`
	SuggestedFixes []struct {
		Message string `json:"message"`
		Edits   []struct {
			Filename string `json:"filename"`
			Start    int    `json:"start"`
			End      int    `json:"end"`
			New      string `json:"new"`
		} `json:"edits"`
	} `json:"suggested_fixes"`
}

// decode reads what go vet -json or a singlechecker printed: objects that map
// packages and analyzers to diagnostics, one after the other.
func decode(t *testing.T, out []byte, dir string) found {
	t.Helper()
	all := make(found)
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var units map[string]map[string]json.RawMessage
		if err := dec.Decode(&units); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, tail(out))
		}
		for unit, results := range units {
			for rule, result := range results {
				var diagnostics []diagnostic
				if err := json.Unmarshal(result, &diagnostics); err != nil {
					t.Fatalf("rule %s on %s: %s", rule, unit, result)
				}
				for _, d := range diagnostics {
					f := finding{rule: rule, posn: relative(t, dir, d.Posn), category: d.Category, message: d.Message}
					for _, fix := range d.SuggestedFixes {
						var edits []string
						for _, e := range fix.Edits {
							edits = append(edits, fmt.Sprintf("%s %d-%d %q", relative(t, dir, e.Filename), e.Start, e.End, e.New))
						}
						f.fixes += describeFix(fix.Message, edits)
					}
					all[f] = true
				}
			}
		}
	}
}

// describeFix describes a fix; the order of edits in several files says nothing.
func describeFix(message string, edits []string) string {
	slices.Sort(edits)
	return fmt.Sprintf("[%s: %s]", message, strings.Join(edits, " "))
}

// decodeTracevet reads what tracevet -json printed.
func decodeTracevet(t *testing.T, out []byte) found {
	t.Helper()
	var doc struct {
		Findings []struct {
			Rule, Category, Message string
			Posn                    struct {
				File         string
				Line, Column int
			}
			Fixes []struct {
				Message string
				Edits   []struct {
					File       string
					Start, End int
					New        string
				}
			}
		}
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatalf("%v in\n%s", err, tail(out))
	}
	for _, e := range doc.Errors {
		t.Errorf("tracevet says %s", e)
	}
	all := make(found)
	for _, d := range doc.Findings {
		f := finding{rule: d.Rule, posn: fmt.Sprintf("%s:%d:%d", d.Posn.File, d.Posn.Line, d.Posn.Column), category: d.Category, message: d.Message}
		for _, fix := range d.Fixes {
			var edits []string
			for _, e := range fix.Edits {
				edits = append(edits, fmt.Sprintf("%s %d-%d %q", e.File, e.Start, e.End, e.New))
			}
			f.fixes += describeFix(fix.Message, edits)
		}
		if all[f] {
			t.Errorf("tracevet prints twice: %s", f)
		}
		all[f] = true
	}
	return all
}

// relative returns the name of a file, or a position that starts with one,
// relative to dir.
func relative(t *testing.T, dir, name string) string {
	t.Helper()
	rel, err := filepath.Rel(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

// TestSameFindings checks that a rule finds the same whatever drives it: the
// go command, tracevet with either of its drivers, and, in the rule's own
// fixtures, the rule's own command. To run each of those on all fixtures took
// half of the time of all tests here, as each loads all libraries from source;
// it has nothing but the rule of what the others run.
func TestSameFindings(t *testing.T) {
	bin := programs(t)
	dir, err := filepath.Abs(testdata)
	if err != nil {
		t.Fatal(err)
	}
	tracevet := filepath.Join(bin, "tracevet")

	args := []string{"vet", "-json", "-vettool=" + tracevet}
	for _, name := range ruleNames() {
		args = append(args, "-"+name)
	}
	args = append(args, optionFlags()...)
	vet := decode(t, run(t, dir, 0, "go", append(args, "./...")...), dir)
	if len(vet) == 0 {
		t.Fatal("go vet finds nothing in the fixtures")
	}

	cached := vetOutput(t)
	compare(t, "go vet", vet, "tracevet", vetFindings(t))
	inProcess := run(t, dir, 1, tracevet, allFindings("inprocess")...)
	compare(t, "tracevet -driver=vet", vetFindings(t), "tracevet -driver=inprocess", decodeTracevet(t, inProcess))
	if !bytes.Equal(cached, inProcess) {
		t.Error("the two drivers find the same, but do not print the same")
	}

	single := make(found)
	for _, name := range ruleNames() {
		args := []string{"-json", "./" + name + "/..."}
		if option := options[name]; option != "" {
			args = slices.Insert(args, 1, "-"+option)
		}
		out := run(t, dir, 0, filepath.Join(bin, name), args...)
		maps.Copy(single, decode(t, out, dir))
	}
	// Those analyse a package with tests twice, once without them: then a fix
	// that would have to change the tests is not offered.
	for f := range single {
		if without := f; f.fixes != "" {
			without.fixes = ""
			delete(single, without)
		}
	}
	own := make(found)
	for f := range vet {
		if strings.HasPrefix(f.posn, f.rule+"/") {
			own[f] = true
		}
	}
	compare(t, "go vet", own, "the rules' own commands", single)

	compareWants(t, dir, vet)
}

// compare reports the differences of two sets.
func compare(t *testing.T, xname string, x found, yname string, y found) {
	t.Helper()
	lines := differences(xname, x, yname, y)
	for _, line := range lines[:min(len(lines), 20)] {
		t.Error(line)
	}
	if more := len(lines) - 20; more > 0 {
		t.Errorf("and %d more differences", more)
	}
}

// differences says what is in one of two sets only.
func differences(xname string, x found, yname string, y found) []string {
	var lines []string
	for f := range x {
		if !y[f] {
			lines = append(lines, fmt.Sprintf("%v: %s finds it, %s does not", f, xname, yname))
		}
	}
	for f := range y {
		if !x[f] {
			lines = append(lines, fmt.Sprintf("%v: %s finds it, %s does not", f, yname, xname))
		}
	}
	slices.Sort(lines)
	return lines
}

func TestDifferences(t *testing.T) {
	one := finding{rule: "r", posn: "a.go:1:2", category: "c", message: "m"}
	fixed, moved := one, one
	fixed.fixes = "[Fix: a.go 1-2 \"x\"]"
	moved.posn = "a.go:1:3"
	if got := differences("x", found{one: true}, "y", found{one: true}); len(got) > 0 {
		t.Errorf("equal sets: got %q", got)
	}
	got := differences("x", found{one: true, fixed: true}, "y", found{one: true, moved: true})
	if len(got) != 2 || !strings.Contains(got[0], "x finds it, y does not") || !strings.Contains(got[1], "a.go:1:3: m (r, c) : y finds it, x does not") {
		t.Errorf("different sets: got %q", got)
	}
}
