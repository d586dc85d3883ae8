package report

import (
	"os"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// sources reads each file once. A file that cannot be read is empty: then there is no
// excerpt, and columns stay as they are.
type sources map[string]string

func (s sources) text(file string) string {
	text, ok := s[file]
	if !ok {
		data, _ := os.ReadFile(file)
		text = string(data)
		s[file] = text
	}
	return text
}

// line returns a line, counted from 1, without its end; "" if there is none.
func (s sources) line(file string, n int) string {
	lines := strings.SplitAfter(s.text(file), "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimRight(lines[n-1], "\r\n")
}

// position returns the place of a byte offset.
func (s sources) position(file string, offset int) driver.Position {
	before := s.text(file)
	before = before[:min(offset, len(before))]
	return driver.Position{File: file, Line: 1 + strings.Count(before, "\n"), Column: len(before) - strings.LastIndexByte(before, '\n')}
}

// utf16Column converts a column from bytes to UTF-16 code units, as SARIF counts.
func (s sources) utf16Column(p driver.Position) int {
	line := s.line(p.File, p.Line)
	if p.Column < 1 || p.Column-1 > len(line) {
		return p.Column
	}
	return 1 + len(utf16.Encode([]rune(line[:p.Column-1])))
}

// fixed returns the files that a fix edits, before and after it.
func (s sources) fixed(fix driver.Fix) (files []string, after map[string]string) {
	after = make(map[string]string)
	edits := slices.Clone(fix.Edits)
	slices.SortStableFunc(edits, func(a, b driver.Edit) int { return b.Start - a.Start }) // from the end
	for _, e := range edits {
		text, ok := after[e.File]
		if !ok {
			files = append(files, e.File)
			text = s.text(e.File)
		}
		if e.Start < 0 || e.End < e.Start || e.End > len(text) {
			return nil, nil
		}
		after[e.File] = text[:e.Start] + e.New + text[e.End:]
	}
	slices.Sort(files)
	return files, after
}

// diff returns what a fix changes, as a unified diff with names relative to dir.
func (s sources) diff(fix driver.Fix, dir string) string {
	var b strings.Builder
	files, after := s.fixed(fix)
	for _, file := range files {
		name := relative(dir, file)
		text := string(diff.Diff("a/"+name, []byte(s.text(file)), "b/"+name, []byte(after[file])))
		if _, rest, ok := strings.Cut(text, "\n"); ok { // the line "diff a b"
			b.WriteString(rest)
		}
	}
	return b.String()
}

// hasEnd reports whether a finding has a range, and not just a position.
func hasEnd(start, end driver.Position) bool {
	return end.File == start.File && end.Line > 0 && (end.Line > start.Line || end.Line == start.Line && end.Column > start.Column)
}
