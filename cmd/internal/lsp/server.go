// Package lsp is a language server: it shows findings in an editor while code is written, and offers their
// fixes. It runs beside gopls, of whatever version, and does nothing that gopls does.
//
// What is analysed are the packages of the Go files that the editor has open, as they are in
// the editor: the go command sees unsaved text through its flag -overlay. The work is done by
// package driver, through "go vet", so that the server itself holds nothing but open documents and the findings in
// their packages, and what was found in other packages comes from the build cache. It
// never analyses in its own process: a rule that takes the process down must not take the editor's server down, and
// what one run configures would stay configured in the next.
//
// Each module is analysed by itself, with its own configuration. So it does not matter to the server which
// folders of a workspace there are.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/tracevet/tracevet/cmd/internal/config"
	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// Options are what a server needs.
type Options struct {
	Version string // of tracevet
	// Prepare returns how the module in the directory root is analysed, but for the packages and
	// texts. It is called before each run, so that a configuration that changed is heeded. An error is shown to
	// the user.
	Prepare func(ctx context.Context, root string) (driver.Options, error)
	// Analyse is [driver.Analyse].
	Analyse func(ctx context.Context, o driver.Options) driver.Result
	// Outside returns directories whose files are nobody's to change, such as the module cache. It is called once.
	Outside func(ctx context.Context) []string
	// Delay is how long nothing must be typed before unsaved text is analysed.
	Delay time.Duration
}

// Serve serves one client, until it says that it is over, or ctx is done. The error is nil if the client
// ended the session as the protocol wants it: with the request shutdown, and the notification exit.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) error {
	scratch, err := os.MkdirTemp("", "tracevet-lsp-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	ctx, cancel := context.WithCancel(ctx)
	s := &server{
		o:       o,
		ctx:     ctx,
		conn:    newConn(in, out),
		scratch: scratch,
		slot:    make(chan struct{}, 1),
		docs:    make(map[string]*document),
		modules: make(map[string]*module),
	}
	s.outside = sync.OnceValue(func() []string { return o.Outside(ctx) })
	err = s.serve()
	cancel()
	s.runs.Wait()
	s.conn.close()
	return err
}

// A server is the state of a session.
type server struct {
	o       Options
	ctx     context.Context
	conn    *conn
	scratch string // a directory for unsaved texts
	outside func() []string

	runs sync.WaitGroup
	slot chan struct{} // one run at a time: each has the go command work in parallel

	mu      sync.Mutex // for all that follows
	phase   phase
	client  clientCapabilities
	docs    map[string]*document // that are open, by name of file
	modules map[string]*module   // that have an open document, by root directory
	asked   int                  // requests sent to the client
}

type phase int

const (
	starting phase = iota
	running
	ended // by shutdown; nothing but exit may follow
)

// A document is a Go file that the client has open.
type document struct {
	uri     string // as the client writes it
	file    string
	version int
	text    string
}

// errExit ends serve in order.
var errExit = errors.New("exit")

// serve reads and handles messages until the end.
func (s *server) serve() error {
	type input struct {
		m   *message
		err error
	}
	inputs := make(chan input)
	go func() {
		for {
			m, err := s.conn.read()
			select {
			case inputs <- input{m, err}:
			case <-s.ctx.Done():
				return
			}
			if _, ok := errors.AsType[*rpcError](err); err != nil && !ok {
				return
			}
		}
	}()
	for {
		select {
		case <-s.ctx.Done():
			return s.ctx.Err()
		case in := <-inputs:
			if in.err != nil {
				bad, ok := errors.AsType[*rpcError](in.err)
				if !ok {
					return fmt.Errorf("the client is gone: %w", in.err)
				}
				s.conn.reply(&null, nil, bad)
				continue
			}
			if err := s.handle(in.m); errors.Is(err, errExit) {
				s.mu.Lock()
				defer s.mu.Unlock()
				if s.phase != ended {
					return errors.New("the client left without a shutdown")
				}
				return nil
			}
		}
	}
}

// handle handles a message. The error is nil, or errExit.
func (s *server) handle(m *message) error {
	switch {
	case m.Method == "" && m.ID == nil:
		s.conn.reply(&null, nil, &rpcError{codeInvalidRequest, "a message without method and id"})
	case m.Method == "": // the answer to a request of ours: nothing depends on it
	case m.ID != nil:
		result, err := s.contained(m, s.request)
		s.conn.reply(m.ID, result, err)
	default:
		_, err := s.contained(m, s.notification)
		if errors.Is(err, errExit) {
			return err
		}
		if err != nil {
			s.log(msgError, fmt.Sprintf("%s: %v", m.Method, err))
		}
	}
	return nil
}

// contained handles a message, and turns a panic into an error.
func (s *server) contained(m *message, handler func(*message) (any, error)) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log(msgError, fmt.Sprintf("a bug in tracevet, please report it: %v\n%s", p, debug.Stack()))
			result, err = nil, &rpcError{codeInternal, fmt.Sprintf("tracevet: internal error: %v", p)}
		}
	}()
	return handler(m)
}

// request handles a request.
func (s *server) request(m *message) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.phase == starting && m.Method != "initialize":
		return nil, &rpcError{codeNotInitialized, "the first request has to be initialize"}
	case s.phase == ended:
		return nil, &rpcError{codeInvalidRequest, "the server is shut down"}
	}
	switch m.Method {
	case "initialize":
		if s.phase != starting {
			return nil, &rpcError{codeInvalidRequest, "initialize comes once"}
		}
		p, err := params[initializeParams](m)
		if err != nil {
			return nil, err
		}
		s.phase, s.client = running, p.Capabilities
		return s.initializeResult(), nil
	case "shutdown":
		s.phase = ended
		s.stop()
		return nil, nil
	case "textDocument/codeAction":
		p, err := params[codeActionParams](m)
		if err != nil {
			return nil, err
		}
		return s.codeActions(p)
	}
	return nil, &rpcError{codeNoMethod, "tracevet does not know the method " + m.Method}
}

func (s *server) initializeResult() initializeResult {
	var r initializeResult
	r.ServerInfo = serverInfo{"tracevet", s.o.Version}
	c := &r.Capabilities
	c.TextDocumentSync.OpenClose = true
	c.TextDocumentSync.Change = syncFull
	c.CodeActionProvider.CodeActionKinds = []string{quickFix}
	c.Workspace.WorkspaceFolders.Supported = true
	return r
}

// notification handles a notification; those that it does not know mean nothing to it.
func (s *server) notification(m *message) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.Method == "exit" {
		return nil, errExit
	}
	if s.phase != running {
		return nil, nil
	}
	switch m.Method {
	case "initialized":
		s.watchFiles()
	case "textDocument/didOpen":
		p, err := params[didOpenParams](m)
		if err != nil {
			return nil, err
		}
		d := p.TextDocument
		file, err := fileOf(d.URI)
		if err != nil || filepath.Ext(file) != ".go" {
			return nil, nil // nothing that the go command would see
		}
		s.docs[file] = &document{d.URI, file, d.Version, d.Text}
		s.schedule("", openDelay) // editors open many at once
	case "textDocument/didChange":
		p, err := params[didChangeParams](m)
		if err != nil {
			return nil, err
		}
		d := s.document(p.TextDocument.URI)
		if d == nil {
			return nil, nil
		}
		for _, change := range p.ContentChanges {
			if change.Range != nil {
				return nil, fmt.Errorf("%s: a change of a part; the server asked for whole texts", d.uri)
			}
			d.text = change.Text
		}
		d.version = p.TextDocument.Version
		s.schedule(d.file, s.o.Delay)
	case "textDocument/didSave":
		p, err := params[didSaveParams](m)
		if err != nil {
			return nil, err
		}
		file, _ := fileOf(p.TextDocument.URI)
		if s.docs[file] != nil || filepath.Base(file) == config.Name {
			s.schedule("", 0)
		}
	case "textDocument/didClose":
		p, err := params[didCloseParams](m)
		if err != nil {
			return nil, err
		}
		if d := s.document(p.TextDocument.URI); d != nil {
			delete(s.docs, d.file)
			s.schedule("", openDelay)
		}
	case "workspace/didChangeWatchedFiles":
		p, err := params[didChangeFilesParams](m)
		if err != nil {
			return nil, err
		}
		for _, c := range p.Changes {
			if s.document(c.URI) == nil { // of open documents the client tells more
				s.schedule("", s.o.Delay)
				break
			}
		}
	}
	return nil, nil
}

// openDelay gathers documents that are opened, or closed, one after the other.
const openDelay = 50 * time.Millisecond

// params decodes the parameters of a message.
func params[T any](m *message) (T, error) {
	var p T
	if len(m.Params) == 0 {
		return p, &rpcError{codeInvalidParams, m.Method + ": no parameters"}
	}
	if err := json.Unmarshal(m.Params, &p); err != nil {
		return p, &rpcError{codeInvalidParams, m.Method + ": " + err.Error()}
	}
	return p, nil
}

// document returns the open document of the given URI, or nil.
func (s *server) document(uri string) *document {
	file, err := fileOf(uri)
	if err != nil {
		return nil
	}
	return s.docs[file]
}

// log adds a text to the client's log.
func (s *server) log(kind int, text string) {
	s.conn.notify("", "window/logMessage", showMessageParams{kind, text})
}

// watchFiles asks the client to tell when files change that are not open in it, if it can.
func (s *server) watchFiles() {
	if !s.client.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		return
	}
	var o watchOptions
	for _, name := range []string{"*.go", "go.mod", "go.work", config.Name} {
		o.Watchers = append(o.Watchers, fileWatcher{"**/" + name})
	}
	s.conn.notify(s.nextID(), "client/registerCapability", registrationParams{[]registration{{"files", "workspace/didChangeWatchedFiles", o}}})
}

// nextID returns the id of the next request to the client.
func (s *server) nextID() string {
	s.asked++
	return fmt.Sprintf("tracevet-%d", s.asked)
}
