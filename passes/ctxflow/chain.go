package ctxflow

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// callers are the calls that run a function, in source order.
type callers map[*types.Func][]requests.Site

// A Trait is what functions that have no context have from those that they call: that
// they do work on a root, say.
type Trait struct {
	// Has reports whether fn has it, by its fact if it is of another package.
	Has func(fn *types.Func) bool
	// Pass gives it to a function of the package, which calls from.
	Pass func(to, from *types.Func)
}

// A Reached is a function with a trait, and how control comes to it.
type Reached struct {
	Fn *types.Func
	// Chain are the calls that lead to Fn from where a context is at hand: that of
	// Fn first.
	Chain []requests.Site
	// Context is what is at hand at the last of them.
	Context *requests.Context
}

// Reach follows the calls of functions with a trait up to where a context is at hand:
// within the package by its calls, beyond it by facts. own are the functions of the
// package that have it by themselves; the callers that have no context get it from
// them. Functions that no call with a context leads to are left out. Those of the
// package come first, in source order.
func (r *Result) Reach(own []*types.Func, t Trait) []Reached {
	calls := make(callers)
	var far []*types.Func
	var dynamic []requests.Site
	for _, site := range r.Sites() {
		fn := site.Fn
		if _, spawned := site.Cur.Parent().Node().(*ast.GoStmt); spawned {
			continue // what a goroutine works on is for another rule
		}
		if site.Func == nil || fn == nil || knowledge.IsCleanup(fn, !isInterfaceMethod(fn)) || !requests.IsOwn(r.pass, fn) || r.inTest(site) {
			continue
		}
		switch {
		case isInterfaceMethod(fn):
			dynamic = append(dynamic, site)
		case fn.Pkg() == r.pass.Pkg:
			calls[fn] = append(calls[fn], site)
		case t.Has(fn):
			if calls[fn] == nil {
				far = append(far, fn)
			}
			calls[fn] = append(calls[fn], site)
		}
	}
	own = slices.Clone(own)
	slices.SortFunc(own, func(x, y *types.Func) int { return int(x.Pos() - y.Pos()) })
	r.passOn(slices.Concat(own, far), calls, t)

	// Methods of interfaces, now that it is known what the methods do.
	var through []*types.Func
	for _, site := range dynamic {
		fns := r.impls.of(site.Fn)
		if len(fns) == 0 || slices.ContainsFunc(fns, func(fn *types.Func) bool { return !t.Has(fn) }) {
			continue
		}
		if fn := fns[0]; fn.Pkg() != r.pass.Pkg && calls[fn] == nil {
			far = append(far, fn)
		}
		calls[fns[0]] = append(calls[fns[0]], site)
		through = append(through, fns[0])
	}
	// From the methods again: they may have got it in the first round.
	r.passOn(slices.Concat(own, far, through), calls, t)

	var found []Reached
	all := slices.Concat(own, far)
	up := r.newClimber(all, calls)
	for _, fn := range all {
		if chain, c := up.climb(fn); c != nil {
			found = append(found, Reached{fn, chain, c})
		}
	}
	return found
}

// chains follows the calls of functions that hide a root up to where a context
// is at hand.
func (r *Result) chains(hidden map[*types.Func][]*root) {
	own := slices.Collect(maps.Keys(hidden))
	for _, x := range r.Reach(own, Trait{
		Has: func(fn *types.Func) bool { return r.summary(fn).Root != "" },
		Pass: func(to, from *types.Func) {
			r.summaries[to].Root, r.summaries[to].Call = r.summary(from).Root, r.summary(from).Call
		},
	}) {
		switch {
		case x.Fn.Pkg() == r.pass.Pkg:
			if Opens(x) {
				continue
			}
			for _, rt := range hidden[x.Fn] {
				r.faults = append(r.faults, &Fault{Root: rt.call, Arg: rt.arg, Context: x.Context, Func: x.Context.Func, Chain: x.Chain})
			}
		case x.Context.Request && !r.HasTwin(x.Fn): // else the form with a context is there to be called
			sum := r.summary(x.Fn)
			r.faults = append(r.faults, &Fault{Context: x.Context, Func: x.Context.Func, Chain: x.Chain, Far: x.Fn, FarRoot: sum.Root, FarCall: sum.Call})
		}
	}
	slices.SortStableFunc(r.faults, func(x, y *Fault) int { return int(x.pos() - y.pos()) })
}

// Hides returns the function of the package that work at site, where no context is at
// hand, is done by when it is called; nil if it is not done then, or if what stands
// around it says that it needs none.
func (r *Result) Hides(site requests.Site) *types.Func {
	d := declares(site.Func)
	if d == nil || r.inTest(site) || r.helpsTests() || forTests(d) || r.deliberate(site.Cur, false) {
		return nil
	}
	return d.Obj
}

// From says where the calls begin, and what they go through: "handler (*API).Order
// through load".
func (x Reached) From() string {
	last := x.Chain[len(x.Chain)-1]
	var b strings.Builder
	if last.Func.Handler() || x.Context.Func.Handler() {
		b.WriteString("handler ")
	}
	b.WriteString(last.Func.Name())
	for i := len(x.Chain) - 1; i > 0; i-- {
		sep := ", "
		if i == len(x.Chain)-1 {
			sep = " through "
		}
		b.WriteString(sep + x.Chain[i].Fn.Name())
	}
	return b.String()
}

// InTrace reports whether a context is that of a request, of a span that was
// started, or of a caller for whom the function does other work, too. One that does
// not may run where no trace is, at the start of the program say.
func (r *Result) InTrace(c *requests.Context) bool {
	return c.Request || c.Started != nil || r.index.worked()[sourceIn{c.Source, c.Func.Decl()}]
}

// HasTwin reports whether there is a form of fn that takes a context.
func (r *Result) HasTwin(fn *types.Func) bool {
	names, _ := knowledge.Variants(fn)
	for _, name := range names {
		if recv := fn.Signature().Recv(); recv != nil {
			if obj, _, _ := types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg(), name); obj != nil {
				return true
			}
		} else if fn.Pkg().Scope().Lookup(name) != nil {
			return true
		}
	}
	return false
}

// Opens reports whether a chain of calls makes something that lives longer than
// one piece of work, on behalf of a caller who may be the program itself: one of
// the functions returns a type of its package.
func Opens(x Reached) bool { return opens(x.Chain, x.Context) }

func opens(chain []requests.Site, c *requests.Context) bool {
	return !c.Request && slices.ContainsFunc(chain, func(site requests.Site) bool { return knowledge.IsConstructor(site.Fn) })
}

// passOn gives the functions that call those of queue, which have a trait, and that
// have no context the trait as well.
func (r *Result) passOn(queue []*types.Func, calls callers, t Trait) {
	for len(queue) > 0 {
		fn := queue[0]
		queue = queue[1:]
		for _, site := range calls[fn] {
			d := declares(site.Func)
			if d == nil || t.Has(d.Obj) || r.deliberate(site.Cur, false) || r.At(site.Func, site.Call.Pos()) != nil {
				continue
			}
			t.Pass(d.Obj, fn)
			queue = append(queue, d.Obj)
		}
	}
}

func (r *Result) inTest(site requests.Site) bool {
	return strings.HasSuffix(r.pass.Fset.File(site.Call.Pos()).Name(), "_test.go")
}

// hide notes that a function without a context works on a root.
func (r *Result) hide(hidden map[*types.Func][]*root, rt *root) {
	if d := declares(rt.fn); d != nil && r.sync(rt) {
		hidden[d.Obj] = append(hidden[d.Obj], rt)
		sum := r.summaries[d.Obj]
		sum.Root, sum.Call = requests.FuncName(d.Obj), r.text(rt.call)
	}
}

// usedWithout returns the first use in each function that works on a root in a
// variable of the package and has no context at hand.
func (r *Result) usedWithout(rt *root) []*root {
	var found []*root
	for _, u := range rt.uses {
		if u.Func == nil || r.other(rt, u) != nil || slices.ContainsFunc(found, func(have *root) bool { return have.fn == u.Func }) {
			continue
		}
		found = append(found, &root{call: rt.call, cur: u.Cur, fn: u.Func, uses: []*Use{u}, arg: u.Arg})
	}
	return found
}
