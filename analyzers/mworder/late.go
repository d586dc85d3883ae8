package mworder

import (
	"fmt"
	"slices"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/routes"
)

// missedBy returns the routes that do traced work, and the groups with such ones,
// that e, a registration of tracing, comes too late for.
func (c *checker) missedBy(e *routes.Event) []*routes.Event {
	r := e.Router
	if e.Wraps || e.Partial || r.Order == knowledge.OrderAny || r.Order == knowledge.OrderGroups && r.Root || traced(r.Outermost().Around()) {
		return nil
	}
	var missed []*routes.Event
	for _, f := range c.events {
		at := f.On(r)
		if at.Before(e) && !f.Same(e) && (e.Implies(f) || f.Implies(e)) && c.misses(f, r) && !leavesOut(e, f) && !slices.Contains(missed, at) {
			missed = append(missed, at)
		}
	}
	return missed
}

// reportLate reports tracing that comes after what it misses. dest is what it
// should come before.
func (c *checker) reportLate(e *routes.Event, missed []*routes.Event, dest *routes.Event) {
	if len(missed) == 0 {
		return
	}
	c.report(diag.Finding{
		Range:    e.Name(),
		Category: "late",
		Message:  fmt.Sprintf("tracing is registered after %s, whose requests get no server span", c.missed(missed)),
		Related:  related(missed[0].Name(), "registered before tracing here"),
		Fixes:    c.moveEvent(e, dest),
	})
}

// misses reports whether f is a route, or a group with one, that would be traced
// if it was registered after tracing on r, and is not.
func (c *checker) misses(f *routes.Event, r *routes.Router) bool {
	switch f.Kind {
	case knowledge.AddRoute:
		if r.Order == knowledge.OrderStack {
			return f.Router.Within(r) && c.untraced(f)
		}
		return f.Router == r && c.untraced(f)
	case knowledge.MakeGroup:
		if f.Router != r || r.Order == knowledge.OrderStack || f.Child == nil {
			return false
		}
		return slices.ContainsFunc(c.events, func(g *routes.Event) bool {
			return g.Kind == knowledge.AddRoute && g.Router.Within(f.Child) && c.untraced(g)
		})
	}
	return false
}

// untraced reports whether a route does traced work, and nothing that may be
// tracing runs before its handler.
func (c *checker) untraced(f *routes.Event) bool {
	return f.Works() && !traced(f.Chain()) && !traced(f.List)
}

// traced reports whether tracing, or what may be that, is among middlewares.
func traced(list []*routes.Item) bool {
	return slices.ContainsFunc(list, func(it *routes.Item) bool { return it.Class >= routes.Likely || it.Class == routes.Unknown })
}

// missed names what is registered before tracing.
func (c *checker) missed(missed []*routes.Event) string {
	first := missed[0]
	line := c.line(first.Name())
	switch {
	case first.Via != nil:
		return fmt.Sprintf("the routes of %s on line %d", diag.Text(first.Call.Fun), line)
	case first.Kind == knowledge.MakeGroup && first.Path == "":
		return fmt.Sprintf("a group on line %d", line)
	case first.Kind == knowledge.MakeGroup:
		return fmt.Sprintf("the group %s on line %d", first.Path, line)
	}
	n := 0
	for _, f := range missed {
		if f.Kind == knowledge.AddRoute && f.Via == nil {
			n++
		}
	}
	if n == 1 {
		return fmt.Sprintf("%s on line %d", c.route(first), line)
	}
	return fmt.Sprintf("%d routes, the first of them %s on line %d", n, c.route(first), line)
}

// route names a route.
func (c *checker) route(e *routes.Event) string {
	switch {
	case e.Path == "":
		return "a route"
	case e.Verb == "":
		return e.Path
	}
	return e.Verb + " " + e.Path
}

// leavesOut reports whether the tracing that e registers may leave out what f
// registers.
func leavesOut(e, f *routes.Event) bool {
	return slices.ContainsFunc(e.List, func(it *routes.Item) bool {
		if it.Class < routes.Likely || !it.Filtered {
			return false
		}
		return len(it.Except) == 0 || f.Via != nil || f.Kind != knowledge.AddRoute || f.Path == "" || slices.Contains(it.Except, f.Path)
	})
}
