package requests

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A variable is one that is tracked.
type variable struct {
	obj   *types.Var
	fn    *Func // that declares it; nil for a package-level one
	param bool
	defs  []def // in source order
}

// A def is an assignment to a variable, or a call that puts another context
// into the request that is in it.
type def struct {
	stmt  inspector.Cursor
	end   token.Pos // behind it the variable has the value
	fn    *Func
	block ast.Node // see blockOf
	loop  ast.Node // the outermost loop around stmt in its declared function; nil if there is none
	rhs   ast.Expr // nil if the value is not known, or is the zero value
	index int      // which result of rhs, if that is a call
	zero  bool     // declared without a value
	put   bool     // rhs is the context or the request that is put into the variable's value
	guard bool     // it is done only if the variable is nil
}

// scan reads the package once.
func (r *Result) scan(in *inspector.Inspector) {
	info := r.pass.TypesInfo
	nodes := []ast.Node{
		(*ast.FuncDecl)(nil), (*ast.FuncLit)(nil), (*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil),
		(*ast.CallExpr)(nil), (*ast.Ident)(nil),
	}
	for cur := range in.Root().Preorder(nodes...) {
		switch n := cur.Node().(type) {
		case *ast.FuncDecl:
			if obj, ok := info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
				r.addFunc(&Func{Node: n, Obj: obj, Sig: obj.Signature(), cur: cur})
			}
		case *ast.FuncLit:
			if sig, ok := info.TypeOf(n).(*types.Signature); ok {
				r.addFunc(&Func{Node: n, Outer: r.FuncAt(cur.Parent()), Sig: sig, cur: cur})
			}
		case *ast.AssignStmt:
			r.scanAssign(cur, n)
		case *ast.ValueSpec:
			for i, id := range n.Names {
				r.define(cur, id, value(n.Values, i, len(n.Names)))
			}
		case *ast.CallExpr:
			r.scanCall(cur, n)
		case *ast.Ident:
			if v, ok := info.Uses[n].(*types.Var); ok && !v.IsField() && (r.vars[v] != nil || isFunc(v.Type())) {
				r.uses[v] = append(r.uses[v], cur)
			}
		}
	}
	// How a literal runs may hang on uses behind it.
	for _, f := range r.funcs {
		if f.Outer != nil {
			r.indexLit(f)
			r.setRun(f)
		}
	}
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

func (r *Result) addFunc(f *Func) {
	f.handler = serves(f.Obj, f.Sig)
	r.funcs = append(r.funcs, f)
	r.nodes[f.Node] = f
	for _, p := range params(f.Sig) {
		if tracked(p.Type()) {
			r.addVar(&variable{obj: p, fn: f, param: true})
		}
	}
}

func (r *Result) addVar(v *variable) {
	r.vars[v.obj] = v
	v.fn.vars = append(v.fn.vars, v)
}

// addDef adds an assignment to v; what d says of its place is filled in here.
func (r *Result) addDef(v *variable, d def) {
	d.end = d.stmt.Node().End()
	d.block = blockOf(d.stmt)
	d.loop = outermostLoop(d.stmt)
	v.defs = append(v.defs, d)
}

// An operand is the right-hand side of an assignment to one variable.
type operand struct {
	expr  ast.Expr // nil if there is none
	index int
}

// value returns the i-th of n values that exprs stand for.
func value(exprs []ast.Expr, i, n int) operand {
	switch {
	case len(exprs) == n:
		return operand{expr: exprs[i]}
	case len(exprs) == 1:
		return operand{exprs[0], i}
	}
	return operand{}
}

func (r *Result) scanAssign(cur inspector.Cursor, n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		val := value(n.Rhs, i, len(n.Lhs))
		switch lhs := ast.Unparen(lhs).(type) {
		case *ast.Ident:
			r.define(cur, lhs, val)
		case *ast.SelectorExpr:
			// c.Request = c.Request.WithContext(ctx)
			if t := r.pass.TypesInfo.TypeOf(lhs); t != nil && tracked(t) {
				r.put(cur, lhs.X, val.expr)
			}
		case *ast.StarExpr:
			// *r = *r.WithContext(ctx)
			if t := r.pass.TypesInfo.TypeOf(lhs.X); t != nil && tracked(t) {
				r.put(cur, lhs.X, val.expr)
			}
		}
	}
}

// define adds an assignment to the variable id.
func (r *Result) define(cur inspector.Cursor, id *ast.Ident, val operand) {
	obj, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || obj.IsField() {
		return
	}
	if isFunc(obj.Type()) {
		// A second value makes it unknown which function it is.
		_, again := r.values[obj]
		r.values[obj] = nil
		if !again {
			r.values[obj] = r.Function(val.expr)
		}
		return
	}
	if !tracked(obj.Type()) {
		return
	}
	fn := r.FuncAt(cur)
	v := r.vars[obj]
	switch {
	case v != nil:
	case obj.Parent() == r.pass.Pkg.Scope():
		v = &variable{obj: obj}
		r.vars[obj] = v
	case fn != nil:
		v = &variable{obj: obj, fn: fn}
		r.addVar(v)
	default:
		return
	}
	r.addDef(v, def{
		stmt: cur, fn: fn,
		rhs: val.expr, index: val.index, zero: val.expr == nil,
		guard: r.guarded(cur, obj),
	})
	if v.fn != nil {
		r.indexResults(v.fn, cur.Node(), val.expr)
	}
}

// put adds a change of the context in the request that base holds.
func (r *Result) put(cur inspector.Cursor, base, val ast.Expr) {
	id, ok := ast.Unparen(base).(*ast.Ident)
	if !ok || val == nil {
		return
	}
	obj, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
	fn := r.FuncAt(cur)
	if v := r.vars[obj]; ok && v != nil && fn != nil {
		r.addDef(v, def{stmt: cur, fn: fn, rhs: val, put: true})
		if v.fn != nil {
			r.indexResults(v.fn, cur.Node(), val)
		}
	}
}

func (r *Result) scanCall(cur inspector.Cursor, call *ast.CallExpr) {
	info := r.pass.TypesInfo
	if tv, ok := info.Types[call.Fun]; !ok || tv.IsType() || tv.IsBuiltin() {
		return
	}
	fn := r.callee(call)
	if fn != nil {
		// c.SetRequest(c.Request().WithContext(ctx)), c.SetUserContext(ctx)
		if knowledge.Of(fn).Role == knowledge.StoreContext && len(call.Args) == 1 {
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
				r.put(cur, sel.X, call.Args[0])
			}
		}
	}
	r.sites = append(r.sites, Site{call, r.FuncAt(cur), fn, cur})
}

// Function returns the function or method that e names, or nil.
func (r *Result) Function(e ast.Expr) *types.Func {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return nil
	}
	fn, _ := r.pass.TypesInfo.Uses[id].(*types.Func)
	if fn != nil {
		fn = fn.Origin()
	}
	return fn
}

// guarded reports whether the statement at cur is done only if v is nil.
func (r *Result) guarded(cur inspector.Cursor, v *types.Var) bool {
	for c := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		n, ok := c.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		if contains(n.Body, cur.Node().Pos()) && r.testsNil(n.Cond, v) {
			return true
		}
	}
	return false
}

func (r *Result) testsNil(cond ast.Expr, v *types.Var) bool {
	eq, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || eq.Op != token.EQL {
		return false
	}
	x, y := ast.Unparen(eq.X), ast.Unparen(eq.Y)
	if r.pass.TypesInfo.Types[x].IsNil() {
		x, y = y, x
	}
	id, ok := x.(*ast.Ident)
	return ok && r.pass.TypesInfo.Types[y].IsNil() && r.pass.TypesInfo.Uses[id] == v
}
