package edit

import (
	"bytes"
	"go/format"
	"slices"
)

// formatted returns the plan's edits, sorted, with those that change white space
// because gofmt wants it otherwise after the edits: the indentation of a chain
// of calls that has got one call more, or the spaces in an argument that is one
// of several now. It reports false if gofmt would break
// lines in other places: then the result is not what the user wants to see.
//
// In a file that gofmt would change before the edits, nothing is asked of them.
func (p *Plan) formatted() ([]edit, bool) {
	edits := slices.Clone(p.edits)
	sortEdits(edits)
	if overlap(edits) {
		return nil, false
	}
	x := p.src.excerpt(edits)
	inside := x.in(edits)
	content, regions := apply(x.content, inside)
	want, err := format.Source(content)
	if err != nil {
		return nil, false
	}
	got := bytes.Split(content, []byte("\n"))
	lines := bytes.Split(want, []byte("\n"))
	if !p.src.isFormatted() {
		return edits, true
	}
	if len(got) != len(lines) {
		return nil, false
	}
	m := mapping{edits: inside, regions: regions}
	var more []edit
	off := 0
	for i, line := range got {
		// The parser reads \r\n as \n.
		is, want := bytes.TrimSuffix(line, []byte("\r")), bytes.TrimSuffix(lines[i], []byte("\r"))
		if !bytes.Equal(is, want) {
			spaces, ok := respace(is, want)
			if !ok {
				return nil, false
			}
			for _, e := range spaces {
				start, ok := m.source(off+e.start, off+e.end)
				if !ok {
					continue // within what an edit writes
				}
				start, end, ok := x.out(start, start+e.end-e.start)
				if !ok {
					return nil, false // beside the excerpt
				}
				more = append(more, edit{start, end, e.text})
			}
		}
		off += len(line) + 1
	}
	edits = append(edits, more...)
	sortEdits(edits)
	return edits, true
}

// respace returns the edits, as offsets in line, that make line the same as
// want, if the two differ in white space only. White space before a comment at
// the end of the line may differ: gofmt aligns such comments over several lines.
func respace(line, want []byte) ([]edit, bool) {
	var edits []edit
	i, j := 0, 0
	for i < len(line) || j < len(want) {
		si, sj := i, j
		for i < len(line) && isSpace(line[i]) {
			i++
		}
		for j < len(want) && isSpace(want[j]) {
			j++
		}
		comment := bytes.HasPrefix(line[i:], []byte("//")) || bytes.HasPrefix(line[i:], []byte("/*"))
		if !bytes.Equal(line[si:i], want[sj:j]) && (!comment || si == 0) {
			edits = append(edits, edit{si, i, string(want[sj:j])})
		}
		if i == len(line) || j == len(want) {
			break
		}
		if line[i] != want[j] {
			return nil, false
		}
		i, j = i+1, j+1
	}
	return edits, i == len(line) && j == len(want)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// A mapping finds where in the source a piece of the edited text was.
type mapping struct {
	edits   []edit
	regions []region
}

// source returns the offset in the source of the piece from start to end of the
// edited text; false if an edit has written some of it.
func (m mapping) source(start, end int) (int, bool) {
	shift := 0
	for k, r := range m.regions {
		if start < r.end && r.start < end || start == end && r.start < start && start < r.end {
			return 0, false
		}
		if r.end <= start {
			shift += (m.edits[k].end - m.edits[k].start) - len(m.edits[k].text)
		}
	}
	return start + shift, true
}

// isFormatted reports whether the file breaks and indents its lines as gofmt
// does.
func (src *source) isFormatted() bool {
	if src.format == nil {
		ok := false
		if want, err := format.Source(src.content); err == nil {
			ok = sameIndentation(src.content, want)
		}
		src.format = &ok
	}
	return *src.format
}

func sameIndentation(x, y []byte) bool {
	xs, ys := bytes.Split(x, []byte("\n")), bytes.Split(y, []byte("\n"))
	if len(xs) != len(ys) {
		return false
	}
	for i := range xs {
		if !bytes.Equal(indentation(xs[i]), indentation(ys[i])) {
			return false
		}
	}
	return true
}

func indentation(line []byte) []byte {
	return line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
}
