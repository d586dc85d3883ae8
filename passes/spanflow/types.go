package spanflow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// IsContext reports whether t is context.Context.
func IsContext(t types.Type) bool { return knowledge.IsContext(t) }

// canHold reports whether a value of type t can hold a span, or end one: a
// span type, an interface with a method that ends spans, a function, or a
// struct with a field of such a type, or a pointer to any of these.
func (a *analyzer) canHold(t types.Type) bool { return a.holds(t, 0, true) }

// holdsSpan is canHold without functions: there are too many of them to look
// at every function that gets one.
func (a *analyzer) holdsSpan(t types.Type) bool { return a.holds(t, 0, false) }

func (a *analyzer) holds(t types.Type, depth int, funcs bool) bool {
	if depth > 4 {
		return false
	}
	cache := &a.holders[0]
	if funcs {
		cache = &a.holders[1]
	}
	if known, ok := cache.At(t).(bool); ok {
		return known
	}
	cache.Set(t, false) // for a type that refers to itself
	found := a.holdsUncached(t, depth, funcs)
	cache.Set(t, found)
	return found
}

func (a *analyzer) holdsUncached(t types.Type, depth int, funcs bool) bool {
	if knowledge.SpanEnders(t) != nil {
		return true
	}
	if knowledge.IsContext(t) {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Signature:
		return funcs
	case *types.Pointer:
		return a.holds(u.Elem(), depth+1, funcs)
	case *types.Interface:
		if u.NumMethods() == 0 {
			return depth == 0 && funcs // any, by itself
		}
		if depth == 0 && funcs {
			return true // it may wrap a function
		}
		for m := range u.Methods() {
			if knowledge.SpanMethod(m.Name()) == knowledge.EndSpan || knowledge.Of(m).Role == knowledge.EndSpan {
				return true
			}
		}
	case *types.Struct:
		for field := range u.Fields() {
			if a.holds(field.Type(), depth+1, funcs && isEndFunc(field.Type())) {
				return true
			}
		}
	}
	return false
}

// isEndFunc reports whether t is the type of a function without results: one
// that may end a span, if it is kept in a field.
func isEndFunc(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	return !ok || sig.Results().Len() == 0
}

// isEnder reports whether a method ends its receiver, for certain.
func (a *analyzer) isEnder(method *types.Func) bool {
	return knowledge.Of(method).Role == knowledge.EndSpan || a.summary(method).param(0).Effect == Ends
}

// enders returns the methods of t that end the span that a value of t holds,
// and those that may end it or pass it on.
func (a *analyzer) enders(t types.Type) (ends, may []string) {
	if names := knowledge.SpanEnders(t); names != nil {
		return names, nil
	}
	if _, ok := t.Underlying().(*types.Signature); ok {
		return []string{CallItself}, nil
	}
	mset := a.methods.MethodSet(t)
	if _, ok := t.Underlying().(*types.Pointer); !ok && !types.IsInterface(t) {
		mset = a.methods.MethodSet(types.NewPointer(t))
	}
	for i := range mset.Len() {
		fn, ok := mset.At(i).Obj().(*types.Func)
		if !ok {
			continue
		}
		fn = fn.Origin()
		switch {
		case a.isEnder(fn):
			ends = append(ends, fn.Name())
		case knowledge.Of(fn).Role != knowledge.None:
		case a.summary(fn).param(0).To > 0:
		case a.summary(fn).param(0).Effect != Keeps && (a.analysed(fn) || fn.Pkg() != a.pass.Pkg):
			may = append(may, fn.Name())
		}
	}
	if len(ends) == 0 {
		ends = spanFields(t)
	}
	slices.Sort(ends)
	slices.Sort(may)
	return ends, may
}

// spanFields returns the exported fields of a struct that are spans, each with
// a leading dot: the span can be ended through them.
func spanFields(t types.Type) []string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var names []string
	for field := range st.Fields() {
		if field.Exported() && knowledge.SpanEnders(field.Type()) != nil {
			names = append(names, "."+field.Name())
		}
	}
	return names
}

// A set of caches of an analyzer, over types.
type typeCaches struct {
	holders [2]typeutil.Map
	methods typeutil.MethodSetCache
}
