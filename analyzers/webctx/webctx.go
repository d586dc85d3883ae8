package webctx

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

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

func run(pass *analysis.Pass) error {
	result := pass.ResultOf[ctxflow.Analyzer].(*ctxflow.Result)
	c := &checker{pass: pass, result: result, planner: edit.NewPlanner(pass), imposters: make(map[types.Type]*imposter)}
	for _, f := range result.Funcs() {
		if f.Outer != nil {
			continue // looked at with the function around it
		}
		nodes := []ast.Node{(*ast.CallExpr)(nil), (*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.ReturnStmt)(nil), (*ast.CompositeLit)(nil), (*ast.SendStmt)(nil)}
		for cur := range f.Cursor().Preorder(nodes...) {
			c.visit(cur)
		}
	}
	return nil
}

// A checker looks for values of a framework's type that become a
// context.Context.
type checker struct {
	pass      *analysis.Pass
	result    *ctxflow.Result
	planner   *edit.Planner
	imposters map[types.Type]*imposter
}

// An imposter says how a type is used as a context.
type imposter struct {
	req  knowledge.Request
	path string // of the framework
}

// visit looks at the expressions of the node at cur that are given a type by
// what they are assigned to.
func (c *checker) visit(cur inspector.Cursor) {
	info := c.pass.TypesInfo
	switch n := cur.Node().(type) {
	case *ast.CallExpr:
		tv, ok := info.Types[n.Fun]
		if !ok {
			return
		}
		if tv.IsType() {
			if len(n.Args) == 1 {
				c.check(cur, n.Args[0], tv.Type, nil)
			}
			return
		}
		sig, ok := tv.Type.Underlying().(*types.Signature)
		if !ok {
			return
		}
		for i, arg := range n.Args {
			c.check(cur, arg, paramType(sig, i, n.Ellipsis.IsValid()), n)
		}
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			if len(n.Lhs) == len(n.Rhs) && !c.onlyAsked(lhs) {
				c.check(cur, n.Rhs[i], info.TypeOf(lhs), nil)
			}
		}
	case *ast.ValueSpec:
		for i, id := range n.Names {
			if len(n.Names) == len(n.Values) && !c.onlyAsked(id) {
				c.check(cur, n.Values[i], info.TypeOf(id), nil)
			}
		}
	case *ast.ReturnStmt:
		if f := c.result.FuncAt(cur); f != nil && f.Sig.Results().Len() == len(n.Results) {
			for i, e := range n.Results {
				c.check(cur, e, f.Sig.Results().At(i).Type(), nil)
			}
		}
	case *ast.CompositeLit:
		c.visitLit(cur, n)
	case *ast.SendStmt:
		if ch, ok := info.TypeOf(n.Chan).Underlying().(*types.Chan); ok {
			c.check(cur, n.Value, ch.Elem(), nil)
		}
	}
}

// onlyAsked reports whether lhs is a local variable that nothing is done with
// but to call its methods: that is no more than could be done with the
// framework's own context.
func (c *checker) onlyAsked(lhs ast.Expr) bool {
	id, ok := ast.Unparen(lhs).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.Parent() == c.pass.Pkg.Scope() {
		return false
	}
	uses := c.result.UsesOfVar(v)
	for _, use := range uses {
		if kind, _ := use.ParentEdge(); kind != edge.SelectorExpr_X && kind != edge.AssignStmt_Lhs {
			return false
		}
	}
	return len(uses) > 0
}

// visitLit looks at the fields and elements of a composite literal.
func (c *checker) visitLit(cur inspector.Cursor, n *ast.CompositeLit) {
	t := c.pass.TypesInfo.TypeOf(n)
	if t == nil || hasMethod(t, "Value") {
		return // a context of the user's own, who looks in it where he likes
	}
	for i, elt := range n.Elts {
		kv, keyed := elt.(*ast.KeyValueExpr)
		switch u := t.Underlying().(type) {
		case *types.Struct:
			if !keyed {
				if i < u.NumFields() {
					c.check(cur, elt, u.Field(i).Type(), nil)
				}
			} else if id, ok := kv.Key.(*ast.Ident); ok {
				if field, ok := c.pass.TypesInfo.Uses[id].(*types.Var); ok {
					c.check(cur, kv.Value, field.Type(), nil)
				}
			}
		case *types.Slice:
			c.check(cur, valueOf(elt), u.Elem(), nil)
		case *types.Array:
			c.check(cur, valueOf(elt), u.Elem(), nil)
		case *types.Map:
			c.check(cur, valueOf(elt), u.Elem(), nil)
		}
	}
}

func hasMethod(t types.Type, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	_, ok := obj.(*types.Func)
	return ok
}

func valueOf(elt ast.Expr) ast.Expr {
	if kv, ok := elt.(*ast.KeyValueExpr); ok {
		return kv.Value
	}
	return elt
}

// paramType returns the type that the i-th argument of a call is given.
func paramType(sig *types.Signature, i int, spread bool) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 && !spread {
		return sig.Params().At(n - 1).Type().(*types.Slice).Elem()
	}
	if i >= n {
		return nil
	}
	return sig.Params().At(i).Type()
}

// check reports e, if it is a framework's own context that is used as a
// context of the type want.
func (c *checker) check(cur inspector.Cursor, e ast.Expr, want types.Type, call *ast.CallExpr) {
	if want == nil || !isContextLike(want) {
		return
	}
	t := c.pass.TypesInfo.TypeOf(e)
	if t == nil || isContextLike(t) && !knowledge.IsRequest(t) {
		return
	}
	imp := c.imposter(t)
	if imp == nil || knowledge.HasFallback(imp.path) && c.result.Fallback() || c.harmless(e, call) || c.detached(cur, e) {
		return
	}
	f := diag.Finding{Range: e, Fixes: c.fix(cur, e, imp)}
	if knowledge.HasFallback(imp.path) {
		f.Category = "gin"
		f.Message = fmt.Sprintf("%s is used as a context, in which the request's span is not found unless the engine sets ContextWithFallback", diag.Text(e))
	} else {
		f.Category = "fiber"
		f.Message = fmt.Sprintf("%s is used as a context, in which the request's span is not found", diag.Text(e))
	}
	diag.Report(c.pass, f)
}

// isContextLike reports whether want is context.Context, or an interface of the
// user's own that embeds it.
func isContextLike(want types.Type) bool {
	if knowledge.IsContext(want) {
		return true
	}
	iface, ok := want.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for i := range iface.NumEmbeddeds() {
		if knowledge.IsContext(iface.EmbeddedType(i)) {
			return true
		}
	}
	return false
}

// harmless reports whether the function that is called does nothing with the
// context that a trace would show, or wants the framework's own one.
func (c *checker) harmless(e ast.Expr, call *ast.CallExpr) bool {
	if call == nil {
		return false
	}
	if fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func); ok && knowledge.Of(fn).Role == knowledge.ExtractContext {
		return true // what starts there has its parent in the headers
	}
	for _, u := range c.result.UsesOf(call) {
		if u.Arg == e {
			return u.Fn != nil && u.Work == ctxflow.NoWork && !u.Derives() && !u.Reads || c.result.ReadsKeys(u)
		}
	}
	return false
}

// detached reports whether e is used in a goroutine that outlives the handler:
// the rule detachedgo says what is wrong there.
func (c *checker) detached(cur inspector.Cursor, e ast.Expr) bool {
	if _, ok := cur.Parent().Node().(*ast.GoStmt); ok {
		return true
	}
	source := c.result.Origin(e).Source
	for f := c.result.FuncAt(cur); f != nil; f = f.Outer {
		if f.Run == requests.Spawned && !f.Joined && source != nil && (source.Pos() < f.Node.Pos() || f.Node.End() <= source.Pos()) {
			return true
		}
	}
	return false
}

// imposter returns how t is used as a context in place of the request's, or nil.
func (c *checker) imposter(t types.Type) *imposter {
	if imp, ok := c.imposters[t]; ok {
		return imp
	}
	var imp *imposter
	if req, path, ok := knowledge.ImposterOf(t); ok {
		imp = &imposter{req, path}
	}
	c.imposters[t] = imp
	return imp
}

// fix writes the request's context in place of e.
func (c *checker) fix(cur inspector.Cursor, e ast.Expr, imp *imposter) []analysis.SuggestedFix {
	file := diag.File(c.pass, e.Pos())
	if file == nil {
		return nil
	}
	suffix, base := imp.req.Context, e
	if suffix == "" { // what the framework's context hands out as its own
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok {
			return nil
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		req, ok := knowledge.RequestOf(c.pass.TypesInfo.TypeOf(sel.X))
		if !ok || req.Context == "" {
			return nil
		}
		suffix, base = req.Context, sel.X
	}
	if kind, _ := cur.ParentEdge(); kind == edge.DeferStmt_Call {
		return nil // the deferred call is given its arguments now
	}
	plan := c.planner.Plan(file)
	text := types.ExprString(base) + suffix
	plan.Replace(e, text)
	return plan.Fixes(fmt.Sprintf("Replace %s by %s", diag.Text(e), text))
}
