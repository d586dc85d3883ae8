package ctxflow

import (
	"go/types"

	"github.com/tracevet/tracevet/passes/requests"
)

// A climber finds, for functions that reach a root, the nearest call at which a
// context is at hand, from their calls upwards.
//
// The searches of all functions go over the same calls. So there is one, from all
// the calls with a context down to the functions: the cost is that of the calls
// that lead to the functions, and not that times the functions.
type climber struct {
	steps map[*types.Func]step
}

// A step is the way up from a function.
type step struct {
	site    requests.Site     // the call to go to
	context *requests.Context // that is at hand there; nil if it is further up
	up      *types.Func       // the function of the call, then
	height  int               // the number of calls on the way
}

// A link is a call of a function, by the function up or with a context at hand.
type link struct {
	site    requests.Site
	context *requests.Context
	up      *types.Func
}

// newClimber looks at the calls of fns, and of the functions with these calls.
func (r *Result) newClimber(fns []*types.Func, calls callers) *climber {
	links := make(map[*types.Func][]link)
	below := make(map[*types.Func][]*types.Func) // what a function calls
	seen := make(map[*types.Func]bool)
	var order []*types.Func
	visit := func(fn *types.Func) {
		if !seen[fn] {
			seen[fn] = true
			order = append(order, fn)
		}
	}
	for _, fn := range fns {
		visit(fn)
	}
	for i := 0; i < len(order); i++ {
		fn := order[i]
		for _, site := range calls[fn] {
			if r.deliberate(site.Cur, false) {
				continue
			}
			if c := r.At(site.Func, site.Call.Pos()); c != nil {
				if c.Named() && !r.turn(site.Cur, c) && !r.Lasts(c) { // else the function says that it does not want one
					links[fn] = append(links[fn], link{site: site, context: c})
				}
				continue
			}
			if d := declares(site.Func); d != nil {
				links[fn] = append(links[fn], link{site: site, up: d.Obj})
				below[d.Obj] = append(below[d.Obj], fn)
				visit(d.Obj)
			}
		}
	}

	// Functions one call further away from a context in each round. Of the calls that
	// are equally near, the first one counts.
	x := &climber{steps: make(map[*types.Func]step)}
	level := order
	for height := 1; len(level) > 0; height++ {
		var next []*types.Func
		for _, fn := range level {
			if _, done := x.steps[fn]; done {
				continue
			}
			for _, l := range links[fn] {
				near := l.context != nil
				if l.up != nil {
					s, ok := x.steps[l.up]
					near = ok && s.height < height
				}
				if near {
					x.steps[fn] = step{site: l.site, context: l.context, up: l.up, height: height}
					next = append(next, below[fn]...)
					break
				}
			}
		}
		level = next
	}
	return x
}

// climb returns the calls on the way up from fn, that of fn first, and the context
// that is at hand at the last one; nil if there is none on any way.
func (x *climber) climb(fn *types.Func) ([]requests.Site, *requests.Context) {
	s, ok := x.steps[fn]
	if !ok {
		return nil, nil
	}
	chain := make([]requests.Site, 0, s.height)
	for {
		chain = append(chain, s.site)
		if s.context != nil {
			return chain, s.context
		}
		s = x.steps[s.up]
	}
}
