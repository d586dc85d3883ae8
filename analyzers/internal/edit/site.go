package edit

import (
	"go/ast"
	"go/token"
	"slices"
)

// A site is a place in a list of statements.
type site struct {
	list  []ast.Stmt // of a block or a clause
	index int
	elem  ast.Stmt  // list[index]: the statement asked for or the outermost of its labels; nil at the end of an empty block
	open  token.Pos // of the brace or colon that the list begins after
	fn    ast.Node  // the innermost function
}

// site returns where stmt is in a list of statements, or nil if it is not, or
// the plan has failed.
func (p *Plan) site(stmt ast.Stmt) *site {
	if p.refused() || stmt == nil {
		return nil
	}
	path := pathTo(p.src.file, stmt)
	i := len(path) - 2
	if i < 1 {
		return nil
	}
	s := &site{elem: stmt}
	for l, ok := path[i].(*ast.LabeledStmt); ok; l, ok = path[i].(*ast.LabeledStmt) {
		s.elem = l
		i--
	}
	switch parent := path[i].(type) {
	case *ast.BlockStmt:
		if holdsClauses(path[i-1]) {
			return nil // stmt is a clause
		}
		s.list, s.open = parent.List, parent.Lbrace
	case *ast.CaseClause:
		s.list, s.open = parent.Body, parent.Colon
	case *ast.CommClause:
		s.list, s.open = parent.Body, parent.Colon
	}
	for s.fn = nil; i >= 0 && s.fn == nil; i-- {
		switch path[i].(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			s.fn = path[i]
		}
	}
	if s.index = slices.Index(s.list, s.elem); s.index < 0 || s.fn == nil {
		return nil
	}
	return s
}
