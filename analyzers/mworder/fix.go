package mworder

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/routes"
)

// moveEvent moves the registration of tracing to before another one.
func (c *checker) moveEvent(tracing, dest *routes.Event) []analysis.SuggestedFix {
	if tracing.Via != nil {
		return nil // other things are registered with it
	}
	if len(tracing.List) != 1 || len(tracing.Call.Args) != 1 {
		return c.extract(tracing, dest)
	}
	stmt, list := c.statement(tracing.Call)
	to, others := c.statement(dest.Call)
	if stmt == nil || to == nil || len(list) == 0 || len(others) == 0 || list[0] != others[0] || !c.movable(stmt, stmt, to, list) {
		return nil
	}
	if call, ok := stmt.(*ast.ExprStmt); !ok || call.X != ast.Expr(tracing.Call) {
		return nil
	}
	plan := c.planner.Plan(diag.File(c.pass, stmt.Pos()))
	plan.MoveBefore(stmt, to)
	return plan.Fixes("Register tracing first")
}

// moveItem moves the registration of tracing to before that of a middleware that
// needs the span; needy are all that do, and dest the first that is registered by
// itself.
func (c *checker) moveItem(tracing, it *routes.Item, needy []*routes.Item, dest *routes.Event) []analysis.SuggestedFix {
	e := tracing.Event
	switch {
	case e.Wraps || e.Via != nil:
		return nil
	case dest != nil:
		return c.moveEvent(e, dest)
	case it.Event != e:
		return nil
	}
	to := slices.IndexFunc(e.List, func(it *routes.Item) bool { return slices.Contains(needy, it) })
	return c.moveArg(e, slices.Index(e.List, tracing), to)
}

// moveArg moves tracing forward in one list of middlewares.
func (c *checker) moveArg(e *routes.Event, from, to int) []analysis.SuggestedFix {
	if e.Via != nil || from < 0 || to < 0 {
		return nil
	}
	args := e.Call.Args
	i := slices.Index(args, e.List[from].Expr)
	j := slices.Index(args, e.List[to].Expr)
	if i < 0 || j < 0 || j >= i {
		return nil
	}
	plan := c.planner.Plan(diag.File(c.pass, e.Call.Pos()))
	plan.MoveArg(args, i, j)
	return plan.Fixes("Put tracing first")
}

// remove deletes the second of two registrations on the same router.
func (c *checker) remove(first, second *routes.Item) []analysis.SuggestedFix {
	e := second.Event
	if first.Event.Via != nil || e.Via != nil || first.Event.Wraps || e.Wraps || first.Event.Router != e.Router || !second.Implies(first) ||
		e.Kind != knowledge.AddMiddleware || len(e.List) != 1 {
		return nil
	}
	stmt, _ := c.statement(e.Call)
	if x, ok := stmt.(*ast.ExprStmt); !ok || x.X != ast.Expr(e.Call) {
		return nil
	}
	plan := c.planner.Plan(diag.File(c.pass, stmt.Pos()))
	plan.DeleteStmt(stmt)
	return plan.Fixes("Delete the second registration")
}

// statement returns the statement in a list that is around call, and that list.
func (c *checker) statement(call *ast.CallExpr) (ast.Stmt, []ast.Stmt) {
	var stmt ast.Stmt
	var found []ast.Stmt
	see := func(list []ast.Stmt) {
		for _, s := range list {
			if s.Pos() <= call.Pos() && call.End() <= s.End() {
				stmt, found = s, list
			}
		}
	}
	ast.Inspect(c.fn.Body(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			see(n.List)
		case *ast.CaseClause:
			see(n.Body)
		case *ast.CommClause:
			see(n.Body)
		}
		return true
	})
	return stmt, found
}

// movable reports whether what, which is stmt or an expression in it, does the same
// before to, a statement of the same list, as where it is: what it mentions has its
// value there, and nothing in between matters to it.
func (c *checker) movable(what ast.Node, stmt, to ast.Stmt, list []ast.Stmt) bool {
	i, j := slices.Index(list, to), slices.Index(list, stmt)
	if i < 0 || j < 0 || i >= j {
		return false
	}
	mentioned := make(map[types.Object]bool)
	calls := false
	ast.Inspect(what, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if v, ok := c.pass.TypesInfo.Uses[n].(*types.Var); ok {
				mentioned[v] = true
			}
		case *ast.CallExpr:
			calls = calls || c.isOwnCall(n)
		}
		return true
	})
	for v := range mentioned {
		if v.Pos() >= to.Pos() && v.Pos() < stmt.Pos() {
			return false // it is not there yet
		}
	}
	for _, s := range list[i:j] {
		if c.sets(s, mentioned) || calls && !c.isRegistration(s) {
			return false
		}
	}
	return true
}

// isOwnCall reports whether what is called may look at what was done before: it is
// no function of a library that makes a middleware, or an option of one.
func (c *checker) isOwnCall(call *ast.CallExpr) bool {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return true
	}
	fn, ok := c.pass.TypesInfo.Uses[id].(*types.Func)
	if !ok {
		return !c.pass.TypesInfo.Types[call.Fun].IsType()
	}
	if _, registers := knowledge.RegisterOf(fn); registers {
		return false
	}
	return !knowledge.MakesTracing(fn)
}

// sets reports whether a statement may change a variable that is mentioned.
func (c *checker) sets(stmt ast.Stmt, mentioned map[types.Object]bool) bool {
	found := false
	set := func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && mentioned[c.pass.TypesInfo.ObjectOf(id)] {
				found = true
			}
			return true
		})
	}
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				set(lhs)
			}
		case *ast.IncDecStmt:
			set(n.X)
		case *ast.UnaryExpr:
			if n.Op.String() == "&" {
				set(n.X)
			}
		}
		return true
	})
	return found
}

// isRegistration reports whether a statement does nothing but to register.
func (c *checker) isRegistration(stmt ast.Stmt) bool {
	var call ast.Expr
	switch s := stmt.(type) {
	case *ast.ExprStmt:
		call = s.X
	case *ast.AssignStmt:
		if len(s.Rhs) != 1 {
			return false
		}
		call = s.Rhs[0]
	case *ast.BlockStmt:
		return !slices.ContainsFunc(s.List, func(s ast.Stmt) bool { return !c.isRegistration(s) })
	default:
		return false
	}
	return slices.ContainsFunc(c.events, func(e *routes.Event) bool { return e.Via == nil && ast.Expr(e.Call) == ast.Unparen(call) })
}
