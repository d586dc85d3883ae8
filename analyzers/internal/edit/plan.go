// Package edit builds the fixes of tracevet's rules.
//
// A fix is planned with the methods of a [Plan] and comes out of [Plan.Fixes],
// which offers it only if it is proved to be harmless:
//
//   - the edited file parses, and type-checks in its package (so no variable
//     and no import is left unused);
//   - every token outside of the edits is still there, and every comment;
//   - gofmt accepts the result.
//
// Any method that cannot do what it was asked to do, with certainty, fails the
// plan: from then on its methods do nothing and Fixes returns nil. A rule need
// not look: it plans its edits and passes the result of Fixes on.
//
// Fixes compose. Edits are small, two fixes that add the same import do it by
// identical edits (which drivers merge), and a [Planner] checks that all the
// fixes of one pass can be applied together.
//
// What is not looked at: other packages (a fix that changes what a package
// exports is for the rule to think through), and, unless an edit reaches beyond
// function bodies, the function bodies in other files. That leaves one error
// that is not seen: a cycle of initialization through another file.
//
// Generated files, packages that use cgo, and files whose positions were
// changed by line directives are never edited: what the parser saw there is
// not what the user wrote.
package edit

import (
	"cmp"
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Planner makes the plans of one pass. It keeps what plans have in common
// (the text of the files, the other files of the package without their
// function bodies), and sees to it that the fixes that it lets pass can all be
// applied at once: a fix that would break in company is not offered, and
// comes in the next run.
//
// Take the first fix of each finding from the pass's planner, and alternatives
// to it, which no driver applies together with it, from [New].
//
// A Planner is for one goroutine.
type Planner struct {
	pass    *analysis.Pass
	sources map[*ast.File]*source
	offered map[*source]*offer
	check   checker
}

// An offer is what the fixes that were offered for a file so far do, together.
type offer struct {
	edits    []edit
	additive bool                         // no fix so far declares, replaces or deletes anything
	names    map[ast.Decl]map[string]bool // fresh names in use, by the declaration that they are in
}

// NewPlanner returns a planner of fixes for the package of pass.
func NewPlanner(pass *analysis.Pass) *Planner {
	return &Planner{
		pass:    pass,
		sources: make(map[*ast.File]*source),
		offered: make(map[*source]*offer),
		check:   checker{pass: pass},
	}
}

// New starts a plan for one fix to file, which is one of pass.Files. It is
// short for a plan of a [Planner] that has no other.
func New(pass *analysis.Pass, file *ast.File) *Plan {
	return NewPlanner(pass).Plan(file)
}

// Plan starts a plan for one fix to file, which is one of the pass's files. If
// the file must not be edited, the plan has failed already.
func (pl *Planner) Plan(file *ast.File) *Plan {
	src, ok := pl.sources[file]
	if !ok {
		src = newSource(pl.pass, file)
		pl.sources[file] = src
	}
	return &Plan{
		planner:  pl,
		src:      src,
		additive: true,
		imports:  make(map[string]string),
		quals:    make(map[string]string),
		names:    make(map[ast.Decl]map[string]bool),
	}
}

// A Plan is a list of edits to one file that make up one fix.
type Plan struct {
	planner  *Planner
	src      *source // nil if the plan has failed
	edits    []edit
	additive bool                         // the edits only insert statements that declare nothing
	imports  map[string]string            // the imports to add: path to name
	reused   []*ast.ImportSpec            // the imports that were there, and that the edits use
	quals    map[string]string            // qualifiers handed out: name to path
	names    map[ast.Decl]map[string]bool // fresh names handed out
}

// An edit replaces a piece of the file, given as offsets, by text.
type edit struct {
	start, end int
	text       string
}

// Refuse fails the plan: the fix is not to be offered.
func (p *Plan) Refuse() { p.src = nil }

// refused reports whether the plan has failed.
func (p *Plan) refused() bool { return p.src == nil }

// add adds an edit to the plan. New lines in text become those of the file.
func (p *Plan) add(start, end int, text string) {
	if p.src.newline != "\n" {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", p.src.newline)
	}
	p.edits = append(p.edits, edit{start, end, text})
}

// Replace replaces the source of node, which begins and ends at the bounds of
// tokens, by text. Comments within node have to be in text again, else the fix
// is not offered. Imports that are used no more are removed (by Fixes).
func (p *Plan) Replace(node analysis.Range, text string) {
	if p.refused() {
		return
	}
	start, end, ok := p.src.span(node)
	if !ok {
		p.Refuse()
		return
	}
	p.additive = false
	p.add(start, end, text)
}

// Fixes ends the plan. It returns the one fix that the edits make up, or nil
// if the plan failed or the fix is not proved to be harmless. The message says
// what the edit does.
func (p *Plan) Fixes(message string) []analysis.SuggestedFix {
	if p.refused() || len(p.edits) == 0 || message == "" {
		return nil
	}
	if !p.removeUnusedImports() {
		p.Refuse()
		return nil
	}
	edits, ok := p.formatted()
	edits = p.holdImports(edits)
	if !ok || overlap(edits) || !p.verify(edits) || !p.planner.accept(p, edits) {
		p.Refuse()
		return nil
	}
	fix := analysis.SuggestedFix{Message: message}
	for _, e := range edits {
		fix.TextEdits = append(fix.TextEdits, p.textEdit(e))
	}
	return []analysis.SuggestedFix{fix}
}

// accept reports whether the plan's edits, which are all right by themselves,
// are so together with those of the fixes that were offered before; if so they
// count as offered.
func (pl *Planner) accept(p *Plan, edits []edit) bool {
	before := pl.offered[p.src]
	if before == nil {
		before = &offer{additive: true, names: make(map[ast.Decl]map[string]bool)}
		pl.offered[p.src] = before
	}
	all := slices.Clone(before.edits)
	for _, e := range edits {
		// Drivers merge edits that are identical.
		if !slices.Contains(before.edits, e) {
			all = append(all, e)
		}
	}
	sortEdits(all)
	if overlap(all) {
		return false
	}
	// More statements that declare nothing, in a file that stays as it is
	// otherwise, do no harm to each other. That spares nearly all fixes a
	// second check.
	alone := len(before.edits) == 0
	additive := before.additive && p.additive
	if !alone && !additive && !p.verifyAmong(all, edits, before.edits) {
		return false
	}
	before.edits = all
	before.additive = additive
	for decl, names := range p.names {
		for name := range names {
			addName(before.names, decl, name)
		}
	}
	return true
}

// sortEdits sorts edits by position. Insertions go before a replacement that
// starts where they stand, and keep the order in which they were planned.
func sortEdits(edits []edit) {
	slices.SortStableFunc(edits, func(x, y edit) int {
		return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(x.end, y.end))
	})
}

// overlap reports whether any of the sorted edits touch the same text.
func overlap(edits []edit) bool {
	for i := 1; i < len(edits); i++ {
		if edits[i].start < edits[i-1].end {
			return true
		}
	}
	return false
}
