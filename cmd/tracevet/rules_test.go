package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/settings"
)

// runsFile names the variable that holds the file to which bad adds a line for each package
// it is run on.
const runsFile = "TRACEVET_TEST_RUNS"

// testRules are rules about calls of functions with certain names.
func testRules() []analyzers.Rule {
	rule := func(group string, name string, run func(*analysis.Pass) error, requires ...*analysis.Analyzer) analyzers.Rule {
		r := analyzers.Rule{Analyzer: &analysis.Analyzer{
			Name:     name,
			Doc:      name + ": report what " + name + " stands for\n\nAt length.",
			URL:      "https://example.com/" + name,
			Requires: requires,
			Run:      func(pass *analysis.Pass) (any, error) { return nil, run(pass) },
		}}
		if r.Group = analyzers.Default; group == "opt-in" {
			r.Group = analyzers.OptIn
		}
		analyzers.HeedIgnores(r.Analyzer)
		return r
	}
	shaky := &analysis.Analyzer{Name: "shaky", Doc: "shaky is a pass that may panic", Run: func(pass *analysis.Pass) (any, error) {
		if has(pass, "MarkPassPanic") {
			panic("shaky pass")
		}
		return nil, nil
	}}
	bad := rule("default", "bad", runBad)
	bad.FactTypes = []analysis.Fact{new(callsBad)}
	bad.Flags.String("name", "Bad", "the `name` of the bad function")
	if settings.Analyzer.Flags.Lookup("program") == nil {
		settings.Analyzer.Flags.String("program", "", "what program.txt in the root of the module says")
		settings.Program = append(settings.Program, settings.ProgramOption{Name: "program", Compute: func(root string) (string, error) {
			data, err := os.ReadFile(filepath.Join(root, "program.txt"))
			if errors.Is(err, fs.ErrNotExist) {
				return "", nil
			}
			return strings.TrimSpace(string(data)), err
		}})
	}
	return []analyzers.Rule{
		bad,
		rule("default", "clash", runClash),
		rule("default", "far", runFar),
		rule("default", "fragile", replaceCalls("Fragile", "undefinedName()")),
		rule("default", "len", runLen),
		rule("default", "loop", runLoop),
		rule("default", "marked", runMarked, shaky),
		rule("default", "twice", runTwice),
		rule("opt-in", "picky", replaceCalls("Picky", "")),
	}
}

// calls calls f for each call of a function of the given name.
func calls(pass *analysis.Pass, name string, f func(call *ast.CallExpr, id *ast.Ident)) {
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				id, _ := call.Fun.(*ast.Ident)
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
					id = sel.Sel
				}
				if id != nil && id.Name == name {
					f(call, id)
				}
			}
			return true
		})
	}
}

// has reports whether the package declares name.
func has(pass *analysis.Pass, name string) bool { return pass.Pkg.Scope().Lookup(name) != nil }

func replacing(msg string, edits ...analysis.TextEdit) []analysis.SuggestedFix {
	return []analysis.SuggestedFix{{Message: msg, TextEdits: edits}}
}

// A callsBad fact is on a function that calls Bad.
type callsBad struct{}

func (*callsBad) AFact()         {}
func (*callsBad) String() string { return "callsBad" }

// runBad reports calls of Bad, with a fix, and calls of functions of other packages that
// call Bad, without one.
func runBad(pass *analysis.Pass) error {
	if file := os.Getenv(runsFile); file != "" {
		w, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
		if err != nil {
			return err
		}
		fmt.Fprintln(w, pass.Pkg.Path())
		w.Close()
	}
	name := pass.Analyzer.Flags.Lookup("name").Value.String()
	calls(pass, name, func(call *ast.CallExpr, id *ast.Ident) {
		d := analysis.Diagnostic{
			Pos: call.Pos(), End: call.End(), Category: "direct", Message: "call of " + name + settings.Analyzer.Flags.Lookup("program").Value.String(),
			SuggestedFixes: replacing("Call Good", analysis.TextEdit{Pos: id.Pos(), End: id.End(), NewText: []byte("Good")}),
		}
		if fn := pass.TypesInfo.Uses[id]; fn != nil && fn.Pkg() == pass.Pkg {
			d.Related = []analysis.RelatedInformation{{Pos: fn.Pos(), Message: "declared here"}}
		}
		pass.Report(d)
	})
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fd, ok := decl.(*ast.FuncDecl); ok && fd.Body != nil {
				ast.Inspect(fd.Body, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && id.Name == name {
						pass.ExportObjectFact(pass.TypesInfo.Defs[fd.Name], new(callsBad))
					}
					return true
				})
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if fn, ok := pass.TypesInfo.Uses[id].(*types.Func); ok && fn.Pkg() != pass.Pkg && pass.ImportObjectFact(fn, new(callsBad)) {
					pass.Report(analysis.Diagnostic{Pos: id.Pos(), End: id.End(), Category: "indirect", Message: fn.Name() + " calls " + name})
				}
			}
			return true
		})
	}
	return nil
}

// runClash reports each call of Clash twice, with fixes that cannot both be made.
func runClash(pass *analysis.Pass) error {
	calls(pass, "Clash", func(call *ast.CallExpr, id *ast.Ident) {
		for _, to := range []string{"One", "Two"} {
			pass.Report(analysis.Diagnostic{
				Pos: id.Pos(), End: id.End(), Message: "clash " + to,
				SuggestedFixes: replacing("Call "+to, analysis.TextEdit{Pos: id.Pos(), End: id.End(), NewText: []byte(to)}),
			})
		}
	})
	return nil
}

// runFar reports calls of Far, with a fix that edits every file of the package.
func runFar(pass *analysis.Pass) error {
	calls(pass, "Far", func(call *ast.CallExpr, id *ast.Ident) {
		edits := []analysis.TextEdit{{Pos: id.Pos(), End: id.End(), NewText: []byte("Near")}}
		for _, file := range pass.Files {
			edits = append(edits, analysis.TextEdit{Pos: file.FileEnd, NewText: []byte("\nvar _ = 0\n")})
		}
		pass.Report(analysis.Diagnostic{Pos: id.Pos(), End: id.End(), Message: "call of Far", SuggestedFixes: replacing("Call Near", edits...)})
	})
	return nil
}

// replaceCalls returns a rule that reports calls of a function, with a fix that
// replaces the call, if there is something to put in its place.
func replaceCalls(name, with string) func(*analysis.Pass) error {
	return func(pass *analysis.Pass) error {
		calls(pass, name, func(call *ast.CallExpr, id *ast.Ident) {
			d := analysis.Diagnostic{Pos: call.Pos(), End: call.End(), Message: "call of " + name}
			if with != "" {
				d.SuggestedFixes = replacing("Replace "+name, analysis.TextEdit{Pos: call.Pos(), End: call.End(), NewText: []byte(with)})
			}
			pass.Report(d)
		})
		return nil
	}
}

// runTwice reports calls of Twice, with two fixes to choose from.
func runTwice(pass *analysis.Pass) error {
	calls(pass, "Twice", func(call *ast.CallExpr, id *ast.Ident) {
		pass.Report(analysis.Diagnostic{Pos: call.Pos(), End: call.End(), Message: "call of Twice", SuggestedFixes: []analysis.SuggestedFix{
			{Message: "Call Once", TextEdits: []analysis.TextEdit{{Pos: id.Pos(), End: id.End(), NewText: []byte("Once")}}},
			{Message: "Remove it", TextEdits: []analysis.TextEdit{{Pos: call.Pos() - 1, End: call.End() + 1}}},
		}})
	})
	return nil
}

// runLen reports calls of utf8.RuneLen; its fix takes away a use of the import.
func runLen(pass *analysis.Pass) error {
	return replaceCalls("RuneLen", "1")(pass)
}

// runLoop reports calls of Loop, with a fix that does not help.
func runLoop(pass *analysis.Pass) error {
	calls(pass, "Loop", func(call *ast.CallExpr, id *ast.Ident) {
		pass.Report(analysis.Diagnostic{
			Pos: call.Pos(), End: call.End(), Message: "call of Loop",
			SuggestedFixes: replacing("Add a statement", analysis.TextEdit{Pos: call.End(), NewText: []byte("\n\tLoop0()")}),
		})
	})
	return nil
}

// runMarked fails in the way that a package asks for, by declaring a certain name.
func runMarked(pass *analysis.Pass) error {
	switch {
	case has(pass, "MarkPanic"):
		panic("forced panic")
	case has(pass, "MarkError"):
		return errors.New("forced error\nwith a second line")
	case has(pass, "MarkDie"): // what nothing can contain
		go func() { panic("forced death") }()
		time.Sleep(time.Minute)
	case has(pass, "MarkExit"):
		os.Exit(3)
	case has(pass, "MarkHang"):
		if file := os.Getenv(runsFile); file != "" {
			os.WriteFile(file+".hangs", nil, 0o666)
		}
		time.Sleep(time.Minute)
	case has(pass, "MarkTouch"): // somebody edits a file while it is analysed
		file := pass.Fset.File(pass.Files[0].FileStart).Name()
		src, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(file, append([]byte("// touched\n"), src...), 0o666)
	case has(pass, "MarkCgo"):
		// An edit as a careless rule makes it: in the file that cgo wrote.
		for _, file := range pass.Files {
			pos := file.Package
			if strings.HasSuffix(pass.Fset.Position(pos).Filename, "cgo.go") {
				pass.Report(analysis.Diagnostic{
					Pos: pos, Message: "cgo file",
					SuggestedFixes: replacing("Break it", analysis.TextEdit{Pos: file.Name.Pos(), End: token.Pos(file.Name.End()), NewText: []byte("broken")}),
				})
			}
		}
	}
	return nil
}
