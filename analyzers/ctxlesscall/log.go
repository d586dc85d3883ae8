package ctxlesscall

import (
	"fmt"
	"go/ast"
	"go/types"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/ctxless"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// logs reports lines that are written without a context where one is at hand.
func (c *checker) logs() {
	for _, site := range c.flow.Sites() {
		if site.Fn == nil || site.Fn.Pkg() == nil || site.Func == nil || ctxless.TakesContext(site.Fn) || !knowledge.IsLogger(site.Fn.Pkg().Path()) || !knowledge.IsLogLevel(site.Fn) {
			continue
		}
		if _, spawned := site.Cur.Parent().Node().(*ast.GoStmt); spawned {
			continue
		}
		if hand := c.flow.At(site.Func, site.Call.Pos()); hand != nil && !c.flow.Deferred(site.Cur) && !c.flow.Explained(site.Cur) {
			c.log(site, hand)
		}
	}
}

// log reports a line that is written without a context: none is among the
// arguments of the call, nor of those that its receiver comes from.
func (c *checker) log(site requests.Site, hand *requests.Context) {
	if c.mentionsContext(site, site.Call, 4) || c.givenInChain(site) {
		return
	}
	twin, extra := c.less.Twin(site)
	f := diag.Finding{
		Range:    nameOf(site.Call),
		Category: "log",
		Message:  fmt.Sprintf("%s has no context, so the line has no trace id", diag.Text(site.Call.Fun)),
	}
	if twin != nil {
		f.Message += fmt.Sprintf(": %s takes one", twin.Name())
		f.Fixes = c.replace(site, hand, twin, extra)
	}
	diag.Report(c.pass, f)
}

// mentionsContext reports whether e has to do with a context: one stands in it,
// or in what a local variable in it comes from.
func (c *checker) mentionsContext(site requests.Site, e ast.Expr, depth int) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		if !ok || found {
			return !found
		}
		if sel, ok := x.(*ast.SelectorExpr); ok {
			if t := c.pass.TypesInfo.TypeOf(sel.X); t != nil && knowledge.IsContext(t) {
				return false // ctx.Err() says nothing of the trace
			}
		}
		if t := c.pass.TypesInfo.TypeOf(x); t != nil && knowledge.IsContext(t) {
			found = true
		}
		id, ok := x.(*ast.Ident)
		if !ok || depth == 0 {
			return !found
		}
		v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
		if !ok || v.IsField() || v.Pkg() != c.pass.Pkg || v.Parent() == c.pass.Pkg.Scope() {
			return !found
		}
		if isLogger(v.Type()) {
			def := c.less.Definition(site, v)
			// A logger that the function was given may know the context.
			found = def == nil || c.mentionsContext(site, def, depth-1)
		}
		return !found
	})
	return found
}

// givenInChain reports whether a method that is called on what the call returns
// is given a context, there or on the variable that it goes to.
func (c *checker) givenInChain(site requests.Site) bool {
	for cur := site.Cur; ; cur = cur.Parent() {
		switch n := cur.Parent().Node().(type) {
		case *ast.SelectorExpr:
		case *ast.CallExpr:
			for _, arg := range n.Args {
				if t := c.pass.TypesInfo.TypeOf(arg); t != nil && knowledge.IsContext(t) {
					return true
				}
			}
		case *ast.AssignStmt:
			v := c.less.ResultOf(requests.Site{Cur: cur})
			return v == nil || c.less.CallsOn(site, v, "Ctx")
		default:
			return false
		}
	}
}

func isLogger(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || !knowledge.IsLogger(named.Obj().Pkg().Path()) {
		return false
	}
	_, basic := named.Underlying().(*types.Basic) // a level
	return !basic
}
