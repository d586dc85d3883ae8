package ctxflow

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// A Use is a context, or a request with one in it, that is an argument of a
// call.
type Use struct {
	requests.Site
	Arg    ast.Expr
	Origin requests.Origin
	// Type is the type of the parameter that Arg is given to.
	Type types.Type
	// Work is what the function that is called does with it.
	Work Work
	// Log: the function logs, with the ids in the context if it is set up so.
	Log bool
	// Reads: the function returns what the context of a request carries.
	Reads bool
	// Own: the function is one of the module, or an interface's that is
	// declared there, or a function value.
	Own bool
	// Mends: the call puts a span into the context, or starts one that is meant
	// to be a root.
	Mends bool

	index  int     // of the parameter
	callee *param  // the parameter of a function of this module with a body, whose work is looked up
	impls  []param // the same of methods that a call through an interface may run
}

// Derives reports whether the function returns a context.
func (u *Use) Derives() bool { return u.Fn != nil && returnsContext(u.Fn) }

func isMethodExpr(info *types.Info, fun ast.Expr) bool {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	return ok && info.Selections[sel] != nil && info.Selections[sel].Kind() == types.MethodExpr
}

// findUses looks at the arguments of all calls.
func (r *Result) findUses() {
	for _, site := range r.Sites() {
		if knowledge.Of(site.Fn).Role == knowledge.NextHandler {
			r.useReceiver(site)
		}
		sig, ok := r.pass.TypesInfo.TypeOf(site.Call.Fun).Underlying().(*types.Signature)
		if !ok {
			continue
		}
		for i, arg := range site.Call.Args {
			if i >= sig.Params().Len() {
				break
			}
			t := sig.Params().At(i).Type()
			if !carries(t) {
				continue
			}
			at := r.pass.TypesInfo.TypeOf(arg)
			if at == nil {
				continue
			}
			u := &Use{Site: site, Arg: arg, Type: t, index: i}
			if site.Fn != nil && site.Fn.Signature().Recv() != nil && sig.Recv() == nil && isMethodExpr(r.pass.TypesInfo, site.Call.Fun) {
				u.index-- // the receiver is the first argument
			}
			r.classify(u)
			u.Origin = r.Origin(arg)
			r.uses = append(r.uses, u)
			r.byCall[site.Call] = append(r.byCall[site.Call], u)
		}
	}
}

// useReceiver adds the use of the request that a method runs handlers on.
func (r *Result) useReceiver(site requests.Site) {
	sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	u := &Use{Site: site, Arg: sel.X, Type: r.pass.TypesInfo.TypeOf(sel.X), index: -1, Work: Dynamic, Own: true, Origin: r.Origin(sel.X)}
	r.uses = append(r.uses, u)
}

// carries reports whether a parameter of type t takes a context, or a request
// that one is in.
func carries(t types.Type) bool {
	if knowledge.IsContext(t) {
		return true
	}
	req, ok := knowledge.RequestOf(t)
	return ok && req.Context != ""
}

// classify says what the function that is called does with the context.
func (r *Result) classify(u *Use) {
	fn := u.Fn
	if fn == nil {
		u.Own = true
		if !r.isHook(u.Call) && !r.tells(u.Call) {
			u.Work = Dynamic
		}
		return
	}
	switch role := knowledge.Of(fn).Role; role {
	case knowledge.StartSpan:
		u.Work = Traced
		u.Mends = r.freshStart(u.Call)
		return
	case knowledge.PutSpan, knowledge.CarrySpan, knowledge.ExtractContext:
		u.Mends = true
		return
	case knowledge.NewRoot:
		u.Mends = true // the two traces are linked
		return
	case knowledge.CarryContext:
		u.Work = Traced // whoever is given the request
		return
	case knowledge.ReadContext:
		u.Reads = true
		return
	case knowledge.BorrowSpan:
		u.Reads = true
		if r.records(u.Cur) {
			u.Work = Traced
		}
		return
	case knowledge.InjectContext, knowledge.StoreContext:
		u.Work = Traced // who reads the carrier, or asks the request for it
		return
	case knowledge.None:
	default:
		return
	}
	if !knowledge.IsContext(u.Type) {
		r.classifyRequest(u)
		return
	}
	own := requests.IsOwn(r.pass, fn)
	u.Own = own
	switch {
	case knowledge.IsCleanup(fn, own && !isInterfaceMethod(fn)):
	case own && isInterfaceMethod(fn):
		if knowledge.UseOf(fn) == knowledge.UseTraced {
			u.Work = Traced
			return
		}
		if sig := fn.Signature(); sig.Results().Len() == 0 && sig.Variadic() {
			return // what loggers and recorders of metrics look like
		}
		for _, impl := range r.impls.of(fn) {
			if r.looksAt(impl, u.index) {
				u.impls = append(u.impls, param{impl, u.index})
			}
		}
		if len(u.impls) == 0 {
			u.Work = Dynamic
		}
	case own:
		if knowledge.UseOf(fn) == knowledge.UseTraced {
			u.Work = Traced // generated code that calls a gRPC service
			return
		}
		u.callee = &param{fn, u.index}
	default:
		r.classifyForeign(u)
	}
}

// isHook reports whether what is called is a function in a field, or a variable
// of another package, that is given a context and nothing else, and returns at
// most one value: that is how a program keeps what it runs at its end, and how
// packages let others replace what takes a logger out of a context.
func (r *Result) isHook(call *ast.CallExpr) bool {
	sig, ok := r.pass.TypesInfo.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok || sig.Params().Len() != 1 || sig.Results().Len() > 1 {
		return false
	}
	_, field := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return field
}

// tells reports whether a function value is called to tell somebody of something: it
// returns nothing, and it is given an error, or a list of whatever there is to say.
func (r *Result) tells(call *ast.CallExpr) bool {
	sig, ok := r.pass.TypesInfo.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok || sig.Results().Len() > 0 {
		return false
	}
	for v := range sig.Params().Variables() {
		if types.Identical(v.Type(), errorType) {
			return true
		}
	}
	return sig.Variadic()
}

// looksAt reports whether fn may use its parameter with that index. One that
// does not, as a method of a type that does nothing, says nothing about others.
func (r *Result) looksAt(fn *types.Func, index int) bool {
	if fn.Pkg() != r.pass.Pkg || index < 0 || index >= fn.Signature().Params().Len() {
		return true
	}
	return len(r.UsesOfVar(fn.Signature().Params().At(index))) > 0
}

func (r *Result) classifyForeign(u *Use) {
	switch knowledge.UseOf(u.Fn) {
	case knowledge.UseTraced:
		u.Work = Traced
		if knowledge.IsConstructor(u.Fn) {
			u.Work = NoWork
		}
	case knowledge.UseLog:
		u.Log = true
	case knowledge.UseUnknown:
		if !knowledge.IsConstructor(u.Fn) && !returnsContext(u.Fn) && !isGetter(u.Fn) {
			u.Work = Foreign
		}
	}
}

// isGetter reports whether fn, a function and no method, is given a context and nothing
// else, and returns one value that is no error: the logger in the context, the user, the
// tenant. What does work can fail.
func isGetter(fn *types.Func) bool {
	sig := fn.Signature()
	return sig.Recv() == nil && sig.Params().Len() == 1 && sig.Results().Len() == 1 && !types.Identical(sig.Results().At(0).Type(), errorType)
}

// classifyRequest classifies a call that is given a request.
func (r *Result) classifyRequest(u *Use) {
	switch {
	case requests.IsOwn(r.pass, u.Fn):
		u.Own = true
		if isInterfaceMethod(u.Fn) {
			u.Work = Dynamic
		} else {
			u.callee = &param{u.Fn, u.index}
		}
	case u.Fn.Pkg() != nil && u.Fn.Pkg().Path() == "net/http":
		switch u.Fn.Name() {
		case "Do", "RoundTrip":
			u.Work = Traced
		case "ServeHTTP":
			u.Work = Dynamic
			u.Own = true // it is handlers of the program that run
		}
	}
}

// records reports whether something is written to the span that the call at cur
// returns: to it, or to the variable that it is assigned to.
func (r *Result) records(cur inspector.Cursor) bool {
	switch n := cur.Parent().Node().(type) {
	case *ast.SelectorExpr:
		fn, _ := r.pass.TypesInfo.Uses[n.Sel].(*types.Func)
		return knowledge.Of(fn).Role == knowledge.RecordSpan
	case *ast.AssignStmt:
		if len(n.Lhs) != 1 {
			return false
		}
		id, ok := n.Lhs[0].(*ast.Ident)
		if !ok {
			return false
		}
		return r.index.written()[r.pass.TypesInfo.ObjectOf(id)]
	}
	return false
}

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// returnsContext reports whether fn derives a context from the one that it is
// given.
func returnsContext(fn *types.Func) bool {
	for v := range fn.Signature().Results().Variables() {
		if knowledge.IsContext(v.Type()) {
			return true
		}
	}
	return false
}

// freshStart reports whether a call that starts a span asks for a root, or for
// a link to the span that it does not descend from.
func (r *Result) freshStart(call *ast.CallExpr) bool {
	fresh := call.Ellipsis.IsValid() // what the options are is not known
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if fn, ok := r.pass.TypesInfo.Uses[id].(*types.Func); ok && knowledge.Of(fn).Role == knowledge.NewRoot {
					fresh = true
				}
			}
			return !fresh
		})
	}
	return fresh
}

// WorksOn reports whether fn, a function of the module that takes a context
// first, does work with it.
func (r *Result) WorksOn(fn *types.Func) bool {
	fn = fn.Origin()
	if knowledge.UseOf(fn) == knowledge.UseTraced {
		return true
	}
	if !isInterfaceMethod(fn) {
		return r.summary(fn).works(0) > NoWork
	}
	known := false
	for _, impl := range r.impls.of(fn) {
		if r.looksAt(impl, 0) {
			known = true
			if r.summary(impl).works(0) > NoWork {
				return true
			}
		}
	}
	return !known
}

// Bound reports whether fn, a function of the module, does work on a context
// that it has from somewhere else than its parameters, and that is no root.
func (r *Result) Bound(fn *types.Func) bool { return r.summary(fn.Origin()).Bound }
