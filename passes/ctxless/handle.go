package ctxless

import (
	"go/ast"
	"go/types"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// runs reports whether the chain of calls that begins at site does its work
// without being given a context: in the chain itself, or on the variable that
// the chain goes to.
func (r *Result) runs(site requests.Site, s knowledge.Session) bool {
	cur, runs := site.Cur, s.Runs(site.Fn.Name())
	for {
		if r.isGivenOne(cur.Node().(*ast.CallExpr)) {
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
	v, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return ok && r.runsVar(site, v, s)
}

// isGivenOne reports whether a context is somewhere in the arguments of a call,
// as in db.Session(&gorm.Session{Context: ctx}).
func (r *Result) isGivenOne(call *ast.CallExpr) bool {
	found := false
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if _, lit := n.(*ast.FuncLit); lit {
				return false
			}
			if e, ok := n.(ast.Expr); ok {
				if t := r.pass.TypesInfo.TypeOf(e); t != nil && knowledge.IsContext(t) {
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
func (r *Result) runsVar(site requests.Site, v *types.Var, s knowledge.Session) bool {
	runs, given := false, false
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && r.pass.TypesInfo.Uses[id] == v
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

// longLived returns the field or package-level variable that e is; nil if it is
// something else.
func (r *Result) longLived(e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		v, _ := r.pass.TypesInfo.Uses[e.Sel].(*types.Var)
		return v
	case *ast.Ident:
		v, ok := r.pass.TypesInfo.Uses[e].(*types.Var)
		if ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return v
		}
	}
	return nil
}

// isGiven reports whether a handle with a context is put into v somewhere in
// the package.
func (r *Result) isGiven(v *types.Var) bool {
	if r.given == nil {
		r.given = make(map[*types.Var]bool)
		for _, f := range r.pass.Files {
			ast.Inspect(f, r.findGiven)
		}
	}
	return r.given[v]
}

func (r *Result) findGiven(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			if len(n.Lhs) == len(n.Rhs) && r.carriesContext(n.Rhs[i]) {
				if v := r.longLived(lhs); v != nil {
					r.given[v] = true
				}
			}
		}
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok && r.carriesContext(n.Value) {
			if v, ok := r.pass.TypesInfo.Uses[id].(*types.Var); ok {
				r.given[v] = true
			}
		}
	case *ast.CompositeLit:
		st, ok := structOf(r.pass.TypesInfo.TypeOf(n))
		for i, elt := range n.Elts {
			if _, keyed := elt.(*ast.KeyValueExpr); ok && !keyed && i < st.NumFields() && r.carriesContext(elt) {
				r.given[st.Field(i)] = true
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
func (r *Result) carriesContext(e ast.Expr) bool {
	t := r.pass.TypesInfo.TypeOf(e)
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

// fresh returns where a request is made that is sent without a context; nil if it is
// given one, or not sent.
func (r *Result) fresh(site requests.Site, base ast.Expr, s knowledge.Session) ast.Expr {
	if !sends(site.Fn) {
		return nil
	}
	made := base
	for {
		switch e := ast.Unparen(made).(type) {
		case *ast.CallExpr:
			sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
			if !ok || sel.Sel.Name == s.With {
				return nil
			}
			if sel.Sel.Name == s.Fresh {
				return e
			}
			made = sel.X
		case *ast.Ident:
			v, ok := r.pass.TypesInfo.Uses[e].(*types.Var)
			if !ok {
				return nil
			}
			def := r.Definition(site, v)
			if def == nil || r.CallsOn(site, v, s.With) {
				return nil
			}
			made = def
		default:
			return nil
		}
	}
}

// sends reports whether a method of a request sends it.
func sends(fn *types.Func) bool {
	res := fn.Signature().Results()
	return res.Len() == 2 && types.Identical(res.At(1).Type(), types.Universe.Lookup("error").Type())
}

// Definition returns the one value that a local variable is given in the
// function of site, or nil.
func (r *Result) Definition(site requests.Site, v *types.Var) ast.Expr {
	var def ast.Expr
	count := 0
	ast.Inspect(site.Func.Decl().Node, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != len(assign.Rhs) {
			return true
		}
		for i, lhs := range assign.Lhs {
			if id, ok := lhs.(*ast.Ident); ok && r.pass.TypesInfo.ObjectOf(id) == v {
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

// CallsOn reports whether the function of site calls that method of v, or gives v
// away.
func (r *Result) CallsOn(site requests.Site, v *types.Var, method string) bool {
	found := false
	ast.Inspect(site.Func.Decl().Node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && n.Sel.Name == method && r.pass.TypesInfo.Uses[id] == v {
				found = true
			}
		case *ast.CallExpr:
			for _, arg := range n.Args {
				if id, ok := ast.Unparen(arg).(*ast.Ident); ok && r.pass.TypesInfo.Uses[id] == v {
					found = true
				}
			}
		}
		return !found
	})
	return found
}
