package routes

import (
	"go/ast"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Works reports whether the handler of a route, or one of those that a call
// registers, does traced work under the request's context.
func (e *Event) Works() bool {
	if e.Kind != knowledge.AddRoute {
		return false
	}
	if e.Handler != nil && e.Handler.Works {
		return true
	}
	return e.Handler == nil && len(e.List) > 0 && e.List[len(e.List)-1].Works
}

// Before reports whether e is registered before f.
func (e *Event) Before(f *Event) bool { return e.seq < f.seq }

// Same reports whether two registrations are made by the same call.
func (e *Event) Same(f *Event) bool { return e.Call == f.Call }

// Implies reports whether f is registered whenever e is, as far as branches
// tell.
func (e *Event) Implies(f *Event) bool { return subset(f.conds, e.conds) }

// Implies reports whether the other middleware is registered whenever this one
// is.
func (it *Item) Implies(other *Item) bool { return subset(other.allConds(), it.allConds()) }

func (it *Item) allConds() []arm {
	if it.Event == nil {
		return it.conds
	}
	return append(slices.Clip(it.conds), it.Event.conds...)
}

func subset(x, y []arm) bool {
	for _, a := range x {
		if !slices.Contains(y, a) {
			return false
		}
	}
	return true
}

// Chain returns the middlewares that a request goes through before it comes to
// those of e itself, the outermost first. Of what is put around the router as a
// handler it says nothing.
func (e *Event) Chain() []*Item {
	return e.Router.chain(e, e.Kind == knowledge.AddRoute || e.Kind == knowledge.MakeGroup)
}

// chain returns what runs before e on r; applies tells that e is a route or a
// group, which takes what comes later too where the router does it so.
func (r *Router) chain(e *Event, applies bool) []*Item {
	var list []*Item
	if r.Parent != nil && r.Made != nil {
		at := r.Made
		if r.Order == knowledge.OrderStack && !r.Mounted {
			at = e
		}
		list = slices.Concat(r.Parent.chain(at, true), r.Made.List)
	}
	all := applies && (r.Order == knowledge.OrderAny || r.Order == knowledge.OrderGroups && r.Root)
	for _, kind := range []knowledge.RegisterKind{knowledge.AddBefore, knowledge.AddMiddleware} {
		if kind == knowledge.AddMiddleware && e.Kind == knowledge.AddBefore && e.Router == r {
			break
		}
		for _, f := range r.Events {
			switch {
			case f == e, f.Wraps, !all && f.seq > e.seq && !(kind == knowledge.AddBefore && e.Kind != knowledge.AddBefore):
			case f.Kind == kind && !f.Partial:
				list = append(list, f.List...)
			case f.Kind == knowledge.NotRegister && kind == knowledge.AddMiddleware:
				list = append(list, &Item{Event: f, Handles: Handles{Class: Unknown}, conds: f.conds})
			}
		}
	}
	return list
}

// Inner returns the middlewares that are around the router, or the handler, when e
// puts one more around it, the innermost first.
func (e *Event) Inner() []*Item { return e.inner }

// Around returns the middlewares that are put around the router as a handler,
// each once, in the order in which that is done.
func (r *Router) Around() []*Item {
	var list []*Item
	for _, e := range r.Events {
		if e.Wraps {
			list = append(list, e.List...)
		}
	}
	return list
}

// All returns the registrations on the routers of a function, in order.
func (f *Function) All() []*Event {
	var events []*Event
	for _, r := range f.Routers {
		events = append(events, r.Events...)
	}
	slices.SortFunc(events, func(x, y *Event) int { return x.seq - y.seq })
	return events
}

// Within reports whether r is other, or a group in it.
func (r *Router) Within(other *Router) bool {
	for seen := 0; r != nil && seen < 100; seen++ {
		if r == other {
			return true
		}
		r = r.Parent
	}
	return false
}

// On returns the event by which e is on the stack of r: e, or the one that mounts
// the router that e is registered on.
func (e *Event) On(r *Router) *Event {
	at := e
	for up, seen := e.Router, 0; up != nil && up != r && seen < 100; up, seen = up.Parent, seen+1 {
		if up.Mounted && up.Made != nil {
			at = up.Made
		}
	}
	return at
}

// Seq returns the place of e in the order of its function.
func (e *Event) Seq() int { return e.seq }

// Name returns the name of the function that registers, where it is called.
func (e *Event) Name() ast.Expr {
	switch fun := ast.Unparen(e.Call.Fun).(type) {
	case *ast.SelectorExpr:
		if e.Via == nil {
			return fun.Sel
		}
		return fun
	default:
		return fun
	}
}

// Outermost returns the router that r is a group of, or r.
func (r *Router) Outermost() *Router {
	for seen := 0; r.Parent != nil && seen < 100; seen++ {
		r = r.Parent
	}
	return r
}

// Uses returns the middlewares that are registered on r itself, in order.
func (r *Router) Uses() []*Item {
	var list []*Item
	for _, e := range r.Events {
		if !e.Wraps && !e.Partial && (e.Kind == knowledge.AddMiddleware || e.Kind == knowledge.AddBefore) {
			list = append(list, e.List...)
		}
	}
	return list
}

// Recovers reports whether a recovery is registered on r behind the i-th
// middleware of e.
func (r *Router) Recovers(e *Event, i int) bool {
	list := e.List[i+1:]
	for _, f := range r.Events {
		if f.seq > e.seq && f.Kind == knowledge.AddMiddleware {
			list = slices.Concat(list, f.List)
		}
	}
	return slices.ContainsFunc(list, func(it *Item) bool { return it.Class == Recovery })
}
