package lsp

import (
	"fmt"
	"net/url"
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// A text converts places in a file between bytes, which the analysis counts, and UTF-16 code
// units, which every client of LSP understands.
type text struct {
	data  string
	lines []int // offsets at which lines begin
}

func newText(data string) *text {
	t := &text{data: data, lines: []int{0}}
	for i := range len(data) {
		if data[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// position returns the place of a byte offset. One that is outside of the text is taken for its nearest end, since the
// text may be another one by now.
func (t *text) position(offset int) position {
	offset = max(0, min(offset, len(t.data)))
	line := sort.SearchInts(t.lines, offset+1) - 1
	return position{line, utf16Len(t.data[t.lines[line]:offset])}
}

// place returns that of a position of the analysis.
func (t *text) place(p driver.Position) position {
	if p.Line < 1 {
		return position{}
	}
	if p.Line > len(t.lines) {
		return t.position(len(t.data))
	}
	start, end := t.lines[p.Line-1], len(t.data)
	if p.Line < len(t.lines) {
		end = t.lines[p.Line] - 1
	}
	return t.position(min(start+max(p.Column, 1)-1, end))
}

// span returns the range between two positions of the analysis. Of the second, the file may be missing, or another one.
func (t *text) span(start, end driver.Position) textRange {
	r := textRange{Start: t.place(start)}
	r.End = r.Start
	if end.File == start.File && end.Line > 0 {
		r.End = t.place(end)
	}
	if before(r.End, r.Start) {
		r.End = r.Start
	}
	return r
}

// utf16Len returns the number of UTF-16 code units of s. Bytes that are no UTF-8 count as the
// replacement character that clients show in their place.
func utf16Len(s string) int {
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		n += utf16.RuneLen(r)
		s = s[size:]
	}
	return n
}

func before(a, b position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// overlap reports whether ranges have a place in common; their ends count.
func overlap(a, b textRange) bool { return !before(a.End, b.Start) && !before(b.End, a.Start) }

// fileOf returns the name of the file that a URI is for. The error is that of a URI that stands for no file.
func fileOf(uri string) (string, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return "", err
	}
	if u.Scheme != "file" {
		return "", fmt.Errorf("%s is not the URI of a file", uri)
	}
	path := u.Path
	if u.Host != "" && u.Host != "localhost" {
		if filepath.Separator != '\\' {
			return "", fmt.Errorf("%s is on another host", uri)
		}
		path = "//" + u.Host + path
	} else if drive, ok := strings.CutPrefix(path, "/"); ok && len(drive) >= 2 && drive[1] == ':' {
		path = strings.ToUpper(drive[:1]) + drive[1:] // /c:/dir
	}
	if path = filepath.FromSlash(path); !filepath.IsAbs(path) {
		return "", fmt.Errorf("%s does not name an absolute path", uri)
	}
	return filepath.Clean(path), nil
}

// uriOf returns the URI of a file.
func uriOf(file string) string {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
