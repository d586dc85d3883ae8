package driver

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
)

// dropUnsafeFixes removes the fixes that must not be applied, whichever rule made
// them. Rules are held to offer none of these; but a wrong edit destroys source.
func (s *session) dropUnsafeFixes(pkgs []*pkg, ov *overlay, r *Result) {
	ours := ownDirs(pkgs)
	files := make(map[string]*source)
	for i := range r.Findings {
		f := &r.Findings[i]
		var safe []Fix
		for _, fix := range f.Fixes {
			if fixIsSafe(fix, func(name string) *source {
				if !ours[filepath.Dir(name)] {
					return nil
				}
				src, ok := files[name]
				if !ok {
					src = readSource(name, ov)
					files[name] = src
				}
				return src
			}) {
				safe = append(safe, fix)
			}
		}
		f.Fixes = safe
	}
}

// ownDirs returns the directories of the files that a fix may touch: those of the packages that
// the user named, if these are the user's own. What an analysis saw there was part of these packages.
func ownDirs(pkgs []*pkg) map[string]bool {
	ours := make(map[string]bool)
	for _, p := range pkgs {
		if p.ours() {
			ours[filepath.Clean(p.Dir)] = true
		}
	}
	return ours
}

// A source is what fixIsSafe needs to know about a file.
type source struct {
	size     int
	editable bool
}

func readSource(name string, ov *overlay) *source {
	data, err := ov.read(name)
	if err != nil {
		return nil
	}
	return &source{size: len(data), editable: editable(data)}
}

// editable reports whether a file may be edited at the offsets that an analysis gives.
//
//   - In a file that imports "C", the analysis sees what cgo generated from it, and the
//     offsets are those of the generated file.
//   - A file with line directives was itself generated from another one, and positions
//     lead there.
//   - What a generator wrote it will write again.
func editable(src []byte) bool {
	if bytes.Contains(src, []byte("//line ")) || bytes.Contains(src, []byte("/*line ")) {
		return false
	}
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ImportsOnly|parser.ParseComments)
	if err != nil || ast.IsGenerated(f) {
		return false
	}
	for _, spec := range f.Imports {
		if spec.Path.Value == `"C"` {
			return false
		}
	}
	return true
}

// fixIsSafe reports whether all edits of fix lie in files that may be
// edited, and do not overlap. file returns nil for a file that is none of ours.
func fixIsSafe(fix Fix, file func(name string) *source) bool {
	for i, e := range fix.Edits {
		src := file(e.File)
		if src == nil || !src.editable || e.Start < 0 || e.End < e.Start || e.End > src.size {
			return false
		}
		for _, other := range fix.Edits[:i] {
			if relate(e, other) == conflicting && !samePoint(e, other) {
				return false
			}
		}
	}
	return len(fix.Edits) > 0
}

// read returns the content of a file as the analysis saw it.
func (ov *overlay) read(name string) ([]byte, error) {
	if ov != nil {
		if data, ok := ov.content[name]; ok {
			return data, nil
		}
	}
	return os.ReadFile(name)
}
