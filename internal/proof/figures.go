package proof

import (
	"slices"
	"strings"
)

// Figures say what became of the traces that a service's callers began.
type Figures struct {
	Requests   int // that belong to a sampled trace of the caller's
	Whole      int // of these: one tree, below the caller's span, with all its spans exported
	Pieces     int // into which these traces are broken
	Roots      int // spans that start a trace of their own
	Orphans    int // spans whose parent is never exported, though it is this service's
	Wrong      int // spans below another span than in the repaired service
	Unended    int // spans that never end
	Lost       int // spans that end, and are not exported
	Unasked    int // spans for a caller that does not sample
	Names      int // names that the last round of the same requests adds
	Series     int // the same of the time series of metrics
	Downstream int // requests to other services, which do not carry a caller's trace
	Spans      int // that start
}

// Figures counts. repaired is the run of the repaired service, to which this one
// is compared; it may be the same.
func (r *Run) Figures(repaired *Run) Figures {
	f := Figures{Spans: len(r.Spans)}
	for n, a := range r.Asks {
		if a.Unsampled {
			f.Unasked += len(r.of(n))
			continue
		}
		f.Requests++
		t := r.trace(n)
		f.Pieces += len(t.pieces)
		f.Roots += t.roots
		f.Orphans += t.orphans
		f.Unended += t.unended
		f.Lost += t.lost
		f.Wrong += wrongParents(t, repaired.trace(n))
		if t.whole() {
			f.Whole++
		}
	}
	// Calls may come when the request has been answered: whose they are, only the header tells.
	for _, header := range r.Downstream {
		if !strings.HasPrefix(header, "00-"+callerTraces) {
			f.Downstream++
		}
	}
	f.Names = r.newNames()
	f.Series = r.Series[rounds-1] - r.Series[rounds-2]
	return f
}

// newNames counts the names of spans that occur in the last round only. The rounds before have
// had the same requests, with other ids.
func (r *Run) newNames() int {
	last := len(r.Asks) - len(r.Asks)/rounds
	known, added := make(map[string]bool), make(map[string]bool)
	for _, s := range r.Spans {
		if s.Request < last {
			known[s.Name] = true
		} else if !known[s.Name] {
			added[s.Name] = true
		}
	}
	return len(added)
}

// of returns the spans that started while a request was answered.
func (r *Run) of(n int) []*Span {
	var spans []*Span
	for _, s := range r.Spans {
		if s.Request == n {
			spans = append(spans, s)
		}
	}
	return spans
}

// A node is a span and those below it.
type node struct {
	*Span
	children []*node
}

// A traceOf is what became of the trace of one request: pieces, which would be one.
type traceOf struct {
	n       int
	nodes   map[string]*node
	pieces  []*node // the first is the caller's, a node without a span, if anything is below it
	joined  bool    // pieces[0] is the caller's
	roots   int
	orphans int
	unended int
	lost    int
}

// trace puts the spans of a request together. A span that is not exported is none
// to those who look at traces, but the picture shows where it would be: so it
// stays in the tree, and what is below it counts as orphaned.
func (r *Run) trace(n int) *traceOf {
	t := &traceOf{n: n, nodes: make(map[string]*node)}
	caller := new(node)
	spans := r.of(n)
	for _, s := range spans {
		t.nodes[s.ID] = &node{Span: s}
	}
	for _, s := range spans {
		at := t.nodes[s.ID]
		parent := t.nodes[s.Parent]
		switch {
		case s.Parent == callerSpan(n):
			caller.children = append(caller.children, at)
		case s.Parent == "":
			t.roots++
			t.pieces = append(t.pieces, at)
		case parent == nil: // another request's
			t.orphans++
			t.pieces = append(t.pieces, at)
		default:
			if !parent.Ended {
				t.orphans++
			}
			parent.children = append(parent.children, at)
		}
		switch {
		case !s.Ended:
			t.unended++
		case !s.Exported:
			t.lost++
		}
	}
	if len(caller.children) > 0 {
		t.joined = true
		t.pieces = append([]*node{caller}, t.pieces...)
	}
	caller.sort()
	for _, at := range t.pieces {
		at.sort()
	}
	pieces := t.pieces
	if t.joined {
		pieces = pieces[1:]
	}
	slices.SortStableFunc(pieces, func(a, b *node) int { return strings.Compare(a.outline(), b.outline()) })
	return t
}

// whole reports whether the trace is one tree below the caller's span, of which
// nothing is missing.
func (t *traceOf) whole() bool {
	return t.joined && len(t.pieces) == 1 && len(t.pieces[0].children) == 1 && t.orphans+t.unended+t.lost == 0
}

// sort puts what is below a span in an order that does not depend on how goroutines
// are scheduled: the spans that one goroutine started keep their order; those of the
// goroutine of the span itself come first, and the others are ordered by what they did.
func (at *node) sort() {
	first := make(map[string]string)
	for _, child := range at.children {
		child.sort()
		if _, ok := first[child.Goroutine]; !ok {
			first[child.Goroutine] = child.outline()
		}
	}
	if at.Span != nil {
		first[at.Goroutine] = ""
	}
	slices.SortStableFunc(at.children, func(a, b *node) int { return strings.Compare(first[a.Goroutine], first[b.Goroutine]) })
}

// outline returns the names of a span and of those below it.
func (at *node) outline() string {
	text := ""
	if at.Span != nil {
		text = at.Name
	}
	for _, child := range at.children {
		text += "(" + child.outline() + ")"
	}
	return text
}

// wrongParents counts the spans of a trace that are below another span than in the
// repaired one. Spans are told apart by the functions that start them, and so are their parents: names
// may have been repaired, too. One without a parent, or whose parent is missing, is not counted: it
// is a root or an orphan.
func wrongParents(t, repaired *traceOf) int {
	right := make(map[[2]string]int)
	for _, at := range repaired.nodes {
		right[edge(repaired, at)]++
	}
	wrong := 0
	for _, at := range t.nodes {
		parent := t.nodes[at.Parent]
		if at.Parent != callerSpan(t.n) && (parent == nil || !parent.Ended) {
			continue
		}
		if e := edge(t, at); right[e] > 0 {
			right[e]--
		} else {
			wrong++
		}
	}
	return wrong
}

func edge(t *traceOf, at *node) [2]string {
	if parent := t.nodes[at.Parent]; parent != nil {
		return [2]string{at.Site, parent.Site}
	}
	return [2]string{at.Site, at.Parent}
}
