package ctxless

import (
	"go/ast"
	"go/types"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// Twin returns the form of the function called that takes a context, or nil.
func (r *Result) Twin(site requests.Site) (twin *types.Func, extra bool) {
	names, extra := knowledge.Variants(site.Fn)
	for _, name := range names {
		fn := r.lookup(site, name)
		if fn != nil && sameBut(site.Fn.Signature(), fn.Signature(), extra) && r.fits(site.Call, fn) {
			return fn, extra
		}
	}
	return nil, false
}

// fits reports whether the arguments of a call can be given to fn, after a
// context: an sqlx.Queryer need not be an sqlx.QueryerContext.
func (r *Result) fits(call *ast.CallExpr, fn *types.Func) bool {
	params := fn.Signature().Params()
	for i, arg := range call.Args {
		if i+1 >= params.Len() {
			break
		}
		want, have := params.At(i+1).Type(), r.pass.TypesInfo.TypeOf(arg)
		if iface, ok := want.Underlying().(*types.Interface); ok && iface.NumMethods() > 0 && have != nil && !types.AssignableTo(have, want) {
			if _, generic := want.(*types.TypeParam); !generic {
				return false
			}
		}
	}
	return true
}

// lookup returns the function or method of that name where the one that is
// called at site is found.
func (r *Result) lookup(site requests.Site, name string) *types.Func {
	if site.Fn.Signature().Recv() == nil {
		fn, _ := site.Fn.Pkg().Scope().Lookup(name).(*types.Func)
		return fn
	}
	sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	selection := r.pass.TypesInfo.Selections[sel]
	if selection == nil || selection.Kind() != types.MethodVal {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(selection.Recv(), true, r.pass.Pkg, name)
	fn, _ := obj.(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}

// sameBut reports whether with is the signature without, but for a context as
// the first parameter and, if extra, one more parameter.
func sameBut(without, with *types.Signature, extra bool) bool {
	n := without.Params().Len() + 1
	if extra {
		n++
	}
	if with.Params().Len() != n || with.Variadic() != without.Variadic() || with.Results().Len() != without.Results().Len() ||
		!knowledge.IsContext(with.Params().At(0).Type()) {
		return false
	}
	if extra {
		if _, ok := with.Params().At(n - 1).Type().Underlying().(*types.Pointer); !ok {
			return false // the fix gives it nil
		}
	}
	for i := range without.Params().Len() {
		if !sameType(without.Params().At(i).Type(), with.Params().At(i+1).Type()) {
			return false
		}
	}
	for i := range without.Results().Len() {
		if !sameType(without.Results().At(i).Type(), with.Results().At(i).Type()) {
			return false
		}
	}
	return true
}

// sameType compares types. The type parameters of two generic functions are the
// same if they are called the same.
func sameType(x, y types.Type) bool {
	if types.Identical(x, y) {
		return true
	}
	// sqlx.Queryer and sqlx.QueryerContext.
	name, with := types.TypeString(x, nil), types.TypeString(y, nil)
	return name == with || name+"Context" == with && types.IsInterface(x) && types.IsInterface(y)
}

// givenLater reports whether the result of the call is a request that gets its
// context later: by WithContext, or together with one as an argument.
func (r *Result) givenLater(site requests.Site) bool {
	v := r.ResultOf(site)
	if v == nil {
		return false
	}
	for _, use := range r.flow.UsesOfVar(v) {
		switch n := use.Parent().Node().(type) {
		case *ast.SelectorExpr:
			if fn, ok := r.pass.TypesInfo.Uses[n.Sel].(*types.Func); ok && knowledge.Of(fn).Role == knowledge.CarryContext {
				return true
			}
		case *ast.CallExpr:
			for _, arg := range n.Args {
				if t := r.pass.TypesInfo.TypeOf(arg); t != nil && knowledge.IsContext(t) {
					return true
				}
			}
		}
	}
	return false
}

// ResultOf returns the variable that the first result of the call goes to.
func (r *Result) ResultOf(site requests.Site) *types.Var {
	assign, ok := site.Cur.Parent().Node().(*ast.AssignStmt)
	if !ok {
		return nil
	}
	id, ok := assign.Lhs[0].(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := r.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return v
}
