package edit

import (
	"go/ast"
	"strings"
)

// oneLineBody returns the body of a declared function that the site is
// directly in, if it stands on one line without comments: gofmt would not
// leave it there when it grows. That of a function literal may stay.
func (s *site) oneLineBody(src *source) *ast.BlockStmt {
	decl, ok := s.fn.(*ast.FuncDecl)
	if !ok || decl.Body.Lbrace != s.open {
		return nil
	}
	open, close := src.offset(decl.Body.Lbrace), src.offset(decl.Body.Rbrace)
	if src.lineStart(open) != src.lineStart(close) || len(src.comments(open, close)) > 0 {
		return nil
	}
	return decl.Body
}

// spread gives each statement of a one-line body a line of its own, and adds
// text after elem.
func (p *Plan) spread(body *ast.BlockStmt, elem ast.Stmt, text string) {
	indent := p.src.indent(p.src.offset(body.Lbrace)) + "\t"
	gap, before := p.src.offset(body.Lbrace)+1, "\n"+indent
	for _, stmt := range body.List {
		p.add(gap, p.src.offset(stmt.Pos()), before)
		gap, before = p.src.end(stmt), "\n"+indent
		if stmt == elem {
			before += reindent(text, indent) + "\n" + indent
		}
	}
	p.add(gap, p.src.offset(body.Rbrace), strings.TrimSuffix(before, "\t"))
}
