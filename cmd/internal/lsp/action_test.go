package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// actions asks for the code actions on a line of a file.
func (s *session) actions(name string, line int, only ...string) []codeAction {
	s.t.Helper()
	p := codeActionParams{TextDocument: textDocument{URI: s.uri(name)}, Range: textRange{position{line, 0}, position{line, 100}}}
	p.Context.Only = only
	return decodeParams[[]codeAction](s.t, s.call("textDocument/codeAction", p))
}

func TestCodeActions(t *testing.T) {
	inSession(t, func(s *session) {
		s.write("go.mod", "module m\n")
		const a = "package p\n// é𝄞 FAULT\n// FAULT\n"
		s.write("a.go", a)
		s.write("b.go", "package p\n\n// FAULT\n")
		s.open("a.go", 3, a)
		s.settle()

		got := s.actions("a.go", 1)
		if len(got) != 2 || got[0].Title != "Repair" || !got[0].IsPreferred || got[1].Title != "Repair all" || got[1].IsPreferred {
			t.Fatalf("got %+v", got)
		}
		if got[0].Kind != "quickfix" || len(got[0].Diagnostics) != 1 || got[0].Diagnostics[0].Range.Start.Line != 1 {
			t.Errorf("got %+v", got[0])
		}
		edit := textEdit{textRange{position{1, 7}, position{1, 12}}, "ok"}
		if changes := got[0].Edit.DocumentChanges; len(changes) != 1 || *changes[0].TextDocument.Version != 3 || len(changes[0].Edits) != 1 || changes[0].Edits[0] != edit {
			t.Errorf("the first fix: %+v", changes)
		}
		// Two edits in a file that is open, one in a file that is not.
		changes := got[1].Edit.DocumentChanges
		if len(changes) != 2 || changes[0].TextDocument.URI != s.uri("a.go") || len(changes[0].Edits) != 2 || changes[0].Edits[0] != edit ||
			changes[1].TextDocument.URI != s.uri("b.go") || changes[1].TextDocument.Version != nil || len(changes[1].Edits) != 1 {
			t.Errorf("the second fix: %+v", changes)
		}

		for only, want := range map[string]int{"": 2, "quickfix": 2, "quickfix.x": 0, "refactor": 0, "quick": 0} {
			if got := s.actions("a.go", 1, only); len(got) != want {
				t.Errorf("only %q: %d actions, want %d", only, len(got), want)
			}
		}
		if got := s.actions("a.go", 0); len(got) > 0 {
			t.Errorf("on another line: %+v", got)
		}

		// A fix is for the texts that were analysed, and for no others.
		s.write("b.go", "package p\n")
		if got := s.actions("a.go", 1); len(got) != 1 || got[0].Title != "Repair" {
			t.Errorf("when another file changed: %+v", got)
		}
		s.edit("a.go", 4, "// "+a)
		if got := s.actions("a.go", 1); len(got) > 0 {
			t.Errorf("before the new text is analysed: %+v", got)
		}
		s.settle()
		if got := s.actions("a.go", 1); len(got) != 2 || *got[0].Edit.DocumentChanges[0].TextDocument.Version != 4 {
			t.Errorf("when it is analysed: %+v", got)
		}
		s.edit("a.go", 5, a+"// BROKEN")
		s.settle()
		if got := s.actions("a.go", 1); len(got) > 0 {
			t.Errorf("for a text that does not build: %+v", got)
		}
		s.edit("a.go", 6, "// "+a) // as it was
		if got := s.actions("a.go", 1); len(got) != 2 || *got[0].Edit.DocumentChanges[0].TextDocument.Version != 6 {
			t.Errorf("when the text is what was analysed: %+v", got)
		}
	})
}

// TestOldClients checks that clients get what they can read.
func TestOldClients(t *testing.T) {
	for _, literals := range []bool{true, false} {
		startSession(t, func(s *session) {
			capabilities := "{}"
			if literals {
				capabilities = `{"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}}`
			}
			s.call("initialize", json.RawMessage(fmt.Sprintf(`{"capabilities": %s}`, capabilities)))
			s.write("go.mod", "module m\n")
			s.write("a.go", "// FAULT")
			s.open("a.go", 1, "// FAULT")
			if d := s.published()["a.go"].Diagnostics; len(d) != 1 || d[0].Related != nil {
				t.Errorf("diagnostics: %+v", d)
			}
			got := s.actions("a.go", 0)
			if !literals {
				if len(got) > 0 {
					t.Errorf("a client that knows commands only gets %+v", got)
				}
				return
			}
			if len(got) != 2 || got[0].Edit.DocumentChanges != nil || len(got[0].Edit.Changes[s.uri("a.go")]) != 1 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestDropStaleFixes(t *testing.T) {
	start := time.Now()
	file := func(name string, at time.Time) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		return path
	}
	old, young, gone := file("old.go", start.Add(-time.Second)), file("young.go", start.Add(time.Second)), "/nowhere/gone.go"
	fix := func(files ...string) driver.Fix {
		f := driver.Fix{Message: strings.Join(files, " ")}
		for _, file := range files {
			f.Edits = append(f.Edits, driver.Edit{File: file})
		}
		return f
	}
	unsaved := file("unsaved.go", start.Add(time.Second))
	findings := []driver.Finding{{Fixes: []driver.Fix{fix(young), fix(old, unsaved), fix(old, young), fix(gone), fix(old)}}}
	dropStaleFixes(findings, map[string][]byte{unsaved: nil}, start)
	if got := findings[0].Fixes; len(got) != 2 || got[0].Message != old+" "+unsaved || got[1].Message != old {
		t.Errorf("left are %+v", got)
	}
}

func TestText(t *testing.T) {
	txt := newText("ab\né𝄞x\r\n\xffz\n")
	for offset, want := range map[int]position{
		-1: {0, 0}, 0: {0, 0}, 2: {0, 2}, 3: {1, 0}, 5: {1, 1}, 9: {1, 3}, 10: {1, 4}, 12: {2, 0}, 13: {2, 1}, 14: {2, 2}, 15: {3, 0}, 99: {3, 0},
	} {
		if got := txt.position(offset); got != want {
			t.Errorf("offset %d: got %v, want %v", offset, got, want)
		}
	}
	for p, want := range map[driver.Position]position{
		{}:                     {0, 0},
		{Line: 2}:              {1, 0},
		{Line: 2, Column: 7}:   {1, 3},
		{Line: 1, Column: 50}:  {0, 2}, // the line is shorter by now
		{Line: 50, Column: 50}: {3, 0},
	} {
		if got := txt.place(p); got != want {
			t.Errorf("%v: got %v, want %v", p, got, want)
		}
	}
	start := driver.Position{File: "a", Line: 2, Column: 3}
	for end, want := range map[driver.Position]position{
		{}:                              {1, 1},
		{File: "b", Line: 3, Column: 1}: {1, 1},
		{File: "a", Line: 1, Column: 1}: {1, 1},
		{File: "a", Line: 3, Column: 2}: {2, 1},
	} {
		if got := txt.span(start, end); got.Start != (position{1, 1}) || got.End != want {
			t.Errorf("%v to %v: got %v, want the end %v", start, end, got, want)
		}
	}
}

func TestURI(t *testing.T) {
	for uri, want := range map[string]string{
		"file:///a/b%20c.go":    "/a/b c.go",
		"file:///a/../b.go":     "/b.go",
		"file:///%C3%A9.go":     "/é.go",
		"file://localhost/a.go": "/a.go",
		"file://host/a.go":      "",
		"untitled:Untitled-1":   "",
		"file:a.go":             "",
		"%":                     "",
		"":                      "",
	} {
		got, err := fileOf(uri)
		if (err != nil) != (want == "") && filepath.Separator == '/' || filepath.ToSlash(got) != want && filepath.Separator == '/' {
			t.Errorf("%s: %q, %v, want %q", uri, got, err, want)
		}
	}
	for _, file := range []string{"/a/b c.go", "/é#?.go"} {
		if got, err := fileOf(uriOf(file)); err != nil || filepath.ToSlash(got) != file {
			t.Errorf("%s becomes %s becomes %s (%v)", file, uriOf(file), got, err)
		}
	}
}
