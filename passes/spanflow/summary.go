package spanflow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// summarizeParams computes what a function does with spans that it is given.
func (f *function) summarizeParams(sum *Summary) {
	if f.obj == nil {
		return
	}
	params := make([]Param, len(f.top.Params))
	for _, l := range f.params() {
		i := slices.Index(f.top.Params, l.param)
		params[i] = f.paramEffect(l)
		if e := params[i].Effect; e == Keeps || e == Ends {
			params[i].Records = f.recordsParam(l)
		}
		if !l.ctx && !l.lib && types.IsInterface(l.param.Type()) {
			// Which method of the user's interface ends the span, the caller
			// knows, from where the value comes.
			for _, name := range f.calledMethods(l.param.Type()) {
				named := *l
				named.ends = []string{name}
				if f.paramEffect(&named).Effect == Ends {
					params[i].Calls = append(params[i].Calls, name)
				}
			}
		}
	}
	sum.Params = params
}

// paramEffect runs the life of a parameter.
func (f *function) paramEffect(l *life) Param {
	var param Param
	var kept, gone, other bool
	s := &sim{f: f, life: l}
	ok := s.run(func(e event) {
		switch e.kind {
		case handsOver:
			other = true
		case returns:
			switch {
			case e.path.status == ended:
				gone = true
			case len(e.held) > 0:
				param.To = int8(e.held[0]) + 1
				kept = true
			default:
				kept = true
			}
		}
	})
	switch {
	case !ok || !kept && !gone && !other:
		return Param{} // too complex, or it never returns
	case other && (kept || gone), gone && kept:
		param.Effect = MayEnd
	case other:
		param.Effect = Unknown
	case gone:
		param.Effect = Ends
	default:
		param.Effect = Keeps
	}
	if param.Effect != Keeps {
		param.To = 0
	} else if param.To > 0 {
		param.Effect = Unknown // it lives on in the result
		if !l.returnsAlways(f) {
			param.To = 0
		}
	}
	if l.ctx && param.Effect == Keeps {
		param.Effect = Unknown // a context is only passed along: nothing worth a fact
		param.To = 0
	}
	return param
}

// returnsAlways reports whether the parameter is among the results at every
// return: only then is the result the same span for certain.
func (l *life) returnsAlways(f *function) bool {
	always := true
	s := &sim{f: f, life: l}
	ok := s.run(func(e event) {
		if e.kind == returns && len(e.held) == 0 {
			always = false
		}
	})
	return ok && always
}

// summarizeResults computes which results hold open spans, from the returns
// of the lives that the function simulates.
func (f *function) summarizeResults(sum *Summary, l *life, events []event) {
	if f.obj == nil || l.root != f.top {
		return
	}
	n := f.obj.Signature().Results().Len()
	if sum.Results == nil {
		sum.Results = make([]Returned, n)
	}
	at := make(map[ssa.Instruction]bool) // the returns that hand the span over
	for _, e := range events {
		at[e.instr] = at[e.instr] || e.kind == returns && e.path.status == open && len(e.held) > 0
	}
	maybe := !f.returnsOnlyAt(at)
	for _, e := range events {
		if e.kind != returns || e.path.status != open {
			continue
		}
		for _, k := range e.held {
			if r := f.result(l, e, k); r.Kind != Nothing {
				r.Shared = e.path.stored || l.shared
				r.Maybe = maybe || l.maybe
				sum.Results[k] = sum.Results[k].merge(r)
			}
		}
		for _, k := range e.ctx {
			if t := f.obj.Signature().Results().At(k).Type(); knowledge.IsContext(t) && !l.borrowed {
				sum.Results[k] = sum.Results[k].merge(Returned{Kind: Carries})
			}
		}
	}
}

// returnsOnlyAt reports whether the function has no other returns than those.
func (f *function) returnsOnlyAt(at map[ssa.Instruction]bool) bool {
	for _, b := range f.top.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != f.top.Recover && !at[ret] {
			return false
		}
	}
	return true
}

// result describes what result k holds at a return with an open span.
func (f *function) result(l *life, e event, k int) Returned {
	v := e.instr.(*ssa.Return).Results[k]
	kind := Open
	if l.borrowed {
		kind = Borrowed
	}
	t := f.obj.Signature().Results().At(k).Type()
	if knowledge.SpanEnders(t) != nil {
		return Returned{Kind: kind}
	}
	if _, ok := t.Underlying().(*types.Signature); ok {
		if span, _ := (&sim{f: f, life: l}).carried(e.path, v); span {
			return Returned{Kind: kind, Ends: []string{CallItself}}
		}
		s := &sim{f: f, life: l, stack: []*ssa.Function{l.root}}
		if s.endsAlways(e.path, v) && !s.failed {
			return Returned{Kind: kind, Ends: []string{CallItself}}
		}
		return Returned{}
	}
	ends, may := f.a.enders(concrete(v))
	if types.IsInterface(t) {
		ends = f.methodsOf(t, l, v, ends)
	}
	if len(ends) == 0 && len(l.ends) > 0 && !l.lib {
		ends = slices.DeleteFunc(slices.Clone(l.ends), func(m string) bool { return m == CallItself }) // the value of a wrapper, passed on
		may = l.may
	}
	if len(ends) == 0 {
		return Returned{}
	}
	return Returned{Kind: kind, Ends: ends, May: may}
}

// methodsOf returns those of the methods that end v that the interface t has.
func (f *function) methodsOf(t types.Type, l *life, v ssa.Value, ends []string) []string {
	if len(ends) == 0 && l.lib {
		ends = l.ends // a span in an interface of the user's own
	}
	var has []string
	for m := range t.Underlying().(*types.Interface).Methods() {
		if slices.Contains(ends, m.Name()) {
			has = append(has, m.Name())
		}
	}
	slices.Sort(has)
	return has
}

// concrete returns the type of v before it was converted to an interface.
func concrete(v ssa.Value) types.Type {
	for {
		switch w := v.(type) {
		case *ssa.MakeInterface:
			v = w.X
		case *ssa.ChangeInterface:
			v = w.X
		default:
			return v.Type()
		}
	}
}

// merge combines what two returns say of a result. A span that is open on one
// of them has to be ended; whether one that is borrowed on the other has, is
// not to be told.
func (r Returned) merge(other Returned) Returned {
	switch {
	case r.Kind == Nothing:
		return other
	case r.Kind == other.Kind:
		return Returned{r.Kind, union(r.Ends, other.Ends), r.Shared || other.Shared, r.Maybe || other.Maybe, union(r.May, other.May)}
	}
	return Returned{}
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
