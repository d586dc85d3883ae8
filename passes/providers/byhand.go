package providers

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A HandMade is a place where the header by which a trace goes on is written
// with a value that the program makes up.
type HandMade struct {
	Key ast.Expr // the name of the header
	// Sampled: the value always says that the trace is sampled.
	Sampled bool
}

// writesHeader reports whether the package mentions the header at all.
func (r *Result) writesHeader() bool {
	found := false
	for _, file := range r.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && !found && lit.Kind == token.STRING && len(lit.Value) == len(`"traceparent"`) {
				text, err := strconv.Unquote(lit.Value)
				found = err == nil && knowledge.IsTraceparent(text)
			}
			return !found
		})
	}
	return found
}

// HandMade returns the places where the header is made by hand, in source order.
func (r *Result) HandMade() []HandMade {
	if len(r.sites) == 0 || !r.writesHeader() {
		return nil
	}
	var made []HandMade
	add := func(cur inspector.Cursor, key, value ast.Expr) {
		if !r.isKey(key) || r.injects(cur) || r.inTest(key) {
			return
		}
		if text, ok := r.makes(value); ok {
			made = append(made, HandMade{key, strings.HasSuffix(text, "-01")})
		}
	}
	for cur := range r.root.Preorder((*ast.CallExpr)(nil), (*ast.AssignStmt)(nil), (*ast.CompositeLit)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			if first, ok := knowledge.WritesHeader(r.callee(n)); ok && !n.Ellipsis.IsValid() {
				for i := first; i+1 < len(n.Args); i += 2 {
					add(cur, n.Args[i], n.Args[i+1])
				}
			}
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				if x, ok := lhs.(*ast.IndexExpr); ok && len(n.Lhs) == len(n.Rhs) && knowledge.IsHeader(r.pass.TypesInfo.TypeOf(x.X)) {
					add(cur, x.Index, n.Rhs[i])
				}
			}
		case *ast.CompositeLit:
			if t := r.pass.TypesInfo.TypeOf(n); t != nil && knowledge.IsHeader(t) {
				r.element(cur, n, add)
			}
		}
	}
	return made
}

// element looks at the elements of a map of headers, or the fields of one.
func (r *Result) element(cur inspector.Cursor, lit *ast.CompositeLit, add func(inspector.Cursor, ast.Expr, ast.Expr)) {
	if _, ok := r.pass.TypesInfo.TypeOf(lit).Underlying().(*types.Map); ok {
		for _, elt := range lit.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				add(cur, kv.Key, kv.Value)
			}
		}
		return
	}
	var key, value ast.Expr
	for i, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		switch {
		case !ok && i == 0:
			key = elt
		case !ok && i == 1:
			value = elt
		case ok && strings.HasPrefix(types.ExprString(kv.Key), "Key"):
			key = kv.Value
		case ok && strings.HasPrefix(types.ExprString(kv.Key), "Value"):
			value = kv.Value
		}
	}
	if key != nil && value != nil {
		add(cur, bare(r, key), value)
	}
}

// bare returns what is converted, as in []byte("traceparent").
func bare(r *Result, e ast.Expr) ast.Expr {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && len(call.Args) == 1 && r.pass.TypesInfo.Types[call.Fun].IsType() {
		return call.Args[0]
	}
	return e
}

func (r *Result) isKey(e ast.Expr) bool {
	tv := r.pass.TypesInfo.Types[e]
	return tv.Value != nil && tv.Value.Kind() == constant.String && knowledge.IsTraceparent(constant.StringVal(tv.Value))
}

// injects reports whether what is at cur is in a propagator.
func (r *Result) injects(cur inspector.Cursor) bool {
	for c := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		fn, _ := r.pass.TypesInfo.Defs[c.Node().(*ast.FuncDecl).Name].(*types.Func)
		return knowledge.IsInject(fn)
	}
	return false
}

// makes reports whether e makes up the value of the header, and returns the
// text that it is made by.
func (r *Result) makes(e ast.Expr) (string, bool) {
	e = bare(r, e)
	if lit, ok := ast.Unparen(e).(*ast.CompositeLit); ok && len(lit.Elts) == 1 {
		return r.makes(lit.Elts[0])
	}
	for _, l := range r.leaves(e) {
		if text, ok := r.composed(l.expr); ok {
			return text, true
		}
		if l.fn == nil || l.fn.Pkg() != r.pass.Pkg {
			continue
		}
		if text, ok := r.madeBy(l.fn); ok {
			return text, true
		}
	}
	return "", false
}

// madeBy reports whether a function of the package returns a value that is made up.
func (r *Result) madeBy(fn *types.Func) (text string, ok bool) {
	for _, file := range r.pass.Files {
		for _, decl := range file.Decls {
			d, isFunc := decl.(*ast.FuncDecl)
			if !isFunc || d.Body == nil || r.pass.TypesInfo.Defs[d.Name] != fn {
				continue
			}
			ast.Inspect(d.Body, func(n ast.Node) bool {
				if ret, isReturn := n.(*ast.ReturnStmt); isReturn && len(ret.Results) > 0 && !ok {
					for _, l := range r.leaves(ret.Results[0]) {
						if text, ok = r.composed(l.expr); ok {
							break
						}
					}
				}
				return !ok
			})
		}
	}
	return text, ok
}

// composed reports whether e puts the value together, and by which text: a
// format, or the constant pieces of a concatenation.
func (r *Result) composed(e ast.Expr) (string, bool) {
	var text string
	switch n := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if knowledge.IsFormat(r.callee(n)) && len(n.Args) > 1 {
			text = r.constant(n.Args[0])
		}
	case *ast.BinaryExpr:
		if r.pass.TypesInfo.Types[e].Value != nil {
			return "", false
		}
		ast.Inspect(n, func(m ast.Node) bool {
			if x, ok := m.(ast.Expr); ok && r.constant(x) != "" {
				text += r.constant(x)
				return false
			}
			return true
		})
	}
	return text, knowledge.MakesTraceparent(text)
}

func (r *Result) constant(e ast.Expr) string {
	if tv := r.pass.TypesInfo.Types[e]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return constant.StringVal(tv.Value)
	}
	return ""
}

// EmptyPropagators returns the calls that make a propagator of nothing, which
// becomes that of the program whatever the user says.
func (r *Result) EmptyPropagators() []*ast.CallExpr {
	var calls []*ast.CallExpr
	for _, s := range r.sites {
		if knowledge.WiringOf(s.fn) != knowledge.SetsPropagator || len(s.call.Args) != 1 || r.branches(s.call) {
			continue
		}
		ls := r.leaves(s.call.Args[0])
		if len(ls) == 1 && knowledge.WiringOf(ls[0].fn) == knowledge.MakesPropagator && len(ls[0].call.Args) == 0 {
			calls = append(calls, ls[0].call)
		}
	}
	return calls
}
