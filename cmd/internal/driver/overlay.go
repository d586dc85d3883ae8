package driver

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// An overlay shows the go command other contents of some files, through its
// flag -overlay. A nil *overlay shows the files as they are.
//
// It hides a trap of the go command (go1.26.8): positions in replaced files come out with the
// name of the replacement, and are cached so. But the key of the cache knows only the
// contents. If the file itself has those contents later on, as it does after -fix, the
// go command replays findings in a temporary file that is long gone. So each
// replacement ends with a comment that no other file has.
type overlay struct {
	jsonFile string
	original map[string]string // replacement -> file
	content  map[string][]byte // file -> contents, without the comment at the end
}

// newOverlay writes contents, by file name, below the directory dir. Replacements are named
// after what is in them, so that a later overlay in the same directory, which no other run
// may use at the time, shows the same contents of a file under the same name.
func newOverlay(dir string, contents map[string][]byte) (*overlay, error) {
	ov := &overlay{original: make(map[string]string), content: contents}
	replace := make(map[string]string)
	for file, data := range contents {
		// The name of a file means something to the go command: its base has to stay.
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s", file, data))
		sub := filepath.Join(dir, fmt.Sprintf("%x", sum[:12]))
		if err := os.MkdirAll(sub, 0o777); err != nil {
			return nil, err
		}
		replacement := filepath.Join(sub, filepath.Base(file))
		data = fmt.Appendf(bytes.Clone(data), "\n// %s\n", replacement)
		if err := os.WriteFile(replacement, data, 0o666); err != nil {
			return nil, err
		}
		replace[file] = replacement
		ov.original[replacement] = file
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	ov.jsonFile = filepath.Join(dir, "overlay.json")
	return ov, os.WriteFile(ov.jsonFile, data, 0o666)
}

// remove removes the files of the overlay.
func (ov *overlay) remove() {
	os.Remove(ov.jsonFile)
	for replacement := range ov.original {
		os.RemoveAll(filepath.Dir(replacement))
	}
}

// flags returns the flags for the go command.
func (ov *overlay) flags() []string {
	if ov == nil {
		return nil
	}
	return []string{"-overlay=" + ov.jsonFile}
}

// restore gives the positions and edits of r the names of the files that were
// replaced, and likewise the texts of its errors, in which it names files relative to dir, as
// the go command does.
func (ov *overlay) restore(r *Result, dir string) {
	if ov == nil {
		return
	}
	name := func(file *string) {
		if orig, ok := ov.original[*file]; ok {
			*file = orig
		}
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		name(&f.Pos.File)
		name(&f.End.File)
		for j := range f.Related {
			name(&f.Related[j].Pos.File)
			name(&f.Related[j].End.File)
		}
		for j := range f.Fixes {
			for k := range f.Fixes[j].Edits {
				name(&f.Fixes[j].Edits[k].File)
			}
		}
	}
	for i := range r.Errors {
		e := &r.Errors[i]
		for replacement, file := range ov.original {
			if rel, err := filepath.Rel(dir, file); err == nil {
				file = rel
			}
			e.Message = strings.ReplaceAll(e.Message, replacement, file)
			e.Detail = strings.ReplaceAll(e.Detail, replacement, file)
		}
	}
}
