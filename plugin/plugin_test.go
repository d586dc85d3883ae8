package plugin

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/settings"
)

// TestRegistered checks that golangci-lint gets one valid linter, with the rules that it is to have.
func TestRegistered(t *testing.T) {
	newPlugin, err := register.GetPlugin("tracevet")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		settings any
		has, not string
	}{
		{nil, "spanleak", "oldsemconv"},
		{map[string]any{"enable": []any{"opt-in"}}, "oldsemconv", ""},
		{map[string]any{"rules": []any{"oldsemconv"}}, "oldsemconv", "spanleak"},
	} {
		p, err := newPlugin(test.settings)
		if err != nil {
			t.Fatal(err)
		}
		as, err := p.BuildAnalyzers()
		if err != nil || len(as) != 1 || as[0].Name != "tracevet" || p.GetLoadMode() != "typesinfo" {
			t.Fatalf("%v: %v, error %v, load mode %s", test.settings, as, err, p.GetLoadMode())
		}
		if err := analysis.Validate(as); err != nil {
			t.Error(err)
		}
		var names []string
		for _, a := range as[0].Requires {
			names = append(names, a.Name)
		}
		if !slices.Contains(names, test.has) || slices.Contains(names, test.not) || !slices.Contains(names, analyzers.IgnoreRule) {
			t.Errorf("%v: the rules are %q", test.settings, names)
		}
	}
}

// TestCacheKey checks that an option about the program as a whole changes what golangci-lint's keys are made of.
func TestCacheKey(t *testing.T) {
	old := settings.Program
	defer func() { settings.Program = old }()
	value := ""
	settings.Analyzer.Flags.StringVar(new(string), "plugintest", "", "")
	settings.Program = []settings.ProgramOption{{Name: "plugintest", Compute: func(root string) (string, error) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
			t.Errorf("computed for %s, which is no root of a module", root)
		}
		return value, nil
	}}}
	names := func() string {
		p, err := New(nil)
		if err != nil {
			t.Fatal(err)
		}
		as, err := p.BuildAnalyzers()
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, a := range as {
			names = append(names, a.Name)
		}
		return strings.Join(names, " ")
	}
	plain := names()
	value = "yes"
	if with := names(); plain != "tracevet" || with == plain || settings.Analyzer.Flags.Lookup("plugintest").Value.String() != "yes" {
		t.Errorf("the analyzers are %q, and %q with the option", plain, with)
	}
}

const source = `package p

import (
	"errors"
	"fmt"
)

func f() error {
	fmt.Println(1)
	fmt.Println(2)
	return errors.New("x")
}
`

// fake returns a rule that reports each call with the given argument, with fixes that replace the call; the second one
// is an alternative.
func fake(name, arg, text string) analyzers.Rule {
	return analyzers.Rule{Analyzer: &analysis.Analyzer{Name: name, Doc: "report calls", Run: func(pass *analysis.Pass) (any, error) {
		file := pass.Files[0]
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || types.ExprString(call.Args[0]) != arg {
				return true
			}
			fix := func(text string) analysis.SuggestedFix {
				return analysis.SuggestedFix{Message: "Replace the call", TextEdits: []analysis.TextEdit{{Pos: call.Pos(), End: call.End(), NewText: []byte(text)}}}
			}
			pass.Report(analysis.Diagnostic{
				Pos: call.Pos(), End: call.End(), Message: "call of Println",
				Related:        []analysis.RelatedInformation{{Pos: file.Pos(), Message: "here"}},
				SuggestedFixes: []analysis.SuggestedFix{fix(text), fix("panic(2)")},
			})
			return true
		})
		return nil, nil
	}}}
}

// TestAdapt checks what golangci-lint gets of findings of two rules.
func TestAdapt(t *testing.T) {
	for _, test := range []struct {
		name  string
		rules []analyzers.Rule
		want  []string // message, and the text of the fix
	}{
		{"apart", []analyzers.Rule{fake("one", "1", "fmt.Print(1)"), fake("two", "2", "fmt.Print(2)")}, []string{"one: call of Println | fmt.Print(1)", "two: call of Println | fmt.Print(2)"}},
		{"conflicting", []analyzers.Rule{fake("one", "1", "fmt.Print(1)"), fake("two", "1", "fmt.Print(3)")}, []string{"one: call of Println | fmt.Print(1)", "two: call of Println |"}},
		{"an import that nothing is left of", []analyzers.Rule{fake("one", "1", "print(1)"), fake("two", "2", "print(2)")}, []string{"one: call of Println | print(1)", "two: call of Println |"}},
		{"a fix that does not compile with the other", []analyzers.Rule{fake("one", "1", "x := 1; _ = x"), fake("two", "2", "x := 2; _ = x")}, []string{"one: call of Println | x := 1; _ = x", "two: call of Println |"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			graph, err := checker.Analyze([]*analysis.Analyzer{linter(test.rules)}, []*packages.Package{load(t)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range graph.Roots[0].Diagnostics {
				text := d.Message + " |"
				if len(d.Related) > 0 || len(d.SuggestedFixes) > 1 {
					t.Errorf("golangci-lint would make several issues or fixes of %+v", d)
				}
				for _, fix := range d.SuggestedFixes {
					text += " " + string(fix.TextEdits[0].NewText)
				}
				got = append(got, text)
			}
			if graph.Roots[0].Err != nil || !slices.Equal(got, test.want) {
				t.Errorf("got %q (error %v), want %q", got, graph.Roots[0].Err, test.want)
			}
		})
	}
}

// load returns source as a loaded package.
func load(t *testing.T) *packages.Package {
	t.Helper()
	name := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(name, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	p := &packages.Package{ID: "p", PkgPath: "p", Name: "p", Fset: token.NewFileSet(), GoFiles: []string{name}, CompiledGoFiles: []string{name}, TypesSizes: types.SizesFor("gc", "amd64"), Module: &packages.Module{Path: "p"}}
	file, err := parser.ParseFile(p.Fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	p.Syntax = []*ast.File{file}
	p.TypesInfo = &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection), Scopes: make(map[ast.Node]*types.Scope), Implicits: make(map[ast.Node]types.Object),
		Instances: make(map[*ast.Ident]types.Instance),
	}
	conf := types.Config{Importer: importer.Default()}
	if p.Types, err = conf.Check("p", p.Fset, p.Syntax, p.TypesInfo); err != nil {
		t.Fatal(err)
	}
	return p
}
