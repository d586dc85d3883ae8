package proof

import (
	"fmt"
	"html"
	"strings"
)

// A theme is the colours of a picture. Text has a contrast of 4.5 and more to
// what it stands on (WCAG 2.2, 1.4.3), lines that mean something 3 (1.4.11).
type theme struct {
	back, panel, edge, text, dim, line  string
	span, spanEdge                      string // a span in the caller's trace
	bad, badFill, good, caller, callerT string
}

// Themes are the colours of the pictures, by what is in their names.
var themes = map[string]theme{
	"light": {
		back: "#ffffff", panel: "#f6f8fa", edge: "#d1d9e0", text: "#1f2328", dim: "#59636e", line: "#818b98",
		span: "#ddf4ff", spanEdge: "#54a0e0", bad: "#c21c2c", badFill: "#ffebe9", good: "#116329", caller: "#24292f", callerT: "#ffffff",
	},
	"dark": {
		back: "#0d1117", panel: "#151b23", edge: "#3d444d", text: "#f0f6fc", dim: "#9198a1", line: "#6e7681",
		span: "#12283f", spanEdge: "#388bfd", bad: "#ff7b72", badFill: "#3a1618", good: "#56d364", caller: "#f0f6fc", callerT: "#0d1117",
	},
}

// The measures of a picture, in pixels of its own. A character of the font has the
// width em in all of those that the style names.
const (
	pictureWidth = 920
	margin       = 16
	panelWidth   = (pictureWidth - 3*margin) / 2
	panelTop     = 64
	rowHeight    = 27
	pillHeight   = 21
	indent       = 17
	em           = 7.25
)

// A row is a span in a panel.
type row struct {
	name   string
	depth  int
	parent int // row of the parent, -1 for none
	state  string
	note   string
}

// rows lays a trace out, from top to bottom.
func (t *traceOf) rows() []row {
	rows := []row{{name: "the caller's span", parent: -1, state: "caller"}}
	var add func(at *node, depth, parent int)
	add = func(at *node, depth, parent int) {
		r := row{name: at.Name, depth: depth, parent: parent, state: "span"}
		switch {
		case !at.Ended:
			r.state, r.note = "open", "never ends"
		case parent < 0:
			r.state, r.note = "root", "a trace of its own"
		case rows[parent].state == "open":
			r.note = "its parent is missing"
		}
		if r.state == "open" && parent < 0 {
			r.note = "a trace of its own, never ends"
		}
		rows = append(rows, r)
		self := len(rows) - 1
		for _, child := range at.children {
			add(child, depth+1, self)
		}
	}
	for _, piece := range t.pieces {
		if piece.Span == nil {
			for _, child := range piece.children {
				add(child, 1, 0)
			}
		} else {
			add(piece, 1, -1)
		}
	}
	return rows
}

// Picture draws what became of the trace of one request of a service before and
// after, in the colours of a theme.
func Picture(p *Proof, n int, th theme) string {
	before, after := p.Runs[Before].trace(n), p.Runs[Mended].trace(n)
	left, right := before.rows(), after.rows()
	height := panelTop + 58 + max(len(left), len(right))*rowHeight + margin
	ask := p.Service.Asks[n]
	what := ask.Method + " " + ask.Path
	lost := 0
	for _, at := range before.nodes {
		if !at.Exported {
			lost++
		}
	}

	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-labelledby="title desc">`+"\n", pictureWidth, height)
	fmt.Fprintf(&b, "<title id=\"title\">The trace of %s in the sample service %s, before and after</title>\n", html.EscapeString(what), p.Service.Name)
	fmt.Fprintf(&b, "<desc id=\"desc\">%s</desc>\n", html.EscapeString(describeTrees(before, after)))
	b.WriteString("<style>text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace;font-size:12px}" +
		".h{font-family:-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif}</style>\n")
	rect(&b, 0, 0, pictureWidth, height, 0, th.back, "", "")
	text(&b, margin, 30, th.text, `class="h" style="font-size:17px;font-weight:600"`, "One request, "+what)
	text(&b, margin, 50, th.dim, `class="h" style="font-size:13px"`, "What the sample service "+p.Service.Name+" makes of the trace of its caller, as recorded while it ran.")

	th.drawPanel(&b, margin, height, left, "Before", th.bad, "as written: "+summary(before, lost))
	th.drawPanel(&b, 2*margin+panelWidth, height, right, "After", th.good, fmt.Sprintf("tracevet -fix, and a patch: one tree of %d spans", len(right)-1))
	b.WriteString("</svg>\n")
	return b.String()
}

// summary says what is wrong with a trace, in a line.
func summary(t *traceOf, lost int) string {
	parts := []string{count(len(t.pieces), "piece", "pieces")}
	if t.unended > 0 {
		parts = append(parts, count(t.unended, "span never ends", "spans never end"))
	}
	switch lost -= t.unended; {
	case lost == 0:
	case lost+t.unended == len(t.nodes):
		parts = append(parts, "none is exported")
	default:
		parts = append(parts, fmt.Sprintf("%d more are not exported", lost))
	}
	return strings.Join(parts, ", ")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

// describeTrees says in words what the picture shows.
func describeTrees(before, after *traceOf) string {
	var b strings.Builder
	b.WriteString("Before: ")
	for i, t := range []*traceOf{before, after} {
		if i == 1 {
			b.WriteString(" After: ")
		}
		for j, r := range t.rows() {
			if j > 0 {
				b.WriteString("; ")
			}
			b.WriteString(r.name)
			if r.parent >= 0 {
				fmt.Fprintf(&b, " under %s", t.rows()[r.parent].name)
			}
			if r.note != "" {
				fmt.Fprintf(&b, " (%s)", r.note)
			}
		}
		b.WriteString(".")
	}
	return b.String()
}

// drawPanel draws a trace.
func (th theme) drawPanel(b *strings.Builder, x, height int, rows []row, title, accent, summary string) {
	rect(b, x, panelTop, panelWidth, height-panelTop-margin, 8, th.panel, th.edge, "")
	text(b, x+14, panelTop+25, accent, `class="h" style="font-size:15px;font-weight:600"`, title)
	text(b, x+22+len(title)*10-len(title)/6*6, panelTop+25, th.dim, `class="h" style="font-size:13px"`, summary)

	left := func(i int) int { return x + 14 + rows[i].depth*indent }
	middle := func(i int) int { return panelTop + 42 + i*rowHeight + pillHeight/2 }
	for i, r := range rows {
		if i == 0 {
			continue
		}
		from, stroke, dash := r.parent, th.line, ""
		if r.parent < 0 { // a link that is missing, to the caller
			from, stroke, dash = 0, th.bad, "2 4"
		} else if rows[r.parent].state == "open" {
			stroke, dash = th.bad, "2 4"
		}
		down := left(from) + 8
		fmt.Fprintf(b, `<path d="M%d %dV%dH%d" fill="none" stroke="%s" stroke-width="1.5"`, down, middle(from)+pillHeight/2, middle(i), left(i)-1, stroke)
		if dash != "" {
			fmt.Fprintf(b, ` stroke-dasharray="%s"`, dash)
		}
		b.WriteString("/>\n")
	}
	for i, r := range rows {
		width := int(float64(len(r.name))*em) + 18
		fill, edge, ink, dash := th.span, th.spanEdge, th.text, ""
		switch r.state {
		case "caller":
			fill, edge, ink = th.caller, th.caller, th.callerT
		case "root":
			fill, edge = th.badFill, th.bad
		case "open":
			fill, edge, ink, dash = th.panel, th.bad, th.dim, "4 3"
		}
		if r.parent < 0 && i > 0 {
			cut := left(0) + 8
			fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="7" fill="%s"/><path d="M%d %dl7 7m0 -7l-7 7" stroke="%s" stroke-width="2"/>`+"\n",
				cut, middle(i), th.panel, cut-3, middle(i)-3, th.bad)
		}
		rect(b, left(i), middle(i)-pillHeight/2, width, pillHeight, 5, fill, edge, dash)
		text(b, left(i)+9, middle(i)+4, ink, "", r.name)
		if r.note != "" {
			text(b, left(i)+width+8, middle(i)+4, th.bad, `class="h"`, r.note)
		}
	}
}

func rect(b *strings.Builder, x, y, w, h, r int, fill, edge, dash string) {
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" rx="%d" fill="%s"`, x, y, w, h, r, fill)
	if edge != "" {
		fmt.Fprintf(b, ` stroke="%s"`, edge)
	}
	if dash != "" {
		fmt.Fprintf(b, ` stroke-dasharray="%s"`, dash)
	}
	b.WriteString("/>\n")
}

func text(b *strings.Builder, x, y int, fill, more, s string) {
	if more != "" {
		more = " " + more
	}
	fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\" fill=\"%s\"%s>%s</text>\n", x, y, fill, more, html.EscapeString(s))
}
