package edit

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// InsertAfter inserts the statements text after stmt: on their own lines,
// indented as stmt is, below a comment that trails stmt; or after a semicolon
// where something follows stmt on its line.
//
// The plan fails if stmt is not in a list of statements (it is the init of an
// if, say), or if control never comes to what follows it.
func (p *Plan) InsertAfter(stmt ast.Stmt, text string) {
	s := p.site(stmt)
	if s == nil || !p.checkText(text) || leaves(p.planner.pass.TypesInfo, s.elem) {
		p.Refuse()
		return
	}
	p.insertAfter(s, text)
}

func (p *Plan) insertAfter(s *site, text string) {
	end := p.src.end(s.elem)
	if off, ok := p.src.lineEnd(end); ok {
		indent := p.listIndent(s)
		p.add(off, off, "\n"+indent+reindent(text, indent))
		return
	}
	if body := s.oneLineBody(p.src); body != nil {
		p.spread(body, s.elem, text)
		return
	}
	p.inline(end, "; "+text)
}

// Prefix inserts text right before node, on the same line: the left-hand side
// of an assignment before a call, say, or a keyword.
func (p *Plan) Prefix(node ast.Node, text string) {
	if p.refused() || node == nil {
		p.Refuse()
		return
	}
	p.additive = false
	p.inline(p.src.offset(node.Pos()), text)
}

// InsertBefore inserts the statements text before stmt: on their own lines,
// above the comments that stand right above stmt; or before it on its line
// where something else precedes stmt there.
//
// The plan fails if stmt is not in a list of statements, or if a goto jumps to
// it past the insertion.
func (p *Plan) InsertBefore(stmt ast.Stmt, text string) {
	s := p.site(stmt)
	if s == nil || !p.checkText(text) || s.isGotoTarget() {
		p.Refuse()
		return
	}
	start := p.src.offset(s.elem.Pos())
	if anchor, ok := p.src.anchor(start); ok {
		// A label is not indented as far as its list is.
		here, indent := p.src.indent(anchor), p.listIndent(s)
		p.add(anchor, anchor, strings.TrimPrefix(indent, here)+reindent(text, indent)+"\n"+here)
		return
	}
	p.inline(start, text+"; ")
}

// InsertAtEnd inserts the statements text at the end of block, below its
// comments.
//
// The plan fails if block holds the clauses of a switch or select, or if
// control never comes to its end.
func (p *Plan) InsertAtEnd(block *ast.BlockStmt, text string) {
	if p.refused() || block == nil || !block.Rbrace.IsValid() || !p.checkText(text) {
		p.Refuse()
		return
	}
	path := pathTo(p.src.file, block)
	if len(path) < 2 || holdsClauses(path[len(path)-2]) {
		p.Refuse()
		return
	}
	s := &site{list: block.List, open: block.Lbrace}
	if n := len(block.List); n > 0 {
		s.elem = block.List[n-1]
		if leaves(p.planner.pass.TypesInfo, s.elem) {
			p.Refuse()
			return
		}
	}
	rbrace := p.src.offset(block.Rbrace)
	switch {
	case p.src.firstOnLine(rbrace):
		indent, line := p.listIndent(s), p.src.lineStart(rbrace)
		p.add(line, line, indent+reindent(text, indent)+"\n")
	case s.elem != nil:
		p.inline(p.src.end(s.elem), "; "+text)
	default:
		p.inline(rbrace, " "+text+" ")
	}
}

// ReplaceStmt replaces stmt by the statements text, indented as it is. See
// Replace.
func (p *Plan) ReplaceStmt(stmt ast.Stmt, text string) {
	if p.refused() || p.site(stmt) == nil || !p.checkText(text) {
		p.Refuse()
		return
	}
	p.Replace(stmt, reindent(text, p.src.indent(p.src.offset(stmt.Pos()))))
}

// DeleteStmt deletes stmt, and its line if it is alone there. Comments on lines
// of their own stay; so does a comment that trails stmt, unless it is a
// directive (as //nolint is) and would then act on the next line.
//
// The plan fails if stmt is not in a list of statements, if it has a label, or
// if there are comments in it. Imports that are used no more are removed (by
// Fixes).
func (p *Plan) DeleteStmt(stmt ast.Stmt) {
	s := p.site(stmt)
	if s == nil || s.elem != stmt || isLabeled(stmt) || isEmpty(stmt) {
		p.Refuse()
		return
	}
	start, end := p.src.offset(stmt.Pos()), p.src.end(stmt)
	lineEnd, last := p.src.lineEnd(end)
	trailing := p.src.comments(end, lineEnd)
	switch {
	case p.src.firstOnLine(start) && last && len(trailing) == 0:
		start, end = p.src.wholeLines(start, end)
	case p.src.firstOnLine(start) && last:
		end = trailing[0].off
		if directive.MatchString(p.src.text(trailing[0])) {
			p.Refuse()
			return
		}
	case s.index > 0 && p.src.sameLine(p.src.end(s.list[s.index-1]), start):
		start = p.src.end(s.list[s.index-1])
	case s.index+1 < len(s.list) && p.src.sameLine(end, p.src.offset(s.list[s.index+1].Pos())):
		end = p.src.offset(s.list[s.index+1].Pos())
	default: // between the braces of a one-line block, or after a case
		if i := p.src.next(end); p.src.lexemes[i].kind == token.SEMICOLON {
			end = p.src.lexemes[i].end
		}
	}
	if len(p.src.comments(start, end)) > 0 {
		p.Refuse()
		return
	}
	p.additive = false
	p.add(start, end, "")
}

// A directive is a comment that means something to a tool.
var directive = regexp.MustCompile(`^//[a-z0-9]`)

// pathTo returns the nodes from root down to node, or nil if it is not there.
func pathTo(root, node ast.Node) []ast.Node {
	var path, stack []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return false
		}
		if path != nil || n != root && (node.Pos() < n.Pos() || n.End() < node.End()) {
			return false
		}
		stack = append(stack, n)
		if n == node {
			path = slices.Clone(stack)
		}
		return true
	})
	return path
}

// holdsClauses reports whether the block of statement n is a list of clauses.
func holdsClauses(n ast.Node) bool {
	switch n.(type) {
	case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
		return true
	}
	return false
}

func isLabeled(stmt ast.Stmt) bool {
	_, ok := stmt.(*ast.LabeledStmt)
	return ok
}

func isEmpty(stmt ast.Stmt) bool {
	_, ok := stmt.(*ast.EmptyStmt)
	return ok
}

// leaves reports whether control does not go on after stmt. It knows the plain
// cases; the others are reported by the compiler, or harmless.
func leaves(info *types.Info, stmt ast.Stmt) bool {
	switch s := stmt.(type) {
	case *ast.LabeledStmt:
		return leaves(info, s.Stmt)
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.EmptyStmt:
		return s.Implicit // where it ends is not in the source
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok {
			if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
				return info.Uses[id] == types.Universe.Lookup("panic")
			}
		}
	}
	return false
}

// isGotoTarget reports whether the element has a label that a goto jumps to.
func (s *site) isGotoTarget() bool {
	labels := make(map[string]bool)
	for l, ok := s.elem.(*ast.LabeledStmt); ok; l, ok = l.Stmt.(*ast.LabeledStmt) {
		labels[l.Label.Name] = true
	}
	found := false
	if len(labels) > 0 {
		ast.Inspect(s.fn, func(n ast.Node) bool {
			if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO && labels[b.Label.Name] {
				found = true
			}
			return !found
		})
	}
	return found
}

// checkText reports whether text is a list of statements. It notes whether the
// fix declares anything.
func (p *Plan) checkText(text string) bool {
	if strings.TrimSpace(text) == "" || strings.Contains(text, "`") && strings.Contains(text, "\n") {
		return false // a raw string cannot be indented
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p; func _() {\n"+text+"\n}", parser.SkipObjectResolution)
	if err != nil || len(file.Decls) != 1 {
		return false
	}
	for _, stmt := range file.Decls[0].(*ast.FuncDecl).Body.List {
		switch s := stmt.(type) {
		case *ast.DeclStmt, *ast.LabeledStmt:
			p.additive = false
		case *ast.AssignStmt:
			p.additive = p.additive && s.Tok != token.DEFINE
		}
	}
	return true
}

// inline inserts text amid other code on a line, which a line comment in text
// would swallow.
func (p *Plan) inline(off int, text string) {
	if strings.Contains(text, "//") {
		p.Refuse()
		return
	}
	p.add(off, off, text)
}

// listIndent returns the white space that statements of the list have before
// them: s.elem if it is first on its line, else one of its siblings.
func (p *Plan) listIndent(s *site) string {
	stmts := slices.Clone(s.list)
	slices.Reverse(stmts)
	if s.elem != nil {
		stmts = slices.Insert(stmts, 0, s.elem)
	}
	for _, stmt := range stmts {
		for l, ok := stmt.(*ast.LabeledStmt); ok; l, ok = stmt.(*ast.LabeledStmt) {
			stmt = l.Stmt
		}
		if off := p.src.offset(stmt.Pos()); !isEmpty(stmt) && p.src.firstOnLine(off) {
			return p.src.indent(off)
		}
	}
	return p.src.indent(p.src.offset(s.open)) + "\t"
}

// reindent puts indent before each line of text but the first.
func reindent(text, indent string) string {
	lines := strings.Split(strings.ReplaceAll(strings.Trim(text, " \t\r\n"), "\r\n", "\n"), "\n")
	for i, line := range lines {
		if i > 0 && line != "" {
			lines[i] = indent + line
		}
	}
	return strings.Join(lines, "\n")
}

// anchor returns where a line can be inserted above what starts at off: off, or
// the start of the comments that stand right above it. It returns false if
// there is something else before off on its line.
func (src *source) anchor(off int) (anchor int, ok bool) {
	if src.firstOnLine(off) {
		anchor, ok = off, true
	}
	for i := src.next(off) - 1; i >= 0 && src.lexemes[i].kind == token.COMMENT; i-- {
		l := src.lexemes[i]
		if bytes.Count(src.content[l.end:off], []byte("\n")) > 1 {
			break // a blank line parts them
		}
		off = l.off
		if src.firstOnLine(off) {
			anchor, ok = off, true
		}
	}
	return anchor, ok
}

// sameLine reports whether nothing but a semicolon and spaces is between two
// offsets.
func (src *source) sameLine(start, end int) bool {
	return start <= end && len(bytes.Trim(src.content[start:end], "; \t")) == 0
}

// wholeLines widens [start, end) to the lines it is on. A blank line after them
// is taken too where two blank lines would meet, or one would come first in the
// braces or parentheses around them; one before them where it would come last.
func (src *source) wholeLines(start, end int) (int, int) {
	start, end = src.lineStart(start), src.nextLine(end)
	above := src.lineStart(max(start-1, 0))
	before, after := bytes.TrimSpace(src.content[above:start]), bytes.TrimLeft(src.content[end:], " \t")
	first := bytes.HasSuffix(before, []byte("{")) || bytes.HasSuffix(before, []byte("("))
	last := bytes.HasPrefix(after, []byte("}")) || bytes.HasPrefix(after, []byte(")"))
	switch {
	case src.blankLine(end) && (first || src.blankLine(above)):
		end = src.nextLine(end)
	case start > 0 && src.blankLine(above) && last:
		start = above
	}
	return start, end
}
