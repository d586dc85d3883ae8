package spanflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// field returns the field of a named struct type that addr is the address of,
// or nil.
func (f *function) field(addr ssa.Value) *types.Var {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	ptr, ok := fa.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok {
		return nil // a struct without a name: anybody can spell its type
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return st.Field(fa.Field).Origin()
}

// isLost reports whether a span that is put into a field can never be ended:
// only this package can name the field, and nothing in it takes the span out
// again to do more than write to it.
func (a *analyzer) isLost(field *types.Var) bool {
	if field == nil || field.Exported() || field.Embedded() || field.Pkg() != a.pass.Pkg || knowledge.SpanEnders(field.Type()) == nil {
		return false
	}
	if a.taken == nil {
		a.taken = make(map[*types.Var]bool)
		for _, file := range a.pass.Files {
			a.noteTaken(file)
		}
	}
	return !a.taken[field]
}

// noteTaken notes the fields whose spans a file takes out for any purpose but
// writing to them.
func (a *analyzer) noteTaken(file *ast.File) {
	info := a.pass.TypesInfo
	var stack []ast.Node
	parent := func(i int) ast.Node {
		if i > len(stack) {
			return nil
		}
		return stack[len(stack)-i]
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if id, ok := n.(*ast.Ident); ok {
			if field, ok := info.Uses[id].(*types.Var); ok && field.IsField() && !a.onlyWrites(id, parent(1), parent(2), parent(3)) {
				a.taken[field.Origin()] = true
			}
		}
		stack = append(stack, n)
		return true
	})
}

// onlyWrites reports whether a mention of a field sets it, compares it, or
// calls a method of the span in it that does not end the span. The arguments
// are the syntax around the identifier, the innermost first.
func (a *analyzer) onlyWrites(id *ast.Ident, parent, outer, outermost ast.Node) bool {
	if kv, ok := parent.(*ast.KeyValueExpr); ok {
		return kv.Key == id
	}
	sel, ok := parent.(*ast.SelectorExpr)
	if !ok || sel.Sel != id {
		return false
	}
	switch outer := outer.(type) {
	case *ast.AssignStmt:
		for _, lhs := range outer.Lhs {
			if lhs == sel {
				return true
			}
		}
	case *ast.BinaryExpr:
		return outer.Op == token.EQL || outer.Op == token.NEQ
	case *ast.SelectorExpr:
		method, ok := a.pass.TypesInfo.Uses[outer.Sel].(*types.Func)
		if call, isCall := outermost.(*ast.CallExpr); !ok || !isCall || call.Fun != outer {
			return false
		}
		switch knowledge.Of(method).Role {
		case knowledge.RecordSpan, knowledge.ReadSpan, knowledge.LiveSpan:
			return true
		}
	}
	return false
}
