package staleparent

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// declareInLoop declares the context and the span anew in each iteration.
func (c *checker) declareInLoop(s *start, round ast.Node) []analysis.SuggestedFix {
	plan := c.plan.Plan(c.file(s))
	plan.Replace(operator{s.Assign}, token.DEFINE.String())
	return plan.Fixes(fmt.Sprintf("Declare %s in the %s", diag.Text(s.ctx), roundName(round)))
}

// operator is the range of the operator of an assignment.
type operator struct{ *ast.AssignStmt }

func (o operator) Pos() token.Pos { return o.TokPos }
func (o operator) End() token.Pos { return o.TokPos + token.Pos(len(o.Tok.String())) }

func (c *checker) file(s *start) *ast.File { return diag.File(c.pass, s.Assign.Pos()) }

// keep makes the uses of the older context ones of that of the span.
func (c *checker) keep(s *start, stale []*ctxflow.Use) []analysis.SuggestedFix {
	if s.obj != nil {
		return c.rename(s, stale)
	}
	old, ok := ast.Unparen(s.Use.Arg).(*ast.Ident)
	if !ok || !knowledge.IsContext(c.pass.TypesInfo.TypeOf(old)) {
		if src := s.Use.Origin.Source; src != nil && (c.persists(s, src) || c.outlives(s, src)) {
			return c.apart(s, stale, "ctx")
		}
		return c.put(s, nil)
	}
	if s.Assign.Tok == token.ASSIGN && !c.flow.TopLevel(s.Start) {
		return nil // the older one would be lost for what comes after the block
	}
	if v, ok := c.pass.TypesInfo.Uses[old].(*types.Var); ok && c.outlives(s, v) {
		return c.apart(s, stale, old.Name)
	}
	plan := c.plan.Plan(c.file(s))
	plan.Replace(s.ctx, old.Name)
	for _, u := range stale {
		id, _ := ast.Unparen(u.Arg).(*ast.Ident)
		if id == nil || c.pass.TypesInfo.Uses[id] != c.pass.TypesInfo.Uses[old] {
			c.take(plan, s, u, c.pass.TypesInfo.Uses[old])
		}
	}
	return plan.Fixes(fmt.Sprintf("Keep the context of %s in %s", s.name(), old.Name))
}

// take makes the use of an older context one of v, which holds that of the span. It
// does so only if the older one has nothing that v has not, such as a deadline.
func (c *checker) take(plan *edit.Plan, s *start, u *ctxflow.Use, v types.Object) {
	if knowledge.IsRequest(u.Type) && !knowledge.IsContext(c.pass.TypesInfo.TypeOf(u.Arg)) {
		return // it is for its holder to carry the new one
	}
	steps, from := s.Use.Origin.Steps, u.Origin.Steps // the first ones last
	extra := max(0, len(from)-len(steps))
	switch {
	case extra > 0 && !slices.ContainsFunc(from[:extra], func(step *ast.CallExpr) bool { return step.Pos() < s.Assign.End() }):
		return // made of v while the span is open
	case extra > 0 || !slices.Equal(from, steps[len(steps)-len(from):]):
		plan.Refuse()
	}
	plan.Ref(v, u.Arg.Pos())
	plan.Replace(u.Arg, v.Name())
}

// apart gives the context of the span a name of its own: what comes after the span
// is to be under its parent still.
func (c *checker) apart(s *start, stale []*ctxflow.Use, base string) []analysis.SuggestedFix {
	plan := c.plan.Plan(c.file(s))
	name := plan.FreshName(base, s.Assign.Pos())
	plan.Replace(s.ctx, name)
	for _, u := range stale {
		if !knowledge.IsContext(c.pass.TypesInfo.TypeOf(u.Arg)) {
			plan.Refuse()
		}
		plan.Replace(u.Arg, name)
	}
	return plan.Fixes(fmt.Sprintf("Use the context of %s under it", s.name()))
}

// persists reports whether v keeps what one iteration of the loop around the start
// puts into it for the next one.
func (c *checker) persists(s *start, v *types.Var) bool {
	loop := c.flow.LoopOf(s.Start)
	return loop != nil && (v.Pos() < loop.Pos() || loop.End() <= v.Pos())
}

// outlives reports whether v, the variable with the older context, may be read when
// the span is over: after its End, by a literal from before it, or by the caller.
func (c *checker) outlives(s *start, v *types.Var) bool {
	return slices.ContainsFunc(c.flow.UsesOfVar(v), func(use inspector.Cursor) bool {
		if use.Node().Pos() > s.Assign.End() {
			_, returned := use.Parent().Node().(*ast.ReturnStmt)
			return returned || c.closed(s, use)
		}
		for lit := range use.Enclosing((*ast.FuncLit)(nil)) {
			if s.Assign.Pos() < lit.Node().Pos() || s.Assign.Pos() > lit.Node().End() {
				return true
			}
		}
		return false
	})
}

// rename writes the name of the span's context where the older one is used.
func (c *checker) rename(s *start, stale []*ctxflow.Use) []analysis.SuggestedFix {
	plan := c.plan.Plan(c.file(s))
	for _, u := range stale {
		if !knowledge.IsContext(c.pass.TypesInfo.TypeOf(u.Arg)) {
			plan.Refuse()
		}
		plan.Ref(s.obj, u.Arg.Pos())
		plan.Replace(u.Arg, s.obj.Name())
	}
	return plan.Fixes(fmt.Sprintf("Use %s under %s", s.obj.Name(), s.name()))
}

// put puts the context on the request: before the handlers that follow run, or
// right after the start if next is nil.
func (c *checker) put(s *start, next *ctxflow.Use) []analysis.SuggestedFix {
	source := s.Use.Origin.Source
	if next != nil {
		if call, ok := ast.Unparen(next.Arg).(*ast.CallExpr); ok && len(call.Args) == 1 {
			return c.carry(s, call) // r.WithContext(ctx)
		}
		if id, ok := ast.Unparen(next.Arg).(*ast.Ident); ok {
			source, _ = c.pass.TypesInfo.Uses[id].(*types.Var)
		}
	}
	if source == nil || s.Assign.Tok != token.DEFINE && s.obj == nil || c.persists(s, source) || next != nil && c.overwritten(s, next) {
		return nil
	}
	req, ok := knowledge.RequestOf(source.Type())
	if !ok || req.Put == "" {
		return nil
	}
	plan := c.plan.Plan(c.file(s))
	name := c.name(plan, s)
	at := ast.Stmt(s.Assign)
	if next != nil {
		at = c.flow.StatementOf(next.Cur)
	}
	if at == nil {
		return nil
	}
	plan.Ref(source, at.Pos())
	stmt := req.PutText(source.Name(), name)
	if next != nil {
		plan.InsertBefore(at, stmt)
	} else {
		plan.InsertAfter(at, stmt)
	}
	return plan.Fixes("Put the context of " + s.name() + " on the request")
}

// overwritten reports whether the variable of the span's context is given another
// one before next, which does not come from it.
func (c *checker) overwritten(s *start, next *ctxflow.Use) bool {
	if s.obj == nil {
		return false
	}
	for _, use := range c.flow.UsesOfVar(s.obj) {
		assign, ok := use.Parent().Node().(*ast.AssignStmt)
		if !ok || assign.Pos() < s.Assign.End() || next.Call.Pos() < assign.Pos() || !slices.Contains(assign.Lhs, use.Node().(ast.Expr)) {
			continue
		}
		derived := false
		for _, rhs := range assign.Rhs {
			ast.Inspect(rhs, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && c.pass.TypesInfo.Uses[id] == s.obj {
					derived = true
				}
				return !derived
			})
		}
		if !derived {
			return true
		}
	}
	return false
}

// carry gives the context of the span to a call that makes the request which
// the handlers get: r.WithContext(ctx).
func (c *checker) carry(s *start, call *ast.CallExpr) []analysis.SuggestedFix {
	if s.Assign.Tok != token.DEFINE && s.obj == nil || !knowledge.IsContext(c.pass.TypesInfo.TypeOf(call.Args[0])) {
		return nil
	}
	plan := c.plan.Plan(c.file(s))
	name := c.name(plan, s)
	if s.obj != nil {
		plan.Ref(s.obj, call.Pos())
	}
	plan.Replace(call.Args[0], name)
	return plan.Fixes("Put the context of " + s.name() + " on the request")
}

// name returns the name of the span's context, after giving it one if it has
// none.
func (c *checker) name(plan *edit.Plan, s *start) string {
	if s.obj != nil {
		return s.obj.Name()
	}
	name := plan.FreshName("ctx", s.Assign.Pos())
	plan.Replace(s.ctx, name)
	return name
}
