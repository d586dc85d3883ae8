package routes

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// classOf says whether the span of start stands for the request as a whole: its
// kind says so, or it continues the trace of the caller. It may be if it has its
// name from the request and covers what comes after it in any case.
func (r *Result) classOf(f, core *requests.Func, start *ctxflow.Use, next token.Pos) Class {
	if start.Origin.Mended || !fromRequest(start, core) || r.startsServer(f, nil) {
		return Tracing // what the request had is not what it goes on with
	}
	if start.Fn != nil && start.Own && r.isServerStart(start.Fn) {
		return Tracing
	}
	leaves := false
	ast.Inspect(core.Body(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if fn, ok := r.pass.TypesInfo.Uses[n].(*types.Func); ok {
				leaves = leaves || knowledge.IsAbortCall(fn)
			}
		case *ast.ReturnStmt:
			leaves = leaves || start.Call.Pos() < n.Pos() && n.Pos() < next && !containsPos(n, next)
		}
		return !leaves
	})
	if !leaves && r.namedAfterRequest(core, start.Call) {
		return Likely
	}
	return Section
}

// startsServer reports whether f takes the caller's trace out of a request, or
// marks a span as a server's; done are the functions that were looked at.
func (r *Result) startsServer(f *requests.Func, done []*requests.Func) bool {
	found := false
	ast.Inspect(f.Node, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		switch obj := r.pass.TypesInfo.Uses[id].(type) {
		case *types.Const, *types.Var:
			found = knowledge.IsServerKind(obj)
		case *types.Func:
			found = knowledge.IsPropagation(obj)
			if g := r.decls[obj]; g != nil && !found && len(done) < 3 && !slices.Contains(done, g) && len(r.cores(g)) == 0 {
				found = r.startsServer(g, append(done, f))
			}
		}
		return !found
	})
	return found
}

// isServerStart reports whether fn, a function of the module, starts a server's
// span for its caller.
func (r *Result) isServerStart(fn *types.Func) bool {
	if f := r.decls[fn]; f != nil {
		return r.startsServer(f, nil)
	}
	h := new(Handles)
	return r.pass.ImportObjectFact(fn, h) && h.Server
}

func returnsContext(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if knowledge.IsContext(v.Type()) {
			return true
		}
	}
	return false
}

// restores reports whether core puts the request back that it had before start,
// when the handlers have run.
func (r *Result) restores(core *requests.Func, start *ctxflow.Use, next token.Pos) bool {
	found := false
	for _, f := range append([]*requests.Func{core}, r.inner[core]...) {
		ast.Inspect(f.Body(), func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.AssignStmt:
				for _, lhs := range n.Lhs {
					if _, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok && knowledge.IsRequest(r.pass.TypesInfo.TypeOf(lhs)) {
						found = found || n.Pos() > next || f.Run == requests.Deferred
					}
				}
			case *ast.CallExpr:
				if id := calleeIdent(n); id != nil && (n.Pos() > next || f.Run == requests.Deferred) {
					fn, _ := r.pass.TypesInfo.Uses[id].(*types.Func)
					found = found || knowledge.Of(fn).Role == knowledge.StoreContext && fn.Name() != "Set"
				}
			}
			return true
		})
	}
	return found
}

func calleeIdent(call *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
}

func containsPos(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// namedAfterRequest reports whether the name of the span is made from what core
// is given.
func (r *Result) namedAfterRequest(core *requests.Func, call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		t := r.pass.TypesInfo.TypeOf(arg)
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
			return r.madeFrom(core, arg, 3)
		}
	}
	return false
}

// madeFrom reports whether e is made from parameters of f, through local
// variables.
func (r *Result) madeFrom(f *requests.Func, e ast.Expr, fuel int) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		v, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
		if !ok || v.IsField() || v.Pos() < f.Node.Pos() || v.Pos() >= f.Node.End() {
			return true
		}
		if v.Pos() < f.Body().Pos() {
			found = true // a parameter
			return false
		}
		if fuel > 0 {
			ast.Inspect(f.Body(), func(n ast.Node) bool {
				assign, ok := n.(*ast.AssignStmt)
				if !ok || found || len(assign.Lhs) != len(assign.Rhs) {
					return !found
				}
				for i, lhs := range assign.Lhs {
					if id, ok := lhs.(*ast.Ident); ok && r.pass.TypesInfo.ObjectOf(id) == v && r.madeFrom(f, assign.Rhs[i], fuel-1) {
						found = true
					}
				}
				return !found
			})
		}
		return !found
	})
	return found
}

// recovers reports whether core defers a function that recovers from panics.
func (r *Result) recovers(core *requests.Func) bool {
	for _, lit := range r.inner[core] {
		if lit.Run != requests.Deferred {
			continue
		}
		found := false
		ast.Inspect(lit.Node, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && r.pass.TypesInfo.Uses[id] == types.Universe.Lookup("recover") {
				found = true
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// applied returns the parameter of f, counted from one, that f or a literal in it
// runs as a handler, or applies as a middleware; 0 if there is none.
func (r *Result) applied(f *requests.Func) int {
	index := 0
	ast.Inspect(f.Body(), func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || index > 0 {
			return index == 0
		}
		fun := ast.Unparen(call.Fun)
		if sel, ok := fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "ServeHTTP" {
			fun = ast.Unparen(sel.X)
		}
		id, ok := fun.(*ast.Ident)
		if !ok {
			return true
		}
		v, _ := r.pass.TypesInfo.Uses[id].(*types.Var)
		for i := range f.Sig.Params().Len() {
			if p := f.Sig.Params().At(i); p == v && handlerLike(p.Type()) {
				index = i + 1
			}
		}
		return index == 0
	})
	return index
}

// handlerLike reports whether values of type t are handlers or middlewares.
func handlerLike(t types.Type) bool {
	if knowledge.IsHandlerType(t) {
		return true
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return false
	}
	if knowledge.IsHandler(sig) {
		return true
	}
	if sig.Params().Len() != 1 || sig.Results().Len() != 1 {
		return false
	}
	return handlerLike(sig.Params().At(0).Type()) && handlerLike(sig.Results().At(0).Type())
}
