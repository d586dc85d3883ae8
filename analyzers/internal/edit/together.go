package edit

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// Together ends plans for several files, each of which has one, and returns the
// one fix that they make up, or nil: if one of them failed, or if their edits
// together are not proved to be harmless. Plans without edits do not matter.
//
// The edits may reach beyond function bodies, and into the test files among
// the pass's files. That no other file of the package suffers is for the rule
// to see to.
func (pl *Planner) Together(message string, plans []*Plan) []analysis.SuggestedFix {
	var edited []*Plan
	var edits [][]edit
	for _, p := range plans {
		if p.refused() || !p.removeUnusedImports() {
			return nil
		}
		if len(p.edits) == 0 {
			continue
		}
		sorted, ok := p.formatted()
		sorted = p.holdImports(sorted)
		if !ok || overlap(sorted) {
			return nil
		}
		edited = append(edited, p)
		edits = append(edits, sorted)
	}
	if len(edited) == 0 || message == "" || !pl.verify(edited, edits) || !pl.acceptAll(edited, edits) {
		return nil
	}
	fix := analysis.SuggestedFix{Message: message}
	for i, p := range edited {
		for _, e := range edits[i] {
			fix.TextEdits = append(fix.TextEdits, p.textEdit(e))
		}
	}
	return []analysis.SuggestedFix{fix}
}

func (p *Plan) textEdit(e edit) analysis.TextEdit {
	return analysis.TextEdit{Pos: p.src.tok.Pos(e.start), End: p.src.tok.Pos(e.end), NewText: []byte(e.text)}
}

// acceptAll is accept for the edits of several files. They are checked with all
// the edits of fixes that were offered before, in whatever file: a function
// may have got another signature.
func (pl *Planner) acceptAll(plans []*Plan, edits [][]edit) bool {
	union := make(map[*ast.File][]edit)
	byFile := make(map[*ast.File]*Plan)
	for src, o := range pl.offered {
		if len(o.edits) > 0 {
			union[src.file] = o.edits
			byFile[src.file] = pl.Plan(src.file)
		}
	}
	for i, p := range plans {
		all := slices.Clone(union[p.src.file])
		for _, e := range edits[i] {
			if !slices.Contains(all, e) {
				all = append(all, e)
			}
		}
		sortEdits(all)
		if overlap(all) {
			return false
		}
		union[p.src.file], byFile[p.src.file] = all, p
	}
	if len(pl.offered) > 0 {
		var together []*Plan
		var allEdits [][]edit
		for _, file := range pl.pass.Files {
			if p := byFile[file]; p != nil {
				p.quals = pl.allQuals(p, plans)
				together = append(together, p)
				allEdits = append(allEdits, union[file])
			}
		}
		if !pl.verify(together, allEdits) {
			return false
		}
	}
	for _, p := range plans {
		pl.offer(p, union[p.src.file])
	}
	return true
}

// allQuals returns the qualifiers of a plan; one that only carries what was
// offered before has none.
func (pl *Planner) allQuals(p *Plan, plans []*Plan) map[string]string {
	if slices.Contains(plans, p) {
		return p.quals
	}
	return nil
}

// offer makes edits what the fixes that were offered for the plan's file do.
func (pl *Planner) offer(p *Plan, edits []edit) {
	o := pl.offered[p.src]
	if o == nil {
		o = &offer{names: make(map[ast.Decl]map[string]bool)}
		pl.offered[p.src] = o
	}
	o.edits = edits
	o.additive = false
	for decl, names := range p.names {
		for name := range names {
			addName(o.names, decl, name)
		}
	}
}

// Admit reports whether a fix that was offered elsewhere, by another rule, to one file of the package can be applied
// together with those that this planner has offered or admitted. If so, it
// counts as offered.
func (pl *Planner) Admit(fix analysis.SuggestedFix) bool {
	var p *Plan
	for _, e := range fix.TextEdits {
		i := slices.IndexFunc(pl.pass.Files, func(f *ast.File) bool { return f.FileStart <= e.Pos && e.Pos <= f.FileEnd })
		if i < 0 || p != nil && p.src.file != pl.pass.Files[i] {
			return false
		}
		if p == nil {
			p = pl.Plan(pl.pass.Files[i])
		}
		if p.refused() {
			return false
		}
		end := e.End
		if !end.IsValid() {
			end = e.Pos
		}
		if end < e.Pos || end > p.src.file.FileEnd {
			return false
		}
		p.edits = append(p.edits, edit{p.src.tok.Offset(e.Pos), p.src.tok.Offset(end), string(e.NewText)})
	}
	if p == nil {
		return false
	}
	p.additive = false // who knows what it does
	sortEdits(p.edits)
	return !overlap(p.edits) && pl.accept(p, p.edits)
}
