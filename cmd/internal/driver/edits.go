package driver

import (
	"cmp"
	"slices"
	"strings"
)

// A relation is how two edits stand to each other.
type relation int

const (
	independent relation = iota
	identical
	conflicting
)

// relate compares two edits. Different insertions at one point conflict: which goes
// first is not for us to say. The second one has its turn in the next round.
func relate(a, b Edit) relation {
	switch {
	case a == b:
		return identical
	case a.File != b.File:
		return independent
	case samePoint(a, b):
		return conflicting
	case a.Start < b.End && b.Start < a.End:
		return conflicting
	}
	return independent
}

// samePoint reports whether both edits are insertions at the same point.
func samePoint(a, b Edit) bool {
	return a.File == b.File && a.Start == a.End && b.Start == b.End && a.Start == b.Start
}

// A batch is a set of fixes that can be applied at once.
type batch struct {
	fixes []Fix
	edits map[string][]Edit // by file
}

// add adds a fix to the batch, as a whole or not at all. Edits that are identical
// with one of another fix are made once: so two fixes can add the same import.
func (b *batch) add(fix Fix) bool {
	added := make(map[string][]Edit)
	for _, e := range fix.Edits {
		same := false
		for _, other := range b.edits[e.File] {
			switch relate(e, other) {
			case conflicting:
				return false
			case identical:
				same = true
			}
		}
		if !same {
			added[e.File] = append(added[e.File], e)
		}
	}
	if b.edits == nil {
		b.edits = make(map[string][]Edit)
	}
	for file, edits := range added {
		b.edits[file] = append(b.edits[file], edits...)
	}
	b.fixes = append(b.fixes, fix)
	return true
}

// has reports whether fix is part of the batch.
func (b *batch) has(fix Fix) bool {
	return slices.ContainsFunc(b.fixes, func(f Fix) bool {
		return f.Message == fix.Message && slices.Equal(f.Edits, fix.Edits)
	})
}

// apply returns src with edits made, which do not overlap. Insertions at
// one point keep their order.
func apply(src []byte, edits []Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var out strings.Builder
	last := 0
	for _, e := range edits {
		out.Write(src[last:e.Start])
		out.WriteString(e.New)
		last = e.End
	}
	out.Write(src[last:])
	return []byte(out.String())
}

// filesOf returns the files that a fix edits.
func filesOf(fix Fix) []string {
	var files []string
	for _, e := range fix.Edits {
		if !slices.Contains(files, e.File) {
			files = append(files, e.File)
		}
	}
	return files
}

// closure adds to files all files that are tied to one of them by a fix that edits
// both: to undo a fix in one file is to undo it in all.
func closure(files map[string]bool, fixes []Fix) {
	for grown := true; grown; {
		grown = false
		for _, fix := range fixes {
			touched := filesOf(fix)
			if !slices.ContainsFunc(touched, func(f string) bool { return files[f] }) {
				continue
			}
			for _, f := range touched {
				if !files[f] {
					files[f], grown = true, true
				}
			}
		}
	}
}
