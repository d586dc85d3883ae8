package spanflow

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Which statement of the source is an edge of the control flow? go/ssa keeps no
// positions of jumps, so the ends of iterations are found by what the blocks at
// both ends of an edge evaluate.

// iterates tells whether an edge of the control flow is the end of an
// iteration of a loop around the start of the span: it returns the position of
// the continue statement, or of the closing brace of the loop's body.
func (x *syntax) iterates(start *ssa.Call, b *ssa.BasicBlock, succ int) token.Pos {
	if !x.f.inLoop(start.Block()) && !isYield(start.Parent()) {
		return token.NoPos
	}
	call := x.call(start)
	if call == nil {
		return token.NoPos
	}
	key := wayKey{call, b, succ}
	pos, ok := x.ways[key]
	if !ok {
		pos = x.iterationEnd(call, b, succ)
		x.ways[key] = pos
	}
	return pos
}

func (x *syntax) iterationEnd(start *ast.CallExpr, b *ssa.BasicBlock, succ int) token.Pos {
	at := x.last(b)
	if at == nil {
		return token.NoPos
	}
	if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); !ok {
		return x.after(start, at)
	}
	// A branch: which statements does the edge lead to?
	if clause := x.caseClause(at); clause != nil {
		if succ != 0 {
			return token.NoPos
		}
		if len(clause.Body) == 0 {
			return x.leaves(start, x.statement(clause))
		}
		return x.continues(start, clause.Body[0])
	}
	cond, stmt := x.condition(at)
	if stmt == nil {
		// The test of a loop that go/ssa put behind the body, without a
		// source of its own.
		return x.after(start, at)
	}
	if x.within(x.last(b.Succs[succ]), stmt.Cond) {
		return token.NoPos
	}
	var list []ast.Stmt
	if (succ == 0) == positive(cond, x.parents, stmt.Cond) {
		list = stmt.Body.List
	} else if block, ok := stmt.Else.(*ast.BlockStmt); ok {
		list = block.List
	} else if stmt.Else != nil {
		return token.NoPos // else if: another branch follows
	}
	if len(list) == 0 {
		return x.leaves(start, stmt)
	}
	return x.continues(start, list[0])
}

// last returns the last expression that b evaluates.
func (x *syntax) last(b *ssa.BasicBlock) ast.Node {
	for i := len(b.Instrs) - 1; i >= 0; i-- {
		switch instr := b.Instrs[i].(type) {
		case *ssa.DebugRef:
			if _, known := x.parents[instr.Expr]; known {
				return instr.Expr
			}
		case ssa.CallInstruction:
			if call := x.call(instr); call != nil {
				return call
			}
		}
	}
	return nil
}

// statement returns the innermost element of a statement list around n.
func (x *syntax) statement(n ast.Node) ast.Stmt {
	for ; n != nil; n = x.parents[n] {
		stmt, ok := n.(ast.Stmt)
		if !ok {
			continue
		}
		switch x.parents[n].(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return stmt
		}
	}
	return nil
}

// after returns where control goes after the statement that evaluates at; see
// leaves. From the head of a loop or a switch it goes into that, and not past.
func (x *syntax) after(start *ast.CallExpr, at ast.Node) token.Pos {
	stmt := x.statement(at)
	switch stmt.(type) {
	case *ast.ForStmt, *ast.RangeStmt, *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.LabeledStmt:
		return token.NoPos
	}
	return x.leaves(start, stmt)
}

// leaves returns where control goes after stmt, if that is the end of an
// iteration of a loop around start, with nothing in between.
func (x *syntax) leaves(start *ast.CallExpr, stmt ast.Stmt) token.Pos {
	for stmt != nil {
		parent := x.parents[stmt]
		var list []ast.Stmt
		switch parent := parent.(type) {
		case *ast.BlockStmt:
			list = parent.List
		case *ast.CaseClause:
			list = parent.Body
		case *ast.CommClause:
			list = parent.Body
		case *ast.LabeledStmt:
			stmt = parent
			continue
		default:
			return token.NoPos
		}
		for i, s := range list {
			if s == stmt && i+1 < len(list) {
				return x.continues(start, list[i+1])
			}
		}
		// The last one of its list.
		if body, ok := parent.(*ast.BlockStmt); ok {
			switch owner := x.parents[body].(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				if x.within(start, owner) {
					x.loops[body.Rbrace] = owner
					return body.Rbrace
				}
				return token.NoPos
			case *ast.FuncDecl, *ast.FuncLit:
				return token.NoPos
			}
		}
		stmt = x.statement(x.parents[stmt])
	}
	return token.NoPos
}

// continues returns the position of stmt if it is a continue statement of a
// loop around start, or jumps back to before it.
func (x *syntax) continues(start *ast.CallExpr, stmt ast.Stmt) token.Pos {
	branch, ok := stmt.(*ast.BranchStmt)
	if !ok {
		return token.NoPos
	}
	if branch.Tok == token.GOTO {
		label := x.f.a.pass.TypesInfo.Uses[branch.Label]
		if label != nil && label.Pos() < start.Pos() && start.Pos() < branch.Pos() {
			return branch.Pos()
		}
	}
	if branch.Tok == token.BREAK && branch.Label == nil {
		// Out of a switch or select, to what follows it.
		for n := x.parents[stmt]; n != nil; n = x.parents[n] {
			switch n := n.(type) {
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				return x.leaves(start, n.(ast.Stmt))
			case *ast.ForStmt, *ast.RangeStmt:
				return token.NoPos
			}
		}
	}
	if branch.Tok != token.CONTINUE {
		return token.NoPos
	}
	for n := x.parents[stmt]; n != nil; n = x.parents[n] {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if labeled, ok := x.parents[n].(*ast.LabeledStmt); branch.Label == nil || ok && labeled.Label.Name == branch.Label.Name {
				if x.within(start, n) {
					x.loops[stmt.Pos()] = n
					return stmt.Pos()
				}
				return token.NoPos
			}
		}
	}
	return token.NoPos
}

// caseClause returns the clause of a switch that has n among its expressions.
func (x *syntax) caseClause(n ast.Node) *ast.CaseClause {
	for ; n != nil; n = x.parents[n] {
		clause, ok := x.parents[n].(*ast.CaseClause)
		if ok {
			if e, ok := n.(ast.Expr); ok && slices.Contains(clause.List, e) {
				return clause
			}
			return nil
		}
		if _, ok := n.(ast.Stmt); ok {
			return nil
		}
	}
	return nil
}

// loopEnd returns the closing brace of the innermost loop body around n.
func (x *syntax) loopEnd(n ast.Node) token.Pos {
	for n = x.parents[n]; n != nil; n = x.parents[n] {
		switch n := n.(type) {
		case *ast.ForStmt:
			return n.Body.Rbrace
		case *ast.RangeStmt:
			return n.Body.Rbrace
		case *ast.FuncLit:
			return token.NoPos
		}
	}
	return token.NoPos
}

func (x *syntax) within(n, outer ast.Node) bool {
	for ; n != nil; n = x.parents[n] {
		if n == outer {
			return true
		}
	}
	return false
}

// condition returns the if statement in whose condition n stands, and the
// operand of its logical operators that n belongs to.
func (x *syntax) condition(n ast.Node) (operand ast.Node, stmt *ast.IfStmt) {
	operand = n
	for ; n != nil; n = x.parents[n] {
		switch parent := x.parents[n].(type) {
		case *ast.IfStmt:
			if parent.Cond == n {
				return operand, parent
			}
			return nil, nil
		case *ast.BinaryExpr:
			if parent.Op != token.LAND && parent.Op != token.LOR {
				operand = parent
			}
		case *ast.UnaryExpr:
			if parent.Op != token.NOT {
				operand = parent
			}
		case *ast.ParenExpr:
		case ast.Expr:
			operand = parent
		case ast.Stmt:
			return nil, nil
		}
	}
	return nil, nil
}

// positive reports whether an even number of negations stands between operand
// and the whole condition.
func positive(operand ast.Node, parents map[ast.Node]ast.Node, cond ast.Expr) bool {
	even := true
	for n := operand; n != ast.Node(cond); {
		n = parents[n]
		if n == nil {
			return true
		}
		if not, ok := n.(*ast.UnaryExpr); ok && not.Op == token.NOT {
			even = !even
		}
	}
	return even
}
