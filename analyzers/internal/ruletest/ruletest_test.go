package ruletest

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
	"golang.org/x/tools/txtar"
)

// A toy is a rule that reports calls of functions whose name starts with
// "bad", in any package: the names travel as facts.
type toy struct {
	doc      string
	message  string   // of a finding; NAME stands for the function's name
	category string   // of a finding
	url      string   // of a finding; by default the right one
	related  int      // number of related positions of a finding
	title    string   // of a fix; by default Fix
	fixes    []string // alternative texts for the function in the call
	whole    bool     // the fixes replace the whole call
	callee   bool     // the fixes edit the declaration of the function
	err      error    // the result of the rule
	fixedErr error    // the result of the rule on a package that has no finding
}

const toyDoc = `Package toy is for tests.

# Rule

toy: calls of bad functions

# Example

	func bad() {}

	func good() {}

	func f() {
		bad()
	}

# Use instead

	func good() error { return nil }

# call

The function is called.

# Fix safety

None.

# Limits

None.

# Options

None.

# References

None.
`

type isBad struct{ Name string }

func (*isBad) AFact() {}

func (y toy) analyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:      "toy",
		Doc:       y.doc,
		URL:       "https://example.com/toy",
		FactTypes: []analysis.Fact{new(isBad)},
	}
	a.Run = func(pass *analysis.Pass) (any, error) {
		calls := 0
		for _, file := range pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					if strings.HasPrefix(strings.ToLower(n.Name.Name), "bad") {
						pass.ExportObjectFact(pass.TypesInfo.Defs[n.Name], &isBad{n.Name.Name})
					}
				case *ast.CallExpr:
					if y.call(pass, n) {
						calls++
					}
				}
				return true
			})
		}
		if calls == 0 && strings.HasSuffix(pass.Pkg.Path(), "/a") && y.fixedErr != nil {
			return nil, y.fixedErr
		}
		return nil, y.err
	}
	return a
}

// call reports call if it is bad, and says whether it is.
func (y toy) call(pass *analysis.Pass, call *ast.CallExpr) bool {
	var fact isBad
	fn, ok := typeutil.Callee(pass.TypesInfo, call).(*types.Func)
	if !ok || !pass.ImportObjectFact(fn, &fact) && !strings.HasPrefix(fn.Name(), "bad") {
		return false
	}
	d := analysis.Diagnostic{
		Pos:      call.Pos(),
		End:      call.End(),
		Category: y.category,
		Message:  strings.ReplaceAll(y.message, "NAME", fn.Name()),
		URL:      y.url,
	}
	pos, end := call.Fun.Pos(), call.Fun.End()
	if y.whole {
		end = call.End()
	}
	if y.callee {
		pos, end = fn.Pos(), fn.Pos()
	}
	for range y.related {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: fn.Pos(), End: fn.Pos(), Message: "here"})
	}
	for i, text := range y.fixes {
		d.SuggestedFixes = append(d.SuggestedFixes, analysis.SuggestedFix{
			Message:   fmt.Sprintf("%s %d", cmp.Or(y.title, "Fix"), i),
			TextEdits: []analysis.TextEdit{{Pos: pos, End: end, NewText: []byte(text)}},
		})
	}
	pass.Report(d)
	return true
}

// A fakeTB collects the errors of a test that is tested.
type fakeTB struct {
	testing.TB
	errors []string
}

func (t *fakeTB) Helper()                           {}
func (t *fakeTB) Error(args ...any)                 { t.errors = append(t.errors, fmt.Sprint(args...)) }
func (t *fakeTB) Errorf(format string, args ...any) { t.Error(fmt.Sprintf(format, args...)) }
func (t *fakeTB) Fatal(args ...any)                 { t.Error(args...); runtime.Goexit() }
func (t *fakeTB) Fatalf(format string, args ...any) { t.Fatal(fmt.Sprintf(format, args...)) }

func (t *fakeTB) TempDir() string { return tempDir(t.TB) }

// tempDir returns a new folder without the test's name in it, which might be
// taken for a part of an error.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "ruletest")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// errorsOf returns the errors of all checks of rule on the fixtures in dir.
func errorsOf(t *testing.T, rule *analysis.Analyzer, dir string) []string {
	fake := &fakeTB{TB: t}
	run := func(f func()) {
		done := make(chan bool)
		go func() { defer close(done); f() }()
		<-done
	}
	var s *session
	run(func() { s = newSession(fake, rule, dir, nil) })
	if s == nil {
		return fake.errors
	}
	run(func() { s.checkFindings(fake) })
	run(func() { s.checkHeadings(fake) })
	run(func() { s.checkForm(fake) })
	run(func() { s.checkGoldens(fake, false) })
	run(func() { s.checkEachFix(fake) })
	run(func() { s.checkFixed(fake) })
	run(func() { s.checkDoc(fake) })
	return fake.errors
}

// write writes the files of a txtar archive, in the module example.com/m, to a
// new folder.
func write(t *testing.T, archive string) string {
	dir := tempDir(t)
	ar := txtar.Parse([]byte(archive))
	ar.Files = append(ar.Files, txtar.File{Name: "go.mod", Data: []byte("module example.com/m\n\ngo 1.26\n")})
	for _, f := range ar.Files {
		name := filepath.Join(dir, "toy", f.Name)
		if f.Name == "go.mod" {
			name = filepath.Join(dir, f.Name)
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		// txtar ends a file where a line looks like a separator.
		if err := os.WriteFile(name, []byte(strings.ReplaceAll(string(f.Data), "%%", "--")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// fixture is a package a that calls a bad function of its own and one of a
// package b, with the golden for a fix that says good instead.
const fixture = `
-- a/a.go --
package a

import "example.com/m/toy/b"

func good() {}

// f has comments that must stay.
func f() {
	bad() // want "bad is called"
	good()
	b.Bad() // want ` + "`Bad is called`" + `
}
-- a/bad.go --
package a

func bad() {}
-- a/a.go.golden --
%% Fix 0 %%
package a

import "example.com/m/toy/b"

func good() {}

// f has comments that must stay.
func f() {
	good() // want "bad is called"
	good()
	good() // want ` + "`Bad is called`" + `
}

var _ = b.Bad
-- b/b.go --
package b

func Bad() {}
`

// keepImport makes fixture compile after the fix, which drops the only use of
// its import.
func keepImport(archive string) string {
	return strings.Replace(archive, "}\n-- a/bad.go --", "}\n\nvar _ = b.Bad\n-- a/bad.go --", 1)
}

var goodToy = toy{doc: toyDoc, message: "NAME is called", category: "call", fixes: []string{"good"}}

// TestPasses checks that nothing is wrong with a right rule, so that
// the errors which the other tests provoke are the ones they mean.
func TestPasses(t *testing.T) {
	imports := goodToy // code in the documentation that needs imports
	imports.doc = strings.Replace(toyDoc, "func good() error { return nil }", "func good(ctx context.Context) error { return errors.New(\"x\") }", 1)
	for _, rule := range []toy{goodToy, imports} {
		dir := write(t, keepImport(fixture))
		if errs := errorsOf(t, rule.analyzer(), dir); len(errs) > 0 {
			t.Errorf("unexpected errors:\n%s", strings.Join(errs, "\n"))
		}
	}
}

// TestFails spoils the rule or its fixtures in one way at a time. Each must be
// found.
func TestFails(t *testing.T) {
	replace := func(old, new string) func(string) string {
		return func(archive string) string {
			if !strings.Contains(archive, old) {
				t.Fatalf("the fixture does not contain %q", old)
			}
			return strings.Replace(archive, old, new, 1)
		}
	}
	doc := func(old, new string) func(*toy) {
		return func(y *toy) { y.doc = replace(old, new)(y.doc) }
	}
	for _, test := range []struct {
		name  string
		rule  func(*toy)
		files func(string) string
		want  string // part of an error
	}{
		{name: "pattern does not match", files: replace(`"bad is called"`, `"bad is not called"`), want: "does not match"},
		{name: "no want-comment", files: replace("// want \"bad is called\"\n\tgood()\n\tb.", "\n\tgood()\n\tb."), want: "unexpected finding: bad is called"},
		{name: "no finding", files: replace("good()\n\tb.", "good() // want \"x\"\n\tb."), want: `no finding that matches "x"`},
		{name: "second finding on a line", files: replace("\tbad() //", "\tbad(); bad() //"), want: "unexpected finding"},
		{name: "bad pattern", files: replace(`"bad is called"`, `"("`), want: "missing closing"},
		{name: "bad string", files: replace(`"bad is called"`, `"bad`), want: "literal not terminated"},
		{name: "bad want-comment", files: replace(`"bad is called"`, `"bad is called" x`), want: "want a pattern"},
		{name: "other line", files: replace(`want "bad is called"`, `want +1 "bad is called"`), want: "unexpected finding"},

		{name: "period", rule: func(y *toy) { y.message = "NAME is called." }, want: "ends with a period"},
		{name: "names itself", rule: func(y *toy) { y.message = "NAME is called, says toy" }, want: "names the rule"},
		{name: "capital", rule: func(y *toy) { y.message = "Function NAME is called" }, want: "lower-case"},
		{name: "category", rule: func(y *toy) { y.category = "other" }, want: `category "other" is no heading`},
		{name: "url", rule: func(y *toy) { y.url = "https://example.com/other" }, want: "the URL is"},
		{name: "related", rule: func(y *toy) { y.related = 2 }, want: "2 related positions"},
		{name: "fix in lower case", rule: func(y *toy) { y.title = "fix" }, want: `fix "fix 0" does not start with a capital`},
		{name: "category without a finding", rule: doc("# Fix safety", "# never\n\nIt is.\n\n# Fix safety"), want: `no fixture has a finding of category "never"`},

		{name: "heading missing", rule: doc("# Limits\n\nNone.\n\n", ""), want: "the headings are"},
		{name: "headings out of order", rule: doc("# Limits\n\nNone.\n\n# Options", "# Options\n\nNone.\n\n# Limits"), want: "the headings are"},
		{name: "empty section", rule: doc("# Limits\n\nNone.", "# Limits"), want: `nothing below the heading "Limits"`},
		{name: "no category", rule: doc("# call\n\nThe function is called.\n\n", ""), want: "no category has a heading"},
		{name: "category is no anchor", rule: doc("# call", "# Call it"), want: `category "Call it" is not made of`},
		{name: "no introduction", rule: doc("Package toy", "Toy"), want: `want "Package toy ..."`},
		{name: "no summary", rule: doc("toy: calls", "calls"), want: `want "toy: "`},

		{name: "no golden", files: func(s string) string {
			a, b, _ := strings.Cut(s, "-- a/a.go.golden --")
			_, b, _ = strings.Cut(b, "-- b/b.go --")
			return a + "-- b/b.go --" + b
		}, want: "to write it"},
		{name: "golden differs", files: replace("\tgood() // want \"bad", "\tgood()\t// want \"bad"), want: "leaves another text:\nline 9"},
		{name: "section missing", rule: func(y *toy) { y.fixes = []string{"good", "f"} }, want: `no section for the fix "Fix 1"`},
		{name: "section too many", files: replace("-- b/b.go --", "%% Fix 7 %%\n-- b/b.go --"), want: `section for "Fix 7"`},
		{name: "golden without a fix", rule: func(y *toy) { y.fixes = nil }, want: "no finding in this file has a fix"},

		{name: "fix does not compile", rule: func(y *toy) { y.fixes = []string{"missing"} }, want: "undefined: missing"},
		{name: "fix does not parse", rule: func(y *toy) { y.fixes = []string{")"} }, want: "expected"},
		{name: "import left over", files: replace("\n\nvar _ = b.Bad\n-- a/bad.go --", "\n-- a/bad.go --"), want: "imported and not used"},
		{name: "second alternative does not compile", rule: func(y *toy) { y.fixes = []string{"good", "missing"} }, want: `after the fix "Fix 1"`},
		{name: "fixes do not compile together", rule: func(y *toy) { y.whole = true; y.fixes = []string{"x := 0; _ = x"} }, want: "with all first fixes applied: package example.com/m/toy/a"},
		{name: "fixes overlap", rule: func(y *toy) { y.whole = true; y.fixes = []string{"good()"} }, files: replace("func bad() {}", "func bad() {}\n\nfunc bad1(int) {}\n\nfunc bad2() int { return 0 }\n\nfunc g() {\n\tbad1(bad2()) // want `bad1` `bad2`\n}"), want: "overlap"},
		{name: "fix in another package", rule: func(y *toy) { y.callee = true; y.fixes = []string{"X"} }, want: "b.go, which is no source file of package example.com/m/toy/a"},
		{name: "rule fails after the fixes", rule: func(y *toy) { y.fixedErr = fmt.Errorf("broken") }, want: "with all first fixes applied: toy on package example.com/m/toy/a"},
		{name: "not idempotent", rule: func(y *toy) { y.fixes = []string{"(bad)"} }, want: "a second run would edit again"},
		{name: "new finding", rule: func(y *toy) {
			y.fixes = []string{"func() { bad2() }"}
			y.doc = replace("func bad() {}", "func bad() {}\n\n\tfunc bad2() {}")(y.doc)
		}, files: replace("func bad() {}", "func bad() {}\n\nfunc bad2() {}"), want: "1 such findings remain after the fixes, on lines 11 of the fixed file; 0 had no fix before"},
		{name: "not formatted", rule: func(y *toy) { y.fixes = []string{"good "} }, want: "not as gofmt formats it"},
		{name: "comment lost", rule: func(y *toy) { y.whole = true; y.fixes = []string{"good()"} }, files: replace("\tbad() //", "\tbad( /* lost */ ) //"), want: `the comment "/* lost */" is lost`},

		{name: "silent example", rule: doc("\tfunc f() {\n\t\tbad()\n", "\tfunc f() {\n\t\tgood()\n"), want: "Example, block 1: the rule reports nothing"},
		{name: "reported cure", rule: doc(`error { return nil }`, "error { return badError() }\n\n\tfunc badError() error { return nil }"), want: "Use instead, block 1: the rule reports"},
		{name: "example does not compile", rule: doc("\t\tbad()\n", "\t\tbad(1)\n"), want: "Example, block 1, does not compile"},
		{name: "example not formatted", rule: doc("\t\tbad()\n", "\t\tbad( )\n"), want: "the code is not formatted"},
		{name: "example does not parse", rule: doc("\t\tbad()\n", "\t\tbad(\n"), want: "Example, block 1"},
		{name: "no example", rule: doc("# Example\n", "# Elsewhere\n"), want: `no code below the heading "Example"`},
		{name: "example's fix does not compile", rule: doc("\tfunc good() {}\n\n", ""), want: "undefined: good"},

		{name: "fixture does not compile", files: replace("\tgood()\n\tb.", "\tgood(1)\n\tb."), want: "too many arguments"},
		{name: "rule fails", rule: func(y *toy) { y.err = fmt.Errorf("broken") }, want: "broken"},
		{name: "no fixtures", files: func(string) string { return "" }, want: "no fixtures"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rule, files := goodToy, keepImport(fixture)
			if test.rule != nil {
				test.rule(&rule)
			}
			if test.files != nil {
				files = test.files(files)
			}
			errs := errorsOf(t, rule.analyzer(), write(t, files))
			if got := strings.Join(errs, "\n"); !strings.Contains(got, test.want) {
				t.Errorf("got the errors\n%s\nwant one with %q", got, test.want)
			}
		})
	}
}
