package silenterror

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
	"github.com/tracevet/tracevet/passes/spanflow"
)

// deferred reports the defer statements that evaluate an error as it is then,
// though the variable is set later: those that record it, and those that hand
// it to what ends a span.
func (c *checker) deferred(index *libindex.Index, spans []*spanflow.Span) {
	ends := make(map[*ast.CallExpr]bool)
	var starts []token.Pos
	for _, span := range spans {
		for _, call := range span.Ends() {
			ends[call] = true
		}
		if call := span.Call(); call != nil {
			starts = append(starts, call.Pos())
		}
	}
	for _, fn := range index.Funcs() {
		startsSpan := func(pos token.Pos) bool { return fn.Decl.Pos() <= pos && pos < fn.Decl.End() }
		if slices.ContainsFunc(fn.Funcs, recordsError) || slices.ContainsFunc(starts, startsSpan) {
			c.walkDefers(fn.Decl, ends)
		}
	}
}

func recordsError(fn *types.Func) bool { return knowledge.ErrorRole(fn) == knowledge.RecordsError }

// A body is the innermost function around a statement.
type body struct {
	typ   *ast.FuncType
	block *ast.BlockStmt
	loop  ast.Node // the innermost loop in it around the statement, or nil
}

func (c *checker) walkDefers(decl *ast.FuncDecl, ends map[*ast.CallExpr]bool) {
	var walk func(n ast.Node, in body)
	walk = func(root ast.Node, in body) {
		ast.Inspect(root, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				walk(n.Body, body{n.Type, n.Body, nil})
				return false
			case *ast.ForStmt, *ast.RangeStmt:
				if n != root {
					walk(n, body{in.typ, in.block, n})
					return false
				}
			case *ast.DeferStmt:
				if fn, _ := typeutil.Callee(c.pass.TypesInfo, n.Call).(*types.Func); recordsError(fn) {
					c.early(n, in)
				} else if ends[n.Call] || c.takesSpan(n.Call) {
					c.handsOver(n, in)
				}
			}
			return true
		})
	}
	walk(decl.Body, body{decl.Type, decl.Body, nil})
}

// early reports defer span.RecordError(err).
func (c *checker) early(d *ast.DeferStmt, in body) {
	sel, ok := ast.Unparen(d.Call.Fun).(*ast.SelectorExpr)
	if !ok || len(d.Call.Args) == 0 {
		return
	}
	id, ok := ast.Unparen(d.Call.Args[0]).(*ast.Ident)
	if !ok {
		return
	}
	v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || v.IsField() {
		return
	}
	if what := c.later(v, d, in); what != "" {
		diag.Report(c.pass, diag.Finding{
			Range:    id,
			Category: "evaluated-early",
			Message:  fmt.Sprintf("%s is evaluated when the defer statement runs, so %s is never recorded", id.Name, what),
			Fixes:    c.postpone(d, sel, id),
		})
	}
}

// takesSpan reports whether a call of a function that is not of a tracing API
// gets a span as an argument.
func (c *checker) takesSpan(call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(c.pass.TypesInfo, call)
	if fn == nil || knowledge.Of(fn).Role != knowledge.None {
		return false
	}
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		return knowledge.SpanEnders(c.pass.TypesInfo.TypeOf(arg)) != nil
	})
}

// handsOver reports the deferred call of a helper, as in defer finish(span, err),
// if the error is nil for certain when the defer statement runs: unlike
// RecordError, a helper may have a use for an error that is known by then.
func (c *checker) handsOver(d *ast.DeferStmt, in body) {
	if in.loop != nil {
		return // in the next iteration it may have been set
	}
	for _, arg := range d.Call.Args {
		id, ok := ast.Unparen(arg).(*ast.Ident)
		if !ok {
			continue
		}
		v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
		if !ok || !isError(v.Type()) || !c.isNilAt(v, d, in) {
			continue
		}
		if what := c.later(v, d, in); what != "" {
			diag.Report(c.pass, diag.Finding{
				Range:    id,
				Category: "evaluated-early",
				Message:  fmt.Sprintf("%s is evaluated when the defer statement runs, so %s never gets %s", id.Name, diag.Text(d.Call.Fun), what),
				Fixes:    c.wrap(d, in),
			})
		}
	}
}

// isNilAt reports whether a variable is declared without a value in a function,
// and nothing before the statement sets it.
func (c *checker) isNilAt(v *types.Var, d *ast.DeferStmt, in body) bool {
	if c.isResult(in.typ, v) {
		return !c.setBefore(in.block, v, d.Pos())
	}
	declared := false
	ast.Inspect(in.block, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && len(spec.Values) == 0 {
			for _, name := range spec.Names {
				declared = declared || c.pass.TypesInfo.Defs[name] == v
			}
		}
		return !declared
	})
	return declared && !c.setBefore(in.block, v, d.Pos())
}

// setBefore reports whether a statement that begins before a position may set a
// variable, and whether control may come back to before it.
func (c *checker) setBefore(block *ast.BlockStmt, v *types.Var, pos token.Pos) bool {
	found := false
	ast.Inspect(block, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		case *ast.AssignStmt, *ast.UnaryExpr, *ast.RangeStmt:
			found = found || n.Pos() < pos && c.setsHere(n, v)
		}
		return !found
	})
	return found
}

// later says what a variable is set to after a defer statement; "" if to nothing.
func (c *checker) later(v *types.Var, d *ast.DeferStmt, in body) string {
	if set := c.setAfter(in.block, v, d.End()); set.IsValid() {
		return fmt.Sprintf("what it is set to on line %d", c.line(set))
	}
	if c.isResult(in.typ, v) && c.returnsError(in.block, d.End()) {
		return "what the function returns"
	}
	return ""
}

// returnsError reports whether a return statement behind a position returns anything
// but nil as its last result.
func (c *checker) returnsError(block *ast.BlockStmt, pos token.Pos) bool {
	found := false
	ast.Inspect(block, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // returns for itself
		case *ast.ReturnStmt:
			if k := len(n.Results); n.Pos() > pos && k > 0 && !c.pass.TypesInfo.Types[n.Results[k-1]].IsNil() {
				found = true
			}
		}
		return !found
	})
	return found
}

// setAfter returns where a variable is set after a position; NoPos if nowhere.
func (c *checker) setAfter(body *ast.BlockStmt, v *types.Var, pos token.Pos) token.Pos {
	found := token.NoPos
	ast.Inspect(body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || assign.Pos() < pos || found.IsValid() {
			return !found.IsValid()
		}
		for _, lhs := range assign.Lhs {
			if id, ok := ast.Unparen(lhs).(*ast.Ident); ok && c.pass.TypesInfo.ObjectOf(id) == v {
				found = assign.Pos()
			}
		}
		return true
	})
	return found
}

// isResult reports whether v is a named result, which return statements set.
func (c *checker) isResult(typ *ast.FuncType, v *types.Var) bool {
	if typ.Results == nil {
		return false
	}
	for _, field := range typ.Results.List {
		for _, name := range field.Names {
			if c.pass.TypesInfo.Defs[name] == v {
				return true
			}
		}
	}
	return false
}
