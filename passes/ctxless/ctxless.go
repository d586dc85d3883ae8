// Package ctxless finds work that is given no context: calls of a function beside which
// there is a form with a context, handles of a database that none was given to, and
// functions that have no such form. It is in a trace only if there is none where it is
// done and none further up.
//
// # What is followed
//
// Of a call with a context at hand, no more is asked. The function of any other may be
// called where there is one. So it gets a fact, and so do the functions that call it, as
// long as they have no context; where one is at hand the chain ends, as that of
// a root does in ctxflow. The functions of the module that have a form with a context are not
// followed: that form is there to be called.
//
// What is ignored: a call that has its reason around it, as a root would, and one of
// which the result is given to others, who may add a context.
package ctxless

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// Analyzer computes a *Result for the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_ctxless",
	Doc:        "find work that is given no context",
	Run:        run,
	Requires:   []*analysis.Analyzer{ctxflow.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Bare), new(Traced), new(Lends)},
}

// Bare is the fact about a function that has no context, and does work, by itself or
// through others, that is given none.
type Bare struct {
	// In is the name of the function that does it, and Call what it calls.
	In, Call string
	// As are the clients of which one has to be instrumented, so that it is traced.
	As knowledge.Instrumented
}

// AFact marks Bare as a fact.
func (*Bare) AFact() {}

func (b *Bare) String() string { return b.Call + " in " + b.In }

// Traced is the fact about a package of the clients that it, or a package of the module
// that it imports, adds tracing to.
type Traced struct{ By knowledge.Instrumented }

// AFact marks Traced as a fact.
func (*Traced) AFact() {}

func (t *Traced) String() string { return fmt.Sprintf("traced %b", t.By) }

// A Kind is a way to do work without a context.
type Kind uint8

const (
	Client  Kind = iota + 1 // by a function that has no form with a context
	Variant                 // by one that has
	Session                 // with a handle that could have been given one
)

// A Call is work that is given no context.
type Call struct {
	requests.Site
	Kind Kind
	// Hand is the context at hand there; nil if there is none.
	Hand *requests.Context
	// Twin is the form with a context of a Variant; Extra says that it takes one
	// parameter more, which may be nil.
	Twin  *types.Func
	Extra bool
	// Handle is what carries no context in a Session, and Session what it is.
	Handle  ast.Expr
	Session knowledge.Session
}

// A Result answers questions about one package.
type Result struct {
	pass    *analysis.Pass
	flow    *ctxflow.Result
	lenders map[*types.Func]*Lends
	given   map[*types.Var]bool // fields and variables that handles with a context are put into
	bare    map[*types.Func]*Bare
	calls   []*Call
	reached []*Reach
	traced  knowledge.Instrumented
}

// A Reach is work without a context in a function that has none, which is called where
// one is at hand.
type Reach struct {
	ctxflow.Reached
	// Call is the work, the first of its function; nil if that is in another package.
	Call *Call
	// Far is what is known of it then.
	Far *Bare
	// Traced: the clients that do it are instrumented, as far as the package at hand
	// and what it imports show that.
	Traced bool
}

// Calls returns the calls that do work without a context although one is at hand, in
// source order.
func (r *Result) Calls() []*Call { return r.calls }

// Reached returns the work of functions that have no context, and are called where one
// is at hand.
func (r *Result) Reached() []*Reach { return r.reached }

func run(pass *analysis.Pass) (any, error) {
	r := &Result{pass: pass, flow: pass.ResultOf[ctxflow.Analyzer].(*ctxflow.Result), bare: make(map[*types.Func]*Bare)}
	if requests.Own(pass) {
		r.findTraced()
	}
	if len(r.flow.Funcs()) == 0 {
		return r, nil
	}
	r.findLenders()
	hidden := make(map[*types.Func]*Call)
	var own []*types.Func
	for _, site := range r.flow.Sites() {
		if site.Fn == nil || site.Fn.Pkg() == nil || site.Func == nil || TakesContext(site.Fn) {
			continue
		}
		kind := r.kindOf(site)
		if kind == 0 {
			continue
		}
		if _, spawned := site.Cur.Parent().Node().(*ast.GoStmt); spawned {
			continue
		}
		c := &Call{Site: site, Kind: kind, Hand: r.flow.At(site.Func, site.Call.Pos())}
		if c.Hand != nil {
			if !r.flow.Lasts(c.Hand) && !r.flow.Deferred(site.Cur) && !r.flow.Explained(site.Cur) && !r.flow.Over(site.Cur) && r.complete(c) {
				r.calls = append(r.calls, c)
			}
			continue
		}
		if fn := r.flow.Hides(site); fn != nil && r.complete(c) && r.ends(c) {
			if hidden[fn] == nil {
				hidden[fn] = c
				own = append(own, fn)
				r.bare[fn] = &Bare{requests.FuncName(fn), types.ExprString(site.Call.Fun), knowledge.TracedAs(site.Fn)}
			}
		}
	}
	for _, x := range r.flow.Reach(own, ctxflow.Trait{Has: func(fn *types.Func) bool { return r.bareOf(fn) != nil }, Pass: r.inherit}) {
		if !r.flow.InTrace(x.Context) || ctxflow.Opens(x) || slices.ContainsFunc(x.Chain, r.hasTwin) {
			continue
		}
		found := &Reach{Reached: x, Traced: r.bareOf(x.Fn).As&r.traced != 0}
		switch {
		case x.Fn.Pkg() == pass.Pkg:
			found.Call = hidden[x.Fn]
		case x.Context.Request:
			found.Far = r.bareOf(x.Fn)
		default:
			continue
		}
		r.reached = append(r.reached, found)
	}
	for _, f := range r.flow.Funcs() {
		if b := r.bare[f.Obj]; f.Obj != nil && b != nil {
			pass.ExportObjectFact(f.Obj, b)
		}
	}
	return r, nil
}

// hasTwin reports whether there is a form with a context of the function that is called.
func (r *Result) hasTwin(site requests.Site) bool { return r.flow.HasTwin(site.Fn) }

// findTraced finds out which clients the package, or one of the module that it imports,
// adds tracing to.
func (r *Result) findTraced() {
	scan := false
	for _, imp := range r.pass.Pkg.Imports() {
		scan = scan || knowledge.CanTrace(imp.Path())
		var of Traced
		if requests.IsOwnPackage(r.pass, imp) && r.pass.ImportPackageFact(imp, &of) {
			r.traced |= of.By
		}
	}
	if scan {
		for _, obj := range r.pass.TypesInfo.Uses {
			if fn, ok := obj.(*types.Func); ok {
				r.traced |= knowledge.AddsTracing(fn)
			}
		}
	}
	if r.traced != 0 {
		r.pass.ExportPackageFact(&Traced{r.traced})
	}
}

// inherit gives a function what is known of one that it calls.
func (r *Result) inherit(to, from *types.Func) { r.bare[to] = r.bareOf(from) }

// bareOf returns what is known of fn; nil if that is nothing.
func (r *Result) bareOf(fn *types.Func) *Bare {
	if fn.Pkg() == r.pass.Pkg {
		return r.bare[fn]
	}
	b := new(Bare)
	if !r.pass.ImportObjectFact(fn, b) {
		return nil
	}
	return b
}

// kindOf returns what a call may be, by the function that is called.
func (r *Result) kindOf(site requests.Site) Kind {
	path := site.Fn.Pkg().Path()
	switch {
	case knowledge.IsContextless(site.Fn):
		return Client
	case knowledge.IsLogger(path):
		return 0
	case knowledge.HasVariants(path):
		return Variant
	case requests.IsOwn(r.pass, site.Fn):
		if isLogLine(site.Fn.Signature()) {
			return 0
		}
		return Variant
	}
	if recv := site.Fn.Signature().Recv(); recv != nil {
		if _, ok := knowledge.SessionOf(recv.Type()); ok {
			return Session
		}
	}
	return 0
}

// complete finds out the rest of what a call is, and reports whether it is work
// without a context.
func (r *Result) complete(c *Call) bool {
	switch c.Kind {
	case Client:
		// Else a function that sets something up, as likely as not.
		return c.Hand == nil || c.Func.Decl().Sig.Recv() != nil || r.flow.InTrace(c.Hand)
	case Variant:
		own := requests.IsOwn(r.pass, c.Fn)
		if own && c.Hand == nil {
			return false // followed by itself
		}
		c.Twin, c.Extra = r.Twin(c.Site)
		if c.Twin == nil || c.Func.Decl().Obj == c.Twin.Origin() || r.givenLater(c.Site) {
			return false
		}
		// A trace shows nothing of it, or it has a context already.
		return !requests.IsOwn(r.pass, c.Twin) || r.flow.WorksOn(c.Twin) && !r.flow.Bound(c.Fn)
	}
	return r.session(c)
}

// ends reports whether the work is done where the call is, and not by whom its result
// is given to.
func (r *Result) ends(c *Call) bool {
	if c.Kind != Variant || !makesRequest(c.Fn) {
		return true
	}
	v := r.ResultOf(c.Site)
	return v != nil && r.sent(c.Site, v)
}

// makesRequest reports whether fn returns a request that somebody has to send.
func makesRequest(fn *types.Func) bool {
	res := fn.Signature().Results()
	return res.Len() > 0 && knowledge.IsRequest(res.At(0).Type())
}

// sent reports whether the function of site sends the request in v, and gives it to
// nobody else: to a method that takes it alone, and returns the response.
func (r *Result) sent(site requests.Site, v *types.Var) bool {
	sends, given := 0, 0
	for _, use := range r.flow.UsesOfVar(v) {
		switch n := use.Parent().Node().(type) {
		case *ast.SelectorExpr, *ast.AssignStmt:
		case *ast.CallExpr:
			if other, ok := r.flow.SiteOf(n); ok && other.Fn != nil && len(n.Args) == 1 && sendsRequest(other.Fn) && other.Func == site.Func {
				sends++
			} else {
				given++
			}
		default:
			given++
		}
	}
	return sends > 0 && given == 0
}

// sendsRequest reports whether fn is what http.Client.Do and RoundTrip look like.
func sendsRequest(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || sig.Params().Len() != 1 || sig.Results().Len() != 2 || !knowledge.IsRequest(sig.Params().At(0).Type()) {
		return false
	}
	return knowledge.IsResponse(sig.Results().At(0).Type())
}

// isLogLine reports whether sig is what functions of loggers look like: no
// results, and as many values as there are to log.
func isLogLine(sig *types.Signature) bool {
	return sig.Results().Len() == 0 && sig.Variadic()
}

// TakesContext reports whether fn is given a context, or a request with one in it.
func TakesContext(fn *types.Func) bool {
	for v := range fn.Signature().Params().Variables() {
		if knowledge.IsContext(v.Type()) || knowledge.IsRequest(v.Type()) {
			return true
		}
	}
	return false
}

// session finds the handle of a call that is the first of a chain on one, and reports
// whether it is used without a context.
func (r *Result) session(c *Call) bool {
	sel, ok := ast.Unparen(c.Site.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	s, ok := knowledge.SessionOf(c.Fn.Signature().Recv().Type())
	if !ok {
		return false
	}
	c.Session = s
	base := ast.Unparen(sel.X)
	if s.Fresh != "" {
		c.Handle = r.fresh(c.Site, base, s)
		return c.Handle != nil
	}
	c.Handle = base
	return r.bareHandle(c, base, 2) && r.runs(c.Site, s)
}
