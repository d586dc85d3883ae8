package dynamicname

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/values"
)

// A fixer makes the fixes of one span name.
type fixer struct {
	pass    *analysis.Pass
	planner *edit.Planner
	use     *values.Use
	file    *ast.File
}

// fixes returns the fixes of a span name, the safe one first.
func fixes(pass *analysis.Pass, planner *edit.Planner, use *values.Use) []analysis.SuggestedFix {
	fx := &fixer{pass, planner, use, diag.File(pass, use.Call().Pos())}
	switch arg, part := fx.definition(use.Arg()), use.Part(); {
	case fx.file == nil:
		return nil
	case use.Formatter():
		return fx.removeOption()
	case part == nil || arg == nil || !holds(arg, part):
		return nil // what the name is made from may have other uses
	default:
		if fixes := fx.template(part); fixes != nil {
			return fixes
		}
		name, rest := fx.constant(arg, part)
		if name == "" {
			return nil
		}
		plan := planner.Plan(fx.file)
		plan.Replace(arg, strconv.Quote(name))
		fixes := plan.Fixes(fmt.Sprintf("Name the span %q", name))
		if fixes == nil {
			return nil
		}
		return append(fixes, fx.attribute(arg, rest, name)...)
	}
}

// definition returns what a variable is set to, if the variable is there for
// the name alone: it is set once, where it is declared, and used once.
func (fx *fixer) definition(arg ast.Expr) ast.Expr {
	id, ok := ast.Unparen(arg).(*ast.Ident)
	if !ok || fx.file == nil {
		return arg
	}
	v, ok := fx.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || v.Pos() < fx.file.FileStart || fx.file.FileEnd < v.Pos() {
		return arg
	}
	uses := 0
	ast.Inspect(fx.file, func(n ast.Node) bool {
		if other, ok := n.(*ast.Ident); ok && fx.pass.TypesInfo.Uses[other] == v {
			uses++
		}
		return true
	})
	path, _ := astutil.PathEnclosingInterval(fx.file, v.Pos(), v.Pos())
	if uses != 1 || len(path) < 2 {
		return arg
	}
	if assign, ok := path[1].(*ast.AssignStmt); ok && len(assign.Lhs) == 1 && len(assign.Rhs) == 1 {
		return assign.Rhs[0]
	}
	return arg
}

// template replaces the path of a request by the template of its route, where
// the request is that of a framework that knows it by then.
func (fx *fixer) template(part ast.Expr) []analysis.SuggestedFix {
	if fx.use.Source() != knowledge.RequestPath {
		return nil
	}
	for e := part; ; {
		switch x := ast.Unparen(e).(type) {
		case *ast.CallExpr:
			if len(x.Args) > 0 {
				return nil
			}
			e = x.Fun
		case *ast.SelectorExpr:
			e = x.X
		case *ast.Ident:
			tv, ok := fx.pass.TypesInfo.Types[x]
			if !ok {
				return nil
			}
			method := knowledge.RouteTemplate(tv.Type)
			if method == "" {
				return nil
			}
			text := fmt.Sprintf("%s.%s()", x.Name, method)
			plan := fx.planner.Plan(fx.file)
			plan.Replace(part, text)
			return plan.Fixes("Use the template of the route, " + text)
		default:
			return nil
		}
	}
}

// A stretch is a piece of the source between two tokens.
type stretch struct{ pos, end token.Pos }

func (s stretch) Pos() token.Pos { return s.pos }
func (s stretch) End() token.Pos { return s.end }

// removeOption removes the option that sets a formatter from the arguments
// that it is among.
func (fx *fixer) removeOption() []analysis.SuggestedFix {
	option := fx.use.Call()
	path, _ := astutil.PathEnclosingInterval(fx.file, option.Pos(), option.End())
	if len(path) < 2 {
		return nil
	}
	call, ok := path[1].(*ast.CallExpr)
	if !ok || call.Ellipsis.IsValid() {
		return nil
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && fx.pass.TypesInfo.Types[id].IsBuiltin() {
		return nil // append(options, ...) may be left without anything to add
	}
	for i, arg := range call.Args {
		if arg != ast.Expr(option) {
			continue
		}
		gone := stretch{option.Pos(), option.End()}
		switch {
		case i > 0:
			gone.pos = call.Args[i-1].End()
		case len(call.Args) > 1:
			gone.end = call.Args[1].Pos()
		}
		plan := fx.planner.Plan(fx.file)
		plan.Replace(gone, "")
		return plan.Fixes("Remove " + diag.Text(option.Fun) + ": the default name has a bound")
	}
	return nil
}

// constant returns the constant part of a name that is formatted or put
// together from a literal and one other value; and that value. The name is ""
// if there is no such part, or if leaving out the value might leave out work.
func (fx *fixer) constant(arg, part ast.Expr) (name string, rest ast.Expr) {
	switch e := ast.Unparen(arg).(type) {
	case *ast.CallExpr:
		fn, _ := calleeOf(fx.pass.TypesInfo, e).(*types.Func)
		if know, ok := knowledge.ValueOf(fn); !ok || know.Format != 1 || len(e.Args) != 2 {
			return "", nil
		}
		format, ok := literal(e.Args[0])
		if !ok || strings.Count(format, "%") != 1 {
			return "", nil
		}
		before, after, _ := strings.Cut(format, "%")
		after = strings.TrimLeft(after, "+-# 0123456789.")
		if after == "" {
			return "", nil
		}
		name, rest = tidy(before+after[1:]), e.Args[1]
	case *ast.BinaryExpr:
		if text, ok := literal(e.X); ok {
			name, rest = tidy(text), e.Y
		} else if text, ok := literal(e.Y); ok {
			name, rest = tidy(text), e.X
		}
	}
	if name == "" || !holds(rest, part) || !fx.isPure(rest) {
		return "", nil
	}
	return name, rest
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := ast.Unparen(e).(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

func calleeOf(info *types.Info, call *ast.CallExpr) types.Object {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return info.Uses[fun]
	case *ast.SelectorExpr:
		return info.Uses[fun.Sel]
	}
	return nil
}

// tidy removes what separated a value from a name: "job-" is "job". It returns
// "" if no word is left.
func tidy(name string) string {
	name = strings.TrimFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name = strings.Join(strings.Fields(name), " ")
	if !strings.ContainsFunc(name, unicode.IsLetter) || strings.ContainsAny(name, "%") {
		return ""
	}
	return name
}

// isPure reports whether an expression computes a value and does nothing else.
func (fx *fixer) isPure(e ast.Expr) bool {
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if fx.pass.TypesInfo.Types[n.Fun].IsType() {
				return true
			}
			fn, _ := calleeOf(fx.pass.TypesInfo, n).(*types.Func)
			know, ok := knowledge.ValueOf(fn)
			isText := fn != nil && (fn.Name() == "Error" || fn.Name() == "String")
			pure = pure && (isText || ok && know.Fills == 0 && know.Source != knowledge.RunningCount)
		case *ast.UnaryExpr:
			pure = pure && n.Op != token.ARROW
		case *ast.FuncLit:
			pure = false
		}
		return pure
	})
	return pure
}

// attribute is the alternative that keeps the value, as an attribute of the
// span. What the attribute is called is for the author to judge.
func (fx *fixer) attribute(arg, rest ast.Expr, name string) []analysis.SuggestedFix {
	path, _ := astutil.PathEnclosingInterval(fx.file, fx.use.Call().Pos(), fx.use.Call().End())
	if len(path) < 2 {
		return nil
	}
	assign, ok := path[1].(*ast.AssignStmt)
	if !ok || !holds(fx.use.Arg(), arg) || len(assign.Lhs) != 2 || len(assign.Rhs) != 1 {
		return nil
	}
	span, ok := assign.Lhs[1].(*ast.Ident)
	if !ok || span.Name == "_" {
		return nil
	}
	obj := fx.pass.TypesInfo.ObjectOf(span)
	if obj == nil || !knowledge.TakesAttributes(obj.Type()) || !imports(fx.pass.Pkg, knowledge.AttributePackage) {
		return nil
	}
	plan := edit.New(fx.pass, fx.file)
	value := valueText(fx.pass.TypesInfo.TypeOf(rest), types.ExprString(rest))
	if value == "" {
		return nil
	}
	qual := plan.Qualifier(knowledge.AttributePackage, "attribute", assign.End())
	key := keyOf(name, rest)
	plan.Replace(arg, strconv.Quote(name))
	plan.InsertAfter(assign, fmt.Sprintf("%s.SetAttributes(%s%s)", span.Name, qual, fmt.Sprintf(value, strconv.Quote(key))))
	return plan.Fixes(fmt.Sprintf("Name the span %q, with the attribute %s", name, key))
}

// imports reports whether a file of the package imports path: only then do all
// drivers know the package at path, and offer the same fixes.
func imports(pkg *types.Package, path string) bool {
	for _, imp := range pkg.Imports() {
		if imp.Path() == path {
			return true
		}
	}
	return false
}

// valueText returns the call that makes an attribute of a value of type t, with
// a verb for the key.
func valueText(t types.Type, text string) string {
	text = strings.ReplaceAll(text, "%", "%%")
	if types.Identical(t, types.Typ[types.String]) {
		return "String(%s, " + text + ")"
	}
	if types.Identical(t, types.Typ[types.Int]) {
		return "Int(%s, " + text + ")"
	}
	if basic, ok := t.Underlying().(*types.Basic); ok && basic.Info()&types.IsInteger != 0 {
		return "Int64(%s, int64(" + text + "))"
	}
	if basic, ok := t.Underlying().(*types.Basic); ok && basic.Info()&types.IsString != 0 {
		return "String(%s, string(" + text + "))"
	}
	if obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "String"); obj != nil {
		return "Stringer(%s, " + text + ")"
	}
	return ""
}

// keyOf returns a key for a value: the name of the span, and what the value is
// called.
func keyOf(name string, rest ast.Expr) string {
	word := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' {
				return unicode.ToLower(r)
			}
			return '_'
		}, s)
	}
	return word(name) + "." + word(called(rest))
}

// called returns the name of a variable or a field, or the literal that a call
// gets, as in r.PathValue("id").
func called(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.CallExpr:
		if len(e.Args) == 1 {
			if text, ok := literal(e.Args[0]); ok && token.IsIdentifier(text) {
				return text
			}
			return called(e.Args[0])
		}
		if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok && len(e.Args) == 0 && (sel.Sel.Name == "String" || sel.Sel.Name == "Error") {
			return called(sel.X)
		}
	}
	return "value"
}
