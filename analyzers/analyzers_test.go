package analyzers_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
)

// notRegistered are the folders of rules that the registry leaves out, with
// the reason.
var notRegistered = map[string]string{}

func TestRegistry(t *testing.T) {
	rules := analyzers.All()
	if len(rules) == 0 {
		t.Fatal("there are no rules")
	}
	if err := analysis.Validate(analyzers.Analyzers(rules)); err != nil {
		t.Error(err)
	}
	release := regexp.MustCompile(`^v\d+\.\d+\.\d+$`)
	for i, r := range rules {
		if i > 0 && rules[i-1].Name >= r.Name {
			t.Errorf("%s comes after %s: rules are sorted by name, and each is there once", r.Name, rules[i-1].Name)
		}
		if r.Group != analyzers.Default && r.Group != analyzers.OptIn && r.Group != analyzers.Preview {
			t.Errorf("%s is in the group %q, which does not exist", r.Name, r.Group)
		}
		if !release.MatchString(r.Since) {
			t.Errorf("%s is there since %q, want a release such as v1.2.3", r.Name, r.Since)
		}
		if want := rule.BaseURL + r.Name + ".md"; r.URL != want {
			t.Errorf("%s has the URL %s, want %s", r.Name, r.URL, want)
		}
	}
}

// folders returns the names of the folders of rules.
func folders(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "internal" {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestFolders checks that folders, packages, rules, commands and tests have
// the same names, and that no rule was forgotten.
func TestFolders(t *testing.T) {
	registered := make(map[string]bool)
	for _, r := range analyzers.All() {
		registered[r.Name] = true
	}
	names := folders(t)
	for name := range registered {
		if !slices.Contains(names, name) {
			t.Errorf("the rule %s is not in a folder of that name", name)
		}
	}
	for name, reason := range notRegistered {
		if registered[name] || reason == "" || !slices.Contains(names, name) {
			t.Errorf("notRegistered has %s, which is registered, has no folder, or is left out for no reason", name)
		}
	}
	for _, name := range names {
		if !registered[name] && notRegistered[name] == "" {
			t.Errorf("%s is neither registered nor listed in notRegistered", name)
		}
		for file, want := range map[string]string{
			"doc.go":                              "package " + name + "\n",
			name + ".go":                          "package " + name + "\n",
			name + "_test.go":                     "ruletest.Run(t, " + name + ".Analyzer)",
			filepath.Join("cmd", name, "main.go"): "singlechecker.Main(" + name + ".Analyzer)",
		} {
			path := filepath.Join(name, file)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Error(err)
			} else if !strings.Contains(string(text), want) {
				t.Errorf("%s does not contain %q", path, want)
			}
		}
	}
}

// goFiles returns the Go files below dir, without those of the modules below
// and those that the go command does not build, in folders called testdata.
func goFiles(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if _, err := os.Stat(filepath.Join(path, "go.mod")); path != dir && (err == nil || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(path, ".go") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("there are no Go files below %s", dir)
	}
	return files
}

// TestLength keeps every file short enough to be read.
func TestLength(t *testing.T) {
	const most = 400
	for _, name := range goFiles(t, "..") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "\n"); n > most {
			t.Errorf("%s has %d lines, want at most %d", name, n, most)
		}
	}
}

// TestFix checks that the registry says of a rule what its fix does exactly if
// there are goldens of fixes.
func TestFix(t *testing.T) {
	for _, r := range analyzers.All() {
		goldens := 0
		err := filepath.WalkDir(filepath.Join("..", "testdata", r.Name), func(path string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(path, ".go.golden") {
				goldens++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if (goldens > 0) != (r.Fix != "") {
			t.Errorf("%s has %d goldens, but the registry says of its fix: %q", r.Name, goldens, r.Fix)
		}
	}
}

// TestFixtures checks that for each function that a rule reports its fixtures
// have a function, too, on which it is silent.
func TestFixtures(t *testing.T) {
	for _, name := range folders(t) {
		reported, silent := 0, 0
		for _, file := range goFiles(t, filepath.Join("..", "testdata", name)) {
			r, s, err := countFunctions(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			reported, silent = reported+r, silent+s
		}
		t.Logf("%s: %d functions are reported, %d are not", name, reported, silent)
		if reported == 0 || silent < reported {
			t.Errorf("%s reports %d functions of its fixtures and is silent on %d; want some, and at least as many", name, reported, silent)
		}
	}
}

// countFunctions counts the functions with and those without a want-comment
// in a fixture. Those without count if they are exported, or if their comment
// calls them silent: others are there to be called. src is as in
// parser.ParseFile.
func countFunctions(name string, src any) (reported, silent int, err error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return 0, 0, err
	}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		if wanted(file, fset.Position(fn.Pos()).Line, fset.Position(fn.End()).Line, fset) {
			reported++
		} else if fn.Name.IsExported() || silentComment.MatchString(fn.Doc.Text()) {
			silent++
		}
	}
	return reported, silent, nil
}

var silentComment = regexp.MustCompile(`(?i)\bsilent\b`)

var want = regexp.MustCompile("^// ?want ([+-]?[0-9]+ )?[\"`]")

// wanted reports whether there is a want-comment on the lines from first to last.
func wanted(file *ast.File, first, last int, fset *token.FileSet) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if at := fset.Position(c.Pos()).Line; want.MatchString(c.Text) && first <= at && at <= last {
				return true
			}
		}
	}
	return false
}

func TestCountFunctions(t *testing.T) {
	const src = `package p

func Faulty() {
	f() // want "x"
}

func helper() {}

// Silent: it is right.
func right() {}

func Silent() {
	// want is no comment of ours here
	func() { f() }()
}

func lower() {
	f() // want +1 ` + "`x`" + `
}

type T int

func (T) Silent() {}

func External()
`
	reported, silent, err := countFunctions("p.go", src)
	if got := fmt.Sprint(reported, silent, err); got != "2 3 <nil>" {
		t.Errorf("got %s, want 2 3 <nil>", got)
	}
}
