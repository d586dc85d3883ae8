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
	// Started is the root on which Func itself started the span of the context, as
	// for a job, or for a message that it handles; else nil.
	Started *ast.CallExpr
	// Func is the function that Var is declared in.
	Func *Func
	// Source is the parameter that the context comes from: Var, or what that was
	// derived from.
	Source *types.Var

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

// InSpan reports whether a span was started in it by the function that has it at hand.
func (c *Context) InSpan() bool { return c.spans > 0 }

// Named reports whether the variable has a name that code can use.
func (c *Context) Named() bool { return c.Var.Name() != "" && c.Var.Name() != "_" }

// At returns the context that work at pos should be given: of those at hand
// there, the one with the innermost span, and one that is Started only if there
// is no other. It returns nil if none is.
func (r *Result) At(f *Func, pos token.Pos) *Context {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f == nil {
		return nil
	}
	var best Context
	found := false
	scope := r.scopeAt(f, pos)
	for level := 0; f != nil; level++ {
		for _, v := range f.vars {
			if c, ok := r.context(f, v, pos, scope); ok {
				c.level = level
				if !found || c.before(&best) < 0 {
					best, found = c, true
				}
			}
		}
		if !f.Within() && f.Run != Deferred {
			break
		}
		f = f.Outer
	}
	if !found {
		return nil
	}
	return &best
}

// before compares contexts: the one to give to work comes first.
func (c *Context) before(d *Context) int {
	return cmp.Or(
		order(d.Named(), c.Named()),
		order(c.Started != nil, d.Started != nil),
		cmp.Compare(c.level, d.level),
		cmp.Compare(d.spans, c.spans),
		cmp.Compare(len(c.Suffix), len(d.Suffix)),
		cmp.Compare(d.defined, c.defined),
	)
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

// context returns the context in v, if it is alive at pos, which is in scope.
func (r *Result) context(f *Func, v *variable, pos token.Pos, scope *types.Scope) (Context, bool) {
	if v.obj.Pos() >= pos || !v.param && len(v.defs) == 0 {
		return Context{}, false
	}
	suffix := ""
	if req, ok := knowledge.RequestOf(v.obj.Type()); ok {
		if req.Context == "" || !v.param {
			return Context{}, false // it has none, or is a request that this function sends
		}
		suffix = req.Context
	}
	c := Context{Var: v.obj, Suffix: suffix, Func: f, defined: v.obj.Pos()}
	if c.Named() {
		if scope == nil {
			return Context{}, false
		}
		if _, obj := scope.LookupParent(v.obj.Name(), pos); obj != v.obj {
			return Context{}, false
		}
	}
	o := r.originOf(v, pos, maxSteps)
	// What a loop brings back from its last round, that round has ended.
	later := func(step *ast.CallExpr) bool { return step.End() > pos }
	if o.Kind == Root && o.Spans > 0 && !runsProgram(f) && !slices.ContainsFunc(o.Steps, later) {
		c.Started = o.Root
	}
	if !o.alive() && c.Started == nil || r.cancelled(f, o, pos) || o.Kind != Detached && r.outlived(o.Source) {
		return Context{}, false
	}
	c.Request = o.Kind == Request
	c.Source = o.Source
	c.spans = o.Spans
	return c, true
}

// outlived reports whether v holds a request, as a parameter of a declared function that
// is somewhere started as a goroutine that nobody waits for: then the handler may have
// returned, and the context of the request is over. A context in a parameter is another matter: that is
// the one which the goroutine was meant to work on.
func (r *Result) outlived(v *types.Var) bool {
	if v == nil || r.vars[v] == nil || !r.vars[v].param {
		return false
	}
	f := r.vars[v].fn
	if _, ok := knowledge.RequestOf(v.Type()); !ok || f == nil || f.Obj == nil {
		return false
	}
	return slices.ContainsFunc(r.SitesOf(f.Obj), func(site Site) bool {
		stmt, spawned := site.Cur.Parent().Node().(*ast.GoStmt)
		return spawned && site.Func != nil && !r.Joined(site.Func, stmt, nil)
	})
}

// runsProgram reports whether f is what the program as a whole runs in: a span
// there may be about the start of the program, and what runs after it is started
// is not under that span on purpose.
func runsProgram(f *Func) bool {
	d := f.Decl()
	if d == nil || d.Obj == nil || d.Sig.Recv() != nil {
		return false
	}
	return d.Obj.Name() == "main" || d.Obj.Name() == "init"
}

// scopeAt returns the innermost scope at pos, which is in f; nil if there is
// none. The search begins at f: a file has as many scopes as functions.
func (r *Result) scopeAt(f *Func, pos token.Pos) *types.Scope {
	var t *ast.FuncType
	switch n := f.Node.(type) {
	case *ast.FuncDecl:
		t = n.Type
	case *ast.FuncLit:
		t = n.Type
	}
	if scope := r.pass.TypesInfo.Scopes[t]; scope != nil && scope.Contains(pos) {
		return scope.Innermost(pos)
	}
	for _, file := range r.pass.Files {
		if file.FileStart <= pos && pos <= file.FileEnd {
			return r.pass.TypesInfo.Scopes[file].Innermost(pos)
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
			if r.endedBefore(f, v, call, pos) {
				return true
			}
		}
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
