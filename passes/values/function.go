package values

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/libindex"
)

// A function is a declared function, or an initializer of package-level
// variables, together with all closures in it: what shares variables.
type function struct {
	*ssacode.Family
	a    *analyzer
	node ast.Node
	obj  *types.Func // nil for an initializer
	top  *ssa.Function

	stores  map[ssa.Value][]*ssa.Store     // by the variable that the address is a part of
	updates map[ssa.Value][]*ssa.MapUpdate // by the map
	passed  map[ssa.Value][]passedTo       // by the argument
	calls   map[*ssa.Function][]*ssa.CallCommon
	syntax  map[token.Pos]*ast.CallExpr // by Lparen
	free    map[ssa.Value]verdict       // parameters of function literals of which more is known

	memo    map[ssa.Value]verdict
	made    []Made
	assumed []Made // the results, in a function that calls itself
	making  bool
	refines map[ssa.Value]*refinement
	within  map[*ssa.Phi]bool // whose fields are being judged
}

// A passedTo is a call that gets a value as an argument.
type passedTo struct {
	call ssa.CallInstruction
	arg  int
}

func newFunction(a *analyzer, fn *libindex.Func, roots []*ssa.Function) *function {
	f := &function{
		Family:  ssacode.NewFamily(roots...),
		a:       a,
		obj:     fn.Obj,
		stores:  make(map[ssa.Value][]*ssa.Store),
		updates: make(map[ssa.Value][]*ssa.MapUpdate),
		passed:  make(map[ssa.Value][]passedTo),
		calls:   make(map[*ssa.Function][]*ssa.CallCommon),
		syntax:  make(map[token.Pos]*ast.CallExpr),
		free:    make(map[ssa.Value]verdict),
		memo:    make(map[ssa.Value]verdict),
		refines: make(map[ssa.Value]*refinement),
		within:  make(map[*ssa.Phi]bool),
	}
	if fn.Decl != nil {
		f.node = fn.Decl
	} else {
		f.node = fn.Init
	}
	ast.Inspect(f.node, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			f.syntax[call.Lparen] = call
		}
		return true
	})
	for _, fn := range f.All {
		f.relate(fn)
	}
	return f
}

// relate notes where variables, maps and arguments get what they hold.
func (f *function) relate(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				base := f.Base(instr.Addr)
				f.stores[base] = append(f.stores[base], instr)
			case *ssa.MapUpdate:
				m := f.root(instr.Map)
				f.updates[m] = append(f.updates[m], instr)
			case ssa.CallInstruction:
				c := instr.Common()
				for i, arg := range ssacode.Operands(c) {
					root := f.root(arg)
					f.passed[root] = append(f.passed[root], passedTo{instr, i})
				}
				if fn := f.closure(c.Value); fn != nil && !c.IsInvoke() {
					f.calls[fn] = append(f.calls[fn], c)
				}
			}
		}
	}
}

// root returns the value that v is under another type or name: what a variable
// that is set once was set to.
func (f *function) root(v ssa.Value) ssa.Value {
	for range 16 { // a variable of a variable of ...
		v = f.Resolve(v)
		switch w := v.(type) {
		case *ssa.MakeInterface:
			v = w.X
		case *ssa.ChangeInterface:
			v = w.X
		case *ssa.ChangeType:
			v = w.X
		case *ssa.TypeAssert:
			if w.CommaOk {
				return v
			}
			v = w.X
		case *ssa.UnOp:
			alloc, ok := f.Resolve(w.X).(*ssa.Alloc)
			if w.Op != token.MUL || !ok {
				return v
			}
			only, n := ssa.Value(nil), 0
			if alloc.Referrers() != nil {
				for _, ref := range *alloc.Referrers() {
					if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(alloc) {
						only = st.Val
						n++
					}
				}
			}
			if n != 1 || f.setInClosure(alloc) {
				return v
			}
			v = only
		default:
			return v
		}
	}
	return v
}

// setInClosure reports whether a closure that captured a variable sets it.
func (f *function) setInClosure(alloc *ssa.Alloc) bool {
	for _, st := range f.stores[alloc] {
		if st.Parent() != alloc.Parent() {
			return true
		}
	}
	return false
}

// closure returns the function literal that v is, if it is one for certain.
func (f *function) closure(v ssa.Value) *ssa.Function {
	switch w := f.root(v).(type) {
	case *ssa.MakeClosure:
		if fn := w.Fn.(*ssa.Function); fn.Parent() != nil {
			return fn
		}
	case *ssa.Function:
		if w.Parent() != nil {
			return w
		}
	}
	return nil
}

// call returns the source of a call, deferred ones included.
func (f *function) call(instr ssa.CallInstruction) *ast.CallExpr {
	if call := f.syntax[instr.Common().Pos()]; call != nil {
		return call
	}
	return f.syntax[instr.Pos()]
}

// expr returns the expression in the source that has the value v, or nil: the
// one that makes it rather than a variable that holds it.
func (f *function) expr(v ssa.Value) ast.Expr {
	switch w := v.(type) {
	case *ssa.Call:
		if call := f.syntax[w.Pos()]; call != nil {
			return call
		}
	case *ssa.Extract:
		if call, ok := w.Tuple.(*ssa.Call); ok {
			return f.expr(call)
		}
	}
	if under := underInterface(v); under != v {
		return f.named(under, v.(ssa.Instruction).Block())
	}
	var found ast.Expr
	if v == nil || v.Referrers() == nil {
		return nil
	}
	for _, ref := range *v.Referrers() {
		d, ok := ref.(*ssa.DebugRef)
		if !ok || d.IsAddr {
			continue
		}
		_, isIdent := ast.Unparen(d.Expr).(*ast.Ident)
		if found == nil || !isIdent && d.Expr.Pos() < found.Pos() {
			found = d.Expr
		}
		if _, ok := found.(*ast.Ident); ok && !isIdent {
			found = d.Expr
		}
	}
	return found
}

// named returns the variable that holds v in a block, where it has one: an
// error is better known by its name than by the call that returned it.
func (f *function) named(v ssa.Value, in *ssa.BasicBlock) ast.Expr {
	var found ast.Expr
	if v.Referrers() != nil {
		for _, ref := range *v.Referrers() {
			if d, ok := ref.(*ssa.DebugRef); ok && d.Block() == in && !d.IsAddr {
				found = d.Expr // the last one
			}
		}
	}
	if found == nil {
		return f.expr(v)
	}
	return found
}
