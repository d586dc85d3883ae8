package ctxflow

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// callers are the calls that run a function, in source order.
type callers map[*types.Func][]requests.Site

// chains follows the calls of functions that hide a root up to where a context
// is at hand: within the package by its calls, beyond it by facts.
func (r *Result) chains(hidden map[*types.Func][]*root) {
	calls := make(callers)
	var own, far []*types.Func
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
		case r.summary(fn).Root != "":
			if calls[fn] == nil {
				far = append(far, fn)
			}
			calls[fn] = append(calls[fn], site)
		}
	}
	for fn := range hidden {
		own = append(own, fn)
	}
	slices.SortFunc(own, func(x, y *types.Func) int { return int(x.Pos() - y.Pos()) })
	r.passOn(slices.Concat(own, far), calls)

	// Methods of interfaces, now that it is known what the methods do.
	var through []*types.Func
	for _, site := range dynamic {
		fns := r.impls.of(site.Fn)
		if len(fns) == 0 || slices.ContainsFunc(fns, func(fn *types.Func) bool { return r.summary(fn).Root == "" }) {
			continue
		}
		if fn := fns[0]; fn.Pkg() != r.pass.Pkg && calls[fn] == nil {
			far = append(far, fn)
		}
		calls[fns[0]] = append(calls[fns[0]], site)
		through = append(through, fns[0])
	}
	// From the methods again: they may have got their root in the first round.
	r.passOn(slices.Concat(own, far, through), calls)

	up := r.newClimber(slices.Concat(own, far), calls)
	for _, fn := range own {
		if chain, c := up.climb(fn); c != nil && !opens(chain, c) {
			for _, rt := range hidden[fn] {
				r.faults = append(r.faults, &Fault{Root: rt.call, Arg: rt.arg, Context: c, Func: c.Func, Chain: chain})
			}
		}
	}
	for _, fn := range far {
		if chain, c := up.climb(fn); c != nil && c.Request {
			sum := r.summary(fn)
			if r.hasTwin(fn) {
				continue // the form with a context is there to be called
			}
			r.faults = append(r.faults, &Fault{Context: c, Func: c.Func, Chain: chain, Far: fn, FarRoot: sum.Root, FarCall: sum.Call})
		}
	}
	slices.SortStableFunc(r.faults, func(x, y *Fault) int { return int(x.pos() - y.pos()) })
}

// InTrace reports whether a context is that of a request, of a span that was
// started, or of a caller for whom the function does other work, too. One that does not may run where no trace is,
// at the start of the program say.
func (r *Result) InTrace(c *requests.Context) bool {
	return c.Request || c.Started != nil || r.index.worked()[sourceIn{c.Var, c.Func.Decl()}]
}

// hasTwin reports whether there is a form of fn that takes a context.
func (r *Result) hasTwin(fn *types.Func) bool {
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

// opens reports whether a chain of calls makes something that lives longer than
// one piece of work, on behalf of a caller who may be the program itself: one of
// the functions returns a type of its package.
func opens(chain []requests.Site, c *requests.Context) bool {
	return !c.Request && slices.ContainsFunc(chain, func(site requests.Site) bool { return knowledge.IsConstructor(site.Fn) })
}

// passOn gives the functions that call those of queue, which reach a root, and
// that have no context to give a summary that says so.
func (r *Result) passOn(queue []*types.Func, calls callers) {
	for len(queue) > 0 {
		fn := queue[0]
		queue = queue[1:]
		from := r.summary(fn)
		for _, site := range calls[fn] {
			d := declares(site.Func)
			if d == nil || r.summaries[d.Obj].Root != "" || r.deliberate(site.Cur, false) || r.At(site.Func, site.Call.Pos()) != nil {
				continue
			}
			sum := r.summaries[d.Obj]
			sum.Root, sum.Call = from.Root, from.Call
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
