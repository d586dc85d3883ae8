package ctxlesscall

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, ctxflow.Analyzer)

// logs: report log calls without a context, too.
var logs bool

func init() {
	Analyzer.Flags.BoolVar(&logs, "logs", false, "report log calls without a context, too")
}

// A checker is one run over one package.
type checker struct {
	pass    *analysis.Pass
	flow    *ctxflow.Result
	planner *edit.Planner
	given   map[*types.Var]bool // fields and variables that sessions with a context are put into
}

func run(pass *analysis.Pass) error {
	c := &checker{
		pass:    pass,
		flow:    pass.ResultOf[ctxflow.Analyzer].(*ctxflow.Result),
		planner: edit.NewPlanner(pass),
	}
	if !c.flow.Records() {
		return nil // a program without traces
	}
	for _, site := range c.flow.Sites() {
		if site.Fn == nil || site.Fn.Pkg() == nil || site.Func == nil || takesContext(site.Fn) {
			continue
		}
		check := c.checkFor(site)
		if check == nil {
			continue
		}
		// Have: a call without a context that could have one.
		hand := c.flow.At(site.Func, site.Call.Pos())
		if hand == nil || c.flow.Lasts(hand) || c.flow.Deferred(site.Cur) || c.flow.Explained(site.Cur) {
			continue
		}
		if _, spawned := site.Cur.Parent().Node().(*ast.GoStmt); spawned {
			continue
		}
		check(site, hand)
	}
	return nil
}

// checkFor returns what to look for at a call, or nil.
func (c *checker) checkFor(site requests.Site) func(requests.Site, *requests.Context) {
	path := site.Fn.Pkg().Path()
	switch {
	case knowledge.IsContextless(site.Fn):
		return c.client
	case knowledge.IsLogger(path):
		if logs && knowledge.IsLogLevel(site.Fn) {
			return c.log
		}
		return nil
	case knowledge.HasVariants(path):
		return c.variant
	case requests.IsOwn(c.pass, site.Fn):
		if isLogLine(site.Fn.Signature()) {
			return nil
		}
		return c.variant
	}
	if recv := site.Fn.Signature().Recv(); recv != nil {
		if _, ok := knowledge.SessionOf(recv.Type()); ok {
			return c.session
		}
	}
	return nil
}

// isLogLine reports whether sig is what functions of loggers look like: no
// results, and as many values as there are to log.
func isLogLine(sig *types.Signature) bool {
	return sig.Results().Len() == 0 && sig.Variadic()
}

func takesContext(fn *types.Func) bool {
	for v := range fn.Signature().Params().Variables() {
		if knowledge.IsContext(v.Type()) || knowledge.IsRequest(v.Type()) {
			return true
		}
	}
	return false
}

// client reports a function that sends a request and has no form with a context.
func (c *checker) client(site requests.Site, hand *requests.Context) {
	if c.flow.Over(site.Cur) || site.Func.Decl().Sig.Recv() == nil && !c.flow.InTrace(hand) {
		return // a function that sets something up, as likely as not
	}
	diag.Report(c.pass, diag.Finding{
		Range:    nameOf(site.Call),
		Category: "client",
		Message:  fmt.Sprintf("%s has no context, so the request is not in the trace", diag.Text(site.Call.Fun)),
	})
}

// nameOf returns the name in a call of a function.
func nameOf(call *ast.CallExpr) analysis.Range {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.Sel
	}
	return call.Fun
}

// variant reports a function beside which there is a form with a context.
func (c *checker) variant(site requests.Site, hand *requests.Context) {
	twin, extra := c.twin(site)
	if twin == nil || c.flow.Over(site.Cur) || site.Func.Decl().Obj == twin.Origin() || c.givenLater(site) {
		return
	}
	if requests.IsOwn(c.pass, twin) && (!c.flow.WorksOn(twin) || c.flow.Bound(site.Fn)) {
		return // a trace shows nothing of it, or it has a context already
	}
	diag.Report(c.pass, diag.Finding{
		Range:    nameOf(site.Call),
		Category: "variant",
		Message:  fmt.Sprintf("%s has no context, so its work is not in the trace: %s takes one", diag.Text(site.Call.Fun), twin.Name()),
		Fixes:    c.call(site, hand, twin, extra),
	})
}

// twin returns the form of the function called that takes a context, or nil.
func (c *checker) twin(site requests.Site) (twin *types.Func, extra bool) {
	names, extra := knowledge.Variants(site.Fn)
	for _, name := range names {
		fn := c.lookup(site, name)
		if fn != nil && sameBut(site.Fn.Signature(), fn.Signature(), extra) && c.fits(site.Call, fn) {
			return fn, extra
		}
	}
	return nil, false
}

// fits reports whether the arguments of a call can be given to fn, after a
// context: an sqlx.Queryer need not be an sqlx.QueryerContext.
func (c *checker) fits(call *ast.CallExpr, fn *types.Func) bool {
	params := fn.Signature().Params()
	for i, arg := range call.Args {
		if i+1 >= params.Len() {
			break
		}
		want, have := params.At(i+1).Type(), c.pass.TypesInfo.TypeOf(arg)
		if iface, ok := want.Underlying().(*types.Interface); ok && iface.NumMethods() > 0 && have != nil && !types.AssignableTo(have, want) {
			if _, generic := want.(*types.TypeParam); !generic {
				return false
			}
		}
	}
	return true
}

// lookup returns the function or method of that name where the one that is
// called at site is found.
func (c *checker) lookup(site requests.Site, name string) *types.Func {
	if site.Fn.Signature().Recv() == nil {
		fn, _ := site.Fn.Pkg().Scope().Lookup(name).(*types.Func)
		return fn
	}
	sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	selection := c.pass.TypesInfo.Selections[sel]
	if selection == nil || selection.Kind() != types.MethodVal {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(selection.Recv(), true, c.pass.Pkg, name)
	fn, _ := obj.(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}

// sameBut reports whether with is the signature without, but for a context as
// the first parameter and, if extra, one more parameter.
func sameBut(without, with *types.Signature, extra bool) bool {
	n := without.Params().Len() + 1
	if extra {
		n++
	}
	if with.Params().Len() != n || with.Variadic() != without.Variadic() || with.Results().Len() != without.Results().Len() ||
		!knowledge.IsContext(with.Params().At(0).Type()) {
		return false
	}
	if extra {
		if _, ok := with.Params().At(n - 1).Type().Underlying().(*types.Pointer); !ok {
			return false // the fix gives it nil
		}
	}
	for i := range without.Params().Len() {
		if !sameType(without.Params().At(i).Type(), with.Params().At(i+1).Type()) {
			return false
		}
	}
	for i := range without.Results().Len() {
		if !sameType(without.Results().At(i).Type(), with.Results().At(i).Type()) {
			return false
		}
	}
	return true
}

// sameType compares types. The type parameters of two generic functions are the
// same if they are called the same.
func sameType(x, y types.Type) bool {
	if types.Identical(x, y) {
		return true
	}
	// sqlx.Queryer and sqlx.QueryerContext.
	name, with := types.TypeString(x, nil), types.TypeString(y, nil)
	return name == with || name+"Context" == with && types.IsInterface(x) && types.IsInterface(y)
}

// givenLater reports whether the result of the call is a request that gets its
// context later: by WithContext, or together with one as an argument.
func (c *checker) givenLater(site requests.Site) bool {
	v := c.result(site)
	if v == nil {
		return false
	}
	for _, use := range c.flow.UsesOfVar(v) {
		switch n := use.Parent().Node().(type) {
		case *ast.SelectorExpr:
			if fn, ok := c.pass.TypesInfo.Uses[n.Sel].(*types.Func); ok && knowledge.Of(fn).Role == knowledge.CarryContext {
				return true
			}
		case *ast.CallExpr:
			for _, arg := range n.Args {
				if t := c.pass.TypesInfo.TypeOf(arg); t != nil && knowledge.IsContext(t) {
					return true
				}
			}
		}
	}
	return false
}

// result returns the variable that the first result of the call goes to.
func (c *checker) result(site requests.Site) *types.Var {
	assign, ok := site.Cur.Parent().Node().(*ast.AssignStmt)
	if !ok {
		return nil
	}
	id, ok := assign.Lhs[0].(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return v
}
