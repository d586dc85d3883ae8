package oldsemconv

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// rename writes the new key where the old one stands: in a literal, or by the
// symbol that the package of the old one has for the new one. It is the key
// that is written, and not a function that makes the attribute: those come and
// go with the versions of the conventions.
func (c *checker) rename(w write, r knowledge.Rename) []analysis.SuggestedFix {
	plan := c.planner.Plan(diag.File(c.pass, w.call.Pos()))
	switch name := c.keyExpr(w.name).(type) {
	case *ast.BasicLit:
		if name.Kind != token.STRING {
			return nil
		}
		plan.Replace(name, strconv.Quote(r.New))
	case *ast.SelectorExpr:
		obj := c.pass.TypesInfo.Uses[name.Sel]
		if knowledge.SemconvKey(obj) == "" {
			return nil // a constant of the user's own, which others may read
		}
		symbol := knowledge.SemconvSymbol(obj.Pkg(), r.New)
		if symbol == "" {
			return nil // the version of the package is older than the new key
		}
		if fn, ok := obj.(*types.Func); ok {
			kind := makerOf(fn)
			if kind == "" {
				return nil
			}
			symbol += "." + kind
		}
		plan.Replace(name.Sel, symbol)
	default:
		return nil
	}
	return plan.Fixes(fmt.Sprintf("Call it %s", r.New))
}

// keyExpr returns what stands for the key in attribute.Key("x") and the like.
func (c *checker) keyExpr(e ast.Expr) ast.Expr {
	e = ast.Unparen(e)
	if conv, ok := e.(*ast.CallExpr); ok && len(conv.Args) == 1 && c.pass.TypesInfo.Types[conv.Fun].IsType() {
		return c.keyExpr(conv.Args[0])
	}
	return e
}

// makerOf returns the method of a key that makes the attribute that fn makes.
func makerOf(fn *types.Func) string {
	sig := fn.Signature()
	if sig.Params().Len() != 1 || sig.Variadic() {
		return ""
	}
	basic, ok := types.Unalias(sig.Params().At(0).Type()).(*types.Basic)
	if !ok {
		return ""
	}
	return map[types.BasicKind]string{types.String: "String", types.Int: "Int", types.Int64: "Int64", types.Bool: "Bool", types.Float64: "Float64"}[basic.Kind()]
}
