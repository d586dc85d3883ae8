package providers

import (
	"go/ast"
	"go/constant"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Unsampled returns the span contexts that the package puts together from the ids of
// a trace, without its flags, and that spans are started under: they say that the
// trace is not sampled, so that a sampler which asks the parent, as the SDK's own
// does, records nothing under them. In source order.
func (r *Result) Unsampled() []*ast.CompositeLit {
	var lits []*ast.CompositeLit
	for _, s := range r.sites {
		if knowledge.Of(s.fn).Role != knowledge.CarrySpan || len(s.call.Args) != 2 || r.inTest(s.call) {
			continue
		}
		ls := r.leaves(s.call.Args[1])
		if len(ls) != 1 || !knowledge.MakesSpanContext(ls[0].fn) || ls[0].call == nil || len(ls[0].call.Args) != 1 {
			continue
		}
		// Not one in a variable, whose flags may be set later.
		if lit, ok := ast.Unparen(ls[0].call.Args[0]).(*ast.CompositeLit); ok && r.lacksFlags(lit) {
			lits = append(lits, lit)
		}
	}
	return lits
}

// lacksFlags reports whether a literal has the id of a trace, and no flags or none
// that are set.
func (r *Result) lacksFlags(lit *ast.CompositeLit) bool {
	trace, flags := false, false
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		key, ok := kv.Key.(*ast.Ident)
		if !ok {
			return false
		}
		switch key.Name {
		case "TraceID":
			trace = true
		case "TraceFlags":
			tv := r.pass.TypesInfo.Types[kv.Value]
			v, exact := constant.Int64Val(constant.ToInt(value(tv.Value)))
			flags = !exact || v != 0
		}
	}
	return trace && !flags
}

// value returns v, or a constant that is no integer if there is none.
func value(v constant.Value) constant.Value {
	if v == nil {
		return constant.MakeUnknown()
	}
	return v
}
