package spanflow

import (
	"go/ast"
	"go/types"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
)

// A function is a declared function, or an initializer of package-level
// variables, together with all closures in it: what shares variables.
type function struct {
	*ssacode.Family
	a      *analyzer
	node   ast.Node      // *ast.FuncDecl or ast.Expr
	obj    *types.Func   // nil for an initializer
	top    *ssa.Function // for an initializer, of the whole package
	exprs  *exprs
	syntax *syntax

	numbers   map[any]int32 // of values and instructions, in source order
	things    []any
	stores    map[*ssa.Alloc][]*ssa.Store
	defers    map[*ssa.Function][]*ssa.Defer // see deferred
	loops     sync.Map                       // of *ssa.BasicBlock to bool; rules ask at once
	borrowing answer                         // see borrows
	recording answer                         // see recordsErrors
	spans     []*Span                        // that it starts or borrows
	steps     int                            // that simulations took: instructions times paths
	broken    bool                           // a panic showed a bug of ours: nothing is said of it

	// aliased are calls that return the span of a context, and turned out to
	// return one that was started in this function.
	aliased map[ssa.Value]bool
}

func newFunction(a *analyzer, node ast.Node, obj *types.Func, top *ssa.Function, anons []*ssa.Function) *function {
	f := &function{
		a:       a,
		node:    node,
		obj:     obj,
		top:     top,
		numbers: make(map[any]int32),
		stores:  make(map[*ssa.Alloc][]*ssa.Store),
		defers:  make(map[*ssa.Function][]*ssa.Defer),
		aliased: make(map[ssa.Value]bool),
	}
	f.exprs = newExprs(f)
	f.syntax = newSyntax(f)
	f.things = append(f.things, nil) // 0 is no number
	if obj != nil {
		anons = []*ssa.Function{top}
	}
	f.Family = ssacode.NewFamily(anons...)
	for _, fn := range f.All {
		f.index(fn)
		f.indexStores(fn)
	}
	return f
}

func (f *function) index(fn *ssa.Function) {
	for _, v := range fn.Params {
		f.assign(v)
	}
	for _, v := range fn.FreeVars {
		f.assign(v)
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			f.assign(instr)
		}
	}
}

func (f *function) indexStores(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok {
				if alloc, ok := f.Resolve(st.Addr).(*ssa.Alloc); ok {
					f.stores[alloc] = append(f.stores[alloc], st)
				}
			}
		}
	}
}

func (f *function) assign(thing any) int32 {
	if n, ok := f.numbers[thing]; ok {
		return n
	}
	n := int32(len(f.things))
	f.numbers[thing] = n
	f.things = append(f.things, thing)
	return n
}

// number returns the number of a value, which stands for it in states.
func (f *function) number(v ssa.Value) int32 { return f.assign(v) }

func (f *function) numberInstr(instr ssa.Instruction) int32 { return f.assign(instr) }

// instr returns the instruction of a number.
func (f *function) instr(n int32) ssa.Instruction {
	instr, _ := f.things[n].(ssa.Instruction)
	return instr
}

// closure returns the function literal that v is, if it is one for certain: by
// itself, or through a variable that is set once.
func (f *function) closure(v ssa.Value) *ssa.Function {
	for range 8 { // a variable of a variable of ...
		v = f.Resolve(v)
		switch w := v.(type) {
		case *ssa.MakeClosure:
			if fn := w.Fn.(*ssa.Function); fn.Parent() != nil {
				return fn
			}
			return nil
		case *ssa.Function:
			if w.Parent() != nil {
				return w
			}
			return nil
		case *ssa.ChangeType:
			v = w.X
		case *ssa.MakeInterface:
			v = w.X
		case *ssa.UnOp:
			alloc, ok := f.Resolve(w.X).(*ssa.Alloc)
			if !ok || len(f.stores[alloc]) != 1 {
				return nil
			}
			v = f.stores[alloc][0].Val
		default:
			return nil
		}
	}
	return nil
}

// bound returns the method and the receiver, if v is a method value.
func (f *function) bound(v ssa.Value) (*types.Func, ssa.Value) {
	v = f.Resolve(v)
	if load, ok := v.(*ssa.UnOp); ok {
		if alloc, ok := f.Resolve(load.X).(*ssa.Alloc); ok && len(f.stores[alloc]) == 1 {
			v = f.stores[alloc][0].Val
		}
	}
	if ct, ok := v.(*ssa.ChangeType); ok {
		v = ct.X
	}
	mc, ok := v.(*ssa.MakeClosure)
	if !ok || len(mc.Bindings) != 1 {
		return nil, nil
	}
	fn := mc.Fn.(*ssa.Function)
	method, ok := fn.Object().(*types.Func)
	if !ok || fn.Parent() != nil || !strings.HasSuffix(fn.Name(), "$bound") {
		return nil, nil
	}
	return method, mc.Bindings[0]
}

// isYield reports whether fn is the body of a range over a function, which
// go/ssa makes a function of its own.
func isYield(fn *ssa.Function) bool { return fn.Synthetic == "range-over-func yield" }

// escapes reports whether the address of a variable may be known elsewhere
// before the span starts, so that others see what is put into it.
func (f *function) escapes(alloc *ssa.Alloc, start *ssa.Call) bool {
	if start == nil || alloc.Referrers() == nil {
		return false
	}
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val != ssa.Value(alloc) {
				continue
			}
		case ssa.CallInstruction:
			if f.keepsAll(ref.Common(), alloc) {
				continue
			}
		case *ssa.MakeInterface, *ssa.Return, *ssa.Send, *ssa.MapUpdate, *ssa.Convert: // to unsafe.Pointer
		default:
			continue
		}
		if !f.follows(start, ref) {
			return true
		}
	}
	return false
}

// follows reports whether instr comes after start wherever both run.
func (f *function) follows(start *ssa.Call, instr ssa.Instruction) bool {
	if start.Block() == instr.Block() {
		return f.numberInstr(start) < f.numberInstr(instr)
	}
	return start.Block().Dominates(instr.Block())
}

// keepsAll reports whether a call is known to do nothing lasting with v.
func (f *function) keepsAll(c *ssa.CallCommon, v ssa.Value) bool {
	sum := f.a.summary(ssacode.Callee(c))
	for i, arg := range ssacode.Operands(c) {
		if arg == v && sum.param(i).Effect == Unknown {
			return false
		}
	}
	return true
}

func reaches(from, to *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	var visit func(b *ssa.BasicBlock) bool
	visit = func(b *ssa.BasicBlock) bool {
		for _, succ := range b.Succs {
			if succ == to {
				return true
			}
			if !seen[succ] {
				seen[succ] = true
				if visit(succ) {
					return true
				}
			}
		}
		return false
	}
	return visit(from)
}

// inLoop reports whether control can come back to b.
func (f *function) inLoop(b *ssa.BasicBlock) bool {
	if loops, ok := f.loops.Load(b); ok {
		return loops.(bool)
	}
	loops := reaches(b, b)
	f.loops.Store(b, loops)
	return loops
}

// recovers reports whether the function has a deferred function literal that
// recovers from panics.
func (f *function) recovers() bool {
	for _, fn := range f.All {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok {
					continue
				}
				if builtin, ok := call.Call.Value.(*ssa.Builtin); ok && builtin.Name() == "recover" {
					return true
				}
			}
		}
	}
	return false
}

// isNoReturn reports whether instr is no panic of the source, but stands after
// the call of a function that never returns.
func (f *function) isNoReturn(instr *ssa.Panic) bool {
	for _, other := range instr.Block().Instrs {
		if call, ok := other.(*ssa.Call); ok && call.Pos() == instr.Pos() {
			return true
		}
	}
	return false
}
