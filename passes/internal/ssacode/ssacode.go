// Package ssacode has what the passes that read SSA form share: a function
// together with its closures, and the function and the operands of a call.
package ssacode

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A Family is a function together with all closures in it: what shares
// variables.
type Family struct {
	All []*ssa.Function // each before the closures in it, in source order

	makes map[*ssa.Function]*ssa.MakeClosure
}

// NewFamily returns the family of a function; for the initializers of
// package-level variables, that of the function literals in one of them.
func NewFamily(roots ...*ssa.Function) *Family {
	f := &Family{makes: make(map[*ssa.Function]*ssa.MakeClosure)}
	for _, root := range roots {
		f.collect(root)
	}
	return f
}

func (f *Family) collect(fn *ssa.Function) {
	f.All = append(f.All, fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok {
				f.makes[mc.Fn.(*ssa.Function)] = mc
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		f.collect(anon)
	}
}

// Resolve returns the variable that a closure captured, for the closure's own
// name of it; any other value stands for itself.
func (f *Family) Resolve(v ssa.Value) ssa.Value {
	for {
		fv, ok := v.(*ssa.FreeVar)
		if !ok {
			return v
		}
		mc := f.makes[fv.Parent()]
		if mc == nil {
			return v
		}
		for i, other := range fv.Parent().FreeVars {
			if other == fv {
				v = mc.Bindings[i]
				break
			}
		}
		if v == ssa.Value(fv) {
			return v
		}
	}
}

// Made returns where the closure of a function literal is made; nil if fn is none of
// the family, or captures nothing.
func (f *Family) Made(fn *ssa.Function) *ssa.MakeClosure { return f.makes[fn] }

// Base returns the variable, or the pointer, of which addr is a part.
func (f *Family) Base(addr ssa.Value) ssa.Value {
	for {
		addr = f.Resolve(addr)
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			addr = a.X
		case *ssa.IndexAddr:
			addr = a.X
		default:
			return addr
		}
	}
}

// Operands returns the arguments of a call, the receiver first.
func Operands(c *ssa.CallCommon) []ssa.Value {
	if c.IsInvoke() {
		return append([]ssa.Value{c.Value}, c.Args...)
	}
	return c.Args
}

// Callee returns the function or method that is called, if it has a name: for
// an instance of a generic function, and for a wrapper of a method, the
// declared one. It returns nil for the call of a function value.
func Callee(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method.Origin()
	}
	return Named(c.Value)
}

// Named returns the declared function that v is, or nil.
func Named(v ssa.Value) *types.Func {
	if fn, ok := v.(*ssa.Function); ok {
		if obj, ok := fn.Object().(*types.Func); ok {
			return obj.Origin()
		}
	}
	return nil
}
