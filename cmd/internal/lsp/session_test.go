package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

const testDelay = time.Second

// A session is a client of a server in this process, in a bubble of package synctest: time passes when
// nothing is left to do, so that each test is the same on each run, and fast.
type session struct {
	t    *testing.T
	dir  string
	w    *io.PipeWriter
	done chan error
	fake *fake

	mu   sync.Mutex
	msgs []message // that came since the last call of settle
	id   int
}

// inSession runs a test in a session that has been initialized by a client with all capabilities.
func inSession(t *testing.T, f func(s *session)) {
	t.Helper()
	startSession(t, func(s *session) {
		s.call("initialize", json.RawMessage(allCapabilities))
		s.notify("initialized", struct{}{})
		s.settle()
		f(s)
		if s.fake.err == nil {
			s.call("shutdown", nil)
			s.notify("exit", nil)
			if err := <-s.done; err != nil {
				t.Errorf("Serve: %v", err)
			}
		}
	})
}

const allCapabilities = `{"capabilities": {
	"workspace": {"workspaceEdit": {"documentChanges": true}, "didChangeWatchedFiles": {"dynamicRegistration": true}},
	"textDocument": {"publishDiagnostics": {"relatedInformation": true}, "codeAction": {"codeActionLiteralSupport": {}}},
	"window": {"workDoneProgress": true}}}`

func startSession(t *testing.T, f func(s *session)) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		inR, inW := io.Pipe()
		outR, outW := io.Pipe()
		s := &session{t: t, dir: dir, w: inW, done: make(chan error, 1), fake: new(fake)}
		go func() {
			s.done <- Serve(t.Context(), inR, outW, Options{
				Version: "v0",
				Prepare: s.fake.prepare,
				Analyse: s.fake.analyse,
				Outside: func(context.Context) []string { return []string{filepath.Join(dir, "modcache"), ""} },
				Delay:   testDelay,
			})
			outW.Close()
		}()
		go func() {
			c := &conn{in: bufio.NewReader(outR)}
			for {
				m, err := c.read()
				if err != nil {
					return
				}
				s.mu.Lock()
				s.msgs = append(s.msgs, *m)
				s.mu.Unlock()
			}
		}()
		f(s)
		inW.Close() // ends the server, if it has not ended
	})
}

// raw sends the body of a message.
func (s *session) raw(body string) {
	fmt.Fprintf(s.w, "Content-Length: %d\r\n\r\n%s", len(body), body)
	synctest.Wait()
}

func (s *session) notify(method string, params any) {
	s.t.Helper()
	s.raw(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, s.marshal(params)))
}

// call sends a request and returns the answer.
func (s *session) call(method string, params any) message {
	s.t.Helper()
	s.id++
	s.raw(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":%s}`, s.id, method, s.marshal(params)))
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, m := range s.msgs {
		if m.Method == "" && m.ID != nil && string(*m.ID) == fmt.Sprint(s.id) {
			s.msgs = append(s.msgs[:i:i], s.msgs[i+1:]...)
			return m
		}
	}
	s.t.Fatalf("no answer to %s", method)
	return message{}
}

func (s *session) marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		s.t.Fatal(err)
	}
	return data
}

// settle lets the server do all that it has to do, and returns the messages that came.
func (s *session) settle() []message {
	time.Sleep(10 * testDelay)
	synctest.Wait()
	return s.received()
}

func (s *session) received() []message {
	s.mu.Lock()
	defer s.mu.Unlock()
	msgs := s.msgs
	s.msgs = nil
	return msgs
}

// published settles, and returns what was published last for each file, by its name in the
// directory of the test.
func (s *session) published() map[string]publishParams {
	s.t.Helper()
	out := make(map[string]publishParams)
	for _, m := range s.settle() {
		if m.Method == "textDocument/publishDiagnostics" {
			p := decodeParams[publishParams](s.t, m)
			file, err := fileOf(p.URI)
			if err != nil {
				s.t.Fatal(err)
			}
			rel, err := filepath.Rel(s.dir, file)
			if err != nil {
				s.t.Fatal(err)
			}
			out[filepath.ToSlash(rel)] = p
		}
	}
	return out
}

func decodeParams[T any](t *testing.T, m message) T {
	t.Helper()
	var v T
	data := m.Params
	if m.Method == "" {
		data = m.Result
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return v
}

// write writes a file, of long ago.
func (s *session) write(name, text string) {
	s.t.Helper()
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
		s.t.Fatal(err)
	}
	old := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC) // in a bubble it is 2000
	if err := os.Chtimes(file, old, old); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) uri(name string) string {
	return uriOf(filepath.Join(s.dir, filepath.FromSlash(name)))
}

func (s *session) open(name string, version int, text string) {
	s.t.Helper()
	s.notify("textDocument/didOpen", didOpenParams{textDocument{s.uri(name), version, text}})
}

// edit changes the text of a document.
func (s *session) edit(name string, version int, text string) {
	s.t.Helper()
	s.notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": s.uri(name), "version": version},
		"contentChanges": []any{map[string]any{"text": text}},
	})
}

func (s *session) close(name string) {
	s.t.Helper()
	s.notify("textDocument/didClose", didCloseParams{textDocument{URI: s.uri(name)}})
}

// A fake is an analysis that needs no go command. In a package, that is a directory, it reports each FAULT, with the fixes to
// write "ok" instead of it, and to do so for all in the package; and a package with a BROKEN does not build.
type fake struct {
	mu       sync.Mutex
	runs     []driver.Options
	severity driver.Severity
	err      error                 // of prepare
	before   func(context.Context) // what a run does first
	errors   []driver.Error
}

func (f *fake) prepare(_ context.Context, root string) (driver.Options, error) {
	return driver.Options{Dir: root}, f.err
}

// since returns the runs since the last call.
func (f *fake) since() []driver.Options {
	f.mu.Lock()
	defer f.mu.Unlock()
	runs := f.runs
	f.runs = nil
	return runs
}

func (f *fake) analyse(ctx context.Context, o driver.Options) driver.Result {
	f.mu.Lock()
	f.runs = append(f.runs, o)
	f.mu.Unlock()
	if f.before != nil {
		f.before(ctx)
	}
	r := driver.Result{Dirs: make(map[string]string), Errors: f.errors}
	for _, pattern := range o.Patterns {
		path := "example.com/" + filepath.Base(o.Dir) + strings.TrimPrefix(pattern, ".")
		dir := filepath.Join(o.Dir, filepath.FromSlash(pattern))
		r.Dirs[path] = dir
		if findings, ok := f.check(path, dir, o.Unsaved); ok {
			r.Findings = append(r.Findings, findings...)
			r.Analysed = append(r.Analysed, path)
		} else {
			r.Errors = append(r.Errors, driver.Error{Kind: driver.KindBuild, Package: path, Message: "BROKEN"})
		}
	}
	return r
}

func (f *fake) check(path, dir string, unsaved map[string][]byte) (findings []driver.Finding, ok bool) {
	var all []driver.Edit
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, file := range files {
		data, saved := unsaved[file]
		if !saved {
			data, _ = os.ReadFile(file)
		}
		text := string(data)
		if strings.Contains(text, "BROKEN") {
			return nil, false
		}
		for i := 0; ; {
			n := strings.Index(text[i:], "FAULT")
			if n < 0 {
				break
			}
			start := i + n
			i = start + len("FAULT")
			line, col := 1+strings.Count(text[:start], "\n"), start-strings.LastIndexByte(text[:start], '\n')
			edit := driver.Edit{File: file, Start: start, End: i, New: "ok"}
			all = append(all, edit)
			findings = append(findings, driver.Finding{
				Rule: "fault", Category: "direct", Package: path, Message: "a fault", URL: "https://example.com/fault#direct", Severity: f.severity,
				Pos: driver.Position{File: file, Line: line, Column: col}, End: driver.Position{File: file, Line: line, Column: col + 5},
				Related: []driver.Related{{Pos: driver.Position{File: file, Line: 1, Column: 1}, Message: "in this package"}},
				Fixes:   []driver.Fix{{Message: "Repair", Edits: []driver.Edit{edit}}},
			})
		}
	}
	for i := range findings {
		findings[i].Fixes = append(findings[i].Fixes, driver.Fix{Message: "Repair all", Edits: all})
	}
	return findings, true
}
