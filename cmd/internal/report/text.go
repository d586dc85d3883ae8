package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// Text prints findings as
//
//	file:line:column: message (rule)
//		file:line:column: message of a related position
//
// or, with in.Color, in colours and with excerpts of the source.
func Text(w io.Writer, in Input) {
	if in.Color {
		excerpts(w, in)
		return
	}
	for _, f := range in.Findings {
		fmt.Fprintf(w, "%s: %s (%s)\n", position(f.Pos, in.Dir), oneLine(f.Message), f.Rule)
		for _, rel := range f.Related {
			fmt.Fprintf(w, "\t%s: %s\n", position(rel.Pos, in.Dir), oneLine(rel.Message))
		}
	}
}

func position(p driver.Position, dir string) string {
	s := relative(dir, p.File)
	if s == "" {
		s = "-"
	}
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
		if p.Column > 0 {
			s += fmt.Sprintf(":%d", p.Column)
		}
	}
	return s
}

// oneLine keeps a message from breaking a format of one line a finding.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}

// maxDetail bounds the lines of detail of one error; a stack can be endless.
const maxDetail = 20

// Errors prints errors for a person to read.
func Errors(w io.Writer, errs []driver.Error) {
	for _, e := range errs {
		fmt.Fprint(w, "tracevet: ")
		if e.Package != "" {
			fmt.Fprintf(w, "package %s: ", e.Package)
		}
		if e.Rule != "" {
			fmt.Fprintf(w, "rule %s failed: ", e.Rule)
		}
		if e.Kind == driver.KindBuild {
			fmt.Fprint(w, "does not build: ")
		}
		fmt.Fprintln(w, e.Message)
		if e.Detail == "" {
			continue
		}
		lines := strings.Split(strings.TrimRight(e.Detail, "\n"), "\n")
		left := 0
		if len(lines) > maxDetail {
			left, lines = len(lines)-maxDetail, lines[:maxDetail]
		}
		for _, line := range lines {
			fmt.Fprintf(w, "\t%s\n", line)
		}
		if left > 0 {
			fmt.Fprintf(w, "\t... and %s more (tracevet -json has them)\n", count(left, "line"))
		}
	}
}

// Changes prints which files were changed.
func Changes(w io.Writer, changes []driver.Change, dir string) {
	if len(changes) == 0 {
		fmt.Fprintln(w, "tracevet: no file changed")
	}
	for _, c := range changes {
		plural := "es"
		if c.Fixes == 1 {
			plural = ""
		}
		fmt.Fprintf(w, "tracevet: fixed %s (%d fix%s)\n", relative(dir, c.File), c.Fixes, plural)
	}
}
