package ctxflow

import (
	"go/ast"
	"go/types"
	"sync"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// An index answers questions about all calls and uses of a package that are asked
// for one function or one context at a time. A question that is not asked costs
// nothing.
type index struct {
	declared func() map[*types.Func]*requests.Func
	given    func() map[*types.Func][]requests.Site
	written  func() map[types.Object]bool
	detached func() map[*types.Func]bool
	worked   func() map[sourceIn]bool
	byRoot   func() map[*ast.CallExpr][]*Use
}

// A sourceIn is a variable that a context comes from, and a declared function that
// the context is used in.
type sourceIn struct {
	v    *types.Var
	decl *requests.Func
}

func newIndex(r *Result) index {
	return index{
		declared: sync.OnceValue(func() map[*types.Func]*requests.Func {
			m := make(map[*types.Func]*requests.Func)
			for _, f := range r.Funcs() {
				if f.Obj != nil {
					m[f.Obj] = f
				}
			}
			return m
		}),
		// given: the calls that are given the function, to call it.
		given: sync.OnceValue(func() map[*types.Func][]requests.Site {
			m := make(map[*types.Func][]requests.Site)
			for _, site := range r.Sites() {
				for _, arg := range site.Call.Args {
					if fn := r.Function(arg); fn != nil {
						m[fn] = append(m[fn], site)
					}
				}
			}
			return m
		}),
		// written: what is written to is the span in the variable.
		written: sync.OnceValue(func() map[types.Object]bool {
			m := make(map[types.Object]bool)
			for _, site := range r.Sites() {
				sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr)
				if !ok || knowledge.Of(site.Fn).Role != knowledge.RecordSpan {
					continue
				}
				if x, ok := ast.Unparen(sel.X).(*ast.Ident); ok && r.pass.TypesInfo.Uses[x] != nil {
					m[r.pass.TypesInfo.Uses[x]] = true
				}
			}
			return m
		}),
		// detached: some call of the function gives it a context that does not
		// end with a request.
		detached: sync.OnceValue(func() map[*types.Func]bool {
			m := make(map[*types.Func]bool)
			for _, u := range r.uses {
				if u.Fn != nil && (u.Origin.Kind == requests.Detached || u.Origin.Kind == requests.Root) {
					m[u.Fn] = true
				}
			}
			return m
		}),
		// worked: the function does work with the context.
		worked: sync.OnceValue(func() map[sourceIn]bool {
			m := make(map[sourceIn]bool)
			for _, u := range r.uses {
				if u.Work >= Dynamic && u.Func != nil {
					m[sourceIn{u.Origin.Source, u.Func.Decl()}] = true
				}
			}
			return m
		}),
		byRoot: sync.OnceValue(func() map[*ast.CallExpr][]*Use {
			m := make(map[*ast.CallExpr][]*Use)
			for _, u := range r.uses {
				if u.Origin.Root != nil {
					m[u.Origin.Root] = append(m[u.Origin.Root], u)
				}
			}
			return m
		}),
	}
}

// UsesOf returns the contexts that a call is given.
func (r *Result) UsesOf(call *ast.CallExpr) []*Use { return r.byCall[call] }

// Uses returns all contexts that calls of the package are given, in source order.
func (r *Result) Uses() []*Use { return r.uses }

// UsesIn returns those of Uses whose calls are in the syntax tree at cur.
func (r *Result) UsesIn(cur inspector.Cursor) []*Use {
	i, j := requests.Below(cur, len(r.uses), func(i int) inspector.Cursor { return r.uses[i].Cur })
	return r.uses[i:j]
}
