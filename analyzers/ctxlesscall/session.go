package ctxlesscall

import (
	"fmt"
	"go/ast"
	"go/types"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// session reports the first call of a chain on a handle that carries a context
// once it was given one, if nothing has.
func (c *checker) session(site requests.Site, hand *requests.Context) {
	sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	s, ok := knowledge.SessionOf(site.Fn.Signature().Recv().Type())
	if !ok {
		return
	}
	base := ast.Unparen(sel.X)
	if s.Fresh != "" {
		c.fresh(site, base, s, hand)
		return
	}
	if c.flow.Over(site.Cur) {
		return
	}
	if _, chain := base.(*ast.CallExpr); chain {
		return // reported, if at all, at its first call
	}
	v := c.longLived(base)
	if v == nil || !c.runs(site, s) || c.isGiven(v) {
		return
	}
	diag.Report(c.pass, diag.Finding{
		Range:    base,
		Category: "session",
		Message:  fmt.Sprintf("%s carries no context, so %s not in the trace: %s gives it one", diag.Text(base), s.Work, s.With),
		Fixes:    c.give(base, hand, s.With),
	})
}

// runs reports whether the chain of calls that begins at site does its work
// without being given a context: in the chain itself, or on the variable that
// the chain goes to.
func (c *checker) runs(site requests.Site, s knowledge.Session) bool {
	cur, runs := site.Cur, s.Runs(site.Fn.Name())
	for {
		if c.isGivenOne(cur.Node().(*ast.CallExpr)) {
			return false
		}
		sel, ok := cur.Parent().Node().(*ast.SelectorExpr)
		if !ok {
			break
		}
		if sel.Sel.Name == s.With {
			return false
		}
		if _, ok := cur.Parent().Parent().Node().(*ast.CallExpr); !ok {
			break // a field: .Error
		}
		runs = runs || s.Runs(sel.Sel.Name)
		cur = cur.Parent().Parent()
	}
	if runs {
		return true
	}
	assign, ok := cur.Parent().Node().(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != 1 {
		return false // given to somebody who may give it the context
	}
	id, ok := assign.Lhs[0].(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return ok && c.runsVar(site, v, s)
}

// isGivenOne reports whether a context is somewhere in the arguments of a call,
// as in db.Session(&gorm.Session{Context: ctx}).
func (c *checker) isGivenOne(call *ast.CallExpr) bool {
	found := false
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if _, lit := n.(*ast.FuncLit); lit {
				return false
			}
			if e, ok := n.(ast.Expr); ok {
				if t := c.pass.TypesInfo.TypeOf(e); t != nil && knowledge.IsContext(t) {
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// runsVar reports whether the function of site runs the query in v, and neither
// gives v a context nor to somebody else.
func (c *checker) runsVar(site requests.Site, v *types.Var, s knowledge.Session) bool {
	runs, given := false, false
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && c.pass.TypesInfo.Uses[id] == v
	}
	ast.Inspect(site.Func.Decl().Node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			base := n.X
			for {
				call, ok := ast.Unparen(base).(*ast.CallExpr)
				if !ok {
					break
				}
				sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
				if !ok {
					break
				}
				base = sel.X
			}
			if is(base) {
				given = given || n.Sel.Name == s.With
				runs = runs || s.Runs(n.Sel.Name)
			}
		case *ast.CallExpr:
			for _, arg := range n.Args {
				given = given || is(arg)
			}
		case *ast.ReturnStmt:
			for _, e := range n.Results {
				given = given || is(e)
			}
		}
		return true
	})
	return runs && !given
}

// longLived returns the field or package-level variable that e is, or that a
// local variable is a plain copy of; nil if it is something else.
func (c *checker) longLived(e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		v, _ := c.pass.TypesInfo.Uses[e.Sel].(*types.Var)
		return v
	case *ast.Ident:
		v, ok := c.pass.TypesInfo.Uses[e].(*types.Var)
		if ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return v
		}
	}
	return nil
}

// isGiven reports whether a handle with a context is put into v somewhere in
// the package.
func (c *checker) isGiven(v *types.Var) bool {
	if c.given == nil {
		c.given = make(map[*types.Var]bool)
		for _, f := range c.pass.Files {
			ast.Inspect(f, c.findGiven)
		}
	}
	return c.given[v]
}

func (c *checker) findGiven(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			if len(n.Lhs) == len(n.Rhs) && c.carriesContext(n.Rhs[i]) {
				if v := c.longLived(lhs); v != nil {
					c.given[v] = true
				}
			}
		}
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok && c.carriesContext(n.Value) {
			if v, ok := c.pass.TypesInfo.Uses[id].(*types.Var); ok {
				c.given[v] = true
			}
		}
	case *ast.CompositeLit:
		st, ok := structOf(c.pass.TypesInfo.TypeOf(n))
		for i, elt := range n.Elts {
			if _, keyed := elt.(*ast.KeyValueExpr); ok && !keyed && i < st.NumFields() && c.carriesContext(elt) {
				c.given[st.Field(i)] = true
			}
		}
	}
	return true
}

func structOf(t types.Type) (*types.Struct, bool) {
	if t == nil {
		return nil, false
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}

// carriesContext reports whether e is a handle that may have a context: the
// result of anything but its opening, or a variable of the function.
func (c *checker) carriesContext(e ast.Expr) bool {
	t := c.pass.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	s, ok := knowledge.SessionOf(t)
	if !ok {
		return false
	}
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == s.With {
			found = true
		}
		return !found
	})
	return found
}

// fresh reports a request that is made and sent without a context.
func (c *checker) fresh(site requests.Site, base ast.Expr, s knowledge.Session, hand *requests.Context) {
	if !sends(site.Fn) {
		return
	}
	made := base
	for {
		switch e := ast.Unparen(made).(type) {
		case *ast.CallExpr:
			sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
			if !ok {
				return
			}
			if sel.Sel.Name == s.With {
				return
			}
			if sel.Sel.Name == s.Fresh {
				c.reportFresh(e, s, hand)
				return
			}
			made = sel.X
		case *ast.Ident:
			v, ok := c.pass.TypesInfo.Uses[e].(*types.Var)
			if !ok {
				return
			}
			def := c.definition(site, v)
			if def == nil || c.calls(site, v, s.With) {
				return
			}
			made = def
		default:
			return
		}
	}
}

func (c *checker) reportFresh(call *ast.CallExpr, s knowledge.Session, hand *requests.Context) {
	diag.Report(c.pass, diag.Finding{
		Range:    call,
		Category: "session",
		Message:  fmt.Sprintf("%s carries no context, so %s not in the trace: %s gives it one", diag.Text(call), s.Work, s.With),
		Fixes:    c.give(call, hand, s.With),
	})
}

// sends reports whether a method of a request sends it.
func sends(fn *types.Func) bool {
	res := fn.Signature().Results()
	return res.Len() == 2 && types.Identical(res.At(1).Type(), types.Universe.Lookup("error").Type())
}

// definition returns the one value that a local variable is given in the
// function of site, or nil.
func (c *checker) definition(site requests.Site, v *types.Var) ast.Expr {
	var def ast.Expr
	count := 0
	ast.Inspect(site.Func.Decl().Node, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != len(assign.Rhs) {
			return true
		}
		for i, lhs := range assign.Lhs {
			if id, ok := lhs.(*ast.Ident); ok && c.pass.TypesInfo.ObjectOf(id) == v {
				def = assign.Rhs[i]
				count++
			}
		}
		return true
	})
	if count != 1 {
		return nil
	}
	return def
}

// calls reports whether the function of site calls that method of v, or gives v
// away.
func (c *checker) calls(site requests.Site, v *types.Var, method string) bool {
	found := false
	ast.Inspect(site.Func.Decl().Node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && n.Sel.Name == method && c.pass.TypesInfo.Uses[id] == v {
				found = true
			}
		case *ast.CallExpr:
			for _, arg := range n.Args {
				if id, ok := ast.Unparen(arg).(*ast.Ident); ok && c.pass.TypesInfo.Uses[id] == v {
					found = true
				}
			}
		}
		return !found
	})
	return found
}
