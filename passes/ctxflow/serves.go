package ctxflow

import (
	"slices"
	"strings"

	"github.com/tracevet/tracevet/passes/requests"
)

// mayServe reports whether the context in a parameter may be that of a request. It
// is none if the function goes on until it is over; or if all that call the function
// are known, as it is not exported, and each gives it a context from elsewhere: a field,
// say. Of an exported function one that does so is enough.
func (r *Result) mayServe(p param, seen map[param]bool) bool {
	calls := r.arguments[p]
	switch {
	case p.fn == nil:
		return true
	case r.lasts(p.fn):
		return false
	case p.fn.Exported():
		return !r.outlasts(p, make(map[param]bool))
	case len(calls) == 0:
		return len(r.SitesOf(p.fn)) == 0 && // else what it is given is not followed, as in gRPC itself
			!r.outlasts(p, make(map[param]bool))
	case seen[p]:
		return false // what calls itself adds nothing
	}
	seen[p] = true
	return slices.ContainsFunc(calls, func(i int) bool {
		switch o := r.uses[i].Origin; o.Kind {
		case requests.Request:
			return true
		case requests.Caller:
			if !r.duringCall(r.uses[i]) {
				return false
			}
			q, ok := r.params[o.Source]
			return !ok || r.mayServe(q, seen)
		}
		return false
	})
}

// outlasts reports whether something in the package gives the function a context that is
// none of a request, in a call of it, or beside it in the call of what is to call it:
// wait.UntilWithContext(ctx, s.next, 0). Tests do not count: they have no other.
func (r *Result) outlasts(p param, seen map[param]bool) bool {
	if p.fn == nil || seen[p] {
		return false
	}
	seen[p] = true
	if r.lasts(p.fn) {
		return true
	}
	for _, i := range r.arguments[p] {
		if r.givesLasting(r.uses[i], seen) {
			return true
		}
	}
	for _, site := range r.index.given()[p.fn] {
		for _, u := range r.byCall[site.Call] {
			if r.givesLasting(u, seen) {
				return true
			}
		}
	}
	return false
}

// givesLasting reports whether the context that is used is none of a request, for all
// that can be seen.
func (r *Result) givesLasting(u *Use, seen map[param]bool) bool {
	if strings.HasSuffix(r.pass.Fset.File(u.Call.Pos()).Name(), "_test.go") {
		return false
	}
	switch o := u.Origin; o.Kind {
	case requests.Request:
		return false
	case requests.Caller:
		q, ok := r.params[o.Source]
		return ok && r.outlasts(q, seen)
	}
	return true
}

// duringCall reports whether u certainly comes before the function returns whose parameter the context is: it is in no
// function literal that may run later. A context that is to last beyond the call that it was given to is none of a
// request, or the fault is there.
func (r *Result) duringCall(u *Use) bool {
	owner := r.DeclaredBy(u.Origin.Source)
	for f := u.Func; f != nil && f != owner; f = f.Outer {
		if !f.Within() {
			return false
		}
	}
	return true
}
