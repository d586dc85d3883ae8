package edit

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// An excerpt is what of a source a check has to look at: its head, with the imports, and the functions that edits
// change. The rest is as it was. So a fix costs what its functions do, and not what the file does, in which there may be
// hundreds of findings.
//
// If an edit changes anything but imports and bodies of functions, it is all of the source.
type excerpt struct {
	src     *source
	pieces  []piece
	content []byte
	lexemes []lexeme
	funcs   map[*ast.FuncDecl]bool // that it holds; nil if it is all of the source
}

// A piece is a part of the source, as offsets, and where it begins in the excerpt.
type piece struct{ start, end, at int }

// excerpt returns the excerpt for edits.
func (src *source) excerpt(edits []edit) *excerpt {
	x := &excerpt{src: src}
	if !x.cut(edits) {
		return src.all()
	}
	var err error
	if x.lexemes, err = scan(x.content); err != nil { // cannot be
		return src.all()
	}
	return x
}

// all returns the excerpt that is all of the source.
func (src *source) all() *excerpt {
	return &excerpt{src: src, pieces: []piece{{0, len(src.content), 0}}, content: src.content, lexemes: src.lexemes}
}

// whole reports whether the excerpt is all of the source.
func (x *excerpt) whole() bool { return x.funcs == nil }

// cut chooses the pieces, and makes the text of them. It reports false if an edit is outside of imports and functions, or
// if a piece cannot be cut out by whole lines.
func (x *excerpt) cut(edits []edit) bool {
	src := x.src
	x.funcs = make(map[*ast.FuncDecl]bool)
	head := src.nextLine(src.end(src.file.Name))
	imported := false
	for _, decl := range src.file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			head, imported = src.nextLine(src.end(d)), true
		}
	}
	for _, spec := range src.file.Imports {
		if spec.Name != nil && spec.Name.Name == "." { // its uses have no qualifier
			return false
		}
	}
	pieces := []piece{{end: head}}
	rest := edits
	if imported {
		first := src.lineStart(src.offset(src.file.Decls[0].Pos()))
		for len(rest) > 0 && first <= rest[0].start && rest[0].end <= head {
			rest = rest[1:]
		}
	}
	for _, decl := range src.file.Decls {
		start, end := src.offset(decl.Pos()), src.end(decl)
		d, ok := decl.(*ast.FuncDecl)
		if !ok || d.Body == nil {
			continue
		}
		if len(rest) == 0 || !inBody(src, d, rest[0]) {
			continue
		}
		for len(rest) > 0 && inBody(src, d, rest[0]) {
			rest = rest[1:]
		}
		if d.Doc != nil {
			start = src.offset(d.Doc.Pos())
		}
		x.funcs[d] = true
		pieces = append(pieces, piece{start: src.lineStart(start), end: src.nextLine(end)})
	}
	if len(rest) > 0 {
		return false
	}
	var buf bytes.Buffer
	for i := range pieces {
		p := &pieces[i]
		if i > 0 {
			if p.start < pieces[i-1].end { // on one line
				return false
			}
			buf.WriteString(src.newline) // gofmt wants one, and may have had it from what is left out
		}
		p.at = buf.Len()
		buf.Write(src.content[p.start:p.end])
	}
	for _, decl := range src.file.Decls {
		if d, ok := decl.(*ast.FuncDecl); ok && x.funcs[d] || isImport(decl) {
			continue
		}
		start, end := src.offset(decl.Pos()), src.end(decl)
		if slices.ContainsFunc(pieces, func(p piece) bool { return p.start < end && start < p.end }) {
			return false
		}
	}
	x.pieces, x.content = pieces, buf.Bytes()
	return true
}

func isImport(decl ast.Decl) bool {
	d, ok := decl.(*ast.GenDecl)
	return ok && d.Tok == token.IMPORT
}

// inBody reports whether an edit is in the body of d.
func inBody(src *source, d *ast.FuncDecl, e edit) bool {
	return src.offset(d.Body.Lbrace) < e.start && e.end <= src.offset(d.Body.Rbrace)
}

// in returns edits of the source as edits of the excerpt.
func (x *excerpt) in(edits []edit) []edit {
	if x.whole() {
		return edits
	}
	moved := slices.Clone(edits)
	for i, e := range moved {
		for _, p := range x.pieces {
			if p.start <= e.start && e.end <= p.end {
				moved[i].start, moved[i].end = e.start-p.start+p.at, e.end-p.start+p.at
				break
			}
		}
	}
	return moved
}

// out returns the offsets in the source of a part of the excerpt that is not empty, or stands before something; false if
// it is not from the source.
func (x *excerpt) out(start, end int) (int, int, bool) {
	for _, p := range x.pieces {
		if size := p.end - p.start; p.at <= start && start < p.at+size && end <= p.at+size {
			return start - p.at + p.start, end - p.at + p.start, true
		}
	}
	return 0, 0, false
}

// usesLeft returns the imports of the source with a use outside of the excerpt, which edits do not take away, or put
// elsewhere: they are needed, whatever the excerpt says.
func (x *excerpt) usesLeft(info *types.Info, edits []edit) map[importKey]bool {
	if x.whole() {
		return nil
	}
	left := make(map[importKey]bool)
	for _, spec := range x.src.file.Imports {
		pkg := info.PkgNameOf(spec)
		if pkg == nil {
			continue
		}
		beside := func(off int) bool {
			return !slices.ContainsFunc(x.pieces, func(p piece) bool { return p.start <= off && off < p.end })
		}
		if slices.ContainsFunc(x.src.pkgUses[pkg], func(use int) bool {
			return beside(use) && !slices.ContainsFunc(edits, func(e edit) bool { return e.start <= use && use < e.end })
		}) || slices.ContainsFunc(edits, func(e edit) bool { return beside(e.start) && mentions(e.text, pkg.Name()) }) {
			left[keyOf(spec)] = true
		}
	}
	return left
}

// of returns those of all edits that count in the excerpt: in the imports, and in its functions.
func (x *excerpt) of(all []edit) []edit {
	if x.whole() {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(e edit) bool {
		return !slices.ContainsFunc(x.pieces, func(p piece) bool { return p.start <= e.start && e.end <= p.end })
	})
}

// head returns those of the edits that are before the first function.
func (x *excerpt) head(edits []edit) []edit {
	return slices.DeleteFunc(slices.Clone(edits), func(e edit) bool { return e.start >= x.pieces[0].end && e.end > x.pieces[0].end })
}

// A replacement is what a file is to become.
type replacement struct {
	file    *ast.File              // the edited excerpt
	without map[*ast.FuncDecl]bool // what is in the excerpt, and not beside it; nil if that is all of the file
	imports []*ast.ImportSpec      // of the file, as it is
	needed  map[importKey]bool     // by what is beside the excerpt
	among   bool                   // imports may have been added for the sake of other functions
}

// importsNeeded reports whether all imports that are needed are there.
func (r *replacement) importsNeeded() bool {
	have := make(map[importKey]bool)
	for _, spec := range r.file.Imports {
		have[keyOf(spec)] = true
	}
	for key := range r.needed {
		if !have[key] {
			return false
		}
	}
	return true
}

// usesElsewhere reports whether what is at pos is an import that is used beside the excerpt, as far as is known.
func (r *replacement) usesElsewhere(pos token.Pos) bool {
	for _, spec := range r.file.Imports {
		if spec.Pos() <= pos && pos < spec.End() {
			key := keyOf(spec)
			return r.needed[key] || r.among && !slices.ContainsFunc(r.imports, func(s *ast.ImportSpec) bool { return keyOf(s) == key })
		}
	}
	return false
}

// An importKey is what an import says.
type importKey struct{ name, path string }

func keyOf(spec *ast.ImportSpec) importKey {
	key := importKey{path: unquote(spec.Path.Value)}
	if spec.Name != nil {
		key.name = spec.Name.Name
	}
	return key
}
