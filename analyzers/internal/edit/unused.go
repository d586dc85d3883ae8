package edit

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"slices"
)

// removeUnusedImports plans the removal of the imports whose every use the plan
// replaces or deletes. Some drivers do that by themselves, golangci-lint for
// one does not. It reports whether it knows how: the comments about an import
// are the user's to remove.
func (p *Plan) removeUnusedImports() bool {
	var removed []edit
	for _, e := range p.edits {
		if e.start < e.end {
			removed = append(removed, e)
		}
	}
	if len(removed) == 0 {
		return true
	}
	for _, decl := range p.src.file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			break
		}
		var unused []*ast.ImportSpec
		for _, s := range d.Specs {
			s := s.(*ast.ImportSpec)
			if !p.losesUses(s, removed) {
				continue
			}
			if path := unquote(s.Path.Value); path == "unsafe" || path == "embed" {
				return false // a go:linkname or go:embed may need it
			}
			unused = append(unused, s)
		}
		switch {
		case len(unused) == 0:
		case len(unused) == len(d.Specs) && !p.addsTo(d):
			if !p.removeImport(d, d.Doc) {
				return false
			}
		case !d.Lparen.IsValid():
			return false // cannot be: a new import follows a declaration that has no parentheses
		default:
			for _, s := range unused {
				if !p.removeImport(s, s.Doc) {
					return false
				}
			}
		}
	}
	return true
}

// losesUses reports whether the file uses an import, and the plan removes all
// the uses and adds none.
func (p *Plan) losesUses(spec *ast.ImportSpec, removed []edit) bool {
	pkg := p.planner.pass.TypesInfo.PkgNameOf(spec)
	if pkg == nil || pkg.Name() == "_" || pkg.Name() == "." {
		return false // if a dot import becomes unused the fix does not type-check
	}
	uses := p.src.pkgUses[pkg]
	for _, use := range uses {
		if !slices.ContainsFunc(removed, func(e edit) bool { return e.start <= use && use < e.end }) {
			return false
		}
	}
	return len(uses) > 0 && !slices.ContainsFunc(p.edits, func(e edit) bool { return mentions(e.text, pkg.Name()) })
}

// mentions reports whether the identifier name is in text.
func mentions(text, name string) bool {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), []byte(text), nil, 0)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF || tok == token.IDENT && lit == name {
			return tok == token.IDENT
		}
	}
}

// addsTo reports whether the plan adds an import in the parentheses of d.
func (p *Plan) addsTo(d *ast.GenDecl) bool {
	start, end := p.src.offset(d.Pos()), p.src.end(d)
	return slices.ContainsFunc(p.edits, func(e edit) bool { return start < e.start && e.start < end })
}

// removeImport plans the removal of the lines of n, an import declaration or
// specification. It refuses if there are comments on them, or other code.
func (p *Plan) removeImport(n ast.Node, doc *ast.CommentGroup) bool {
	start, end := p.src.offset(n.Pos()), p.src.end(n)
	off, ok := p.src.lineEnd(end)
	if doc != nil || !ok || !p.src.firstOnLine(start) || len(p.src.comments(start, off)) > 0 {
		return false
	}
	start, end = p.src.wholeLines(start, end)
	// An import that the plan adds keeps its distance.
	if slices.ContainsFunc(p.edits, func(e edit) bool { return start < e.start && e.start < end }) {
		start, end = p.src.lineStart(p.src.offset(n.Pos())), p.src.nextLine(off)
	}
	p.additive = false
	p.add(start, end, "")
	return true
}
