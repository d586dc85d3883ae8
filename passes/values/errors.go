package values

import (
	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// returnsDeclared reports whether an error comes from a function of the package that
// returns errors that are declared, and makes none: it says which of a few kinds an
// error is, and what its text is in the cases that are not seen is likely to be one of
// these, too. It asks for the function to be built, if it is not yet.
func (f *function) returnsDeclared(v ssa.Value) bool {
	v, k := f.root(v), 0
	if e, ok := v.(*ssa.Extract); ok {
		v, k = e.Tuple, e.Index
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssacode.Callee(&call.Call)
	if fn == nil || fn.Pkg() != f.a.pass.Pkg || call.Call.IsInvoke() {
		return false
	}
	g := f.a.functions[fn]
	if g == nil {
		f.a.want(f.a.byObj[fn])
		return false
	}
	declared := false
	for _, b := range g.top.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || k >= len(ret.Results) {
			continue
		}
		for _, err := range g.possible(ret.Results[k]) {
			switch g.errorKind(err) {
			case declaredError:
				declared = true
			case madeError:
				return false
			}
		}
	}
	return declared
}

// possible returns what a result may be: all that is stored to the variable that it is
// in, where the function has deferred calls.
func (f *function) possible(v ssa.Value) []ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return []ssa.Value{v}
	}
	alloc, ok := load.X.(*ssa.Alloc)
	if !ok {
		return []ssa.Value{v}
	}
	var values []ssa.Value
	for _, st := range f.stores[alloc] {
		values = append(values, st.Val)
	}
	return values
}

// An errorKind says where an error comes from.
type errorKind uint8

const (
	someError     errorKind = iota // that is not known; or no error
	declaredError                  // a package-level variable
	madeError                      // made there: fmt.Errorf, errors.New, a literal of a type
)

func (f *function) errorKind(v ssa.Value) errorKind {
	switch v := f.root(v).(type) {
	case *ssa.UnOp:
		if _, ok := v.X.(*ssa.Global); ok {
			return declaredError
		}
	case *ssa.MakeInterface, *ssa.Alloc:
		return madeError
	case *ssa.Call:
		if fn := ssacode.Callee(&v.Call); fn != nil && knowledge.MakesError(fn) {
			return madeError
		}
	case *ssa.Phi:
		kind := someError
		for _, edge := range v.Edges {
			if _, ok := edge.(*ssa.Phi); !ok {
				kind = max(kind, f.errorKind(edge))
			}
		}
		return kind
	}
	return someError
}
