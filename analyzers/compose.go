package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/edit"
)

// A Composer picks, from the fixes that several rules offer for one package, those that can all be
// applied at once. Each rule sees to that for its own ones. It is for drivers that apply all the fixes that they
// are given, in one go, and look neither at imports nor at what becomes of the file.
type Composer struct{ planner *edit.Planner }

// NewComposer returns a Composer for the package of pass.
func NewComposer(pass *analysis.Pass) *Composer {
	return &Composer{edit.NewPlanner(pass)}
}

// Admit reports whether the package builds with the fix and all those that were admitted before; if so, the
// fix is admitted. One that edits several files is not: this is about drivers that cannot apply it.
func (c *Composer) Admit(fix analysis.SuggestedFix) bool { return c.planner.Admit(fix) }
