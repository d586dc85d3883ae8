package routes

import (
	"go/ast"
	"go/types"

	"github.com/tracevet/tracevet/passes/requests"
)

// dispatched returns the function that a call of fn runs: for a method of an
// interface of the user's own, that of the struct that the function has made, or of
// the only type that implements the interface. It is fn if that is not known.
func (w *walker) dispatched(call *ast.CallExpr, fn *types.Func) *types.Func {
	if !isInterfaceMethod(fn) || !requests.IsOwn(w.pass, fn) {
		return fn
	}
	if t := w.receiver(call, fn).typ; t != nil {
		obj, _, _ := types.LookupFieldOrMethod(t, true, fn.Pkg(), fn.Name())
		if m, ok := obj.(*types.Func); ok && !isInterfaceMethod(m) {
			return m.Origin()
		}
		return fn
	}
	if m := w.flow.Implementation(fn); m != nil {
		return m
	}
	return fn
}
