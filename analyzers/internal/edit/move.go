package edit

import "go/ast"

// MoveBefore moves stmt up, to before dest, a statement of the same list. The
// comments right above stmt go with it, and so does the one that trails it; it comes
// to stand above the comments of dest.
//
// The plan fails if dest is not before stmt in the same list, if either shares its
// line with other code, or has a label that a goto jumps to. Whether stmt
// does the same at the new place is for the rule to know.
func (p *Plan) MoveBefore(stmt, dest ast.Stmt) {
	s, d := p.site(stmt), p.site(dest)
	if s == nil || d == nil || s.elem != stmt || isEmpty(stmt) || s.open != d.open || d.index >= s.index || d.isGotoTarget() {
		p.Refuse()
		return
	}
	from, ok := p.src.anchor(p.src.offset(stmt.Pos()))
	end, last := p.src.lineEnd(p.src.end(stmt))
	to, free := p.src.anchor(p.src.offset(dest.Pos()))
	if !ok || !last || !free || from < p.src.end(s.list[s.index-1]) || !p.src.firstOnLine(p.src.offset(stmt.Pos())) {
		p.Refuse()
		return
	}
	text, here := string(p.src.content[from:end]), p.src.indent(to)
	start, stop := p.src.wholeLines(from, end)
	p.additive = false
	p.add(to, to, text+"\n"+here)
	p.add(start, stop, "")
}

// MoveArg makes args[from], an argument of a call, the one with the index to, before
// it; those from there on move up by one.
//
// The plan fails if there are comments among them.
func (p *Plan) MoveArg(args []ast.Expr, from, to int) {
	if p.refused() || to < 0 || to >= from || from >= len(args) {
		p.Refuse()
		return
	}
	start, end := p.src.offset(args[to].Pos()), p.src.end(args[from])
	if len(p.src.comments(start, end)) > 0 {
		p.Refuse()
		return
	}
	text := func(i int) string { return string(p.src.content[p.src.offset(args[i].Pos()):p.src.end(args[i])]) }
	p.Replace(args[to], text(from))
	for i := to + 1; i <= from; i++ {
		p.Replace(args[i], text(i-1))
	}
}
