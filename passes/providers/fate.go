package providers

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A fate is what becomes of a value that holds a provider.
type fate struct {
	closed  bool // it is shut down, or given to somebody who may do that
	stored  bool // it is put into a field or a package-level variable, and only there
	results map[int]Holding
}

// lost reports whether nothing becomes of the value.
func (f *fate) lost() bool { return !f.closed && !f.stored && len(f.results) == 0 }

// A tracer follows one value within a declared function, or the initializer of
// a package-level variable.
type tracer struct {
	r    *Result
	fn   *function // nil for an initializer
	seen map[any]bool
	fate fate
}

// fateOfResult returns what becomes of the i-th result of the call at cur.
func (r *Result) fateOfResult(fn *function, cur inspector.Cursor, i, n int, h Holding) *fate {
	t := &tracer{r: r, fn: fn, seen: make(map[any]bool)}
	if n == 1 {
		t.value(cur, h)
		return &t.fate
	}
	cur = unparen(cur)
	switch p := cur.Parent().Node().(type) {
	case *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt:
	case *ast.AssignStmt:
		if i < len(p.Lhs) {
			t.target(p.Lhs[i], cur, h)
		}
	case *ast.ValueSpec:
		if i < len(p.Names) {
			t.target(p.Names[i], cur, h)
		}
	case *ast.ReturnStmt:
		t.returned(cur.Parent(), i, h)
	default:
		t.fate.closed = true
	}
	return &t.fate
}

func unparen(cur inspector.Cursor) inspector.Cursor {
	for {
		if _, ok := cur.Parent().Node().(*ast.ParenExpr); !ok {
			return cur
		}
		cur = cur.Parent()
	}
}

// value follows the value of the expression at cur.
func (t *tracer) value(cur inspector.Cursor, h Holding) {
	cur = unparen(cur)
	kind, i := cur.ParentEdge()
	parent := cur.Parent()
	switch p := parent.Node().(type) {
	case *ast.ExprStmt:
	case *ast.AssignStmt:
		if kind == edge.AssignStmt_Rhs && len(p.Lhs) == len(p.Rhs) {
			t.target(p.Lhs[i], cur, h)
		} else if kind == edge.AssignStmt_Rhs {
			t.fate.closed = true
		}
	case *ast.ValueSpec:
		if kind == edge.ValueSpec_Values && len(p.Names) == len(p.Values) {
			t.target(p.Names[i], cur, h)
		}
	case *ast.ReturnStmt:
		t.returned(parent, i, h)
	case *ast.SelectorExpr:
		t.selected(parent, p, h)
	case *ast.BinaryExpr: // a test for nil
	case *ast.CallExpr:
		if kind == edge.CallExpr_Fun {
			t.used(parent)
		} else {
			t.argument(cur, parent, p, i, h)
		}
	case *ast.RangeStmt: // over a list of functions that shut providers down
		t.used(cur)
	case *ast.UnaryExpr:
		if _, ok := p.X.(*ast.CompositeLit); ok && p.Op == token.AND {
			t.value(parent, h)
		} else {
			t.fate.closed = true
		}
	case *ast.KeyValueExpr:
		t.element(parent.Parent(), h)
	case *ast.CompositeLit:
		t.element(parent, h)
	default:
		t.fate.closed = true
	}
}

// target follows a value that is assigned to lhs.
func (t *tracer) target(lhs ast.Expr, cur inspector.Cursor, h Holding) {
	if id, ok := lhs.(*ast.Ident); ok && id.Name == "_" {
		return
	}
	v := t.r.varOf(lhs)
	switch {
	case v == nil:
		t.field(lhs, h)
	case v.Parent() == t.r.pass.Pkg.Scope():
		if t.put(v); !t.fate.closed {
			t.variable(v, h)
		}
	default:
		t.result(v, h)
		t.variable(v, h)
	}
}

// put notes that a value is stored in v, which others may find.
func (t *tracer) put(v *types.Var) {
	if (knowledge.IsProvider(v.Type()) || knowledge.IsTracerSource(v.Type())) && (!v.Exported() || t.r.pass.Pkg.Name() == "main") {
		t.fate.stored = true
		return
	}
	t.fate.closed = true
}

// field follows a value that is assigned to a field, or to an element.
func (t *tracer) field(lhs ast.Expr, h Holding) {
	sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr)
	if !ok {
		t.fate.closed = true
		return
	}
	v, ok := t.r.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
	if !ok || !v.IsField() {
		t.fate.closed = true
		return
	}
	if t.put(v); t.fate.closed || t.seen[v] {
		return
	}
	t.seen[v] = true
	for _, use := range t.r.fields[v] {
		if kind, _ := use.ParentEdge(); kind != edge.AssignStmt_Lhs {
			t.value(use, h)
		}
	}
}

// result notes that a value is assigned to v, which may be a named result.
func (t *tracer) result(v *types.Var, h Holding) {
	if t.fn == nil {
		return
	}
	results := t.fn.obj.Signature().Results()
	for i := range results.Len() {
		if results.At(i) == v {
			t.give(i, h)
		}
	}
}

func (t *tracer) give(i int, h Holding) {
	if t.fate.results == nil {
		t.fate.results = make(map[int]Holding)
	}
	t.fate.results[i] |= h
}

// variable follows a value through the uses of a variable that holds it.
func (t *tracer) variable(v *types.Var, h Holding) {
	if t.seen[v] {
		return
	}
	t.seen[v] = true
	for _, use := range t.r.uses[v] {
		if kind, _ := use.ParentEdge(); kind == edge.AssignStmt_Lhs {
			continue
		}
		if t.r.inTest(use.Node()) {
			continue
		}
		t.value(use, h)
	}
}

// returned follows a value that the i-th expression of the return statement at
// cur is: to the caller of the function, if that is the declared one.
func (t *tracer) returned(cur inspector.Cursor, i int, h Holding) {
	for c := range cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		if _, ok := c.Node().(*ast.FuncDecl); ok {
			t.give(i, h)
			return
		}
		t.fate.closed = true // a constructor in a literal: nobody knows who calls it
		return
	}
}

// selected follows a value of which something is selected.
func (t *tracer) selected(cur inspector.Cursor, sel *ast.SelectorExpr, h Holding) {
	fn, _ := t.r.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	_, isCall := cur.Parent().Node().(*ast.CallExpr)
	kind, _ := cur.ParentEdge()
	isCall = isCall && kind == edge.CallExpr_Fun
	switch {
	case fn == nil: // a field of a struct that holds it
		field, _ := t.r.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
		switch {
		case field == nil:
			t.fate.closed = true
		case knowledge.IsProvider(field.Type()):
			t.value(cur, Provider)
		case isFunc(field.Type()):
			t.used(cur)
		}
	case isCall && (knowledge.WiringOf(fn) == knowledge.UsesProvider || knowledge.WiringOf(fn) == knowledge.RegistersProcessor || knowledge.Of(fn).Role == knowledge.GetTracer):
	case knowledge.WiringOf(fn) == knowledge.ShutsProvider && isCall:
		t.used(cur)
	case knowledge.WiringOf(fn) == knowledge.ShutsProvider:
		t.value(cur, Shutdown|ShutdownCtx)
	case h&Holder != 0 && !isCall && t.r.summary(fn) != nil && t.r.summary(fn).Shuts:
		t.value(cur, Shutdown|ShutdownCtx)
	default:
		t.used(cur)
	}
}

// used notes that what is at cur shuts the provider down, or may. If that is in
// a function literal, what counts is what becomes of the literal.
func (t *tracer) used(cur inspector.Cursor) {
	for c := range cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		lit, ok := c.Node().(*ast.FuncLit)
		if !ok {
			break
		}
		if t.seen[lit] {
			return
		}
		t.seen[lit] = true
		h := Shutdown
		if t.r.passesContext(lit) {
			h |= ShutdownCtx
		}
		t.literal(c, h)
		return
	}
	if t.r.dormant[t.r.functionAround(cur.Node())] {
		t.fate.stored = true // for whoever calls the function
		return
	}
	t.fate.closed = true
}

// literal follows a function literal that shuts the provider down.
func (t *tracer) literal(cur inspector.Cursor, h Holding) {
	cur = unparen(cur)
	kind, i := cur.ParentEdge()
	switch p := cur.Parent().Node().(type) {
	case *ast.ReturnStmt:
		t.returned(cur.Parent(), i, h)
	case *ast.AssignStmt:
		if kind == edge.AssignStmt_Rhs && len(p.Lhs) == len(p.Rhs) {
			t.target(p.Lhs[i], cur, h)
			return
		}
		t.fate.closed = true
	case *ast.ValueSpec:
		t.value(cur, h)
	case *ast.KeyValueExpr, *ast.CompositeLit:
		t.value(cur, h)
	default:
		t.fate.closed = true
	}
}

// argument follows a value that is the i-th argument of a call.
func (t *tracer) argument(cur, callCur inspector.Cursor, call *ast.CallExpr, i int, h Holding) {
	info := t.r.pass.TypesInfo
	if tv := info.Types[call.Fun]; tv.IsType() {
		t.value(callCur, h)
		return
	}
	if call.Ellipsis.IsValid() && i == len(call.Args)-1 && !info.Types[call.Fun].IsBuiltin() {
		t.fate.closed = true
		return
	}
	switch callee := typeutil.Callee(info, call).(type) {
	case *types.Builtin:
		if callee.Name() == "append" {
			t.value(callCur, h) // the list that it is in now
			return
		}
	case *types.Func:
		callee = callee.Origin()
		if knowledge.WiringOf(callee) == knowledge.SetsProvider {
			return
		}
		if h == Provider && i < callee.Signature().Params().Len() && knowledge.IsTracerSource(paramType(callee.Signature(), i)) && t.harmless(callee, i) {
			return
		}
		if sum := t.r.summary(callee); sum != nil && i < len(sum.Keeps) && sum.Keeps[i] {
			return
		}
	}
	t.used(cur)
}

// harmless reports whether a function that is given a provider as a source of
// tracers does not shut it down: one of the user's would have to assert its type.
func (t *tracer) harmless(callee *types.Func, i int) bool {
	return knowledge.IsOpenTelemetry(callee.Pkg().Path()) || knowledge.WiringOf(callee) != knowledge.NoWiring || t.r.summary(callee) != nil && t.r.summary(callee).Keeps[i]
}

func paramType(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			return s.Elem()
		}
	}
	return sig.Params().At(i).Type()
}

// element follows a value that becomes an element of the composite literal at
// cur: of a list of functions, or of a struct that the function returns.
func (t *tracer) element(cur inspector.Cursor, h Holding) {
	lit, ok := cur.Node().(*ast.CompositeLit)
	if !ok {
		t.fate.closed = true
		return
	}
	typ := t.r.pass.TypesInfo.TypeOf(lit)
	switch typ.Underlying().(type) {
	case *types.Slice, *types.Array:
		t.value(cur, h)
	case *types.Struct:
		if named, ok := types.Unalias(typ).(*types.Named); ok && named.Obj().Pkg() == t.r.pass.Pkg {
			t.value(cur, Holder)
			return
		}
		t.fate.closed = true
	default:
		t.fate.closed = true
	}
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

func (r *Result) callee(call *ast.CallExpr) *types.Func {
	if fn, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func); ok {
		return fn.Origin()
	}
	return nil
}
