package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/fatih/color"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// The colours of the text format, by github.com/fatih/color: it knows what a Windows console
// wants to hear. Whether to use them is decided before, see [Input].
var (
	bold   = paint(color.Bold)
	faint  = paint(color.Faint)
	blue   = paint(color.FgBlue)
	paints = map[driver.Severity]*color.Color{
		driver.SevError: paint(color.FgRed, color.Bold),
		driver.Warning:  paint(color.FgYellow, color.Bold),
		driver.Info:     paint(color.FgCyan, color.Bold),
	}
)

func paint(attrs ...color.Attribute) *color.Color {
	c := color.New(attrs...)
	c.EnableColor()
	return c
}

// excerpts prints findings with the source that they are about: the faulty range is underlined,
// and so is the related one, each under its own line.
func excerpts(w io.Writer, in Input) {
	src := make(sources)
	for i, f := range in.Findings {
		if i > 0 {
			fmt.Fprintln(w)
		}
		mark := paints[severity(f)]
		fmt.Fprintf(w, "%s: %s %s\n", bold.Sprint(position(f.Pos, in.Dir)), mark.Sprint(oneLine(f.Message)), faint.Sprintf("(%s)", f.Rule))
		gutter := len(fmt.Sprint(f.Pos.Line))
		for _, rel := range f.Related {
			gutter = max(gutter, len(fmt.Sprint(rel.Pos.Line)))
		}
		excerpt(w, src, f.Pos, f.End, gutter, mark, "")
		for _, rel := range f.Related {
			if rel.Pos.File != f.Pos.File {
				fmt.Fprintf(w, "%s  %s\n", strings.Repeat(" ", gutter), faint.Sprint(position(rel.Pos, in.Dir)))
			} else if rel.Pos.Line > f.Pos.Line+1 || rel.Pos.Line < f.Pos.Line {
				fmt.Fprintf(w, " %s %s\n", strings.Repeat(" ", gutter), faint.Sprint("..."))
			}
			excerpt(w, src, rel.Pos, rel.End, gutter, blue, oneLine(rel.Message))
		}
		for j, fix := range f.Fixes {
			label := "fix"
			if j > 0 {
				label = "or "
			}
			fmt.Fprintf(w, " %s %s %s\n", strings.Repeat(" ", gutter), faint.Sprint("= "+label+":"), oneLine(fix.Message))
		}
	}
}

// excerpt prints the line of start, with the range underlined as far as it is on the line.
func excerpt(w io.Writer, src sources, start, end driver.Position, gutter int, mark *color.Color, label string) {
	line := src.line(start.File, start.Line)
	if line == "" || start.Column < 1 || start.Column-1 > len(line) {
		if label != "" {
			fmt.Fprintf(w, " %*s %s %s\n", gutter, "", faint.Sprint("|"), label)
		}
		return
	}
	last := start.Column - 1
	if hasEnd(start, end) {
		last = len(line)
		if end.Line == start.Line {
			last = min(end.Column-1, len(line))
		}
	}
	before, faulty := line[:start.Column-1], line[start.Column-1:last]
	fmt.Fprintf(w, " %s %s\n", faint.Sprintf("%*d |", gutter, start.Line), expand(line))
	under := strings.Repeat(" ", width(before)) + mark.Sprint(strings.Repeat("^", max(1, width(faulty))))
	if label != "" {
		under += " " + mark.Sprint(label)
	}
	fmt.Fprintf(w, " %s %s\n", faint.Sprintf("%*s |", gutter, ""), under)
}

// expand replaces tabs by the four blanks that width takes them for: gofmt indents
// by tabs, and terminals show them eight wide.
func expand(s string) string { return strings.ReplaceAll(s, "\t", "    ") }

func width(s string) int { return utf8.RuneCountInString(expand(s)) }
