package values

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// An edge leads from a block that ends with a condition to the next one.
type edge struct{ from, to *ssa.BasicBlock }

// A refinement tells where in its function a value has been checked.
type refinement struct {
	edges  map[edge]bool            // that are taken only if a check went well
	blocks map[*ssa.BasicBlock]bool // that are reached only by way of such an edge
}

// refined reports whether on every way that leads to the block the value was
// found to be one of a few: it equals a constant, it is the key of a table, or
// some function has checked it. In a closure, the ways to where that is made count.
func (f *function) refined(v ssa.Value, at *ssa.BasicBlock) bool {
	if at.Parent() == parentOf(v) && f.refinement(v).blocks[at] {
		return true
	}
	v = f.outside(v)
	for at.Parent() != parentOf(v) {
		made := f.Made(at.Parent())
		if made == nil {
			return false
		}
		at = made.Block()
	}
	return f.refinement(v).blocks[at]
}

// outside returns, for what a closure reads out of a variable of the function around
// it, what that reads out of it.
func (f *function) outside(v ssa.Value) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return v
	}
	captured, ok := load.X.(*ssa.FreeVar)
	if !ok {
		return v
	}
	alloc, ok := f.Resolve(captured).(*ssa.Alloc)
	if !ok {
		return v
	}
	for _, ref := range *alloc.Referrers() {
		if outer, ok := ref.(*ssa.UnOp); ok && outer.Op == token.MUL {
			return outer
		}
	}
	return v
}

// edgeRefined is refined for the end of an edge.
func (f *function) edgeRefined(from, to *ssa.BasicBlock, v ssa.Value) bool {
	if _, isConst := v.(*ssa.Const); isConst || from.Parent() != parentOf(v) {
		return false
	}
	r := f.refinement(v)
	return r.edges[edge{from, to}] || r.blocks[from] && !f.isMadeIn(v, from)
}

// isMadeIn reports whether a block makes the value: what was checked before was
// another one, that of the last iteration. What is read out of a variable that is
// set once is made where that is set.
func (f *function) isMadeIn(v ssa.Value, b *ssa.BasicBlock) bool {
	instr, ok := v.(ssa.Instruction)
	if load, isLoad := v.(*ssa.UnOp); isLoad {
		if alloc, ok := load.X.(*ssa.Alloc); ok && len(f.stores[alloc]) == 1 {
			instr = f.stores[alloc][0]
		}
	}
	return ok && instr.Block() == b
}

// refinement finds the checks of a value, and what they lead to: the greatest
// set of blocks that are entered only by edges that check it, or from within
// the set.
func (f *function) refinement(v ssa.Value) *refinement {
	if r := f.refines[v]; r != nil {
		return r
	}
	r := new(refinement)
	f.refines[v] = r
	fn := parentOf(v)
	if fn == nil {
		return r
	}
	for _, b := range fn.Blocks {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || b.Succs[0] == b.Succs[1] {
			continue
		}
		for i, to := range b.Succs {
			if checks(branch.Cond, v, i == 0) {
				if r.edges == nil {
					r.edges = make(map[edge]bool)
				}
				r.edges[edge{b, to}] = true
			}
		}
	}
	if r.edges == nil {
		return r // as nearly always
	}
	r.blocks = make(map[*ssa.BasicBlock]bool)
	for _, b := range fn.Blocks {
		r.blocks[b] = len(b.Preds) > 0
	}
	for changed := true; changed; {
		changed = false
		for _, b := range fn.Blocks {
			if !r.blocks[b] {
				continue
			}
			for _, pred := range b.Preds {
				if !r.edges[edge{pred, b}] && (!r.blocks[pred] || f.isMadeIn(v, pred)) {
					r.blocks[b] = false
					changed = true
				}
			}
		}
	}
	return r
}

func parentOf(v ssa.Value) *ssa.Function {
	if instr, ok := v.(ssa.Instruction); ok {
		return instr.Parent()
	}
	return v.Parent()
}

// checks reports whether it follows that v is one of a few from the condition
// being true, or false.
func checks(cond, v ssa.Value, holds bool) bool {
	switch c := cond.(type) {
	case *ssa.UnOp:
		return c.Op == token.NOT && checks(c.X, v, !holds)
	case *ssa.BinOp:
		if checksLen(c.X, v) || checksLen(c.Y, v) {
			return true // errs := validate(v); len(errs) > 0
		}
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

// checksLen reports whether n is the number of errors that a function found in v.
func checksLen(n, v ssa.Value) bool {
	length, ok := n.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := length.Call.Value.(*ssa.Builtin)
	if !ok || b.Name() != "len" {
		return false
	}
	list, ok := length.Call.Args[0].Type().Underlying().(*types.Slice)
	return ok && types.Implements(list.Elem(), errorInterface) && isCheck(length.Call.Args[0], v, true)
}

var errorInterface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// isCheck reports whether cond is what a function says of v: an error, or a
// boolean, and nothing else.
func isCheck(cond, v ssa.Value, fails bool) bool {
	call, ok := cond.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssacode.Callee(&call.Call)
	if fn != nil {
		if know, ok := knowledge.ValueOf(fn); ok && know.Fills > 0 || !knowledge.Checks(fn) {
			return false
		}
	}
	if _, single := call.Type().(*types.Tuple); single {
		return false
	}
	for _, arg := range ssacode.Operands(&call.Call) {
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
	case *ssa.IndexAddr:
		y, ok := y.(*ssa.IndexAddr)
		return ok && same(x.X, y.X) && sameIndex(x.Index, y.Index)
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

// sameIndex is same of the indices of elements.
func sameIndex(x, y ssa.Value) bool {
	a, ok := x.(*ssa.Const)
	b, ok2 := y.(*ssa.Const)
	return ok && ok2 && a.Int64() == b.Int64() || same(x, y)
}
