package lsptest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf16"
)

// A Position is one in a text: a line, and UTF-16 code units in it, from 0.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// A Range is a piece of a text.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// A Diagnostic is what the server says about a file.
type Diagnostic struct {
	Range           Range  `json:"range"`
	Severity        int    `json:"severity,omitempty"` // 1 error, 2 warning, 3 information, 4 hint
	Code            any    `json:"code,omitempty"`
	CodeDescription *Link  `json:"codeDescription,omitempty"`
	Source          string `json:"source,omitempty"`
	Message         string `json:"message"`
	Related         []struct {
		Location Location `json:"location"`
		Message  string   `json:"message"`
	} `json:"relatedInformation,omitempty"`
	Data any `json:"data,omitempty"`
}

func (d Diagnostic) String() string {
	return fmt.Sprintf("%d:%d: %s (%s, %v)", d.Range.Start.Line+1, d.Range.Start.Character+1, d.Message, d.Source, d.Code)
}

// A Link leads to documentation.
type Link struct {
	Href string `json:"href"`
}

// A Location is a range in a file.
type Location struct {
	URI   string `json:"uri"`
	Range Range  `json:"range"`
}

// An Action is one that the server offers.
type Action struct {
	Title string `json:"title"`
	Kind  string `json:"kind,omitempty"`
	Edit  *struct {
		Changes         map[string][]Edit `json:"changes,omitempty"`
		DocumentChanges []struct {
			TextDocument struct {
				URI string `json:"uri"`
			} `json:"textDocument"`
			Edits []Edit `json:"edits"`
		} `json:"documentChanges,omitempty"`
	} `json:"edit,omitempty"`
	Data any `json:"data,omitempty"`
}

// An Edit replaces a range by a text.
type Edit struct {
	Range   Range  `json:"range"`
	NewText string `json:"newText"`
}

// Open opens a file with the text that it has on disk.
func (c *Client) Open(file string) {
	c.t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		c.t.Fatal(err)
	}
	c.buffers[file] = &buffer{version: 1, text: string(text)}
	c.Notify("textDocument/didOpen", object{"textDocument": object{"uri": URI(file), "languageId": "go", "version": 1, "text": string(text)}})
}

// Text returns what is in the buffer of an open file.
func (c *Client) Text(file string) string { return c.buffers[file].text }

// Change changes the buffer of an open file, and not the file.
func (c *Client) Change(file, text string) {
	c.t.Helper()
	b := c.buffers[file]
	b.version++
	b.text = text
	c.Notify("textDocument/didChange", object{
		"textDocument":   object{"uri": URI(file), "version": b.version},
		"contentChanges": []object{{"text": text}},
	})
}

// Save writes the buffer of an open file to the file.
func (c *Client) Save(file string) {
	c.t.Helper()
	if err := os.WriteFile(file, []byte(c.buffers[file].text), 0o666); err != nil {
		c.t.Fatal(err)
	}
	c.Notify("textDocument/didSave", object{"textDocument": object{"uri": URI(file)}})
}

// Close closes a file.
func (c *Client) Close(file string) {
	c.t.Helper()
	delete(c.buffers, file)
	c.Notify("textDocument/didClose", object{"textDocument": object{"uri": URI(file)}})
}

// Diagnostics returns what the server has said last about a file.
func (c *Client) Diagnostics(file string) []Diagnostic {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.diagnostics[file])
}

// Published returns how often the server has said anything about a file.
func (c *Client) Published(file string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.published[file]
}

// Await waits until what the server says about a file is ok, and returns it. The name of what is expected is
// for the error.
func (c *Client) Await(file, what string, ok func([]Diagnostic) bool) []Diagnostic {
	c.t.Helper()
	c.wait(what, func() bool { return c.published[file] > 0 && ok(c.diagnostics[file]) })
	return c.Diagnostics(file)
}

// Fixes returns the quick fixes for a diagnostic, with their edits.
func (c *Client) Fixes(file string, d Diagnostic) []Action {
	c.t.Helper()
	var actions []Action
	c.Request("textDocument/codeAction", object{
		"textDocument": object{"uri": URI(file)},
		"range":        d.Range,
		"context":      object{"diagnostics": []Diagnostic{d}, "only": []string{"quickfix"}},
	}, &actions)
	for i, a := range actions {
		if a.Edit == nil && a.Data != nil {
			c.Request("codeAction/resolve", a, &actions[i])
		}
	}
	return actions
}

// Apply applies an action to the buffers of the files that it edits, which have to be open.
func (c *Client) Apply(a Action) {
	c.t.Helper()
	if a.Edit == nil {
		c.t.Fatalf("action %q has no edits", a.Title)
	}
	apply := func(uri string, edits []Edit) {
		c.t.Helper()
		file := Filename(uri)
		if c.buffers[file] == nil {
			c.t.Fatalf("action %q edits %s, which is not open", a.Title, uri)
		}
		text, err := Edited(c.buffers[file].text, edits)
		if err != nil {
			c.t.Fatalf("action %q: %v", a.Title, err)
		}
		c.Change(file, text)
	}
	for uri, edits := range a.Edit.Changes {
		apply(uri, edits)
	}
	for _, change := range a.Edit.DocumentChanges {
		apply(change.TextDocument.URI, change.Edits)
	}
}

// Edited returns a text with edits applied, whose ranges are those of the text before. The error is that of a range
// which is not in the text, or of edits that overlap.
func Edited(text string, edits []Edit) (string, error) {
	type span struct {
		start, end int
		text       string
	}
	var spans []span
	for _, e := range edits {
		start, ok1 := Offset(text, e.Range.Start)
		end, ok2 := Offset(text, e.Range.End)
		if !ok1 || !ok2 || end < start {
			return "", fmt.Errorf("there is no range %v", e.Range)
		}
		spans = append(spans, span{start, end, e.NewText})
	}
	slices.SortStableFunc(spans, func(x, y span) int { return x.start - y.start })
	var b strings.Builder
	last := 0
	for _, s := range spans {
		if s.start < last {
			return "", fmt.Errorf("edits overlap at offset %d", s.start)
		}
		b.WriteString(text[last:s.start])
		b.WriteString(s.text)
		last = s.end
	}
	b.WriteString(text[last:])
	return b.String(), nil
}

// Offset returns the offset in bytes of a position in a text, and whether there is one.
func Offset(text string, p Position) (int, bool) {
	off := 0
	for range p.Line {
		i := strings.IndexByte(text[off:], '\n')
		if i < 0 {
			return 0, false
		}
		off += i + 1
	}
	units := 0
	for i, r := range text[off:] {
		if units >= p.Character || r == '\n' {
			return off + i, units == p.Character
		}
		units += utf16.RuneLen(r)
	}
	return len(text), units == p.Character
}
