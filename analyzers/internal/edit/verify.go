package edit

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"slices"
	"strings"
)

// A region is a piece of the edited text that an edit wrote, as offsets.
type region struct{ start, end int }

// verify reports whether the plan's file is in order once edits, which are
// sorted and do not overlap, are applied to it.
func (p *Plan) verify(edits []edit) bool {
	return p.planner.verify([]*Plan{p}, [][]edit{edits})
}

// verifyAmong reports whether the plan's file is in order once all edits are applied to it: the plan's, which are in
// order by themselves, and those of others, which are among each other. It looks at the functions that the plan changes; at
// those that the others do, too, if the plan changes the imports in a way of its own.
func (p *Plan) verifyAmong(all, edits, others []edit) bool {
	x := p.src.excerpt(edits)
	if x.whole() || slices.ContainsFunc(x.head(edits), func(e edit) bool { return !slices.Contains(others, e) }) {
		return p.verify(all)
	}
	return p.planner.verifyIn([]change{{p, x.of(all), x, all}})
}

// verify reports whether the files of the plans are in order once the edits of
// each are applied to it.
func (pl *Planner) verify(plans []*Plan, edits [][]edit) bool {
	changes := make([]change, len(plans))
	for i, p := range plans {
		changes[i] = change{p, edits[i], p.src.excerpt(edits[i]), nil}
	}
	if slices.ContainsFunc(changes, func(c change) bool { return c.x.whole() }) {
		for i := range changes {
			changes[i].x = changes[i].plan.src.all()
		}
	}
	return pl.verifyIn(changes)
}

// A change is what is looked at of one file.
type change struct {
	plan  *Plan
	edits []edit
	x     *excerpt
	among []edit // if the edits are not all that are made, these are
}

func (pl *Planner) verifyIn(changes []change) bool {
	fset := pl.check.newFileSet()
	edited := make(map[*ast.File]*replacement)
	regions := make([][]region, len(changes))
	bodiesOnly := true
	for i, c := range changes {
		src := c.plan.src
		edits := c.x.in(c.edits)
		content, written := apply(c.x.content, edits)
		lexemes, err := scan(content)
		if err != nil || !c.x.keepsTokens(edits, lexemes, written) || !c.x.keepsComments(content, lexemes) {
			return false
		}
		file, err := parser.ParseFile(fset, src.tok.Name(), content, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return false
		}
		r := &replacement{file: file, imports: src.file.Imports, without: c.x.funcs, among: c.among != nil}
		all := c.edits
		if c.among != nil {
			all = c.among
		}
		r.needed = c.x.usesLeft(pl.pass.TypesInfo, all)
		if !r.importsNeeded() {
			return false
		}
		edited[src.file] = r
		regions[i] = written
		bodiesOnly = bodiesOnly && src.editsBodies(c.edits)
	}
	info, ok := pl.check.types(fset, edited, bodiesOnly)
	if !ok {
		return false
	}
	for i, c := range changes {
		file := edited[c.plan.src.file].file
		// Last, because it may sort the imports of file.
		if !c.plan.qualifies(fset, file, info, regions[i]) || format.Node(io.Discard, fset, file) != nil {
			return false
		}
	}
	return true
}

// qualifies reports whether what the rule meant as a package is one, and the
// right one.
func (p *Plan) qualifies(fset *token.FileSet, file *ast.File, info *types.Info, regions []region) bool {
	right := true
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && p.quals[id.Name] != "" && inRegion(regions, fset.File(id.Pos()).Offset(id.Pos())) {
				right = right && importedPath(info, id) == p.quals[id.Name]
			}
		}
		return right
	})
	return right
}

// apply returns content with edits applied, and where in it the texts of edits
// are.
func apply(content []byte, edits []edit) ([]byte, []region) {
	var buf bytes.Buffer
	var regions []region
	last := 0
	for _, e := range edits {
		buf.Write(content[last:e.start])
		start := buf.Len()
		buf.WriteString(e.text)
		regions = append(regions, region{start, buf.Len()})
		last = e.end
	}
	buf.Write(content[last:])
	return buf.Bytes(), regions
}

// inRegion reports whether off is in one of the sorted regions.
func inRegion(regions []region, off int) bool {
	return slices.ContainsFunc(regions, func(r region) bool { return r.start <= off && off < r.end })
}

// keepsTokens reports whether the tokens and comments that edits of the excerpt leave alone
// are all that is in the edited text outside of regions: no edit has run into
// its surroundings.
func (x *excerpt) keepsTokens(edits []edit, lexemes []lexeme, regions []region) bool {
	var want, got []lexeme
	shift, i := 0, 0
	for _, l := range x.lexemes {
		for ; i < len(edits) && edits[i].end <= l.off; i++ {
			shift += len(edits[i].text) - (edits[i].end - edits[i].start)
		}
		if i < len(edits) && edits[i].start < l.end {
			// edits[i] ends after the start of l, so it has to cover all of l.
			if edits[i].start > l.off || edits[i].end < l.end {
				return false
			}
			continue
		}
		want = append(want, lexeme{l.off + shift, l.end + shift, l.kind})
	}
	i = 0
	for _, l := range lexemes {
		for i < len(regions) && regions[i].end <= l.off {
			i++
		}
		if i < len(regions) && regions[i].start <= l.off && l.end <= regions[i].end {
			continue
		}
		got = append(got, l)
	}
	return slices.Equal(want, got)
}

// keepsComments reports whether the edited text has all the comments of the
// excerpt.
func (x *excerpt) keepsComments(content []byte, lexemes []lexeme) bool {
	count := make(map[string]int)
	for _, l := range lexemes {
		if l.kind == token.COMMENT {
			count[strings.ReplaceAll(string(content[l.off:l.end]), "\r", "")]++
		}
	}
	for _, l := range x.lexemes {
		if l.kind == token.COMMENT {
			text := strings.ReplaceAll(string(x.content[l.off:l.end]), "\r", "")
			if count[text]--; count[text] < 0 {
				return false
			}
		}
	}
	return true
}

// editsBodies reports whether edits change nothing but imports and the bodies
// of functions, so that the other files of the package see no change.
func (src *source) editsBodies(edits []edit) bool {
	type span struct{ start, end int }
	var inner []span
	for _, decl := range src.file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				inner = append(inner, span{src.lineStart(src.offset(d.Pos())), src.nextLine(src.end(d))})
			}
		case *ast.FuncDecl:
			if d.Body != nil {
				inner = append(inner, span{src.offset(d.Body.Lbrace) + 1, src.offset(d.Body.Rbrace)})
			}
		}
	}
	for _, e := range edits {
		if !slices.ContainsFunc(inner, func(s span) bool { return s.start <= e.start && e.end <= s.end }) {
			return false
		}
	}
	return true
}
