package providers

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A Lost is a call in a program that starts a provider with a batch, which
// nothing in the program shuts down.
type Lost struct {
	Call *ast.CallExpr
	// Callee is the function that starts it; nil if Call makes it.
	Callee *types.Func
	// Package is the import of the package that starts it without being called; nil
	// but if Call is.
	Package  *ast.ImportSpec
	Imported *types.Package // likewise
	// Dropped is the result by which it could be shut down; nil if there is none.
	Dropped ast.Expr
	// Function: that result is a function.
	Function bool
	// Name is the variable that holds the provider; nil if there is none.
	Name *types.Var
}

// A Set is a call in a program that installs a provider of the SDK.
type Set struct {
	Call *ast.CallExpr
	// Callee is the function that installs it; nil if Call does.
	Callee *types.Func
	// Installer is the function of the library that installs a provider; nil if
	// Callee is not.
	Installer *types.Func
	Cur       inspector.Cursor
	// Package is the import of the package that installs one without being called; nil
	// but if Call is.
	Package  *ast.ImportSpec
	Imported *types.Package // likewise
}

// An End is a call that shuts a provider down with a context that has ended.
type End struct {
	Call *ast.CallExpr
	Ctx  ast.Expr
	Cur  inspector.Cursor
	// Origin is the call that made Ctx from the context that has ended; nil if
	// Ctx is that one.
	Origin *ast.CallExpr
}

// A Skip is a call that ends the process while the shutdown of a provider is
// deferred.
type Skip struct {
	Exit     *ast.CallExpr
	Deferred *ast.DeferStmt
	// Shutdown is the call in Deferred that shuts the provider down.
	Shutdown *ast.CallExpr
}

// Lost returns the providers of a program that are never shut down, in source
// order; none if the package is not a program.
func (r *Result) Lost() []*Lost { return r.lost }

// Install returns where the program installs its provider, or nil.
func (r *Result) Install() *Set {
	for _, s := range r.sets {
		if s.Callee == nil && s.Package == nil {
			return s
		}
	}
	if len(r.sets) > 0 {
		return r.sets[0]
	}
	return nil
}

// Has reports whether the package or one that it imports contains any of what
// is asked for.
func (r *Result) Has(set Content) bool { return r.contents.Has(set) }

// Traces reports whether the package or one that it imports has what adds tracing
// to the family.
func (r *Result) Traces(family knowledge.Family) bool { return r.contents.Traced&family != 0 }

// Cancelled returns the calls that come too late, in source order.
func (r *Result) Cancelled() []*End { return r.ends }

// Skipped returns the calls that keep deferred shutdowns from running, in
// source order.
func (r *Result) Skipped() []*Skip { return r.skips }

// collect finds what there is to say of the calls of the package.
func (r *Result) collect() {
	main := r.Main()
	for _, s := range r.sites {
		if main {
			r.collectLost(s)
			r.collectSet(s)
		}
		if ctx, ok := r.endsWith(s); ok && knowledge.IsContext(r.pass.TypesInfo.TypeOf(ctx)) && r.cancelled(ctx, s.cur) {
			end := &End{Call: s.call, Ctx: ctx, Cur: s.cur}
			if v := r.varOf(ctx); v != nil {
				if origin, _ := r.parentOf(v); origin != nil {
					if parent := r.ancestors(origin.Args[0]); len(parent) > 0 && r.cancelled(origin.Args[0], s.cur) {
						end.Origin = origin
					}
				}
			}
			r.ends = append(r.ends, end)
		}
		r.collectSkips(s)
		r.collectAtOnce(s)
	}
	if main {
		r.collectStarts()
	}
}

func (r *Result) collectLost(s *site) {
	if r.contents.Has(ShutsInstalled|Hidden) || r.waitsForever() {
		return
	}
	f := r.enclosing(s.cur)
	for _, o := range r.obligations(s) {
		fate := r.fateOfResult(f, s.cur, o.index, o.results, o.holds)
		if !fate.lost() && !(fate.stored && !fate.closed && len(fate.results) == 0 && !r.contents.Has(ShutsStored)) {
			continue
		}
		lost := &Lost{Call: s.call, Function: o.holds&Shutdown != 0 && o.holds&Provider == 0}
		lost.Dropped, lost.Name = r.target(s.cur, o)
		if knowledge.WiringOf(s.fn) != knowledge.MakesProvider {
			lost.Callee = s.fn
		} else {
			lost.Dropped = nil
		}
		r.lost = append(r.lost, lost)
		return
	}
	if of := r.summary(s.fn); of != nil && s.fn.Pkg() != r.pass.Pkg && (of.Loses || of.Stores && !r.contents.Has(ShutsStored)) {
		r.lost = append(r.lost, &Lost{Call: s.call, Callee: s.fn})
	}
}

// target returns what the result of a call is assigned to.
func (r *Result) target(cur inspector.Cursor, o obligation) (ast.Expr, *types.Var) {
	switch p := unparen(cur).Parent().Node().(type) {
	case *ast.AssignStmt:
		if len(p.Rhs) == 1 && o.index < len(p.Lhs) {
			return p.Lhs[o.index], r.varOf(p.Lhs[o.index])
		}
	case *ast.ValueSpec:
		if len(p.Values) == 1 && o.index < len(p.Names) {
			return p.Names[o.index], r.varOf(p.Names[o.index])
		}
	}
	return nil, nil
}

// waitsForever reports whether the program has no end but a kill.
func (r *Result) waitsForever() bool {
	for _, file := range r.pass.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || fn.Name.Name != "main" || fn.Body == nil || len(fn.Body.List) == 0 {
				continue
			}
			s, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.SelectStmt)
			return ok && len(s.Body.List) == 0
		}
	}
	return false
}

func (r *Result) collectSet(s *site) {
	if knowledge.WiringOf(s.fn) == knowledge.SetsProvider {
		if len(s.call.Args) == 1 && r.isSDK(s.call.Args[0]) {
			r.sets = append(r.sets, &Set{Call: s.call, Installer: s.fn, Cur: s.cur})
		}
		return
	}
	if of := r.summary(s.fn); of != nil && of.Sets && s.fn.Pkg() != r.pass.Pkg {
		r.sets = append(r.sets, &Set{Call: s.call, Callee: s.fn, Cur: s.cur})
	}
}

// collectSkips finds the deferred shutdowns that s, if it ends the process,
// keeps from running: where a server has come back, or always.
func (r *Result) collectSkips(s *site) {
	if !r.exits(s.fn) || !r.endsProgram(s) {
		return
	}
	at := momentOf(s.cur)
	if at.deferred != nil {
		return
	}
	r.collectSignalled(s)
	var shutdown *site
	var deferred *ast.DeferStmt
	for _, other := range r.sites {
		if !r.shutsDown(other) {
			continue
		}
		m := momentOf(other.cur)
		switch {
		case m.fn != at.fn:
		case m.deferred == nil && other.call.Pos() < s.call.Pos() && r.comesBefore(other.cur, at):
			return // it is done by hand before
		case m.deferred == nil && contains(s.call, other.call.Pos()):
			return
		case m.deferred != nil && m.deferred.End() <= s.call.Pos() && shutdown == nil && r.registered(m, at):
			shutdown, deferred = other, m.deferred
		}
	}
	if shutdown != nil {
		r.skips = append(r.skips, &Skip{s.call, deferred, shutdown.call})
	}
}

// registered reports whether the deferred call m is registered when control
// comes to at: the defer statement stands in a block around at.
func (r *Result) registered(m, at moment) bool {
	cur, ok := r.root.FindNode(m.deferred)
	if !ok {
		return false
	}
	for c := range cur.Enclosing((*ast.BlockStmt)(nil), (*ast.CaseClause)(nil), (*ast.CommClause)(nil)) {
		if contains(c.Node(), at.cur.Node().Pos()) {
			return true
		}
		// A defer under a test for nil or for an error is there when the provider is.
		if _, ok := c.Parent().Node().(*ast.IfStmt); !ok {
			return false
		}
		if leaves(c.Node().(*ast.BlockStmt).List) {
			return false
		}
	}
	return false
}

// shutsDown reports whether a call shuts a provider down.
func (r *Result) shutsDown(s *site) bool {
	if knowledge.WiringOf(s.fn) == knowledge.ShutsProvider {
		return true
	}
	if of := r.summary(s.fn); of != nil && of.Shuts && !of.Serves {
		return true
	}
	return s.fn == nil && r.holds(s.call.Fun)&Shutdown != 0
}

func (r *Result) exits(fn *types.Func) bool {
	return knowledge.WiringOf(fn) == knowledge.EndsProcess || r.summary(fn) != nil && r.summary(fn).Exits
}

// endsProgram reports whether an exit is how a program that has run ends: it is
// given what a server returned, it is done because of that, or in any case.
func (r *Result) endsProgram(s *site) bool {
	for _, arg := range s.call.Args {
		if r.serves(arg) {
			return true
		}
	}
	in := false
	for c := range s.cur.Enclosing((*ast.IfStmt)(nil), (*ast.SwitchStmt)(nil), (*ast.SelectStmt)(nil), (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.GoStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := c.Node().(type) {
		case *ast.IfStmt:
			if !contains(n.Body, s.call.Pos()) {
				return false
			}
			if r.asksClosed(n.Cond) {
				return false
			}
			if b, ok := ast.Unparen(n.Cond).(*ast.BinaryExpr); !in && ok && b.Op == token.NEQ && r.asksError(n.Cond) {
				return r.servedBefore(b.X, n)
			}
			in = true
		case *ast.FuncLit, *ast.FuncDecl:
			return !in
		default:
			return false
		}
	}
	return false
}

// servedBefore reports whether the error that an if statement asks about is
// what a server returned.
func (r *Result) servedBefore(err ast.Expr, n *ast.IfStmt) bool {
	v := r.varOf(err)
	if v == nil {
		return r.serves(err)
	}
	// The last assignment before the test counts.
	var last def
	for _, d := range r.defs[v] {
		if d.cur.Node().Pos() < n.Body.Pos() && (last.rhs == nil || d.cur.Node().Pos() > last.cur.Node().Pos()) {
			last = d
		}
	}
	return last.rhs != nil && r.serves(last.rhs)
}

// serves reports whether e calls something that runs a server or the program.
func (r *Result) serves(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := r.callee(call)
	return knowledge.WiringOf(fn) == knowledge.ServesRequests || r.summary(fn) != nil && r.summary(fn).Serves
}

// asksClosed reports whether a condition asks whether a server was shut down.
func (r *Result) asksClosed(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			found = found || knowledge.IsClosed(r.pass.TypesInfo.Uses[id])
		}
		return !found
	})
	return found
}
