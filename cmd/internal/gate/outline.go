package gate

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// An outline is what a gate has to know of a file: its declarations, each with a hash of
// its tokens. Spaces, line breaks and comments do not matter to the hash, and
// neither does the place in the file.
type outline struct {
	src   []byte
	lines []int // offset of each line
	decls []decl
}

type decl struct {
	name       string // "F", "T.M", or that of the first thing declared
	start, end int    // offsets
	hash       string
}

// outlineOf outlines a file. Of one that does not parse it takes what it gets.
func outlineOf(src []byte) *outline {
	o := &outline{src: src, lines: []int{0}}
	for i, b := range src {
		if b == '\n' {
			o.lines = append(o.lines, i+1)
		}
	}
	fset := token.NewFileSet()
	f, _ := parser.ParseFile(fset, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if f == nil {
		return o
	}
	tf := fset.File(f.FileStart)
	// A comment that suppresses findings belongs to what it is about.
	var whole []string
	for _, group := range f.Comments {
		for _, c := range group.List {
			if c.End() < f.Package && isDirective(c.Text) {
				whole = append(whole, c.Text)
			}
		}
	}
	for _, d := range f.Decls {
		var doc *ast.CommentGroup
		switch d := d.(type) {
		case *ast.FuncDecl:
			doc = d.Doc
		case *ast.GenDecl:
			doc = d.Doc
		}
		extra := whole
		if doc != nil {
			for _, c := range doc.List {
				if isDirective(c.Text) {
					extra = append(extra[:len(extra):len(extra)], c.Text)
				}
			}
		}
		start, end := tf.Offset(d.Pos()), tf.Offset(d.End())
		// A comment to the right of the last line is not inside.
		line := end
		for line < len(src) && src[line] != '\n' {
			line++
		}
		o.decls = append(o.decls, decl{nameOf(d), start, end, hashTokens(src[start:line], extra)})
	}
	return o
}

func isDirective(comment string) bool {
	return strings.HasPrefix(comment, "//tracevet:") || strings.HasPrefix(comment, "//nolint")
}

// nameOf returns the name of a declaration.
func nameOf(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || len(d.Recv.List) == 0 {
			return d.Name.Name
		}
		t := d.Recv.List[0].Type
		for {
			switch x := t.(type) {
			case *ast.StarExpr:
				t = x.X
				continue
			case *ast.ParenExpr:
				t = x.X
				continue
			case *ast.IndexExpr:
				t = x.X
				continue
			case *ast.IndexListExpr:
				t = x.X
				continue
			case *ast.Ident:
				return x.Name + "." + d.Name.Name
			}
			return d.Name.Name
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				return spec.Name.Name
			case *ast.ValueSpec:
				return spec.Names[0].Name
			}
		}
		return d.Tok.String()
	}
	return ""
}

// hashTokens hashes the tokens of src, and extra.
func hashTokens(src []byte, extra []string) string {
	h := sha256.New()
	write := func(s string) {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	for _, s := range extra {
		write(s)
	}
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", fset.Base(), len(src)), src, func(token.Position, string) {}, scanner.ScanComments)
	for {
		_, tok, lit := s.Scan()
		switch {
		case tok == token.EOF:
			return hex.EncodeToString(h.Sum(nil)[:16])
		case tok == token.COMMENT && !isDirective(lit):
		case tok == token.SEMICOLON: // written or not
			write(";")
		case lit != "":
			write(lit)
		default:
			write(tok.String())
		}
	}
}

// offset returns the offset of a position, or -1.
func (o *outline) offset(p driver.Position) int {
	if p.Line < 1 || p.Line > len(o.lines) {
		return -1
	}
	return min(o.lines[p.Line-1]+max(0, p.Column-1), len(o.src))
}

// at returns the declaration that a position is in, or nil.
func (o *outline) at(p driver.Position) *decl {
	off := o.offset(p)
	for i := range o.decls {
		if d := &o.decls[i]; d.start <= off && off < d.end {
			return d
		}
	}
	return nil
}

// line returns the text of a line, its spaces evened out.
func (o *outline) line(n int) string {
	if n < 1 || n > len(o.lines) {
		return ""
	}
	line, _, _ := bytes.Cut(o.src[o.lines[n-1]:], []byte("\n"))
	return strings.Join(strings.Fields(string(line)), " ")
}
