package detachedgo

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/ctxflow"
)

// reached reports a goroutine on a root in a function that has no context, where one
// is at hand further up: at the goroutine, or, if that is in another package, at the
// call that leads there.
func (c *checker) reached(d *ctxflow.Detach) {
	last := d.Chain[len(d.Chain)-1]
	hand := "the caller's context is at hand, in a parameter without a name"
	if d.Context.Request {
		hand = "the request's context is at hand, in a parameter without a name"
	}
	if d.Context.Named() {
		hand = strings.TrimSuffix(hand, ", in a parameter without a name") + ": " + d.Context.Text()
	}
	f := diag.Finding{
		Category: "new-trace",
		Related:  analysis.RelatedInformation{Pos: last.Call.Pos(), End: last.Call.End(), Message: "here " + hand},
	}
	if d.Far != nil {
		f.Range = d.Chain[0].Call.Fun
		f.Message = fmt.Sprintf("%s starts a goroutine that works on %s in %s, so what it does is in a trace of its own", diag.Text(d.Chain[0].Call.Fun), d.FarCall, d.FarIn)
	} else {
		f.Range = at(d.Spawn)
		f.Message = fmt.Sprintf("the goroutine works on %s, so what it does is in a trace of its own: %s is reached from %s", diag.Text(d.Root), d.Chain[0].Fn.Name(), last.Func.Name())
	}
	diag.Report(c.pass, f)
}
