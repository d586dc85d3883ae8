package values

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// A level is how much is known of the number of values. Their order is that of
// the lattice: a value that is made from several has the highest of theirs.
type level uint8

const (
	bounded level = iota
	unknown
	unbounded
)

// A verdict is what is known of a value.
type verdict struct {
	level  level
	source knowledge.Source // of what has no bound
	value  ssa.Value        // that, in the function at hand; nil if in another
	// params are the parameters that the value is made from: if one of them
	// has no bound, neither has the value.
	params uint32
}

func (v verdict) join(w verdict) verdict {
	if w.level > v.level {
		v.level, v.source, v.value = w.level, w.source, w.value
	}
	v.params |= w.params
	return v
}

func (f *function) free0(source knowledge.Source, v ssa.Value) verdict {
	return verdict{level: unbounded, source: source, value: v}
}

// eval judges v as instruction block at sees it: after the tests of v on every
// way that leads there.
func (f *function) eval(v ssa.Value, at *ssa.BasicBlock) verdict {
	d := f.judge(v)
	if (d.level == unbounded || d.params != 0) && at != nil && f.refined(v, at) {
		return verdict{}
	}
	return d
}

// judge judges v wherever it is used.
func (f *function) judge(v ssa.Value) verdict {
	if d, ok := f.memo[v]; ok {
		return d
	}
	f.memo[v] = verdict{} // a loop adds nothing to itself
	d := f.byType(v)
	if d.level == unknown {
		d = f.trace(v)
	}
	if d.level == unbounded && d.value == nil {
		d.value = v
	}
	f.memo[v] = d
	return d
}

// byType judges a value by its type alone.
func (f *function) byType(v ssa.Value) verdict {
	t := v.Type()
	if f.a.isBoundedType(t) {
		return verdict{}
	}
	if source := knowledge.TypeSource(t); source != knowledge.NoSource && !isGlobal(v) {
		if c, ok := v.(*ssa.Call); ok {
			if know, ok := knowledge.ValueOf(ssacode.Callee(&c.Call)); ok && know.Bounded {
				return verdict{}
			}
		}
		return f.free0(source, v)
	}
	return verdict{level: unknown}
}

// isGlobal reports whether v is what a package-level variable holds, as uuid.Nil.
func isGlobal(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	_, ok = load.X.(*ssa.Global)
	return ok
}

// isBoundedType reports whether a value of type t is one of a few: a boolean,
// or one of the constants that are declared for it.
func (a *analyzer) isBoundedType(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	if !ok {
		return false
	}
	if basic.Info()&types.IsBoolean != 0 {
		return true
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || basic.Info()&(types.IsString|types.IsInteger) == 0 {
		return false
	}
	tn := named.Obj()
	enum, ok := a.enums[tn]
	if !ok {
		n := 0
		scope := tn.Pkg().Scope()
		for _, name := range scope.Names() {
			if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), t) {
				n++
			}
		}
		enum = n >= 2 && !knowledge.IsOpenType(t)
		a.enums[tn] = enum
	}
	return enum
}

// trace judges v by what it is made from.
func (f *function) trace(v ssa.Value) verdict {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Builtin:
		return verdict{}
	case *ssa.Parameter:
		return f.param(v)
	case *ssa.FreeVar:
		if w := f.Resolve(v); w != ssa.Value(v) {
			return f.judge(w)
		}
	case *ssa.Phi:
		var d verdict
		for i, edge := range v.Edges {
			if !f.edgeRefined(v.Block().Preds[i], v.Block(), edge) {
				d = d.join(f.eval(edge, v.Block().Preds[i]))
			}
		}
		return d
	case *ssa.BinOp:
		switch v.Op {
		case token.ADD, token.SUB, token.MUL, token.OR, token.XOR:
			return f.eval(v.X, v.Block()).join(f.eval(v.Y, v.Block()))
		}
		// A quotient, a remainder or a mask may be one of a few.
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			return f.load(v)
		case token.SUB, token.XOR:
			return f.eval(v.X, v.Block())
		}
	case *ssa.ChangeType:
		return f.eval(v.X, v.Block())
	case *ssa.Convert:
		return f.eval(v.X, v.Block())
	case *ssa.MultiConvert:
		return f.eval(v.X, v.Block())
	case *ssa.MakeInterface:
		return f.eval(v.X, v.Block())
	case *ssa.ChangeInterface:
		return f.eval(v.X, v.Block())
	case *ssa.TypeAssert:
		return f.eval(v.X, v.Block())
	case *ssa.SliceToArrayPointer:
		return f.eval(v.X, v.Block())
	case *ssa.Slice:
		if isShort(v) {
			return verdict{level: unknown} // the first letters of an id are not an id
		}
		return f.eval(v.X, v.Block())
	case *ssa.Extract:
		return f.extract(v)
	case *ssa.Field:
		return f.field(v.X, v.Field, v)
	case *ssa.Lookup:
		return f.eval(v.X, v.Block()) // not the key: a table has few values
	case *ssa.Index:
		return f.eval(v.X, v.Block())
	case *ssa.Alloc:
		return f.content(v)
	case *ssa.MakeMap:
		return f.mapContent(v)
	case *ssa.MakeSlice:
		return f.content(v)
	case *ssa.Call:
		return f.result(v, 0)
	}
	return verdict{level: unknown}
}

// isShort reports whether a slice expression cuts a string to constant length.
func isShort(v *ssa.Slice) bool {
	if _, ok := v.X.Type().Underlying().(*types.Basic); !ok || v.High == nil {
		return false
	}
	c, ok := v.High.(*ssa.Const)
	if !ok || c.Value == nil {
		return false
	}
	n, exact := constant.Int64Val(c.Value)
	return exact && n <= 4
}

// param judges a parameter.
func (f *function) param(p *ssa.Parameter) verdict {
	if d, ok := f.free[p]; ok {
		return d
	}
	if p.Parent() != f.top {
		// A function literal: the calls of it that are seen.
		d := verdict{level: unknown}
		for i, q := range p.Parent().Params {
			if q != p {
				continue
			}
			for _, c := range f.calls[p.Parent()] {
				if args := c.Args; i < len(args) {
					d = d.join(f.judge(args[i]))
				}
			}
		}
		return d
	}
	if f.obj != nil && knowledge.IsMessage(p.Type()) && knowledge.IsService(f.obj) {
		return f.free0(knowledge.RequestBody, p)
	}
	for i, q := range f.top.Params {
		if q == p && i < 32 {
			return verdict{level: unknown, params: 1 << i}
		}
	}
	return verdict{level: unknown}
}

// extract judges one result of a call, or what a range or a look-up yields.
func (f *function) extract(v *ssa.Extract) verdict {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		return f.result(t, v.Index)
	case *ssa.Lookup:
		if v.Index == 0 {
			return f.eval(t.X, t.Block())
		}
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return f.eval(t.X, t.Block())
		}
	case *ssa.Next:
		if r, ok := t.Iter.(*ssa.Range); ok && v.Index > 0 && !t.IsString {
			return f.eval(r.X, t.Block())
		}
	}
	return verdict{level: unknown}
}
