package spanleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/spanflow"
)

// A fixer makes the fix of one finding.
type fixer struct {
	pass  *analysis.Pass
	plan  *edit.Plan
	span  *spanflow.Span
	path  []ast.Node // from the call that starts the span to the file
	stmt  ast.Stmt   // the innermost statement around the call
	leaks []spanflow.Leak
}

// newFixer returns nil if there is no safe fix: if another owner gets the span
// on some path, an End here would be one too many there.
func newFixer(pass *analysis.Pass, planner *edit.Planner, span *spanflow.Span, leaks []spanflow.Leak) *fixer {
	call := span.Call()
	file := diag.File(pass, call.Pos())
	if file == nil || span.HandedOver() || span.Deferred() || span.MayBeNil() {
		return nil
	}
	if span.Ended() && !span.Known() {
		return nil // whether what ends it may be called twice is not known
	}
	path, _ := astutil.PathEnclosingInterval(file, call.Pos(), call.End())
	for _, n := range path {
		if stmt, ok := n.(ast.Stmt); ok {
			return &fixer{pass, planner.Plan(file), span, path, stmt, leaks}
		}
	}
	return nil
}

// end ends the span of a variable that has one already.
func (fx *fixer) end() []analysis.SuggestedFix {
	id, ok := fx.span.Target().(*ast.Ident)
	if !ok {
		return nil // a field: what it holds when the function returns is not known
	}
	obj := fx.pass.TypesInfo.ObjectOf(id)
	call := fx.ender(id.Name, obj.Type())
	if call == "" {
		return nil
	}
	if fx.span.InLoop() {
		return fx.endIteration(obj, call)
	}
	fx.plan.Ref(obj, fx.stmt.End())
	fx.plan.InsertAfter(fx.stmt, "defer "+call)
	return fx.plan.Fixes(fmt.Sprintf("Defer %s after %s", strings.TrimSuffix(call, "()"), fx.starter()))
}

// starter returns the last part of the name of the function that starts the
// span.
func (fx *fixer) starter() string {
	name := diag.Text(fx.span.Call().Fun)
	return name[strings.LastIndexByte(name, '.')+1:]
}

// endIteration ends the span before each way out of the iteration: a defer
// would keep it open until the function returns.
func (fx *fixer) endIteration(obj types.Object, call string) []analysis.SuggestedFix {
	message := ""
	for _, l := range fx.leaks {
		what := fx.endBefore(l, obj, call)
		if what == "" {
			return nil
		}
		if message == "" {
			message = fmt.Sprintf("End %s %s", obj.Name(), what)
		}
	}
	return fx.plan.Fixes(message)
}

func (fx *fixer) endBefore(l spanflow.Leak, obj types.Object, call string) (what string) {
	path, _ := astutil.PathEnclosingInterval(fx.path[len(fx.path)-1].(*ast.File), l.Pos, l.Pos+1)
	fx.plan.Ref(obj, l.Pos)
	for _, n := range path {
		switch n := n.(type) {
		case *ast.BranchStmt:
			fx.plan.InsertBefore(n, call)
			return "before " + n.Tok.String()
		case *ast.ReturnStmt:
			if fx.works(n) {
				return ""
			}
			fx.plan.InsertBefore(n, call)
			return "before return"
		case *ast.BlockStmt:
			if l.Way != spanflow.NextIteration || n.Rbrace != l.Pos {
				return ""
			}
			fx.plan.InsertAtEnd(n, call)
			return "at the end of the iteration"
		case *ast.FuncDecl, *ast.FuncLit:
			return ""
		}
	}
	return ""
}

// works reports whether the results of a return are computed by a call that
// takes a context: the span has to stay open for that.
func (fx *fixer) works(ret *ast.ReturnStmt) bool {
	found := false
	ast.Inspect(ret, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if t := fx.pass.TypesInfo.TypeOf(e); t != nil && spanflow.IsContext(t) {
				found = true
			}
		}
		return !found
	})
	return found
}

// name gives the span a name where it has none, and defers its end.
func (fx *fixer) name() []analysis.SuggestedFix {
	if fx.span.InLoop() {
		return nil
	}
	results := fx.pass.TypesInfo.TypeOf(fx.span.Call())
	k := fx.span.Result()
	t := resultType(results, k)
	base := "span"
	if _, ok := t.Underlying().(*types.Signature); ok {
		base = "end"
	}
	name := fx.plan.FreshName(base, fx.stmt.Pos())
	call := fx.ender(name, t)
	if call == "" {
		return nil
	}
	switch stmt := fx.stmt.(type) {
	case *ast.ExprStmt:
		if ast.Unparen(stmt.X) != ast.Expr(fx.span.Call()) {
			return nil
		}
		names := []string{name}
		if tuple, ok := results.(*types.Tuple); ok {
			names = make([]string, tuple.Len())
			for i := range names {
				names[i] = "_"
			}
			names[k] = name
		}
		fx.plan.Prefix(stmt, strings.Join(names, ", ")+" := ")
	case *ast.AssignStmt:
		fx.plan.Replace(fx.span.Target(), name)
		if stmt.Tok == token.ASSIGN && !fx.redeclare(stmt) {
			q, ok := fx.typeName(t)
			if !ok {
				return nil
			}
			fx.plan.InsertBefore(stmt, fmt.Sprintf("var %s %s", name, q))
		}
	default:
		return nil
	}
	fx.plan.InsertAfter(fx.stmt, "defer "+call)
	return fx.plan.Fixes("Name the span and defer its End")
}

func resultType(t types.Type, k int) types.Type {
	if tuple, ok := t.(*types.Tuple); ok {
		return tuple.At(k).Type()
	}
	return t
}

// redeclare makes = of an assignment := if that declares nothing but the new
// variable: if all others are declared in the same block.
func (fx *fixer) redeclare(stmt *ast.AssignStmt) bool {
	scope := fx.blockScope()
	for _, lhs := range stmt.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok {
			return false
		}
		if id.Name != "_" && fx.pass.TypesInfo.ObjectOf(id).Parent() != scope {
			return false
		}
	}
	fx.plan.Replace(operator{stmt}, token.DEFINE.String())
	return true
}

// An operator is the range of the = of an assignment.
type operator struct{ *ast.AssignStmt }

func (op operator) Pos() token.Pos { return op.TokPos }
func (op operator) End() token.Pos { return op.TokPos + token.Pos(len(op.Tok.String())) }

// blockScope returns the scope of the block that the statement is in.
func (fx *fixer) blockScope() *types.Scope {
	for i, n := range fx.path {
		switch n := n.(type) {
		case *ast.BlockStmt:
			// The body of a function shares the scope of its parameters.
			switch fn := fx.path[i+1].(type) {
			case *ast.FuncDecl:
				return fx.pass.TypesInfo.Scopes[fn.Type]
			case *ast.FuncLit:
				return fx.pass.TypesInfo.Scopes[fn.Type]
			}
			return fx.pass.TypesInfo.Scopes[n]
		case *ast.CaseClause, *ast.CommClause:
			return fx.pass.TypesInfo.Scopes[n]
		}
	}
	return nil
}

// typeName returns how t, a named type, is spelled at the statement.
func (fx *fixer) typeName(t types.Type) (string, bool) {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.TypeArgs().Len() > 0 {
		return "", false
	}
	obj := named.Obj()
	if obj.Pkg() == fx.pass.Pkg {
		return fx.plan.Ref(obj, fx.stmt.Pos()), true
	}
	q := fx.plan.AddImport(obj.Pkg().Path(), obj.Pkg().Name(), fx.stmt.Pos())
	if q == "" {
		return obj.Name(), true
	}
	return q + "." + obj.Name(), true
}

// ender returns the call that ends the span in the variable name of type t:
// one that needs no arguments. It returns "" if there is none.
func (fx *fixer) ender(name string, t types.Type) string {
	for _, m := range fx.span.Enders() {
		if m == spanflow.CallItself {
			if sig, ok := t.Underlying().(*types.Signature); ok && noArguments(sig) {
				return name + "()"
			}
			continue
		}
		obj, _, _ := types.LookupFieldOrMethod(t, true, fx.pass.Pkg, strings.TrimPrefix(m, "."))
		switch obj := obj.(type) {
		case *types.Func:
			if noArguments(obj.Signature()) {
				return name + "." + obj.Name() + "()"
			}
		case *types.Var: // a field that holds the span
			if inner := fx.ender(name+"."+obj.Name(), obj.Type()); inner != "" {
				return inner
			}
		}
	}
	return ""
}

func noArguments(sig *types.Signature) bool {
	return sig.Params().Len() == 0 || sig.Params().Len() == 1 && sig.Variadic()
}
