package edit

import (
	"bytes"
	"errors"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A source is the text of a file that may be edited, and its tokens.
//
// Where an edit can go is decided on tokens, not on the syntax tree: a tree
// does not know where semicolons and new lines are, and its End positions are
// wrong after a raw string in a file with \r\n.
type source struct {
	format  *bool // whether gofmt is content with it; nil if that was not asked
	file    *ast.File
	tok     *token.File // in the pass's FileSet
	content []byte
	lexemes []lexeme
	newline string // "\n" or "\r\n"

	names   map[string]bool          // names that the file declares or refers to (see lexicalNames)
	pkgUses map[*types.PkgName][]int // offsets of the uses of each import
}

// A lexeme is a token or a comment of the source. Semicolons that the scanner
// makes from new lines are none.
type lexeme struct {
	off, end int
	kind     token.Token
}

// newSource returns the source of file, or nil if the file must not be edited
// or its text is not the one that was analyzed.
func newSource(pass *analysis.Pass, file *ast.File) *source {
	if pass.Pkg == nil || pass.TypesInfo == nil || len(pass.TypeErrors) > 0 || !slices.Contains(pass.Files, file) {
		return nil // nothing could be verified
	}
	for _, f := range pass.Files {
		for _, spec := range f.Imports {
			if spec.Path.Value == `"C"` {
				// In this file positions are not the user's; in another
				// one there are types that we cannot check.
				return nil
			}
		}
	}
	tok := pass.Fset.File(file.FileStart)
	if tok == nil || pass.TypesInfo.Scopes[file] == nil || ast.IsGenerated(file) || remapped(pass.Fset, tok) {
		return nil
	}
	read := pass.ReadFile
	if read == nil {
		read = os.ReadFile
	}
	content, err := read(tok.Name())
	if err != nil || len(content) != tok.Size() {
		return nil
	}
	lexemes, err := scan(content)
	if err != nil {
		return nil
	}
	src := &source{file: file, tok: tok, content: content, lexemes: lexemes, newline: "\n"}
	if !src.sameText() || src.hasLineDirective() {
		return nil
	}
	if i := bytes.IndexByte(content, '\n'); i > 0 && content[i-1] == '\r' {
		src.newline = "\r\n"
	}
	src.names = lexicalNames(pass.TypesInfo, file)
	src.pkgUses = make(map[*types.PkgName][]int)
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if pkg, ok := pass.TypesInfo.Uses[id].(*types.PkgName); ok {
				src.pkgUses[pkg] = append(src.pkgUses[pkg], src.offset(id.Pos()))
			}
		}
		return true
	})
	return src
}

// remapped reports whether positions in the file are reported as ones in
// another file or on another line: cgo and code generators do that.
func remapped(fset *token.FileSet, tok *token.File) bool {
	for _, pos := range []token.Pos{tok.Pos(0), tok.Pos(tok.Size())} {
		if got := fset.Position(pos); got.Filename != tok.Name() || got != fset.PositionFor(pos, false) {
			return true
		}
	}
	return false
}

// hasLineDirective reports whether the file has anything like a line
// directive, wherever it stands.
func (src *source) hasLineDirective() bool {
	for _, l := range src.lexemes {
		if text := src.text(l); l.kind == token.COMMENT && (strings.HasPrefix(text, "//line ") || strings.HasPrefix(text, "/*line ")) {
			return true
		}
	}
	return false
}

// sameText reports whether the content is the text that the file was parsed
// from, as far as can be seen: it may have changed since on the disk.
func (src *source) sameText() bool {
	lines := src.tok.Lines()
	for i, c := range src.content {
		if c == '\n' && i+1 < len(src.content) {
			if lines = lines[1:]; len(lines) == 0 || lines[0] != i+1 {
				return false
			}
		}
	}
	same := len(lines) == 1
	ast.Inspect(src.file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Pos().IsValid() {
			same = same && bytes.HasPrefix(src.content[src.offset(id.Pos()):], []byte(id.Name))
		}
		return same
	})
	return same
}

// scan returns the lexemes of content. It fails if there is a lexical error.
func scan(content []byte) ([]lexeme, error) {
	var failed error
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(content))
	s.Init(file, content, func(_ token.Position, msg string) { failed = errors.New(msg) }, scanner.ScanComments)
	var lexemes []lexeme
	for {
		pos, kind, lit := s.Scan()
		if kind == token.EOF || failed != nil {
			return lexemes, failed
		}
		if kind == token.SEMICOLON && lit != ";" {
			continue // made from a new line
		}
		off := file.Offset(pos)
		lexemes = append(lexemes, lexeme{off, off + lexLen(content[off:], kind, lit), kind})
	}
}

// lexLen returns the length of the lexeme that rest begins with. That of lit
// will not do: the scanner removes \r from comments and raw strings.
func lexLen(rest []byte, kind token.Token, lit string) int {
	switch {
	case kind == token.COMMENT && rest[1] == '/':
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			rest = rest[:i]
		}
		return len(bytes.TrimSuffix(rest, []byte("\r")))
	case kind == token.COMMENT:
		return 2 + bytes.Index(rest[2:], []byte("*/")) + 2
	case kind == token.STRING && rest[0] == '`':
		return 1 + bytes.IndexByte(rest[1:], '`') + 1
	case kind.IsLiteral() || kind.IsKeyword():
		return len(lit)
	default:
		return len(kind.String())
	}
}

func (src *source) text(l lexeme) string { return string(src.content[l.off:l.end]) }

func (src *source) offset(pos token.Pos) int { return src.tok.Offset(pos) }

// next returns the index of the first lexeme that starts at off or later.
func (src *source) next(off int) int {
	return sort.Search(len(src.lexemes), func(i int) bool { return src.lexemes[i].off >= off })
}

// end returns the offset after node.
func (src *source) end(node ast.Node) int {
	end := src.offset(node.End())
	// The tree does not count the \r in a raw string: take the true end of the
	// last token.
	if i := src.next(end) - 1; i >= 0 {
		if l := src.lexemes[i]; l.kind == token.STRING && src.content[l.off] == '`' && end < l.end {
			return l.end
		}
	}
	return end
}

// span returns the bounds of a node, or false if it is not made of whole
// tokens of this file.
func (src *source) span(node analysis.Range) (start, end int, ok bool) {
	pos := node.Pos()
	if !pos.IsValid() || pos < src.file.FileStart || node.End() < pos || node.End() > src.file.FileEnd {
		return 0, 0, false
	}
	start, end = src.offset(pos), src.offset(node.End())
	if n, ok := node.(ast.Node); ok {
		end = src.end(n)
	}
	return start, end, src.between(start) && src.between(end)
}

// between reports whether off is not inside a lexeme.
func (src *source) between(off int) bool {
	i := src.next(off) - 1 // the last one that starts before off
	return i < 0 || src.lexemes[i].end <= off
}

// comments returns the comments that touch [start, end).
func (src *source) comments(start, end int) []lexeme {
	var found []lexeme
	i := src.next(start)
	if i > 0 && src.lexemes[i-1].end > start {
		i--
	}
	for ; i < len(src.lexemes) && src.lexemes[i].off < end; i++ {
		if src.lexemes[i].kind == token.COMMENT {
			found = append(found, src.lexemes[i])
		}
	}
	return found
}

// lineStart returns the offset of the start of the line that off is on.
func (src *source) lineStart(off int) int {
	return bytes.LastIndexByte(src.content[:off], '\n') + 1
}

// nextLine returns the offset of the start of the next line, or the length of
// the source if there is none.
func (src *source) nextLine(off int) int {
	if i := bytes.IndexByte(src.content[off:], '\n'); i >= 0 {
		return off + i + 1
	}
	return len(src.content)
}

// blankLine reports whether the line that starts at off exists and is blank.
func (src *source) blankLine(off int) bool {
	return off < len(src.content) && len(bytes.TrimSpace(src.content[off:src.nextLine(off)])) == 0
}

// firstOnLine reports whether only white space is before off on its line.
func (src *source) firstOnLine(off int) bool {
	return len(bytes.Trim(src.content[src.lineStart(off):off], " \t")) == 0
}

// indent returns the white space that the line of off begins with.
func (src *source) indent(off int) string {
	line := src.content[src.lineStart(off):]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// lineEnd looks at what follows off, the end of a statement or a
// specification, on its line. If it is at most a semicolon and comments, it
// returns the offset where the line ends, before the new line, and true.
func (src *source) lineEnd(off int) (int, bool) {
	for _, l := range src.lexemes[src.next(off):] {
		if bytes.IndexByte(src.content[off:l.off], '\n') >= 0 {
			break
		}
		if l.kind != token.COMMENT && l.kind != token.SEMICOLON {
			return 0, false
		}
		off = l.end
	}
	end := src.nextLine(off)
	return off + len(bytes.TrimRight(src.content[off:end], "\r\n")), true
}
