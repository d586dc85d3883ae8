package edit

import (
	"bytes"
	"go/format"
	"slices"
)

// formatted returns the plan's edits, sorted, with those that indent lines anew
// because gofmt wants them otherwise after the edits: the lines of a chain of
// calls that has got one call more, say. It reports false if gofmt would break
// lines in other places: then the result is not what the user wants to see.
//
// In a file that gofmt would change before the edits, nothing is asked of them.
func (p *Plan) formatted() ([]edit, bool) {
	edits := slices.Clone(p.edits)
	sortEdits(edits)
	if overlap(edits) {
		return nil, false
	}
	content, regions := apply(p.src.content, edits)
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
	off, shift, next := 0, 0, 0 // shift: from offsets in content to those in the source
	for i, line := range got {
		for next < len(regions) && regions[next].end <= off {
			shift += (edits[next].end - edits[next].start) - len(edits[next].text)
			next++
		}
		old, new := indentation(line), indentation(lines[i])
		if !bytes.Equal(old, new) && len(line) > len(old) {
			if next < len(regions) && regions[next].start < off+len(old) {
				return nil, false // within what an edit writes
			}
			edits = append(edits, edit{off + shift, off + shift + len(old), string(new)})
		}
		off += len(line) + 1
	}
	sortEdits(edits)
	return edits, true
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
