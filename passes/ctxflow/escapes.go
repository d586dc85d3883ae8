package ctxflow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/requests"
)

// summarizeEscapes finds the parameters whose context goes to a goroutine that
// nobody waits for.
func (r *Result) summarizeEscapes() {
	for _, s := range r.spawns {
		if s.Joined || s.Loops || s.Watches || signalled(s.Func) {
			continue
		}
		for _, u := range s.Uses {
			if p, ok := r.params[u.Origin.Source]; ok && u.Work > NoWork && r.keepsAlive(u) && u.Origin.Kind != requests.Detached && r.unbounded(u) {
				r.escape(p, requests.FuncName(p.fn))
			}
		}
	}
	r.propagate(func(u *Use) bool {
		if !r.Escapes(u) || u.Origin.Kind == requests.Detached || r.reshaped(u.Origin) {
			return false
		}
		p, ok := r.params[u.Origin.Source]
		if !ok || r.summaries[p.fn].Escapes[p.index] {
			return false
		}
		r.escape(p, r.EscapesIn(u))
		return true
	})
}

// signalled reports whether f is given a channel or a group, by which its
// caller may wait for what f starts.
func signalled(f *requests.Func) bool {
	return slices.ContainsFunc(slices.Collect(f.Decl().Sig.Params().Variables()), func(v *types.Var) bool {
		return requests.IsSignal(v.Type())
	})
}

// Escapes reports whether the function that is called gives the context to a
// goroutine that it does not wait for; through an interface, if all the methods
// do so that may be called.
func (r *Result) Escapes(u *Use) bool {
	if u.callee != nil {
		return r.summary(u.callee.fn).escapes(u.callee.index)
	}
	for _, impl := range u.impls {
		if !r.summary(impl.fn).escapes(impl.index) {
			return false
		}
	}
	return len(u.impls) > 0
}

// EscapesIn returns the name of the function that starts the goroutine.
func (r *Result) EscapesIn(u *Use) string {
	switch {
	case u.callee != nil:
		return r.summary(u.callee.fn).Spawner
	case len(u.impls) > 0:
		return r.summary(u.impls[0].fn).Spawner
	}
	return ""
}

func (r *Result) escape(p param, spawner string) {
	sum := r.summaries[p.fn]
	sum.Escapes[p.index] = true
	if sum.Spawner == "" {
		sum.Spawner = spawner
	}
}

// reshaped reports whether a context went through a function of the program
// that may have taken its cancellation away.
func (r *Result) reshaped(o requests.Origin) bool {
	for _, step := range o.Steps {
		if fn := r.callee(step); fn == nil || requests.IsOwn(r.pass, fn) {
			if !requests.ReturnsSpan(r.pass.TypesInfo.TypeOf(step)) {
				return true
			}
		}
	}
	return false
}

// unbounded reports whether a context ends when its source does: nothing has
// taken its cancellation away, and no function means it to end with itself.
func (r *Result) unbounded(u *Use) bool {
	return !r.reshaped(u.Origin) &&
		!slices.ContainsFunc(u.Origin.Steps, func(step *ast.CallExpr) bool { return r.EndsWith(u.Func, step) })
}

// Cancelled reports whether the context that is used ends with the request: it
// is that of a request, and nothing has taken the cancellation away.
func (r *Result) Cancelled(u *Use) bool {
	return u.Work > NoWork && r.keepsAlive(u) && u.Origin.Kind == requests.Request && u.Origin.Source != nil && r.unbounded(u)
}

// CancelledByCaller is Cancelled for the context of a caller, that has got from
// there to the goroutine in a declared function, and that it works on.
func (r *Result) CancelledByCaller(u *Use) bool {
	o := u.Origin
	f := r.DeclaredBy(o.Source)
	return u.Work > Foreign && r.keepsAlive(u) && o.Kind == requests.Caller && f != nil && f.Obj != nil && !r.index.detached()[f.Obj] &&
		r.unbounded(u) && !r.managed(u) && !r.goesOnFrom(o.Source) && r.mayServe(r.params[o.Source], make(map[param]bool))
}

// managed reports whether a cancel function of the context is kept: somebody ends
// the work by that, and the context is one of a part of the program.
func (r *Result) managed(u *Use) bool {
	for _, step := range u.Origin.Steps {
		site, ok := r.SiteOf(step)
		if !ok {
			continue
		}
		if assign, ok := site.Cur.Parent().Node().(*ast.AssignStmt); ok && slices.ContainsFunc(assign.Lhs, r.keepsCancel) {
			return true
		}
	}
	return false
}
