package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// code returns the error code of an answer, or 0.
func code(m message) int {
	if m.Error == nil {
		return 0
	}
	return m.Error.Code
}

func TestLifecycle(t *testing.T) {
	startSession(t, func(s *session) {
		if got := code(s.call("shutdown", nil)); got != codeNotInitialized {
			t.Errorf("a request before initialize: error %d", got)
		}
		s.open("a.go", 1, "FAULT") // means nothing yet
		m := s.call("initialize", map[string]any{})
		if r := decodeParams[initializeResult](t, m); r.ServerInfo.Name != "tracevet" || r.Capabilities.TextDocumentSync.Change != syncFull || !slices.Equal(r.Capabilities.CodeActionProvider.CodeActionKinds, []string{"quickfix"}) {
			t.Errorf("initialize: %s", m.Result)
		}
		for method, want := range map[string]int{"initialize": codeInvalidRequest, "textDocument/hover": codeNoMethod, "textDocument/codeAction": codeInvalidParams} {
			if got := code(s.call(method, "a string")); got != want {
				t.Errorf("%s: error %d, want %d", method, got, want)
			}
		}
		s.notify("initialized", struct{}{})
		s.notify("$/setTrace", struct{}{})
		if msgs := s.settle(); len(msgs) > 0 {
			t.Errorf("a client that can do nothing gets %v", msgs)
		}
		if runs := s.fake.since(); len(runs) > 0 {
			t.Errorf("%d runs for no document", len(runs))
		}
		if m := s.call("shutdown", nil); m.Error != nil || string(m.Result) != "null" {
			t.Errorf("shutdown: %+v", m)
		}
		if got := code(s.call("textDocument/codeAction", nil)); got != codeInvalidRequest {
			t.Errorf("a request after shutdown: error %d", got)
		}
		s.notify("exit", nil)
		if err := <-s.done; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
}

func TestBadInput(t *testing.T) {
	inSession(t, func(s *session) {
		for body, want := range map[string]int{
			`{"jsonrpc":`:       codeParse,
			`[]`:                codeInvalidRequest,
			`{"method":7}`:      codeInvalidRequest,
			`{"jsonrpc":"2.0"}`: codeInvalidRequest,
		} {
			s.raw(body)
			if msgs := s.received(); len(msgs) != 1 || code(msgs[0]) != want {
				t.Errorf("%s: got %v, want error %d", body, msgs, want)
			}
		}
		// Notifications have no answer: the client's log has them.
		s.notify("textDocument/didOpen", []int{1})
		s.open("a.go", 1, "x")
		s.notify("textDocument/didChange", map[string]any{
			"textDocument":   map[string]any{"uri": s.uri("a.go"), "version": 2},
			"contentChanges": []any{map[string]any{"text": "y", "range": textRange{}}},
		})
		logged := 0
		for _, m := range s.settle() {
			if m.Method == "window/logMessage" {
				logged++
			}
		}
		if logged != 2 {
			t.Errorf("%d messages in the log, want 2", logged)
		}
		// None of these is a file that the go command would look at.
		s.fake.since()
		for _, uri := range []string{"untitled:a.go", "file:///a.txt", "file://%", "::", ""} {
			s.notify("textDocument/didOpen", didOpenParams{textDocument{URI: uri}})
			s.notify("textDocument/didChange", didOpenParams{textDocument{URI: uri}})
			s.notify("textDocument/didSave", didOpenParams{textDocument{URI: uri}})
			s.notify("textDocument/didClose", didOpenParams{textDocument{URI: uri}})
		}
		s.settle()
		if runs := s.fake.since(); len(runs) > 0 {
			t.Errorf("%d runs", len(runs))
		}
	})
}

func TestEnd(t *testing.T) {
	for name, end := range map[string]func(s *session){
		"exit without shutdown": func(s *session) { s.notify("exit", nil) },
		"end of input":          func(s *session) { s.w.Close() },
		"half a message":        func(s *session) { fmt.Fprint(s.w, "Content-Length: 7\r\n\r\n{"); s.w.Close() },
		"no length":             func(s *session) { fmt.Fprint(s.w, "Content-Type: x\r\n\r\n{}") },
		"absurd length":         func(s *session) { fmt.Fprint(s.w, "Content-Length: 99999999999\r\n\r\n{}") },
	} {
		t.Run(name, func(t *testing.T) {
			startSession(t, func(s *session) {
				s.call("initialize", map[string]any{})
				go end(s)
				if err := <-s.done; err == nil {
					t.Error("Serve returned no error")
				}
			})
		})
	}
}

func TestDiagnostics(t *testing.T) {
	inSession(t, func(s *session) {
		s.write("go.mod", "module m\n")
		s.write("p/a.go", "package p\n\n// é𝄞 FAULT\n")
		s.write("p/b.go", "package p\n// FAULT\n")
		s.fake.severity = driver.SevError
		s.open("p/a.go", 7, "package p\n\n// é𝄞 FAULT\n")
		got := s.published()
		a, b := got["p/a.go"], got["p/b.go"]
		if len(got) != 2 || a.Version == nil || *a.Version != 7 || b.Version != nil || len(b.Diagnostics) != 1 || len(a.Diagnostics) != 1 {
			t.Fatalf("got %+v", got)
		}
		d := a.Diagnostics[0]
		// é is one unit of UTF-16 and two bytes, 𝄞 two units and four bytes.
		if want := (textRange{position{2, 7}, position{2, 12}}); d.Range != want {
			t.Errorf("range %v, want %v", d.Range, want)
		}
		if d.Severity != 1 || d.Code != "fault" || d.CodeHref.Href != "https://example.com/fault#direct" || d.Source != "tracevet" || d.Message != "a fault" {
			t.Errorf("got %+v", d)
		}
		if len(d.Related) != 1 || d.Related[0].Location.URI != s.uri("p/a.go") || d.Related[0].Message != "in this package" {
			t.Errorf("related: %+v", d.Related)
		}
		if runs := s.fake.since(); len(runs) != 1 || len(runs[0].Unsaved) > 0 || runs[0].Driver != driver.GoVet || !slices.Equal(runs[0].Patterns, []string{"./p"}) {
			t.Errorf("the runs are %+v", runs)
		}

		// Unsaved text counts; diagnostics that are gone are taken back.
		s.edit("p/a.go", 8, "package p\n")
		if got = s.published(); len(got) != 2 || len(got["p/a.go"].Diagnostics) != 0 || *got["p/a.go"].Version != 8 || len(got["p/b.go"].Diagnostics) != 1 {
			t.Errorf("after a change: %+v", got)
		}
		if runs := s.fake.since(); len(runs) != 1 || string(runs[0].Unsaved[filepath.Join(s.dir, "p", "a.go")]) != "package p\n" {
			t.Errorf("the runs are %+v", runs)
		}

		// While it does not build, the last findings stay.
		s.edit("p/a.go", 9, "package p // BROKEN FAULT\n")
		if got = s.published(); len(got) > 0 {
			t.Errorf("published for a package that does not build: %+v", got)
		}
		s.edit("p/a.go", 10, "package p // FAULT FAULT\n")
		if got = s.published(); len(got["p/a.go"].Diagnostics) != 2 {
			t.Errorf("when it builds again: %+v", got)
		}

		s.close("p/a.go")
		if got = s.published(); len(got) != 2 || len(got["p/a.go"].Diagnostics)+len(got["p/b.go"].Diagnostics) != 0 {
			t.Errorf("after closing: %+v", got)
		}
	})
}

// TestTyping checks that nothing runs while somebody types, and that a run is stopped by what makes it
// obsolete.
func TestTyping(t *testing.T) {
	inSession(t, func(s *session) {
		s.write("go.mod", "module m\n")
		s.write("a.go", "package p\n")
		s.open("a.go", 1, "package p\n")
		s.settle()
		s.fake.since()
		for i := range 5 {
			s.edit("a.go", 2+i, "package p // FAULT")
			time.Sleep(testDelay / 2)
		}
		if runs := s.fake.since(); len(runs) > 0 {
			t.Errorf("%d runs while typing", len(runs))
		}
		s.settle()
		if runs := s.fake.since(); len(runs) != 1 {
			t.Errorf("%d runs after typing", len(runs))
		}

		// A run that waits for its end is stopped by the next change. What it found is not shown.
		stopped := 0
		s.fake.before = func(ctx context.Context) {
			<-ctx.Done()
			stopped++
		}
		s.edit("a.go", 10, "package p // FAULT FAULT")
		if got := s.published(); len(got) > 0 {
			t.Errorf("published %+v", got)
		}
		s.fake.before = nil
		s.edit("a.go", 11, "package p")
		if got := s.published(); stopped != 1 || len(got) != 1 || *got["a.go"].Version != 11 || len(got["a.go"].Diagnostics) > 0 {
			t.Errorf("%d runs stopped, published %+v", stopped, got)
		}

		// So it is by the end of the session.
		s.fake.before = func(ctx context.Context) { <-ctx.Done() }
		s.edit("a.go", 12, "package p // FAULT")
		s.settle()
	})
}

func TestModules(t *testing.T) {
	inSession(t, func(s *session) {
		for _, m := range []string{"one", "two", "three", "modcache/dep"} {
			s.write(m+"/go.mod", "module "+m+"\n")
			s.write(m+"/a.go", "package p // FAULT\n")
		}
		s.write("one/vendor/v/v.go", "package v // FAULT\n")
		for _, name := range []string{"one/a.go", "two/a.go", "modcache/dep/a.go", "one/vendor/v/v.go"} {
			s.open(name, 1, "package p // FAULT\n")
		}
		got := s.published()
		if len(got) != 2 || len(got["one/a.go"].Diagnostics) != 1 || len(got["two/a.go"].Diagnostics) != 1 {
			t.Errorf("got %+v", got)
		}
		dirs := func() string {
			var roots []string
			for _, o := range s.fake.since() {
				roots = append(roots, filepath.Base(o.Dir))
			}
			slices.Sort(roots)
			return strings.Join(roots, " ")
		}
		if got := dirs(); got != "one two" {
			t.Errorf("analysed: %s", got)
		}
		// Unsaved text in a module matters to no other one, but in a workspace.
		s.edit("one/a.go", 2, "package p\n")
		s.settle()
		if got := dirs(); got != "one" {
			t.Errorf("analysed after a change: %s", got)
		}
		s.write("go.work", "go 1.24\n")
		s.edit("one/a.go", 3, "package p // FAULT\n")
		s.settle()
		if got := dirs(); got != "one two" {
			t.Errorf("analysed after a change in a workspace: %s", got)
		}
		// What is written to disk may matter to all.
		s.notify("textDocument/didSave", didSaveParams{textDocument{URI: s.uri("two/a.go")}})
		s.settle()
		if got := dirs(); got != "one two" {
			t.Errorf("analysed after a save: %s", got)
		}
		s.close("two/a.go")
		if got := s.published(); len(got["two/a.go"].Diagnostics) > 0 || len(got["one/a.go"].Diagnostics) != 1 {
			t.Errorf("after closing: %+v", got)
		}
		if got := dirs(); got != "one" {
			t.Errorf("analysed after closing: %s", got)
		}
	})
}

func TestWatchedFiles(t *testing.T) {
	startSession(t, func(s *session) {
		s.write("go.mod", "module m\n")
		s.call("initialize", map[string]any{"capabilities": map[string]any{"workspace": map[string]any{"didChangeWatchedFiles": map[string]any{"dynamicRegistration": true}}}})
		s.notify("initialized", struct{}{})
		msgs := s.settle()
		if len(msgs) != 1 || msgs[0].Method != "client/registerCapability" || msgs[0].ID == nil || !strings.Contains(string(msgs[0].Params), "**/.tracevet.yaml") {
			t.Fatalf("got %v", msgs)
		}
		s.raw(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":null}`, *msgs[0].ID))
		s.write("a.go", "")
		s.open("a.go", 1, "")
		s.settle()
		s.fake.since()
		changed := func(names ...string) int {
			var changes []map[string]any
			for _, name := range names {
				changes = append(changes, map[string]any{"uri": s.uri(name), "type": 2})
			}
			s.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": changes})
			s.settle()
			return len(s.fake.since())
		}
		if n := changed("a.go"); n != 0 {
			t.Errorf("%d runs when an open file changed", n)
		}
		if n := changed("a.go", ".tracevet.yaml", "b.go"); n != 1 {
			t.Errorf("%d runs when two others changed", n)
		}
		// A configuration may be open, too.
		s.notify("textDocument/didSave", didSaveParams{textDocument{URI: s.uri(".tracevet.yaml")}})
		s.settle()
		if n := len(s.fake.since()); n != 1 {
			t.Errorf("%d runs when the configuration was saved", n)
		}
	})
}
