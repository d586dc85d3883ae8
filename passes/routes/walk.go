package routes

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/requests"
)

// A walker runs a function on abstract values.
type walker struct {
	*Result
	fn      *Function
	env     map[*types.Var]*value
	conds   []arm
	seq     int
	results []*value
	returns [][]*value // of the literals that are being run, and the function
	inlined map[*ast.FuncLit]bool
	loops   map[*types.Var]loop // by the variables that count in them
	depth   int
	round   int      // of loops over middlewares
	roots   []rooted // what callers can name
	last    *Event   // that was added last
}

// A rooted is a value that the function finds.
type rooted struct {
	val    *value
	global *types.Var // nil for a parameter
}

// maxDepth bounds how deep literals are run in each other.
const maxDepth = 12

// function runs f, unless that was done, and returns what it registers. One that
// is being run already, as it calls itself, registers nothing more.
func (r *Result) function(f *requests.Func) *Function {
	if fn := r.byNode[f.Node]; fn != nil {
		return fn
	}
	fn := &Function{Func: f}
	r.byNode[f.Node] = fn
	w := &walker{Result: r, fn: fn, env: make(map[*types.Var]*value), inlined: make(map[*ast.FuncLit]bool), loops: make(map[*types.Var]loop)}
	w.bindParams(f.Sig)
	w.returns = [][]*value{nil}
	w.block(f.Body().List)
	w.results = w.returns[0]
	if f.Obj != nil {
		fn.setup = w.summarize()
	}
	fn.done = true
	if len(fn.Routers) > 0 {
		r.funcs = append(r.funcs, fn)
	}
	// Literals that somebody else runs: what they do is not part of what f does.
	for _, lit := range r.inner[f] {
		if node, ok := lit.Node.(*ast.FuncLit); ok && !w.inlined[node] {
			r.function(lit)
		}
	}
	return fn
}

// bindParams makes the parameters values that callers can name.
func (w *walker) bindParams(sig *types.Signature) {
	bind := func(v *types.Var, root int) {
		val := newValue()
		val.place = place{root: root}
		w.env[v] = val
		w.roots = append(w.roots, rooted{val: val})
	}
	if recv := sig.Recv(); recv != nil {
		bind(recv, receiver)
	}
	for i := range sig.Params().Len() {
		bind(sig.Params().At(i), i)
	}
}

// block runs statements. Behind a branch that leaves in one of its arms, the
// others are a condition.
func (w *walker) block(list []ast.Stmt) {
	saved := len(w.conds)
	for _, stmt := range list {
		w.stmt(stmt)
		if n, ok := stmt.(*ast.IfStmt); ok && !w.fails(n) {
			switch {
			case leaves(n.Body.List):
				w.conds = append(w.conds, arm{n, 1, w.round})
			case n.Else != nil && leavesStmt(n.Else):
				w.conds = append(w.conds, arm{n, 0, w.round})
			}
		}
	}
	w.conds = slices.Clip(w.conds[:saved])
}

// within runs f under a condition more.
func (w *walker) within(node ast.Node, way int, f func()) {
	saved := w.conds
	w.conds = append(slices.Clip(w.conds), arm{node, way, w.round})
	f()
	w.conds = saved
}

func (w *walker) stmt(stmt ast.Stmt) {
	switch n := stmt.(type) {
	case *ast.ExprStmt:
		w.eval(n.X)
	case *ast.AssignStmt:
		w.assign(n.Lhs, n.Rhs)
	case *ast.DeclStmt:
		if decl, ok := n.Decl.(*ast.GenDecl); ok {
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok && len(spec.Values) > 0 {
					lhs := make([]ast.Expr, len(spec.Names))
					for i, id := range spec.Names {
						lhs[i] = id
					}
					w.assign(lhs, spec.Values)
				}
			}
		}
	case *ast.ReturnStmt:
		w.ret(n)
	case *ast.BlockStmt:
		w.block(n.List)
	case *ast.LabeledStmt:
		w.stmt(n.Stmt)
	case *ast.GoStmt:
		w.within(n, 0, func() { w.eval(n.Call) })
	case *ast.DeferStmt:
		w.within(n, 0, func() { w.eval(n.Call) })
	case *ast.IfStmt:
		if n.Init != nil {
			w.stmt(n.Init)
		}
		w.eval(n.Cond)
		w.within(n, 0, func() { w.block(n.Body.List) })
		if n.Else != nil {
			w.within(n, 1, func() { w.stmt(n.Else) })
		}
	case *ast.ForStmt:
		if n.Init != nil {
			w.stmt(n.Init)
		}
		if !w.counts(n) {
			w.within(n, 0, func() { w.block(n.Body.List) })
		}
	case *ast.RangeStmt:
		w.rangeOver(n)
	case *ast.SwitchStmt:
		if n.Init != nil {
			w.stmt(n.Init)
		}
		if n.Tag != nil {
			w.eval(n.Tag)
		}
		w.clauses(n, n.Body)
	case *ast.TypeSwitchStmt:
		w.clauses(n, n.Body)
	case *ast.SelectStmt:
		w.clauses(n, n.Body)
	}
}

func (w *walker) clauses(n ast.Node, body *ast.BlockStmt) {
	for i, clause := range body.List {
		switch c := clause.(type) {
		case *ast.CaseClause:
			w.within(n, i, func() { w.block(c.Body) })
		case *ast.CommClause:
			w.within(n, i, func() { w.block(c.Body) })
		}
	}
}

// maxElems bounds how often the body of a loop is run.
const maxElems = 30

// rangeOver runs a loop once; over middlewares that are known, once for each of
// them.
func (w *walker) rangeOver(n *ast.RangeStmt) {
	val := w.eval(n.X)
	elem := newValue()
	elem.items, elem.fields = val.items, val.fields
	if n.Value != nil {
		w.bind(n.Value, elem)
	}
	items := val.items
	if n.Value == nil || len(items) == 0 {
		items = w.itemsOf(val, n.X)
	}
	if n.Key != nil && n.Value == nil && w.each(n.Key, n.X, items, n.Body) {
		return
	}
	if n.Value != nil && len(items) > 0 && len(items) <= maxElems {
		for _, it := range items {
			elem := newValue()
			elem.items = []*Item{it}
			w.bind(n.Value, elem)
			w.round++
			w.block(n.Body.List)
		}
		return
	}
	if val.full {
		w.block(n.Body.List)
		return
	}
	w.within(n, 0, func() { w.block(n.Body.List) })
}

func (w *walker) ret(n *ast.ReturnStmt) {
	var vals []*value
	if len(n.Results) == 1 {
		vals = w.evalMulti(n.Results[0])
	} else {
		for _, e := range n.Results {
			vals = append(vals, w.eval(e))
		}
	}
	if len(n.Results) == 0 {
		if lit := len(w.returns) - 1; lit == 0 {
			for v := range w.fn.Sig.Results().Variables() {
				if val := w.env[v]; val != nil {
					vals = append(vals, val)
				} else {
					vals = append(vals, newValue())
				}
			}
		}
	}
	// Of several returns the last one with something known counts: the others
	// return errors.
	top := len(w.returns) - 1
	for i, val := range vals {
		for len(w.returns[top]) <= i {
			w.returns[top] = append(w.returns[top], newValue())
		}
		if val.known() {
			w.returns[top][i] = val
		}
	}
}

func (w *walker) assign(lhs, rhs []ast.Expr) {
	var vals []*value
	if len(rhs) == 1 && len(lhs) > 1 {
		vals = w.evalMulti(rhs[0])
	} else {
		for _, e := range rhs {
			vals = append(vals, w.eval(e))
		}
	}
	for i, e := range lhs {
		val := newValue()
		if i < len(vals) {
			val = vals[i]
		}
		w.bind(e, val)
	}
}

// bind makes the variable or field e hold val.
func (w *walker) bind(e ast.Expr, val *value) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := w.pass.TypesInfo.ObjectOf(e).(*types.Var); ok && e.Name != "_" {
			w.env[v] = val
		}
	case *ast.SelectorExpr:
		sel := w.pass.TypesInfo.Selections[e]
		if sel == nil || sel.Kind() != types.FieldVal {
			if v, ok := w.pass.TypesInfo.Uses[e.Sel].(*types.Var); ok && !v.IsField() {
				w.env[v] = val
			}
			return
		}
		w.through(w.eval(e.X), sel).setField(e.Sel.Name, val)
	case *ast.StarExpr:
		w.bind(e.X, val)
	}
}

// through returns the value that the embedded fields of a selection lead to.
func (w *walker) through(v *value, sel *types.Selection) *value {
	t := sel.Recv()
	for _, i := range sel.Index()[:len(sel.Index())-1] {
		if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			break
		}
		if isRouter(t) {
			break // gin's Engine has what a group has
		}
		v = v.field(st.Field(i).Name())
		t = st.Field(i).Type()
	}
	return v
}

// fails reports whether an if statement looks for an error: its body is not what
// a program goes on from.
func (w *walker) fails(n *ast.IfStmt) bool {
	cond, ok := ast.Unparen(n.Cond).(*ast.BinaryExpr)
	if !ok || cond.Op != token.NEQ || !w.pass.TypesInfo.Types[cond.Y].IsNil() {
		return false
	}
	return types.Identical(w.pass.TypesInfo.TypeOf(cond.X), types.Universe.Lookup("error").Type())
}

// leaves reports whether a list of statements ends by leaving it.
func leaves(list []ast.Stmt) bool {
	return len(list) > 0 && leavesStmt(list[len(list)-1])
}

func leavesStmt(stmt ast.Stmt) bool {
	switch n := stmt.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return n.Tok != token.FALLTHROUGH
	case *ast.BlockStmt:
		return leaves(n.List)
	case *ast.ExprStmt:
		if call, ok := n.X.(*ast.CallExpr); ok {
			if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
				return id.Name == "panic"
			}
		}
	}
	return false
}
