package ctxflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// deliberate reports whether a root at cur is there on purpose, by what the
// code around it says: the context of what goes on there has ended or may have,
// or the work is that of many requests, or a comment gives a reason. A TODO says
// that nobody has decided: an error around it, and a comment, tell nothing more.
func (r *Result) deliberate(cur inspector.Cursor, todo bool) bool {
	return r.onPurpose(cur, todo, false)
}

// onPurpose is deliberate of a root that, if marks, is only asked for its span:
// one may write to the span of a context that is over, so that an error is no
// reason for another.
func (r *Result) onPurpose(cur inspector.Cursor, todo, marks bool) bool {
	return r.afterEnd(cur, !todo && !marks) || !todo && r.explained(cur) || r.shared(cur)
}

// afterEnd reports whether the code at cur runs when the context may be over:
// in a defer, or after something that tells of the end or, if errors, of an error.
func (r *Result) afterEnd(cur inspector.Cursor, errors bool) bool {
	pos := cur.Node().Pos()
	for c := range cur.Enclosing() {
		switch n := c.Node().(type) {
		case *ast.DeferStmt:
			return true
		case *ast.CommClause:
			if n.Comm != nil && n.Comm.End() < pos && r.receivesEnd(n.Comm) {
				return true
			}
		case *ast.IfStmt:
			if within(n.Body, pos) && (r.tellsEnd(n.Cond) || errors && r.testsError(n.Cond)) ||
				n.Else != nil && within(n.Else, pos) && errors && r.isNoError(n.Cond) {
				return true
			}
		case *ast.CaseClause:
			// A switch without a tag is a chain of ifs.
			for _, cond := range n.List {
				if n.Colon < pos && (r.tellsEnd(cond) || errors && r.testsError(cond)) {
					return true
				}
			}
		case *ast.BlockStmt:
			if end := r.waitsForEnd(n); end.IsValid() && end <= pos {
				return true
			}
		case *ast.FuncLit:
			if f := r.FuncAt(c); f != nil && f.Run == requests.Deferred || r.givesBack(c) {
				return true
			}
		case *ast.FuncDecl:
			return false
		}
	}
	return false
}

func within(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// waitsForEnd returns the end of the first statement of a block that waits for
// the end of a context, or for a signal; no position if none does.
func (r *Result) waitsForEnd(block *ast.BlockStmt) token.Pos {
	r.zones.mu.Lock()
	defer r.zones.mu.Unlock()
	end, ok := r.zones.waits[block]
	if !ok {
		if i := slices.IndexFunc(block.List, r.waitsIn); i >= 0 {
			end = block.List[i].End()
		}
		r.zones.waits[block] = end
	}
	return end
}

func (r *Result) waitsIn(stmt ast.Stmt) bool {
	switch s := stmt.(type) {
	case *ast.ExprStmt:
		return r.receivesEnd(s)
	case *ast.SelectStmt:
		for _, clause := range s.Body.List {
			if comm := clause.(*ast.CommClause).Comm; comm == nil || !r.receivesEnd(comm) {
				return false
			}
		}
		return len(s.Body.List) > 0
	}
	return false
}

// receivesEnd reports whether a statement receives from the Done channel of a
// context, or from a channel of signals.
func (r *Result) receivesEnd(stmt ast.Stmt) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		recv, ok := n.(*ast.UnaryExpr)
		if !ok || recv.Op != token.ARROW {
			return !found
		}
		if call, ok := ast.Unparen(recv.X).(*ast.CallExpr); ok {
			if fn := r.callee(call); fn != nil && fn.Name() == "Done" && fn.Pkg() != nil && fn.Pkg().Path() == "context" {
				found = true
			}
		}
		// Signals; and what ctx.Done() has returned, in a variable.
		if ch, ok := r.pass.TypesInfo.TypeOf(recv.X).Underlying().(*types.Chan); ok && (isNamed(ch.Elem(), "os", "Signal") || isDone(ch)) {
			found = true
		}
		return !found
	})
	return found
}

// isDone reports whether ch is of the type of a context's Done channel.
func isDone(ch *types.Chan) bool {
	st, ok := ch.Elem().Underlying().(*types.Struct)
	return ok && st.NumFields() == 0 && ch.Dir() == types.RecvOnly
}

// tellsEnd reports whether a condition asks whether a context is over.
func (r *Result) tellsEnd(cond ast.Expr) bool {
	if eq, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && eq.Op == token.EQL && (r.pass.TypesInfo.Types[eq.X].IsNil() || r.pass.TypesInfo.Types[eq.Y].IsNil()) {
		return false // ctx.Err() == nil: it is not over
	}
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return !found
		}
		obj := r.pass.TypesInfo.Uses[id]
		if obj == nil || obj.Pkg() == nil || obj.Pkg().Path() != "context" {
			return !found
		}
		switch obj.Name() {
		case "Err", "Cause", "Canceled", "DeadlineExceeded":
			found = true
		}
		return !found
	})
	return found
}

// testsError reports whether a condition is that an error is not nil: what has
// failed may have done so because the context ended.
func (r *Result) testsError(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if e, ok := n.(*ast.BinaryExpr); ok && e.Op == token.NEQ {
			for _, pair := range [][2]ast.Expr{{e.X, e.Y}, {e.Y, e.X}} {
				if t := r.pass.TypesInfo.TypeOf(pair[0]); t != nil && types.Identical(t, errorType) && r.pass.TypesInfo.Types[pair[1]].IsNil() {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// isNoError reports whether a condition is that an error is nil, and no more.
func (r *Result) isNoError(cond ast.Expr) bool {
	e, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || e.Op != token.EQL {
		return false
	}
	x, y := e.X, e.Y
	if r.pass.TypesInfo.Types[x].IsNil() {
		x, y = y, x
	}
	t := r.pass.TypesInfo.TypeOf(x)
	return t != nil && types.Identical(t, errorType) && r.pass.TypesInfo.Types[y].IsNil()
}

var errorType = types.Universe.Lookup("error").Type()

// shared reports whether the code at cur does work for many requests: it runs
// once, or makes something that is kept if it is not there yet.
func (r *Result) shared(cur inspector.Cursor) bool {
	pos := cur.Node().Pos()
	for c := range cur.Enclosing() {
		switch n := c.Node().(type) {
		case *ast.IfStmt:
			if within(n.Body, pos) && r.makes(n) {
				return true
			}
		case *ast.FuncLit:
			if f := r.FuncAt(c); f != nil && f.Run == requests.Shared {
				return true
			}
		case *ast.FuncDecl:
			return r.runsOnce(n)
		}
	}
	return false
}

// makes reports whether an if tests something for nil and sets it in its body,
// or guards a context that may be nil.
func (r *Result) makes(n *ast.IfStmt) bool {
	found := false
	ast.Inspect(n.Cond, func(m ast.Node) bool {
		eq, ok := m.(*ast.BinaryExpr)
		if !ok || eq.Op != token.EQL {
			return !found
		}
		x, y := eq.X, eq.Y
		if r.pass.TypesInfo.Types[x].IsNil() {
			x, y = y, x
		}
		if !r.pass.TypesInfo.Types[y].IsNil() {
			return !found
		}
		want := types.ExprString(x)
		ast.Inspect(n.Body, func(m ast.Node) bool {
			if assign, ok := m.(*ast.AssignStmt); ok {
				for _, lhs := range assign.Lhs {
					if types.ExprString(lhs) == want {
						found = true
					}
				}
			}
			return !found
		})
		return !found
	})
	return found
}

// runsOnce reports whether a function is what a sync.Once runs, as a method
// value: s.once.Do(s.connect).
func (r *Result) runsOnce(decl *ast.FuncDecl) bool {
	obj, ok := r.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	return ok && r.once[obj]
}

// findOnce finds the functions that are handed to something that runs them once
// for many callers.
func (r *Result) findOnce() {
	r.once = make(map[*types.Func]bool)
	for _, site := range r.Sites() {
		if knowledge.Of(site.Fn).Role != knowledge.ShareFunc {
			continue
		}
		for _, arg := range site.Call.Args {
			if fn := r.Function(arg); fn != nil {
				r.once[fn] = true
			}
		}
	}
}

// turn reports whether the code at cur is a turn of a loop that goes on until the
// context at hand is over, or stands in a function that waits for that: it is the
// life of the loop, and belongs to no work that is done in it. A request's is
// another matter, also where it is waited for.
func (r *Result) turn(cur inspector.Cursor, hand *requests.Context) bool {
	if hand.Request {
		return false
	}
	f := hand.Func
	if r.Lifetime(f) {
		return true
	}
	pos := cur.Node().Pos()
	for c := range r.endless(f) {
		if n := c.Node().(*ast.ForStmt); (pos < n.Pos() || within(n.Body, pos)) && r.stops(n.Body) {
			return true
		}
	}
	return false
}

// stops reports whether the body of a loop is left because a context is over, or
// something else tells it to stop, and for no other reason.
func (r *Result) stops(body *ast.BlockStmt) bool {
	told, leaves := false, false
	var visit func(n ast.Node, asked bool)
	visit = func(n ast.Node, asked bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.CommClause:
				told = told || m.Comm != nil && r.receivesEnd(m.Comm)
				if !asked && m.Comm != nil {
					visit(m, true)
					return false
				}
			case *ast.ReturnStmt:
				leaves = leaves || !asked
			}
			return true
		})
	}
	visit(body, false)
	return told && !leaves
}
