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
				if it.Class == routes.Tracing {
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
	if c.checkTwice(tracing, before) || e.Wraps {
		return
	}
	if e.Kind == knowledge.AddRoute {
		c.checkList(e, i, before)
		before = before[:len(before)-i+min(i, e.Wrapped)]
	}
	c.checkNeeds(tracing, before)
	if recovery {
		c.checkRecovery(e, i, before)
	}
	if e.Kind == knowledge.AddMiddleware {
		c.checkLate(e)
	}
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

// checkNeeds reports the middlewares that run before tracing and need the span.
func (c *checker) checkNeeds(tracing *routes.Item, before []*routes.Item) {
	if tracing.Lane == knowledge.Observing || tracing.Event.Router.Client {
		return // runs outside of all others
	}
	for _, it := range before {
		if it.Class == routes.Tracing || it.Class == routes.Unknown {
			return // what comes after it has a span, or may have
		}
		if need := needs(it, tracing); need != routes.NoNeed && it.Lane == tracing.Lane {
			c.reportNeeds(it, tracing, need)
		}
	}
}

// needs returns what a middleware that runs before tracing needs of its span. One
// that is written by hand may leave the span on the request.
func needs(it, tracing *routes.Item) routes.Need {
	if tracing.Library || !tracing.Event.Router.Mutable() {
		return it.Needs()
	}
	return it.Before
}

func (c *checker) reportNeeds(it, tracing *routes.Item, need routes.Need) {
	if it.Event == nil || it.Event.Same(tracing.Event) && it.Event.Via != nil || !together(it, tracing) {
		return
	}
	consequence := map[routes.Need]string{
		routes.Spans: "so its spans are in a trace of their own",
		routes.Work:  "so what it calls is not in the request's trace",
		routes.IDs:   "so it finds no trace id",
	}[need]
	c.report(diag.Finding{
		Range:    at(it),
		Category: "needs-span",
		Message:  fmt.Sprintf("%s runs before tracing, which is registered on line %d, %s", it.Name, c.line(at(tracing)), consequence),
		Related:  related(at(tracing), "tracing is registered here"),
		Fixes:    c.moveItem(tracing, it),
	})
}

// checkWrap looks at a handler that a middleware is put around: does it need the
// span that starts further in?
func (c *checker) checkWrap(e *routes.Event) {
	it := e.List[0]
	if it.Class == routes.Tracing || it.Needs() == routes.NoNeed || c.tracedOutside(e) {
		return
	}
	for _, inner := range slices.Concat(e.Inner(), e.Router.Uses()) {
		if inner.Class == routes.Tracing {
			c.reportNeeds(it, inner, it.Needs())
			return
		}
	}
}

// tracedOutside reports whether tracing, or what may be that, is put around what
// e makes, or whether that becomes the handler of a route.
func (c *checker) tracedOutside(e *routes.Event) bool {
	for _, f := range c.events {
		if f.Wraps && slices.Contains(f.Inner(), e.List[0]) && f.List[0].Class != routes.Other {
			return true
		}
		if f.Kind == knowledge.AddRoute && slices.ContainsFunc(f.List[:f.Wrapped], func(it *routes.Item) bool { return it.Expr == e.List[0].Expr }) {
			return true
		}
	}
	return false
}

// checkList reports tracing that comes after what needs the span in the handlers
// of one route.
func (c *checker) checkList(e *routes.Event, i int, before []*routes.Item) {
	for _, it := range before[:len(before)-i] {
		if it.Class == routes.Tracing || it.Class == routes.Unknown {
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
	if e.Router.Recovers(e, i) {
		return
	}
	for _, it := range before {
		if it.Class != routes.Recovery || it.Event == nil || it.Event.Via != nil && it.Event.Same(e) || !together(it, e.List[i]) {
			continue
		}
		c.report(diag.Finding{
			Range:    at(it),
			Category: "recovery",
			Message:  "recovery runs outside tracing, so a panic does not mark the request's span as failed",
			Related:  related(at(e.List[i]), "tracing is registered here"),
		})
	}
}
