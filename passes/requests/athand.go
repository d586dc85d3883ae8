package requests

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A Context is one that is at hand at a position.
type Context struct {
	// Var is the variable that it is in, or that holds the request it is of.
	Var *types.Var
	// Suffix is what to write after Var to get it: "" or ".Context()".
	Suffix string
	// Request: it is that of a request that is being served, and not just that
	// of a caller.
	Request bool
	// Func is the function that Var is declared in.
	Func *Func

	spans, level int
	defined      token.Pos
}

// Text returns how the context is spelled; "_" if its variable has no name.
func (c *Context) Text() string {
	if !c.Named() {
		return "_"
	}
	return c.Var.Name() + c.Suffix
}

// Named reports whether the variable has a name that code can use.
func (c *Context) Named() bool { return c.Var.Name() != "" && c.Var.Name() != "_" }

// At returns the context that work at pos should be given: of those at hand
// there, the one with the innermost span. It returns nil if none is.
func (r *Result) At(f *Func, pos token.Pos) *Context {
	r.mu.Lock()
	defer r.mu.Unlock()
	var found []*Context
	for level := 0; f != nil; level++ {
		for _, v := range f.vars {
			if c := r.context(f, v, pos); c != nil {
				c.level = level
				found = append(found, c)
			}
		}
		if !f.Within() && f.Run != Deferred {
			break
		}
		f = f.Outer
	}
	if len(found) == 0 {
		return nil
	}
	return slices.MinFunc(found, func(x, y *Context) int {
		return cmp.Or(
			order(y.Named(), x.Named()),
			cmp.Compare(x.level, y.level),
			cmp.Compare(y.spans, x.spans),
			cmp.Compare(len(x.Suffix), len(y.Suffix)),
			cmp.Compare(y.defined, x.defined),
		)
	})
}

// order compares booleans: false comes first.
func order(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// context returns the context in v, if it is alive at pos.
func (r *Result) context(f *Func, v *variable, pos token.Pos) *Context {
	if v.obj.Pos() >= pos || !v.param && len(v.defs) == 0 {
		return nil
	}
	suffix := ""
	if req, ok := knowledge.RequestOf(v.obj.Type()); ok {
		if req.Context == "" || !v.param {
			return nil // it has none, or is a request that this function sends
		}
		suffix = req.Context
	}
	c := &Context{Var: v.obj, Suffix: suffix, Func: f, defined: v.obj.Pos()}
	if c.Named() && r.lookup(v.obj.Name(), pos) != v.obj {
		return nil
	}
	o := r.originOf(v, pos, maxSteps)
	if !o.alive() || r.cancelled(f, o, pos) {
		return nil
	}
	c.Request = o.Kind == Request
	c.spans = o.Spans
	return c
}

func (r *Result) lookup(name string, pos token.Pos) types.Object {
	for _, file := range r.pass.Files {
		if file.FileStart <= pos && pos <= file.FileEnd {
			scope := r.pass.TypesInfo.Scopes[file].Innermost(pos)
			if scope == nil {
				return nil
			}
			_, obj := scope.LookupParent(name, pos)
			return obj
		}
	}
	return nil
}

// bounds reports whether call derives a context that ends before the one that
// it is given: with a cancel function, or with a group.
func (r *Result) bounds(call *ast.CallExpr) bool {
	fn := r.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	tuple, ok := r.pass.TypesInfo.TypeOf(call).(*types.Tuple)
	return ok && tuple.Len() > 1 && knowledge.Of(fn).Role == knowledge.None && !ReturnsSpan(tuple)
}

// cancelled reports whether a context is over before pos: its cancel function
// was called, its group waited for, or its span ended.
func (r *Result) cancelled(f *Func, o Origin, pos token.Pos) bool {
	for _, call := range o.Steps {
		if !r.bounds(call) && !ReturnsSpan(r.pass.TypesInfo.TypeOf(call)) {
			continue
		}
		for _, v := range r.resultsOf(f, call) {
			for _, site := range r.sites {
				if site.Func == f && call.End() < site.Call.Pos() && site.Call.End() <= pos && contains(blockOf(site.Cur), pos) && r.ends(site, v) {
					return true
				}
			}
		}
	}
	return false
}

// ends reports whether the call at site ends the context that came with v: v is
// a cancel function that it calls, or the group whose Wait it is.
func (r *Result) ends(site Site, v *types.Var) bool {
	if _, deferred := site.Cur.Parent().Node().(*ast.DeferStmt); deferred {
		return false
	}
	info := r.pass.TypesInfo
	switch fun := ast.Unparen(site.Call.Fun).(type) {
	case *ast.Ident:
		return info.Uses[fun] == v
	case *ast.SelectorExpr:
		id, ok := ast.Unparen(fun.X).(*ast.Ident)
		return ok && info.Uses[id] == v && site.Fn != nil &&
			(site.Fn.Name() == "Wait" || slices.Contains(knowledge.SpanEnders(v.Type()), site.Fn.Name()))
	}
	return false
}

// EndsWith reports whether f defers the cancel function that came with the
// context which call derives: f means the context to end when it returns.
func (r *Result) EndsWith(f *Func, call *ast.CallExpr) bool {
	for ; f != nil; f = f.Outer {
		for _, v := range r.resultsOf(f, call) {
			for _, use := range r.uses[v] {
				if n, ok := use.Parent().Node().(*ast.CallExpr); ok && n.Fun == use.Node() && r.FuncAt(use) == f {
					if _, deferred := use.Parent().Parent().Node().(*ast.DeferStmt); deferred {
						return true
					}
				}
			}
		}
	}
	return false
}

// resultsOf returns the variables that the results of call are assigned to,
// other than contexts.
func (r *Result) resultsOf(f *Func, call *ast.CallExpr) []*types.Var {
	var vs []*types.Var
	for _, v := range f.vars {
		for _, d := range v.defs {
			if ast.Unparen(d.rhs) != ast.Expr(call) {
				continue
			}
			assign, ok := d.stmt.Node().(*ast.AssignStmt)
			if !ok {
				continue
			}
			for _, lhs := range assign.Lhs {
				if id, ok := lhs.(*ast.Ident); ok {
					if obj, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var); ok && r.vars[obj] == nil {
						vs = append(vs, obj)
					}
				}
			}
		}
	}
	return vs
}
