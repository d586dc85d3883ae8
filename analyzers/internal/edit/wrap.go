package edit

import "go/ast"

// Suffix inserts text right after node, on the same line: the parenthesis that
// closes what Prefix has opened, say.
func (p *Plan) Suffix(node ast.Node, text string) {
	if p.refused() || node == nil {
		p.Refuse()
		return
	}
	p.additive = false
	p.inline(p.src.end(node), text)
}

// Text returns the source of node, comments included, for edits that move it;
// "" if the plan has failed, or fails because node is not made of whole tokens
// of the file.
func (p *Plan) Text(node ast.Node) string {
	if p.refused() {
		return ""
	}
	start, end, ok := p.src.span(node)
	if !ok {
		p.Refuse()
		return ""
	}
	return string(p.src.content[start:end])
}
