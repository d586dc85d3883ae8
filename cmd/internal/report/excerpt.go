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
	green  = paint(color.FgGreen)
	red    = paint(color.FgRed)
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
		gutter := excerptsOf(w, src, f, in.Dir)
		for j, fix := range f.Fixes {
			label := "fix"
			if j > 0 {
				label = "or "
			}
			fmt.Fprintf(w, " %s %s %s\n", strings.Repeat(" ", gutter), faint.Sprint("= "+label+":"), oneLine(fix.Message))
		}
	}
}

// excerptsOf prints one finding with the source that it is about, and returns the width of
// the line numbers.
func excerptsOf(w io.Writer, src sources, f driver.Finding, dir string) (gutter int) {
	mark := paints[severity(f)]
	fmt.Fprintf(w, "%s: %s %s\n", bold.Sprint(position(f.Pos, dir)), mark.Sprint(oneLine(f.Message)), faint.Sprintf("(%s)", f.Rule))
	gutter = len(fmt.Sprint(f.Pos.Line))
	for _, rel := range f.Related {
		gutter = max(gutter, len(fmt.Sprint(rel.Pos.Line)))
	}
	excerpt(w, src, f.Pos, f.End, gutter, mark, "")
	for _, rel := range f.Related {
		if rel.Pos.File != f.Pos.File {
			fmt.Fprintf(w, "%s  %s\n", strings.Repeat(" ", gutter), faint.Sprint(position(rel.Pos, dir)))
		} else if rel.Pos.Line > f.Pos.Line+1 || rel.Pos.Line < f.Pos.Line {
			fmt.Fprintf(w, " %s %s\n", strings.Repeat(" ", gutter), faint.Sprint("..."))
		}
		excerpt(w, src, rel.Pos, rel.End, gutter, blue, oneLine(rel.Message))
	}
	return gutter
}

// Fixes prints a finding, and each of its fixes with its number and what it changes, for a person to
// choose from. read returns the contents of a file as it was analysed.
func Fixes(w io.Writer, f driver.Finding, read func(string) ([]byte, error), dir string, colors bool) {
	src := make(sources)
	note := func(file string) {
		if data, err := read(file); err == nil {
			src[file] = string(data)
		}
	}
	note(f.Pos.File)
	for _, rel := range f.Related {
		note(rel.Pos.File)
	}
	for _, fix := range f.Fixes {
		for _, e := range fix.Edits {
			note(e.File)
		}
	}
	if colors {
		excerptsOf(w, src, f, dir)
	} else {
		Text(w, Input{Dir: dir, Result: driver.Result{Findings: []driver.Finding{f}}})
	}
	for i, fix := range f.Fixes {
		fmt.Fprintf(w, "  %d: %s\n", i+1, oneLine(fix.Message))
		for line := range strings.Lines(src.diff(fix, dir)) {
			line = "     " + strings.TrimRight(line, "\r\n")
			switch {
			case !colors:
			case strings.HasPrefix(line, "     +"):
				line = green.Sprint(line)
			case strings.HasPrefix(line, "     -"):
				line = red.Sprint(line)
			}
			fmt.Fprintln(w, line)
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
