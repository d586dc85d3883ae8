package spanflow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// givenToUnknown reports whether the context that came with the span is an argument of
// a call through an interface that the table does not know.
func (s *Span) givenToUnknown() bool {
	if s.life.start == nil || s.life.start.Referrers() == nil {
		return false
	}
	for _, ref := range *s.life.start.Referrers() {
		ctx, ok := ref.(*ssa.Extract)
		if !ok || !knowledge.IsContext(ctx.Type()) {
			continue
		}
		for _, use := range *ctx.Referrers() {
			call, ok := use.(ssa.CallInstruction)
			if ok && call.Common().IsInvoke() && slices.Contains(call.Common().Args, ssa.Value(ctx)) && knowledge.Of(call.Common().Method.Origin()).Role == knowledge.None {
				return true
			}
		}
	}
	return false
}
