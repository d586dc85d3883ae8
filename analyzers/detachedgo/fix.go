package detachedgo

import (
	"fmt"
	"go/ast"
	"go/types"
	"go/version"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// withoutCancel is the first version of Go that has context.WithoutCancel.
const withoutCancel = "go1.21"

// plan starts a plan for the file that the goroutine is started in; nil if its
// version of Go has no context.WithoutCancel.
func (c *checker) plan(s *ctxflow.Spawn) *edit.Plan { return c.planAt(s.Node) }

func (c *checker) planAt(n ast.Node) *edit.Plan {
	file := diag.File(c.pass, n.Pos())
	if file == nil {
		return nil
	}
	v := c.pass.TypesInfo.FileVersions[file]
	if v == "" {
		v = c.pass.Pkg.GoVersion()
	}
	if v != "" && version.Compare(v, withoutCancel) < 0 {
		return nil
	}
	return c.planner.Plan(file)
}

// hoist declares a context without cancellation before the goroutine and
// returns its name.
func (c *checker) hoist(plan *edit.Plan, s *ctxflow.Spawn, text string) string {
	stmt := c.flow.StatementOf(s.Cur)
	if stmt == nil {
		plan.Refuse()
		return ""
	}
	pkg := plan.AddImport("context", "context", stmt.Pos())
	name := plan.FreshName("detached", stmt.Pos())
	plan.InsertBefore(stmt, fmt.Sprintf("%s := %s(%s)", name, qualify(pkg, "WithoutCancel"), text))
	return name
}

func qualify(pkg, name string) string {
	if pkg == "" {
		return name
	}
	return pkg + "." + name
}

// carry gives the goroutine the context at hand, without its cancellation, in
// place of the root.
func (c *checker) carry(s *ctxflow.Spawn, root *ast.CallExpr, hand *requests.Context) []analysis.SuggestedFix {
	plan := c.plan(s)
	if plan == nil || !hand.Named() {
		return nil
	}
	if root.Pos() < s.Node.Pos() || s.Node.End() < root.End() {
		return nil // a root from outside, which others may use
	}
	plan.Ref(hand.Var, s.Node.Pos())
	if s.Joined {
		for _, other := range c.rootsIn(s) {
			plan.Ref(hand.Var, other.Pos())
			plan.Replace(other, hand.Text())
		}
		return plan.Fixes(fmt.Sprintf("Replace %s by %s", diag.Text(root), hand.Text()))
	}
	if s.Lit == nil {
		pkg := plan.AddImport("context", "context", root.Pos())
		plan.Replace(root, fmt.Sprintf("%s(%s)", qualify(pkg, "WithoutCancel"), hand.Text()))
		return plan.Fixes("Keep the trace without the cancellation")
	}
	name := c.hoist(plan, s, hand.Text())
	for _, other := range c.rootsIn(s) {
		plan.Replace(other, name)
	}
	return plan.Fixes("Keep the trace without the cancellation")
}

// rootsIn returns the roots in the goroutine that it works on.
func (c *checker) rootsIn(s *ctxflow.Spawn) []*ast.CallExpr {
	var roots []*ast.CallExpr
	seen := make(map[*ast.CallExpr]bool)
	for _, u := range s.Uses {
		root := u.Origin.Root
		if root != nil && u.Work > ctxflow.NoWork && !seen[root] && s.Node.Pos() <= root.Pos() && root.End() <= s.Node.End() {
			seen[root] = true
			roots = append(roots, root)
		}
	}
	return roots
}

// detach gives the goroutine the context that it works on without the
// cancellation.
func (c *checker) detach(s *ctxflow.Spawn, first *ctxflow.Use) []analysis.SuggestedFix {
	plan := c.plan(s)
	if plan == nil {
		return nil
	}
	if s.Lit == nil {
		return c.detachArg(first)
	}
	text := types.ExprString(first.Arg)
	for id := range identsOf(first.Arg) {
		obj := c.pass.TypesInfo.Uses[id]
		if v, ok := obj.(*types.Var); ok && !v.IsField() && (s.Lit.Node.Pos() <= v.Pos() && v.Pos() < s.Lit.Node.End()) {
			return nil // a context that the goroutine has made of it
		}
	}
	if !knowledge.IsContext(c.pass.TypesInfo.TypeOf(first.Arg)) {
		return nil
	}
	if id, ok := ast.Unparen(first.Arg).(*ast.Ident); ok && c.settled(s, id) {
		// The uses keep their name, so that fixes of other rules go with this one.
		body := s.Lit.Body()
		pkg := plan.AddImport("context", "context", body.Lbrace+1)
		plan.InsertBefore(body.List[0], fmt.Sprintf("%s := %s(%s)", id.Name, qualify(pkg, "WithoutCancel"), id.Name))
		return plan.Fixes("Keep the trace without the cancellation")
	}
	name := c.hoist(plan, s, text)
	for _, u := range s.Uses {
		if types.ExprString(u.Arg) == text && u.Origin.Source == first.Origin.Source {
			plan.Replace(u.Arg, name)
		}
	}
	if c.otherwise(s, first) {
		return nil
	}
	return plan.Fixes("Keep the trace without the cancellation")
}

// settled reports whether a variable that the goroutine captures has its last
// value when that is started, and is not set in it.
func (c *checker) settled(s *ctxflow.Spawn, id *ast.Ident) bool {
	v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || len(s.Lit.Body().List) == 0 {
		return false
	}
	for _, use := range c.flow.UsesOfVar(v) {
		if kind, _ := use.ParentEdge(); kind == edge.AssignStmt_Lhs && use.Node().Pos() > s.Node.Pos() {
			return false
		}
	}
	return !c.flow.InLoop(s.Cur) || s.Func.Node.Pos() <= v.Pos()
}

// detachArg takes the cancellation from a context where it is passed on.
func (c *checker) detachArg(u *ctxflow.Use) []analysis.SuggestedFix {
	plan := c.planAt(u.Arg)
	if plan == nil || !knowledge.IsContext(u.Type) {
		return nil
	}
	pkg := plan.AddImport("context", "context", u.Arg.Pos())
	plan.Replace(u.Arg, fmt.Sprintf("%s(%s)", qualify(pkg, "WithoutCancel"), types.ExprString(u.Arg)))
	return plan.Fixes("Keep the trace without the cancellation")
}

// otherwise reports whether the goroutine uses the request, or its context, in
// another way than to pass on what the first use passes on.
func (c *checker) otherwise(s *ctxflow.Spawn, first *ctxflow.Use) bool {
	text := types.ExprString(first.Arg)
	for _, u := range s.Uses {
		if u.Origin.Source == first.Origin.Source && types.ExprString(u.Arg) != text && !insideLit(u, s) {
			return true
		}
	}
	return false
}

// insideLit reports whether what is used was derived in the goroutine itself.
func insideLit(u *ctxflow.Use, s *ctxflow.Spawn) bool {
	for _, step := range u.Origin.Steps {
		if s.Lit.Node.Pos() <= step.Pos() && step.End() <= s.Lit.Node.End() {
			return true
		}
	}
	return false
}

// hoistRequest takes the request's context out before the goroutine starts, if
// that is all that it uses of the request.
func (c *checker) hoistRequest(s *ctxflow.Spawn, v *types.Var, ids []*ast.Ident) []analysis.SuggestedFix {
	plan := c.plan(s)
	req, ok := knowledge.RequestOf(v.Type())
	if plan == nil || !ok || req.Context == "" || s.Lit == nil {
		return nil
	}
	text := v.Name() + req.Context
	name := ""
	for _, id := range ids {
		e := c.contextOf(s, id, text)
		if e == nil {
			return nil // it uses more than the context
		}
		if name == "" {
			name = c.hoist(plan, s, text)
		}
		plan.Replace(e, name)
	}
	plan.Ref(v, s.Node.Pos())
	return plan.Fixes("Keep the trace, and leave the request to its handler")
}

// contextOf returns the expression around id that is the request's context, or
// id itself if it is used as one.
func (c *checker) contextOf(s *ctxflow.Spawn, id *ast.Ident, text string) ast.Expr {
	var found ast.Expr
	ast.Inspect(s.Lit.Node, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && e.Pos() == id.Pos() && found == nil && types.ExprString(e) == text {
			found = e
		}
		return true
	})
	if found != nil {
		return found
	}
	for _, u := range s.Uses {
		if ast.Unparen(u.Arg) == ast.Expr(id) && knowledge.IsContext(u.Type) {
			return id
		}
	}
	return nil
}

// identsOf yields the identifiers in e.
func identsOf(e ast.Expr) func(yield func(*ast.Ident) bool) {
	return func(yield func(*ast.Ident) bool) {
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				return yield(id)
			}
			return true
		})
	}
}
