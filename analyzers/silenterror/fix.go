package silenterror

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// setStatus sets the status of the span after the call that records the error,
// if the error is in a variable.
func (c *checker) setStatus(call *ast.CallExpr) []analysis.SuggestedFix {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	id, ok := ast.Unparen(call.Args[0]).(*ast.Ident)
	if !ok {
		return nil
	}
	file := diag.File(c.pass, call.Pos())
	path, _ := astutil.PathEnclosingInterval(file, call.Pos(), call.End())
	if len(path) < 2 {
		return nil
	}
	stmt, ok := path[1].(*ast.ExprStmt)
	if !ok || !isPlain(sel.X) {
		return nil
	}
	plan := c.planner.Plan(file)
	status := c.status(plan, sel.X, id, stmt)
	if !c.isFailure(path, stmt, id) {
		status = fmt.Sprintf("if %s != nil {\n\t%s\n}", id.Name, status) // RecordError(nil) does nothing, nil.Error() panics
	}
	plan.InsertAfter(stmt, status)
	return plan.Fixes(fmt.Sprintf("Set the status of %s, too", types.ExprString(sel.X)))
}

// status returns the call that sets the status, as it is spelled after at.
func (c *checker) status(plan *edit.Plan, span ast.Expr, err *ast.Ident, at ast.Node) string {
	qual := plan.Qualifier(knowledge.CodesPackage, "codes", at.End())
	return fmt.Sprintf("%s.SetStatus(%sError, %s.Error())", types.ExprString(span), qual, err.Name)
}

// isFailure reports whether an error is known not to be nil at a statement: the
// innermost if around that asks for it says so, and nothing sets it in between; or a
// function that makes errors has just made it.
func (c *checker) isFailure(path []ast.Node, stmt ast.Stmt, id *ast.Ident) bool {
	v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok {
		return false
	}
	for i := 2; i+1 < len(path); i++ {
		body, ok := path[i].(*ast.BlockStmt)
		if !ok {
			if _, isClause := path[i].(*ast.CaseClause); isClause {
				continue
			}
			return false
		}
		for _, before := range body.List {
			if before.Pos() >= stmt.Pos() {
				break
			}
			assign, ok := before.(*ast.AssignStmt)
			if ok && len(assign.Lhs) == 1 && len(assign.Rhs) == 1 && c.isVar(assign.Lhs[0], v) && c.makesError(assign.Rhs[0]) {
				return true
			}
			if c.sets(before, v) {
				return false
			}
		}
		cond, ok := path[i+1].(*ast.IfStmt)
		if !ok {
			return false
		}
		if cond.Body == body && c.saysNotNil(cond.Cond, v) {
			return true
		}
		if c.mentions(cond.Cond, v) || cond.Init != nil && c.sets(cond.Init, v) {
			return false
		}
		i++ // it asks for something else: go on behind it
	}
	return false
}

// mentions reports whether a condition is about a variable.
func (c *checker) mentions(cond ast.Expr, v *types.Var) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && c.pass.TypesInfo.Uses[id] == types.Object(v)
		return !found
	})
	return found
}

func (c *checker) isVar(e ast.Expr, v *types.Var) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && c.pass.TypesInfo.ObjectOf(id) == v
}

// sets reports whether a statement may set a variable.
func (c *checker) sets(stmt ast.Stmt, v *types.Var) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		found = found || n != nil && c.setsHere(n, v)
		return !found
	})
	return found
}

// setsHere reports whether a node, without the nodes in it, may set a variable.
func (c *checker) setsHere(n ast.Node, v *types.Var) bool {
	isVar := func(e ast.Expr) bool { return c.isVar(e, v) }
	switch n := n.(type) {
	case *ast.AssignStmt:
		return slices.ContainsFunc(n.Lhs, isVar)
	case *ast.RangeStmt:
		return n.Key != nil && isVar(n.Key) || n.Value != nil && isVar(n.Value)
	case *ast.UnaryExpr:
		return n.Op == token.AND && isVar(n.X)
	}
	return false
}

func (c *checker) makesError(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, _ := c.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	return knowledge.MakesError(fn)
}

// saysNotNil reports whether v is not nil where a condition holds.
func (c *checker) saysNotNil(cond ast.Expr, v *types.Var) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	switch {
	case !ok:
		return false
	case b.Op == token.LAND:
		return c.saysNotNil(b.X, v) || c.saysNotNil(b.Y, v)
	case b.Op == token.NEQ:
		return c.isVar(b.X, v) && c.pass.TypesInfo.Types[b.Y].IsNil() || c.isVar(b.Y, v) && c.pass.TypesInfo.Types[b.X].IsNil()
	}
	return false
}

// isPlain reports whether an expression is a variable or a field of one, which
// can be written twice.
func isPlain(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isPlain(e.X)
	}
	return false
}

// postpone puts a deferred call into a function literal, which reads the
// variable when it runs. A recorded error makes no failure, so the literal
// sets the status as well.
func (c *checker) postpone(d *ast.DeferStmt, sel *ast.SelectorExpr, err *ast.Ident) []analysis.SuggestedFix {
	if !isPlain(sel.X) {
		return nil
	}
	plan := c.planner.Plan(diag.File(c.pass, d.Pos()))
	status := c.status(plan, sel.X, err, d)
	plan.ReplaceStmt(d, fmt.Sprintf("defer func() {\n\tif %s != nil {\n\t\t%s\n\t\t%s\n\t}\n}()", err.Name, types.ExprString(d.Call), status))
	return plan.Fixes(fmt.Sprintf("Defer a function that reads %s when it runs", err.Name))
}

// wrap puts the deferred call of a helper of this package into a function
// literal. That evaluates all of its arguments later, so they have to be
// variables that are not set again; and a helper that recovers from a panic can
// do so only if it is deferred itself.
func (c *checker) wrap(d *ast.DeferStmt, in body) []analysis.SuggestedFix {
	fn := typeutil.StaticCallee(c.pass.TypesInfo, d.Call)
	if fn == nil || fn.Pkg() != c.pass.Pkg || c.mayRecover(fn) {
		return nil
	}
	operands := slices.Clone(d.Call.Args)
	if sel, ok := ast.Unparen(d.Call.Fun).(*ast.SelectorExpr); ok {
		operands = append(operands, sel.X)
	}
	for _, operand := range operands {
		if tv := c.pass.TypesInfo.Types[operand]; tv.Value != nil || tv.IsNil() {
			continue
		}
		id, ok := ast.Unparen(operand).(*ast.Ident)
		if !ok {
			return nil
		}
		v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
		if ok && !isError(v.Type()) && c.setAfter(in.block, v, d.End()).IsValid() {
			return nil
		}
	}
	plan := c.planner.Plan(diag.File(c.pass, d.Pos()))
	plan.ReplaceStmt(d, fmt.Sprintf("defer func() {\n\t%s\n}()", types.ExprString(d.Call)))
	return plan.Fixes(fmt.Sprintf("Defer a function that calls %s when it runs", diag.Text(d.Call.Fun)))
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// mayRecover reports whether a function of this package recovers from a panic, or
// has no body here.
func (c *checker) mayRecover(fn *types.Func) bool {
	recovers := true
	for _, file := range c.pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil || c.pass.TypesInfo.Defs[decl.Name] != types.Object(fn.Origin()) {
				continue
			}
			recovers = false
			ast.Inspect(decl.Body, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && c.pass.TypesInfo.Uses[id] == types.Universe.Lookup("recover") {
					recovers = true
				}
				return !recovers
			})
		}
	}
	return recovers
}
