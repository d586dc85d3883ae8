package spanflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/ssa"
)

// A syntax relates the SSA form of a function to its source.
type syntax struct {
	f       *function
	once    sync.Once // the rest is made when it is asked for first
	parents map[ast.Node]ast.Node
	calls   map[token.Pos]*ast.CallExpr // by Lparen, which is the Pos of an ssa.Call
	ways    map[wayKey]token.Pos
	loops   map[token.Pos]ast.Node // by the positions that iterates returns
}

type wayKey struct {
	loops ast.Node // the statement that starts the span
	block *ssa.BasicBlock
	succ  int
}

func newSyntax(f *function) *syntax { return &syntax{f: f} }

// index prepares the answers. Several rules may ask at once.
func (x *syntax) index() { x.once.Do(x.read) }

func (x *syntax) read() {
	x.parents = make(map[ast.Node]ast.Node)
	x.calls = make(map[token.Pos]*ast.CallExpr)
	x.ways = make(map[wayKey]token.Pos)
	x.loops = make(map[token.Pos]ast.Node)
	var stack []ast.Node
	ast.Inspect(x.f.node, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if len(stack) > 0 {
			x.parents[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		if call, ok := n.(*ast.CallExpr); ok {
			x.calls[call.Lparen] = call
		}
		return true
	})
}

// call returns the source of a call, deferred ones included.
func (x *syntax) call(instr ssa.CallInstruction) *ast.CallExpr {
	x.index()
	if call := x.calls[instr.Common().Pos()]; call != nil {
		return call
	}
	return x.calls[instr.Pos()]
}

// assigned returns the left-hand side that gets result k of a call, or the
// only result for k == -1; nil if there is none. Methods that are called on
// the result, and return it again, are looked through.
func (x *syntax) assigned(call *ast.CallExpr, k int) ast.Expr {
	x.index()
	var at ast.Node = call
	for {
		switch parent := x.parents[at].(type) {
		case *ast.ParenExpr:
			at = parent
			continue
		case *ast.SelectorExpr:
			outer, ok := x.parents[parent].(*ast.CallExpr)
			if k < 0 && ok && outer.Fun == parent && types.Identical(x.typeOf(outer), x.typeOf(call)) {
				at = outer
				continue
			}
		case *ast.AssignStmt:
			return pick(parent.Lhs, parent.Rhs, at, k)
		case *ast.ValueSpec:
			var lhs []ast.Expr
			for _, name := range parent.Names {
				lhs = append(lhs, name)
			}
			return pick(lhs, parent.Values, at, k)
		}
		return nil
	}
}

func (x *syntax) typeOf(e ast.Expr) types.Type { return x.f.a.pass.TypesInfo.TypeOf(e) }

// pick returns the element of lhs that gets result k of the call at, in rhs.
func pick(lhs, rhs []ast.Expr, at ast.Node, k int) ast.Expr {
	if len(rhs) == 1 && k >= 0 && k < len(lhs) {
		return lhs[k]
	}
	for i, e := range rhs {
		if e == at && k < 0 && i < len(lhs) {
			return lhs[i]
		}
	}
	return nil
}

// isTarget reports whether an identifier is assigned to where it stands.
func (x *syntax) isTarget(id *ast.Ident) bool {
	x.index()
	switch parent := x.parents[id].(type) {
	case *ast.AssignStmt:
		return slices.Contains(parent.Lhs, ast.Expr(id))
	case *ast.ValueSpec:
		return slices.Contains(parent.Names, id)
	}
	return false
}

// loopAround returns the loop that an iteration ends of at pos: the target of
// a continue statement, or the owner of a closing brace.
func (x *syntax) loopAround(pos token.Pos) ast.Node {
	x.index()
	return x.loops[pos]
}

// isUsed reports whether the value of a call goes anywhere: as an operand of
// an expression, say.
func (x *syntax) isUsed(call *ast.CallExpr) bool {
	x.index()
	var n ast.Node = call
	for {
		switch parent := x.parents[n].(type) {
		case *ast.ParenExpr:
			n = parent
		case *ast.SelectorExpr:
			// A method of the span: it is as good as discarded, unless the
			// method ends it, or returns something that does.
			outer, ok := x.parents[parent].(*ast.CallExpr)
			if !ok {
				return true
			}
			n = outer
		case *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt:
			return false
		default:
			return true
		}
	}
}

// at returns the statement that starts at pos.
func (x *syntax) at(pos token.Pos) ast.Stmt {
	x.index()
	for n := range x.parents {
		if stmt, ok := n.(ast.Stmt); ok && stmt.Pos() == pos {
			if _, simple := n.(*ast.ExprStmt); !simple {
				return stmt
			}
		}
	}
	return nil
}

// variable returns the object of an identifier on a left-hand side.
func (x *syntax) variable(id *ast.Ident) types.Object {
	if id == nil {
		return nil
	}
	if obj := x.f.a.pass.TypesInfo.Defs[id]; obj != nil {
		return obj
	}
	return x.f.a.pass.TypesInfo.Uses[id]
}
