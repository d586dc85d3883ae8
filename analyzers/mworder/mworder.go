package mworder

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/routes"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, routes.Analyzer)

// recovery: report recoveries outside tracing, too.
var recovery bool

func init() {
	Analyzer.Flags.BoolVar(&recovery, "recovery", false, "report recoveries outside tracing, too")
}

// A checker is one run over one package.
type checker struct {
	pass    *analysis.Pass
	planner *edit.Planner
	fn      *routes.Function
	events  []*routes.Event // of fn, in order
	seen    map[seen]bool
}

// seen is what was reported.
type seen struct {
	pos      token.Pos
	category string
}

func run(pass *analysis.Pass) error {
	c := &checker{pass: pass, planner: edit.NewPlanner(pass), seen: make(map[seen]bool)}
	for _, fn := range pass.ResultOf[routes.Analyzer].(*routes.Result).Functions() {
		c.fn, c.events = fn, fn.All()
		for _, e := range c.events {
			for i, it := range e.List {
				if it.Class == routes.Tracing || it.Class == routes.Likely && !c.hasTracing(e.Router) {
					c.check(e, i)
				}
			}
			if e.Wraps {
				c.checkWrap(e)
			}
		}
	}
	return nil
}

// check looks at the registration of tracing that the i-th middleware of e is.
func (c *checker) check(e *routes.Event, i int) {
	tracing := e.List[i]
	before := slices.Concat(e.Chain(), e.List[:i])
	if e.Wraps {
		before = e.Inner()
	} else {
		before = slices.Concat(e.Router.Outermost().Around(), before)
	}
	if tracing.Class == routes.Tracing && c.checkTwice(tracing, before) || e.Wraps {
		return
	}
	if e.Kind == knowledge.AddRoute {
		c.checkList(e, i, before)
		before = before[:len(before)-i+min(i, e.Wrapped)]
	}
	needy := c.needy(tracing, before)
	var missed []*routes.Event
	if e.Kind == knowledge.AddMiddleware {
		missed = c.missedBy(e)
	}
	// Have: what tracing has to come before. One move has to do for all of it.
	dest := c.destination(e, needy, missed)
	for _, it := range needy {
		c.reportNeeds(it, tracing, c.moveItem(tracing, it, needy, dest))
	}
	c.reportLate(e, missed, dest)
	if recovery {
		c.checkRecovery(e, i, before)
	}
}

// hasTracing reports whether tracing is registered on a router, one that it is a
// group of, or around it: what only may be tracing is not, then.
func (c *checker) hasTracing(r *routes.Router) bool {
	return slices.ContainsFunc(c.events, func(e *routes.Event) bool {
		return e.Router.Outermost() == r.Outermost() && slices.ContainsFunc(e.List, func(it *routes.Item) bool { return it.Class == routes.Tracing })
	})
}

// report reports a finding, once.
func (c *checker) report(f diag.Finding) {
	key := seen{f.Range.Pos(), f.Category}
	if !c.seen[key] {
		c.seen[key] = true
		diag.Report(c.pass, f)
	}
}

func (c *checker) line(n ast.Node) int { return c.pass.Fset.Position(n.Pos()).Line }

// at returns where a middleware is registered: the argument that it is, or the
// function that is called.
func at(it *routes.Item) ast.Expr {
	if it.Expr != nil {
		return it.Expr
	}
	return it.Event.Name()
}

func related(n ast.Node, message string) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: n.Pos(), End: n.End(), Message: message}
}

// checkTwice reports tracing that requests have gone through before.
func (c *checker) checkTwice(tracing *routes.Item, before []*routes.Item) bool {
	for _, first := range before {
		second := tracing
		if first.Class != routes.Tracing || first.Event == nil || first.Event.Via != nil && first.Event.Same(second.Event) {
			continue
		}
		if at(first).Pos() == at(second).Pos() {
			continue // one call makes both: the function that it calls is to blame
		}
		if first.Filtered || second.Filtered || !together(first, second) || !sameLane(first, second) {
			continue
		}
		if second.Event.Before(first.Event) {
			first, second = second, first
		}
		consequence := "so each request has two server spans"
		if first.Lane == knowledge.Observing && second.Lane == knowledge.Observing {
			consequence = "so the outer spans never end"
		}
		c.report(diag.Finding{
			Range:    at(second),
			Category: "twice",
			Message:  fmt.Sprintf("tracing is registered twice, first on line %d, %s", c.line(at(first)), consequence),
			Related:  related(at(first), "tracing is registered first here"),
			Fixes:    c.remove(first, second),
		})
		return true
	}
	return false
}

// together reports whether one of two middlewares is registered whenever the
// other is.
func together(x, y *routes.Item) bool { return x.Implies(y) || y.Implies(x) }

// sameLane reports whether there are requests that both see.
func sameLane(x, y *routes.Item) bool {
	return x.Lane == y.Lane || x.Lane == knowledge.Observing || y.Lane == knowledge.Observing
}

// needy returns the middlewares that run before tracing and need the span.
func (c *checker) needy(tracing *routes.Item, before []*routes.Item) []*routes.Item {
	if tracing.Lane == knowledge.Observing || tracing.Event.Router.Client {
		return nil // runs outside of all others
	}
	var needy []*routes.Item
	for _, it := range before {
		if it.Class == routes.Tracing || it.Class == routes.Unknown || it.Class == tracing.Class {
			break // what comes after it has a span, or may have
		}
		if need(it, tracing) == routes.NoNeed || it.Lane != tracing.Lane || it.Event == nil || !together(it, tracing) {
			continue
		}
		if it.Event.Via != nil && it.Event.Same(tracing.Event) && it.Expr == nil {
			continue // the function that is called registers both
		}
		needy = append(needy, it)
	}
	return needy
}

// need returns what a middleware that runs before tracing needs of its span. One
// that is written by hand may leave the span on the request.
func need(it, tracing *routes.Item) routes.Need {
	if tracing.Restores || !tracing.Event.Router.Mutable() {
		return it.Needs()
	}
	return it.Before
}

// destination returns what is registered before tracing and has to come after it,
// the first of it; nil if there is nothing on the same router.
func (c *checker) destination(e *routes.Event, needy []*routes.Item, missed []*routes.Event) *routes.Event {
	var first *routes.Event
	see := func(f *routes.Event) {
		if first == nil || f.Before(first) {
			first = f
		}
	}
	for _, it := range needy {
		if f := it.Event; f != e && !f.Wraps && f.Router == e.Router && f.Kind == e.Kind {
			see(f)
		}
	}
	if len(missed) > 0 {
		see(missed[0])
	}
	return first
}

func (c *checker) reportNeeds(it, tracing *routes.Item, fixes []analysis.SuggestedFix) {
	consequence := map[routes.Need]string{
		routes.Spans: "so its spans are in a trace of their own",
		routes.Work:  "so what it calls is not in the request's trace",
		routes.IDs:   "so it finds no trace id",
	}[need(it, tracing)]
	c.report(diag.Finding{
		Range:    at(it),
		Category: "needs-span",
		Message:  fmt.Sprintf("%s runs before tracing, which is registered on line %d, %s", it.Name, c.line(at(tracing)), consequence),
		Related:  related(at(tracing), "tracing is registered here"),
		Fixes:    fixes,
	})
}

// checkWrap looks at a handler that a middleware is put around: does it need the
// span that starts further in?
func (c *checker) checkWrap(e *routes.Event) {
	it := e.List[0]
	recovers := recovery && it.Class == routes.Recovery
	if it.Class == routes.Tracing || it.Needs() == routes.NoNeed && !recovers || c.tracedOutside(e) {
		return
	}
	within := slices.Concat(e.Inner(), e.Router.Uses())
	for _, inner := range within {
		if inner.Class != routes.Tracing || !together(it, inner) {
			continue
		}
		if e.Via != nil && it.Expr == nil && inner.Event != nil && e.Same(inner.Event) {
			return // the function that is called does both: it is at fault
		}
		if it.Needs() != routes.NoNeed {
			c.reportNeeds(it, inner, nil)
		}
		if recovers && !slices.ContainsFunc(within, func(it *routes.Item) bool { return it.Class == routes.Recovery }) {
			c.reportRecovery(it, inner)
		}
		return
	}
}

// tracedOutside reports whether tracing, or what may be that, is put around what
// e makes, or whether that becomes the handler of a route.
func (c *checker) tracedOutside(e *routes.Event) bool {
	for _, f := range c.events {
		if f.Wraps && slices.Contains(f.Inner(), e.List[0]) && f.List[0].Class != routes.Other {
			return true
		}
		if f.Kind == knowledge.AddRoute && slices.ContainsFunc(f.List[:f.Wrapped], func(it *routes.Item) bool { return at(it).Pos() == at(e.List[0]).Pos() }) {
			return true
		}
	}
	return false
}

// checkList reports tracing that comes after what needs the span in the handlers
// of one route.
func (c *checker) checkList(e *routes.Event, i int, before []*routes.Item) {
	for _, it := range before[:len(before)-i] {
		if it.Class >= routes.Likely || it.Class == routes.Unknown {
			return
		}
	}
	for j, it := range e.List[e.Wrapped:max(i, e.Wrapped)] {
		if it.Class == routes.Unknown {
			return
		}
		if it.Before == routes.NoNeed && !it.Works {
			continue
		}
		c.report(diag.Finding{
			Range:    at(e.List[i]),
			Category: "list-order",
			Message:  fmt.Sprintf("tracing comes after %s in the handlers of %s, so its spans have no parent", it.Name, c.route(e)),
			Related:  related(at(it), fmt.Sprintf("%s comes first here", it.Name)),
			Fixes:    c.moveArg(e, i, e.Wrapped+j),
		})
		return
	}
}

// checkRecovery reports a recovery outside of tracing, if there is none inside.
func (c *checker) checkRecovery(e *routes.Event, i int, before []*routes.Item) {
	tracing := e.List[i]
	if e.Router.Recovers(e, i) || tracing.Lane != knowledge.AllLanes || tracing.Event.Router.Client {
		return
	}
	for _, it := range before {
		if it.Class >= routes.Likely {
			return // there is a span around what comes after it
		}
		if it.Class != routes.Recovery || it.Event == nil || it.Event.Via != nil && it.Event.Same(e) || !together(it, tracing) {
			continue
		}
		c.reportRecovery(it, tracing)
	}
}

func (c *checker) reportRecovery(it, tracing *routes.Item) {
	c.report(diag.Finding{
		Range:    at(it),
		Category: "recovery",
		Message:  "recovery runs outside tracing, so a panic does not mark the request's span as failed",
		Related:  related(at(tracing), "tracing is registered here"),
	})
}
