package routes

import (
	"cmp"
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// summarize returns what the function does, for its callers.
func (w *walker) summarize() *Setup {
	s := new(Setup)
	held := &holder{w: w, setup: s, seen: make(map[*value]bool), index: make(map[*Router]int)}
	for i, v := range w.results {
		held.collect(Held{Slot: i}, v, 0)
	}
	s.Results = held.found
	held.found, held.seen = nil, make(map[*value]bool)
	for _, root := range w.roots {
		held.stores(root)
	}
	s.Stores = held.found
	for _, router := range w.fn.Routers {
		if router.place.root != noRoot {
			held.router(router)
		}
	}
	// Groups belong to their parents, and say what is registered there.
	for changed := true; changed; {
		changed = false
		for _, router := range w.fn.Routers {
			p := router.Parent
			if p == nil || held.index[p] == 0 && held.index[router] == 0 || held.index[p] != 0 && held.index[router] != 0 {
				continue
			}
			held.router(router)
			held.router(p)
			changed = true
		}
	}
	held.ops()
	return s
}

// A holder collects what is seen of a function's values from outside.
type holder struct {
	w     *walker
	setup *Setup
	seen  map[*value]bool
	index map[*Router]int // counted from one
	order []*Router
	found []Held
}

func (h *holder) router(r *Router) int {
	if r == nil || r.bare {
		return 0
	}
	if i := h.index[r]; i > 0 {
		return i
	}
	h.setup.Routers = append(h.setup.Routers, RouterFact{Place: r.place.fact(), Order: r.Order, Root: r.Root, Client: r.Client})
	h.order = append(h.order, r)
	h.index[r] = len(h.order)
	return len(h.order)
}

// maxFields bounds how deep structs are looked into.
const maxFields = 4

// collect adds what v holds, which is at the slot or place of at.
func (h *holder) collect(at Held, v *value, depth int) {
	if v == nil || depth > maxFields || h.seen[v] && depth > 0 {
		return
	}
	h.seen[v] = true
	inner := v.innermost()
	one := at
	one.Router = h.router(inner.router)
	one.Wraps = itemFacts(v.allWraps())
	one.From = inner.place.fact()
	if one.Router == 0 && one.From.Kind == NoPlace {
		one.Items = itemFacts(v.items)
	}
	if one.Router > 0 || len(one.Wraps) > 0 || len(one.Items) > 0 || one.From.Kind != NoPlace {
		h.found = append(h.found, one)
	}
	if v.place.root != noRoot {
		return // what is in its fields is with the stores
	}
	for _, name := range slices.Sorted(maps.Keys(v.fields)) {
		field := at
		field.Path += "." + name
		field.Place.Path += "." + name
		h.collect(field, v.fields[name], depth+1)
	}
}

// stores adds what was put into the fields of what the caller can see.
func (h *holder) stores(root rooted) {
	if root.global != nil {
		if v := h.w.env[root.global]; v != root.val {
			h.collect(Held{Place: root.val.place.fact()}, v, 0)
			return
		}
	}
	h.changed(root.val, root.val.place, 0)
}

func (h *holder) changed(v *value, at place, depth int) {
	if depth > maxFields {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(v.fields)) {
		field := at
		field.path += "." + name
		if f := v.fields[name]; f.place == field {
			h.changed(f, field, depth+1)
		} else {
			h.collect(Held{Place: field.fact()}, f, 1)
		}
	}
}

// ops adds what is registered on the routers that callers can see, in order.
// Routes that follow each other are one.
func (h *holder) ops() {
	var events []*Event
	for _, r := range h.order {
		if r.Parent != nil {
			h.setup.Routers[h.index[r]-1].Parent = h.index[r.Parent]
			h.setup.Routers[h.index[r]-1].Mounted = r.Mounted
		}
		events = append(events, r.Events...)
	}
	slices.SortFunc(events, func(x, y *Event) int { return cmp.Compare(x.seq, y.seq) })
	for _, e := range events {
		if e.Wraps {
			continue // with the values
		}
		op := Op{
			Kind: e.Kind, Router: h.index[e.Router] - 1, Child: h.index[e.Child], List: itemFacts(e.List), Works: e.Works(),
			Routes: e.Routes, Path: e.Path, Partial: e.Partial, Cond: len(e.conds) > 0,
		}
		if op.Kind == knowledge.AddRoute {
			op.Routes = max(op.Routes, 1)
			op.Path = ""
			op.List = slices.DeleteFunc(op.List, func(it ItemFact) bool { return it.Class < Section && it.Class != Unknown })
			if n := len(h.setup.Ops); n > 0 && len(op.List) == 0 {
				if last := &h.setup.Ops[n-1]; last.Kind == op.Kind && last.Router == op.Router && last.Cond == op.Cond && len(last.List) == 0 && last.Works == op.Works {
					last.Routes += op.Routes
					continue
				}
			}
		}
		h.setup.Ops = append(h.setup.Ops, op)
	}
}

func itemFacts(items []*Item) []ItemFact {
	var facts []ItemFact
	for _, it := range items {
		facts = append(facts, ItemFact{Name: it.Name, Cond: len(it.conds) > 0, From: it.from, Backward: it.backward, Handles: it.Handles})
	}
	return facts
}

// replay does what a callee does, and returns its results; nil if they hold
// nothing that is known.
func (w *walker) replay(call *ast.CallExpr, fn *types.Func, s *Setup, recv *value, args []*value) []*value {
	if s.empty() {
		return nil
	}
	args = packed(fn, args, call.Ellipsis.IsValid())
	routers := make([]*Router, len(s.Routers))
	for i, fact := range s.Routers {
		know := knowledge.Router{Order: fact.Order, Root: fact.Root, Client: fact.Client}
		if v := w.find(fact.Place, fn, recv, args); v != nil {
			if v = v.innermost(); v.router == nil {
				v.router = w.newRouter(know)
				v.router.place = v.place
			}
			routers[i] = v.router
			continue
		}
		routers[i] = w.newRouter(know)
		routers[i].Fresh = fact.Place.Kind == NoPlace
	}
	for i, fact := range s.Routers {
		if fact.Parent > 0 && routers[i].Parent == nil && routers[fact.Parent-1] != routers[i] {
			routers[i].Parent, routers[i].Mounted = routers[fact.Parent-1], fact.Mounted
		}
	}
	for i, op := range s.Ops {
		e := &Event{Kind: op.Kind, Call: call, Via: fn, Routes: op.Routes, Path: op.Path, Partial: op.Partial}
		saved := w.conds
		if op.Cond {
			w.conds = append(slices.Clip(w.conds), arm{call, i, w.round})
		}
		e.List = w.items(call, fn, op.List, i, recv, args)
		if op.Works {
			e.Handler = &Item{Name: text(call.Fun), Handles: Handles{Works: true, Own: true}, conds: w.conds}
		}
		if op.Child > 0 {
			e.Child = routers[op.Child-1]
			e.Child.Made = e
		}
		w.add(routers[op.Router], e)
		w.conds = saved
	}
	for i, held := range s.Stores {
		w.set(held.Place, fn, recv, args, w.held(call, fn, held, routers, recv, args, i))
	}
	var results []*value
	for i, held := range s.Results {
		for len(results) <= held.Slot {
			results = append(results, newValue())
		}
		v := w.held(call, fn, held, routers, recv, args, i)
		if held.Path == "" {
			results[held.Slot] = v
			continue
		}
		w.set(PlaceFact{Kind: ParamPlace, Path: held.Path}, fn, nil, []*value{results[held.Slot]}, v)
	}
	return results
}

// packed returns the arguments as the parameters hold them: a variadic one holds
// all that are left.
func packed(fn *types.Func, args []*value, spread bool) []*value {
	sig := fn.Signature()
	last := sig.Params().Len() - 1
	if !sig.Variadic() || spread || last < 0 || len(args) < last {
		return args
	}
	rest := newValue()
	for _, arg := range args[last:] {
		rest.items = append(rest.items, arg.items...)
	}
	rest.full = true
	return append(slices.Clone(args[:last]), rest)
}

// items makes the middlewares that a callee registers or returns; those that it is
// given are those of the caller.
func (w *walker) items(call *ast.CallExpr, fn *types.Func, facts []ItemFact, way int, recv *value, args []*value) []*Item {
	var items []*Item
	for _, fact := range facts {
		if v := w.find(fact.From, fn, recv, args); v != nil && fact.From.Kind != NoPlace {
			given := v.items
			if fact.Backward {
				given = reversed(given)
			}
			for i, it := range given {
				c := w.copyFor(it, call)
				if fact.Cond {
					c.conds = append(slices.Clip(c.conds), arm{call, way, i}) // for each by itself
				}
				c.Lane = max(c.Lane, fact.Lane)
				items = append(items, c)
			}
			if len(v.items) > 0 || v.full || v.place.root == noRoot && fact.From.Path != "" {
				continue // a field that nothing was put into holds nothing
			}
			fact.From = v.place.fact()
		}
		it := &Item{Name: fact.Name, Handles: fact.Handles, conds: w.conds, from: fact.From, backward: fact.Backward}
		if fact.Cond {
			it.conds = append(slices.Clip(w.conds), arm{call, way, w.round})
		}
		items = append(items, it)
	}
	return items
}

// held makes the value that a callee returns, or stores.
func (w *walker) held(call *ast.CallExpr, fn *types.Func, held Held, routers []*Router, recv *value, args []*value, way int) *value {
	v := newValue()
	if from := w.find(held.From, fn, recv, args); from != nil {
		v = from
	} else if held.Router > 0 {
		v.router = routers[held.Router-1]
	}
	for _, it := range w.items(call, fn, held.Wraps, way, recv, args) {
		v = w.wrap(call, v, it)
		w.last.Via = fn
	}
	if items := w.items(call, fn, held.Items, way, recv, args); len(items) > 0 {
		for _, it := range items {
			if len(items) == 1 && it.Expr == nil {
				it.Name = text(call)
				it.Expr = call
			}
		}
		v.items = items
	}
	return v
}
