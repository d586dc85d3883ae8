package proof

import (
	"fmt"
	"strings"
)

// text returns a trace as an indented list of names.
func (t *traceOf) text() string {
	var b strings.Builder
	for i, piece := range t.pieces {
		if piece.Span == nil {
			b.WriteString("caller\n")
		} else {
			fmt.Fprintf(&b, "piece %d\n", i+1)
			piece.write(&b, 1)
			continue
		}
		for _, child := range piece.children {
			child.write(&b, 1)
		}
	}
	return b.String()
}

func (at *node) write(b *strings.Builder, depth int) {
	b.WriteString(strings.Repeat("  ", depth) + at.Name)
	if !at.Ended {
		b.WriteString(" (never ends)")
	} else if !at.Exported {
		b.WriteString(" (lost)")
	}
	fmt.Fprintf(b, "  [%s]\n", at.Site)
	for _, child := range at.children {
		child.write(b, depth+1)
	}
}
