// Package diag reports the findings of rules, all in the same form.
package diag

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/settings"
)

// A Finding is one proven fault.
type Finding struct {
	// Range is the narrowest piece of source that is at fault.
	Range analysis.Range
	// Category names the variant within the rule; it is a heading of the rule's page.
	Category string
	// Message states the fault and its proved consequence: lower case, present
	// tense, the user's own identifiers, no final period, no rule name.
	Message string
	// Related, if its message is not empty, is the one other place that a
	// reader has to see, such as the return that leaks the span.
	Related analysis.RelatedInformation
	// Fixes are alternatives; the first one is safe to apply unattended.
	Fixes []analysis.SuggestedFix
}

// Report reports f, unless it stands in a file whose findings serve no one:
//   - a generated file, which its owner cannot edit by hand;
//   - a _test.go file, unless the settings ask for it.
func Report(pass *analysis.Pass, f Finding) {
	file := File(pass, f.Range.Pos())
	if file == nil || ast.IsGenerated(file) || inTest(pass, f.Range.Pos()) {
		return
	}
	d := analysis.Diagnostic{
		Pos:            f.Range.Pos(),
		End:            f.Range.End(),
		Category:       f.Category,
		Message:        f.Message,
		URL:            pass.Analyzer.URL + "#" + f.Category,
		SuggestedFixes: f.Fixes,
	}
	if f.Related.Message != "" {
		d.Related = []analysis.RelatedInformation{f.Related}
	}
	pass.Report(d)
}

// inTest reports whether pos is in a _test.go file that nothing is reported in.
func inTest(pass *analysis.Pass, pos token.Pos) bool {
	if s, ok := pass.ResultOf[settings.Analyzer].(*settings.Settings); ok && s.Tests {
		return false
	}
	f := pass.Fset.File(pos)
	return f != nil && strings.HasSuffix(f.Name(), "_test.go")
}

// File returns the file of the package that pos is in, or nil.
func File(pass *analysis.Pass, pos token.Pos) *ast.File {
	for _, f := range pass.Files {
		if f.FileStart <= pos && pos <= f.FileEnd {
			return f
		}
	}
	return nil
}

// maxCall is how long a call may be, in bytes, to be quoted with its arguments.
const maxCall = 40

// Text returns the source form of an expression for a message, on one line;
// function literals, and the arguments of long calls, are left out.
func Text(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return Text(e.X) + "." + e.Sel.Name
	case *ast.ParenExpr:
		return Text(e.X)
	case *ast.StarExpr:
		return Text(e.X)
	case *ast.UnaryExpr: // &c.Context
		return e.Op.String() + Text(e.X)
	case *ast.IndexExpr: // an instance of a generic function, most often
		return Text(e.X)
	case *ast.IndexListExpr:
		return Text(e.X)
	case *ast.CallExpr:
		if text := types.ExprString(e); len(text) <= maxCall && !strings.Contains(text, "func(") {
			return text
		}
		return Text(e.Fun) + "(...)"
	case *ast.TypeAssertExpr:
		return Text(e.X)
	case *ast.CompositeLit:
		if e.Type != nil {
			return types.ExprString(e.Type) + "{}"
		}
	}
	return "the function"
}
