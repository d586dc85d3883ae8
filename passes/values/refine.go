package values

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A refineKey is a question whether a value has been checked where a block
// begins.
type refineKey struct {
	v  ssa.Value
	at *ssa.BasicBlock
}

// refined reports whether on every way that leads to the block the value was
// found to be one of a few: it equals a constant, it is the key of a table, or
// some function has checked it.
func (f *function) refined(v ssa.Value, at *ssa.BasicBlock) bool {
	if at.Parent() != parentOf(v) {
		return false
	}
	key := refineKey{v, at}
	if done, ok := f.refines[key]; ok {
		return done
	}
	f.refines[key] = true // a way that comes back here brings nothing new
	ok := len(at.Preds) > 0
	for _, pred := range at.Preds {
		ok = ok && f.edgeRefined(pred, at, v)
	}
	f.refines[key] = ok
	if !ok {
		// What was assumed of the ways that come back here was wrong.
		for k, done := range f.refines {
			if k.v == v && done {
				delete(f.refines, k)
			}
		}
		f.refines[key] = false
	}
	return ok
}

func parentOf(v ssa.Value) *ssa.Function {
	if instr, ok := v.(ssa.Instruction); ok {
		return instr.Parent()
	}
	return v.Parent()
}

// edgeRefined is refined for the end of an edge.
func (f *function) edgeRefined(from, to *ssa.BasicBlock, v ssa.Value) bool {
	if _, isConst := v.(*ssa.Const); isConst {
		return false
	}
	if branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If); ok && from.Succs[0] != from.Succs[1] {
		if checks(branch.Cond, v, to == from.Succs[0]) {
			return true
		}
	}
	if instr, ok := v.(ssa.Instruction); ok && instr.Block() == from {
		return false // it is made here
	}
	return f.refined(v, from)
}

// checks reports whether it follows that v is one of a few from the condition
// being true, or false.
func checks(cond, v ssa.Value, holds bool) bool {
	switch c := cond.(type) {
	case *ssa.UnOp:
		return c.Op == token.NOT && checks(c.X, v, !holds)
	case *ssa.BinOp:
		if c.Op != token.EQL && c.Op != token.NEQ {
			return false
		}
		x, y := c.X, c.Y
		if _, isConst := x.(*ssa.Const); isConst {
			x, y = y, x
		}
		k, isConst := y.(*ssa.Const)
		if isConst && k.IsNil() {
			return isCheck(x, v, true) // err := validate(v); err != nil
		}
		return (c.Op == token.EQL) == holds && (isConst && same(x, v) || !isConst && (same(x, v) || same(y, v)))
	case *ssa.Extract:
		look, ok := c.Tuple.(*ssa.Lookup)
		return ok && holds && same(look.Index, v)
	case *ssa.Lookup: // allowed[v], a map of booleans
		return holds && same(c.Index, v)
	case *ssa.Call:
		return isCheck(c, v, false)
	}
	return false
}

// isCheck reports whether cond is what a function says of v: an error, or a
// boolean, and nothing else.
func isCheck(cond, v ssa.Value, fails bool) bool {
	call, ok := cond.(*ssa.Call)
	if !ok {
		return false
	}
	fn := callee(&call.Call)
	if fn != nil {
		if know, ok := knowledge.ValueOf(fn); ok && know.Fills > 0 || !knowledge.Checks(fn) {
			return false
		}
	}
	if _, single := call.Type().(*types.Tuple); single {
		return false
	}
	for _, arg := range operands(&call.Call) {
		if same(arg, v) {
			return true
		}
	}
	return false
}

// same reports whether two values are the same, as far as can be seen: two
// loads of one field are.
func same(x, y ssa.Value) bool {
	if x == y {
		return true
	}
	switch x := x.(type) {
	case *ssa.UnOp:
		y, ok := y.(*ssa.UnOp)
		return ok && x.Op == y.Op && same(x.X, y.X)
	case *ssa.FieldAddr:
		y, ok := y.(*ssa.FieldAddr)
		return ok && x.Field == y.Field && same(x.X, y.X)
	case *ssa.Field:
		y, ok := y.(*ssa.Field)
		return ok && x.Field == y.Field && same(x.X, y.X)
	case *ssa.Convert:
		return same(x.X, y)
	case *ssa.ChangeType:
		return same(x.X, y)
	case *ssa.MakeInterface:
		return same(x.X, y)
	}
	switch y := y.(type) {
	case *ssa.Convert:
		return same(x, y.X)
	case *ssa.ChangeType:
		return same(x, y.X)
	}
	return false
}
