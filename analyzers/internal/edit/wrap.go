package edit

import "go/ast"

// Wrap puts the statements of a list from first to last between two lines, such as
// "func() {" and "}()", and indents them by one more.
//
// The plan fails if the two are not in one list of statements, in this order, if
// there is other code on the lines where they begin and end, or if the lines with
// nothing between them are no statement.
func (p *Plan) Wrap(first, last ast.Stmt, open, close string) {
	from, to := p.site(first), p.site(last)
	if from == nil || to == nil || from.open != to.open || from.index > to.index || from.isGotoTarget() || !p.checkText(open+"\n"+close) {
		p.Refuse()
		return
	}
	anchor, begins := p.src.anchor(p.src.offset(from.elem.Pos()))
	off, ends := p.src.lineEnd(p.src.end(to.elem))
	if !begins || !ends {
		p.Refuse()
		return
	}
	indent := p.listIndent(from)
	p.additive = false
	p.add(anchor, anchor, open+"\n"+p.src.indent(anchor)+"\t") // Fixes indents the other lines
	p.add(off, off, "\n"+indent+close)
}
