package providers

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// fuel bounds how far a value is followed back.
const fuel = 8

// A leaf is what a value may come from: an expression that is followed no
// further.
type leaf struct {
	expr  ast.Expr
	call  *ast.CallExpr // if that is a call
	fn    *types.Func   // of what; nil if it is not known
	index int           // which result
}

// known reports whether it is known what the leaf is.
func (l leaf) known() bool { return l.fn != nil }

// leaves returns all that e may come from: through local variables, package-level
// ones that are set once, and the functions of this package.
func (r *Result) leaves(e ast.Expr) []leaf {
	w := &walker{r: r, seen: make(map[any]bool)}
	w.walk(e, 0, fuel)
	return w.leaves
}

type walker struct {
	r      *Result
	seen   map[any]bool
	leaves []leaf
}

func (w *walker) walk(e ast.Expr, index, fuel int) {
	e = ast.Unparen(e)
	if fuel == 0 {
		w.leaves = append(w.leaves, leaf{expr: e})
		return
	}
	switch n := e.(type) {
	case *ast.Ident:
		if v := w.r.varOf(n); v != nil {
			w.variable(n, v, fuel)
			return
		}
		if n.Name == "nil" {
			return
		}
	case *ast.CallExpr:
		if tv := w.r.pass.TypesInfo.Types[n.Fun]; tv.IsType() && len(n.Args) == 1 {
			w.walk(n.Args[0], 0, fuel)
			return
		}
		fn := w.r.callee(n)
		if f := w.r.byObj[fn]; fn != nil && f != nil {
			w.results(f, index, fuel)
			return
		}
		w.leaves = append(w.leaves, leaf{e, n, fn, index})
		return
	}
	w.leaves = append(w.leaves, leaf{expr: e})
}

func (w *walker) variable(id *ast.Ident, v *types.Var, fuel int) {
	defs := w.r.defs[v]
	if len(defs) == 0 && !w.r.declared[v] {
		w.leaves = append(w.leaves, leaf{expr: id}) // a parameter
		return
	}
	if w.seen[v] {
		return
	}
	w.seen[v] = true
	for _, d := range defs {
		if d.rhs == nil {
			w.leaves = append(w.leaves, leaf{expr: id})
			continue
		}
		w.walk(d.rhs, d.index, fuel-1)
	}
}

// results walks what a function of the package returns as its index-th result.
func (w *walker) results(f *function, index, fuel int) {
	if w.seen[f] {
		return
	}
	w.seen[f] = true
	sig := f.obj.Signature()
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			switch {
			case len(n.Results) == sig.Results().Len():
				w.walk(n.Results[index], 0, fuel-1)
			case len(n.Results) == 1:
				w.walk(n.Results[0], index, fuel-1)
			case len(n.Results) == 0 && index < sig.Results().Len():
				for _, d := range w.r.defs[sig.Results().At(index)] {
					if d.rhs != nil {
						w.walk(d.rhs, d.index, fuel-1)
					}
				}
			}
		}
		return true
	})
}

// An element is an element of a list of options.
type element struct {
	leaf
	branch bool // it is there in some branches only
}

// elements returns the elements of a list of arguments, and whether these are all.
func (r *Result) elements(args []ast.Expr, ellipsis token.Pos) (elems []element, all bool) {
	return r.elementsOf(args, ellipsis, make(map[any]bool), fuel)
}

// elementsOf is elements on the way to the elements of another list, through what was
// seen: opts = append([]Option{first}, opts...) comes back to opts.
func (r *Result) elementsOf(args []ast.Expr, ellipsis token.Pos, seen map[any]bool, fuel int) (elems []element, all bool) {
	all = true
	for i, arg := range args {
		if ellipsis.IsValid() && i == len(args)-1 {
			some, ok := r.listed(arg, seen, fuel)
			elems, all = append(elems, some...), all && ok
			continue
		}
		ls := r.leaves(arg)
		for _, l := range ls {
			elems = append(elems, element{l, len(ls) > 1 || r.branches(l.expr)})
			all = all && l.known()
		}
	}
	return elems, all
}

// listed returns the elements of the slice e.
func (r *Result) listed(e ast.Expr, seen map[any]bool, fuel int) (elems []element, all bool) {
	if fuel == 0 {
		return nil, false
	}
	switch n := ast.Unparen(e).(type) {
	case *ast.Ident:
		v := r.varOf(n)
		if v == nil {
			return nil, n.Name == "nil"
		}
		if seen[v] {
			return nil, true
		}
		seen[v] = true
		all = len(r.defs[v]) > 0 || r.declared[v]
		for _, d := range r.defs[v] {
			if d.rhs == nil {
				all = false
				continue
			}
			some, ok := r.listed(d.rhs, seen, fuel-1)
			elems, all = append(elems, some...), all && ok
		}
		return elems, all
	case *ast.CompositeLit:
		return r.elements(n.Elts, token.NoPos)
	case *ast.CallExpr:
		if tv := r.pass.TypesInfo.Types[n.Fun]; tv.IsBuiltin() && len(n.Args) > 0 {
			some, ok := r.listed(n.Args[0], seen, fuel-1)
			more, ok2 := r.elementsOf(n.Args[1:], n.Ellipsis, seen, fuel-1)
			return append(some, more...), ok && ok2
		}
		f := r.byObj[r.callee(n)]
		if f == nil || seen[f] {
			return nil, false
		}
		seen[f] = true
		all = true
		ast.Inspect(f.decl.Body, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				if len(m.Results) == 0 {
					all = false
					return true
				}
				some, ok := r.listed(m.Results[0], seen, fuel-1)
				elems, all = append(elems, some...), all && ok
			}
			return true
		})
		return elems, all
	}
	return nil, false
}

// branches reports whether e is evaluated in a branch that something other than
// an error decides on.
func (r *Result) branches(e ast.Node) bool { return len(r.conditions(e)) > 0 }

// conditions returns the conditions, tags and cases by which control comes to e
// in its function, but for those that only ask about errors.
func (r *Result) conditions(e ast.Node) []ast.Expr {
	cur, ok := r.root.FindNode(e)
	if !ok {
		return nil
	}
	var conds []ast.Expr
	for c := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.SwitchStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch n := c.Node().(type) {
		case *ast.IfStmt:
			if (contains(n.Body, e.Pos()) || n.Else != nil && contains(n.Else, e.Pos())) && !r.asksError(n.Cond) {
				conds = append(conds, n.Cond)
			}
		case *ast.CaseClause:
			conds = append(conds, n.List...)
			if n.List == nil {
				if s, ok := c.Parent().Parent().Node().(*ast.SwitchStmt); ok && s.Tag != nil {
					conds = append(conds, s.Tag)
				}
			}
		case *ast.FuncDecl, *ast.FuncLit:
			return conds
		}
	}
	return conds
}

func (r *Result) asksError(cond ast.Expr) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	t := r.pass.TypesInfo.TypeOf(b.X)
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// export returns what kinds of exporter e may be.
func (r *Result) export(e ast.Expr) Holding {
	var h Holding
	for _, l := range r.leaves(e) {
		switch knowledge.WiringOf(l.fn) {
		case knowledge.MakesExporter:
			h |= NetworkExport
		case knowledge.PrintsSpans:
			h |= LocalExport
		default:
			h |= r.exportOf(l)
		}
	}
	return h
}

// exportOf returns what kind of exporter a leaf is that the table does not know.
// One of a type of the user's own counts as local: most write to a log.
func (r *Result) exportOf(l leaf) Holding {
	if of := r.summary(l.fn).result(l.index) & (NetworkExport | LocalExport | OtherExport); of != 0 {
		return of
	}
	t := r.pass.TypesInfo.TypeOf(l.expr)
	if tuple, ok := t.(*types.Tuple); ok && l.index < tuple.Len() {
		t = tuple.At(l.index).Type()
	}
	if t == nil || types.IsInterface(t) {
		return OtherExport
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil && requests.IsOwnPackage(r.pass, named.Obj().Pkg()) {
		return LocalExport
	}
	return OtherExport
}

// enclosing returns the declared function that is around cur.
func (r *Result) enclosing(cur inspector.Cursor) *function {
	for c := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		fn, _ := r.pass.TypesInfo.Defs[c.Node().(*ast.FuncDecl).Name].(*types.Func)
		return r.byObj[fn]
	}
	return nil
}
