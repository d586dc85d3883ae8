package values

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// load judges what is read from memory.
func (f *function) load(v *ssa.UnOp) verdict {
	switch addr := f.Resolve(v.X).(type) {
	case *ssa.FieldAddr:
		return f.field(addr.X, addr.Field, v)
	case *ssa.IndexAddr:
		return f.eval(addr.X, v.Block())
	case *ssa.Global:
		if types.Identical(addr.Type().(*types.Pointer).Elem(), types.Universe.Lookup("error").Type()) {
			return verdict{} // one of the errors that are declared
		}
		return verdict{level: unknown}
	case *ssa.Alloc:
		return f.judge(addr)
	default:
		return f.eval(addr, v.Block())
	}
}

// content judges what a variable, or the array behind a slice, holds: all that
// is ever put there. For a struct that is the content of all of its fields.
func (f *function) content(v ssa.Value) verdict {
	var d verdict
	n := 0
	for _, st := range f.stores[v] {
		d = d.join(f.eval(st.Val, st.Block()))
		n++
	}
	filled, ok := f.filled(v)
	d = d.join(filled)
	if n == 0 && !ok && f.isPassed(v) {
		return verdict{level: unknown} // somebody else sets it
	}
	return d
}

// isPassed reports whether a call gets a pointer to a variable.
func (f *function) isPassed(v ssa.Value) bool { return len(f.passed[v]) > 0 }

// filled judges what calls put into the variable that they get a pointer to.
func (f *function) filled(v ssa.Value) (verdict, bool) {
	var d verdict
	found := false
	for _, p := range f.passed[v] {
		know, ok := knowledge.ValueOf(ssacode.Callee(p.call.Common()))
		if !ok || int(know.Fills)-1 != p.arg {
			continue
		}
		found = true
		if know.Source != knowledge.NoSource {
			d = d.join(f.free0(know.Source, v))
			continue
		}
		d = d.join(f.from(p.call, know, know.From&^(1<<p.arg)))
	}
	return d, found
}

// mapContent judges the values of a map.
func (f *function) mapContent(v *ssa.MakeMap) verdict {
	var d verdict
	for _, up := range f.updates[v] {
		d = d.join(f.eval(up.Value, up.Block()))
	}
	return d
}

// field judges a field of a struct, or of what a pointer to one points to.
func (f *function) field(x ssa.Value, i int, v ssa.Value) verdict {
	st, ok := structOf(x.Type())
	if !ok || i >= st.NumFields() {
		return verdict{level: unknown}
	}
	field := st.Field(i)
	root := f.root(x)
	if source, known := knowledge.FieldSource(x.Type(), field.Name()); known {
		if d, ok := f.ownRequest(root); ok {
			return d
		}
		if source == knowledge.NoSource {
			return verdict{}
		}
		return f.free0(source, v)
	}
	if knowledge.KeyTag(st.Tag(i)) {
		return f.free0(knowledge.PrimaryKey, v)
	}
	switch root := root.(type) {
	case *ssa.Alloc:
		if d, found := f.fieldOf(root, i, v); found {
			return d
		}
		return verdict{level: unknown} // what the other fields hold says nothing of this one
	case *ssa.Phi:
		return f.fieldOfEither(root, i, v)
	case *ssa.IndexAddr:
		if d, found := f.fieldOfElements(root.X, i, v); found {
			return d
		}
	}
	if load, ok := root.(*ssa.UnOp); ok {
		if d, found := f.fieldOfLoad(load, i, v); found {
			return d
		}
	}
	if d := f.judge(x); d.level == unbounded {
		d.value, d.params = v, 0
		return d
	}
	return f.setElsewhere(field, v)
}

// fieldOfLoad judges a field of a struct that is read out of a variable, or out of an
// array. It returns false if what that is set to is not known.
func (f *function) fieldOfLoad(load *ssa.UnOp, i int, v ssa.Value) (verdict, bool) {
	if isPointer(load.Type()) {
		return verdict{}, false
	}
	switch addr := f.Resolve(load.X).(type) {
	case *ssa.Alloc:
		return f.fieldOf(addr, i, v)
	case *ssa.IndexAddr:
		return f.fieldOfElements(addr.X, i, v)
	}
	return verdict{}, false
}

// fieldOfElements judges a field of the structs in an array of the function, or in a slice
// of one: a table, as tests have them. What the table has in other columns says nothing.
func (f *function) fieldOfElements(list ssa.Value, i int, v ssa.Value) (verdict, bool) {
	list = f.root(list)
	if slice, ok := list.(*ssa.Slice); ok {
		list = f.root(slice.X)
	}
	alloc, ok := list.(*ssa.Alloc)
	if !ok || f.isPassed(alloc) {
		return verdict{}, false
	}
	var d verdict
	for _, st := range f.stores[alloc] {
		switch addr := f.Resolve(st.Addr).(type) {
		case *ssa.FieldAddr:
			elem, ok := f.Resolve(addr.X).(*ssa.IndexAddr)
			if !ok {
				continue // of a struct within
			}
			if f.Resolve(elem.X) == ssa.Value(alloc) && addr.Field == i {
				d = d.join(f.eval(st.Val, st.Block()))
			}
		case *ssa.IndexAddr:
			load, ok := st.Val.(*ssa.UnOp)
			if !ok {
				return verdict{}, false
			}
			part, found := f.fieldOfLoad(load, i, v)
			if !found {
				return verdict{}, false
			}
			d = d.join(part)
		default:
			return verdict{}, false
		}
	}
	return d, true
}

// fieldOfEither judges a field of one of several structs: the one that a function was
// given, say, or another in its place.
func (f *function) fieldOfEither(phi *ssa.Phi, i int, v ssa.Value) verdict {
	var d verdict
	if f.within[phi] {
		return d // a loop adds nothing to itself
	}
	f.within[phi] = true
	for _, edge := range phi.Edges {
		if c, ok := edge.(*ssa.Const); !ok || !c.IsNil() {
			d = d.join(f.field(edge, i, v))
		}
	}
	delete(f.within, phi)
	return d
}

// ownRequest judges a request that the function itself makes: by its URL.
func (f *function) ownRequest(root ssa.Value) (verdict, bool) {
	if e, ok := root.(*ssa.Extract); ok {
		root = e.Tuple
	}
	call, ok := root.(*ssa.Call)
	if !ok {
		return verdict{}, false
	}
	know, ok := knowledge.ValueOf(ssacode.Callee(&call.Call))
	if !ok || know.From == 0 {
		return verdict{}, false
	}
	return f.from(call, know, know.From), true
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func structOf(t types.Type) (*types.Struct, bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}

// fieldOf judges a field of a struct variable of the function: what is stored
// there, or in the struct as a whole. It returns false if that is not known.
func (f *function) fieldOf(alloc *ssa.Alloc, i int, v ssa.Value) (verdict, bool) {
	var d verdict
	found := false
	for _, st := range f.stores[alloc] {
		switch addr := f.Resolve(st.Addr).(type) {
		case *ssa.FieldAddr:
			if f.Resolve(addr.X) == ssa.Value(alloc) && addr.Field == i {
				d = d.join(f.eval(st.Val, st.Block()))
				found = true
			}
		case *ssa.Alloc:
			if u, ok := st.Val.(*ssa.UnOp); ok && f.Resolve(u.X) != ssa.Value(alloc) {
				if part, ok := f.fieldOfLoad(u, i, v); ok { // x := T{...}, or an element
					d = d.join(part)
					found = true
					continue
				}
				if _, ok := f.Resolve(u.X).(*ssa.Alloc); ok {
					continue
				}
			}
			if _, isConst := st.Val.(*ssa.Const); isConst {
				continue
			}
			whole := f.judge(st.Val)
			if whole.level == unbounded {
				whole.value, whole.params = v, 0
				d = d.join(whole)
			} else {
				d = d.join(verdict{level: unknown})
			}
			found = true
		}
	}
	if filled, ok := f.filled(alloc); ok {
		if filled.level == unbounded {
			filled.value = v
			if st, ok := structOf(alloc.Type()); ok && knowledge.OneOf(st.Tag(i)) {
				filled = verdict{} // a validator lets few values pass
			}
		}
		d = d.join(filled)
		found = true
	}
	return d, found
}

// setElsewhere judges a field by all that the package ever sets it to: that
// tells something only where these are all constants or have no bound.
func (f *function) setElsewhere(field *types.Var, v ssa.Value) verdict {
	if field.Pkg() != f.a.pass.Pkg || field.Exported() {
		return verdict{level: unknown}
	}
	field = field.Origin()
	d := verdict{}
	n := 0
	for _, fn := range f.a.setters[field] {
		if !f.a.built[fn] {
			f.a.want(fn)
			return verdict{level: unknown}
		}
	}
	for _, g := range f.a.funcs {
		for _, stores := range g.storesTo(field) {
			part := g.judge(stores.Val)
			if part.level == unknown {
				return verdict{level: unknown}
			}
			d = d.join(part)
			n++
		}
	}
	if n == 0 {
		return verdict{level: unknown}
	}
	d.params = 0
	if d.level == unbounded {
		d.value = v
	}
	return d
}

// storesTo returns the stores to a field.
func (f *function) storesTo(field *types.Var) []*ssa.Store {
	var found []*ssa.Store
	for _, fn := range f.All {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				st, ok := instr.(*ssa.Store)
				if !ok {
					continue
				}
				if addr, ok := st.Addr.(*ssa.FieldAddr); ok {
					if t, ok := structOf(addr.X.Type()); ok && t.Field(addr.Field).Origin() == field {
						found = append(found, st)
					}
				}
			}
		}
	}
	return found
}
