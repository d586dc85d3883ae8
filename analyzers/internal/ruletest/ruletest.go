package ruletest

import (
	"cmp"
	"flag"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

var update = flag.Bool("update", false, "write the golden files of the rule's fixtures")

// Run tests rule: see the documentation of this package. It must be called
// from a test in a package of this module; the fixtures are in
// testdata/<name of the rule> under the module's root.
func Run(t *testing.T, rule *analysis.Analyzer) {
	dir, err := testdata()
	if err != nil {
		t.Fatal(err)
	}
	s := newSession(t, rule, dir, fixImports)
	t.Run("findings", func(t *testing.T) { s.checkFindings(t) })
	t.Run("headings", func(t *testing.T) { s.checkHeadings(t) })
	t.Run("form", func(t *testing.T) { s.checkForm(t) })
	t.Run("goldens", func(t *testing.T) { s.checkGoldens(t, *update) })
	t.Run("eachfix", func(t *testing.T) { s.checkEachFix(t) })
	t.Run("fixed", func(t *testing.T) { s.checkFixed(t) })
	t.Run("doc", func(t *testing.T) { s.checkDoc(t) })
}

// testdata returns the root of the fixtures' module: the folder testdata
// beside the go.mod of the module that the test belongs to.
func testdata() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "testdata"), nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("the test runs outside of a module")
		}
		dir = parent
	}
}

// A session is a rule and what it finds in its fixtures and examples.
type session struct {
	rule     *analysis.Analyzer
	dir      string
	prog     *program // its roots are fixtures and the examples' packages
	fixtures []*packages.Package
	examples []example
	findings []finding // in prog.roots
}

// A finding is a diagnostic of the rule.
type finding struct {
	pkg  *packages.Package
	diag analysis.Diagnostic
	posn token.Position // of its start, as //line comments say
}

// newSession loads the fixtures of rule in the module at dir, and extra
// packages that fixes import, and runs rule.
func newSession(t testing.TB, rule *analysis.Analyzer, dir string, extra []string) *session {
	t.Helper()
	blocks, err := docBlocks(rule.Doc)
	if err != nil {
		t.Errorf("the documentation of %s: %v", rule.Name, err)
	}
	for _, b := range blocks {
		extra = append(extra, b.imports...)
	}
	slices.Sort(extra)
	prog, err := load(dir, rule.Name, slices.Compact(extra))
	if err != nil {
		t.Fatal(err)
	}
	s := &session{rule: rule, dir: dir, prog: prog, fixtures: slices.Clone(prog.roots)}
	s.addExamples(t, blocks)
	if s.findings, err = analyze(rule, prog); err != nil {
		t.Fatal(err)
	}
	return s
}

// analyze returns what rule reports on the roots of prog, in order of position.
func analyze(rule *analysis.Analyzer, prog *program) ([]finding, error) {
	graph, err := checker.Analyze([]*analysis.Analyzer{rule}, prog.roots, &checker.Options{SanityCheck: true})
	if err != nil {
		return nil, err
	}
	var findings []finding
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, fmt.Errorf("%s on package %s: %w", rule.Name, act.Package.ID, cause(act))
		}
		for _, diag := range act.Diagnostics {
			findings = append(findings, finding{act.Package, diag, prog.fset.Position(diag.Pos)})
		}
	}
	slices.SortStableFunc(findings, func(x, y finding) int {
		return cmp.Or(
			cmp.Compare(x.posn.Filename, y.posn.Filename),
			cmp.Compare(x.posn.Offset, y.posn.Offset),
			cmp.Compare(x.diag.Message, y.diag.Message))
	})
	return findings, nil
}

// cause returns the error that made act fail: its own, or that of the action
// it needs.
func cause(act *checker.Action) error {
	for _, dep := range act.Deps {
		if dep.Err != nil {
			return cause(dep)
		}
	}
	return fmt.Errorf("%s@%s: %w", act.Analyzer.Name, act.Package.ID, act.Err)
}

// in returns the findings in the given packages.
func (s *session) in(pkgs ...*packages.Package) []finding {
	var findings []finding
	for _, f := range s.findings {
		if slices.Contains(pkgs, f.pkg) {
			findings = append(findings, f)
		}
	}
	return findings
}

func (s *session) checkFindings(t testing.TB) {
	t.Helper()
	checkWants(t, s.prog.fset, s.fixtures, s.in(s.fixtures...))
}

// checkForm checks how the findings and the messages of fixes are written, and
// that categories and the headings of the documentation are the same.
func (s *session) checkForm(t testing.TB) {
	t.Helper()
	categories := categoriesOf(s.rule.Doc)
	seen := make(map[string]bool)
	for _, f := range s.findings {
		bad := func(format string, args ...any) {
			t.Helper()
			t.Errorf("%s: %q: %s", f.posn, f.diag.Message, fmt.Sprintf(format, args...))
		}
		msg := f.diag.Message
		if strings.HasSuffix(msg, ".") {
			bad("the message ends with a period")
		}
		if strings.Contains(msg, s.rule.Name) {
			bad("the message names the rule")
		}
		if first := firstWord(msg); !unicode.IsLower([]rune(first + " ")[0]) && !s.onLine(f, first) {
			bad("the message starts neither with a lower-case letter nor with something from the line")
		}
		if !seen[f.diag.Category] && !slices.Contains(categories, f.diag.Category) {
			bad("category %q is no heading of the documentation, which has %q", f.diag.Category, categories)
		}
		seen[f.diag.Category] = true
		if want := s.rule.URL + "#" + f.diag.Category; f.diag.URL != want {
			bad("the URL is %q, want %q", f.diag.URL, want)
		}
		if len(f.diag.Related) > 1 {
			bad("there are %d related positions, want one at most", len(f.diag.Related))
		}
		for _, fix := range f.diag.SuggestedFixes {
			if first := []rune(fix.Message + " ")[0]; !unicode.IsUpper(first) || strings.HasSuffix(fix.Message, ".") {
				bad("fix %q does not start with a capital letter, or ends with a period", fix.Message)
			}
		}
	}
	for _, c := range categories {
		if !seen[c] {
			t.Errorf("no fixture has a finding of category %q, which the documentation describes", c)
		}
	}
}

// firstWord returns the letters and digits that msg starts with.
func firstWord(msg string) string {
	end := strings.IndexFunc(msg, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		return msg
	}
	return msg[:end]
}

// onLine reports whether word stands on the line of f.
func (s *session) onLine(f finding, word string) bool {
	posn := s.prog.fset.PositionFor(f.diag.Pos, false)
	src, err := os.ReadFile(posn.Filename)
	if err != nil {
		return false
	}
	lines := strings.Split(string(src), "\n")
	return word != "" && posn.Line <= len(lines) && strings.Contains(lines[posn.Line-1], word)
}
