// Package lsptest drives a language server over its standard input and output, as an editor does: it is a small client
// for tests. What it checks of the protocol is what the tests need.
package lsptest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a server may take for an answer. It only bounds a test that fails.
const patience = 10 * time.Minute

// A Server says what to start.
type Server struct {
	Command  []string
	Dir      string // the workspace folder, and the working directory
	Env      []string
	Settings any // what the editor's user has configured
}

// A Client is an editor with one server. Its methods fail the test if the server does not do what it has to.
type Client struct {
	t        testing.TB
	settings any
	cmd      *exec.Cmd
	in       io.WriteCloser

	mu          sync.Mutex
	changed     chan struct{} // closed, and replaced, when any of the fields below changes
	ended       error         // why there is nothing more to read
	nextID      int
	replies     map[int]message
	diagnostics map[string][]Diagnostic // by file
	published   map[string]int          // how often
	buffers     map[string]*buffer      // open files
}

type buffer struct {
	version int
	text    string
}

type message struct {
	JSONRPC string           `json:"jsonrpc"`
	ID      *json.RawMessage `json:"id,omitempty"`
	Method  string           `json:"method,omitempty"`
	Params  json.RawMessage  `json:"params,omitempty"`
	Result  json.RawMessage  `json:"result,omitempty"`
	Error   *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// object is a JSON object to send.
type object = map[string]any

// Start starts a server and opens the workspace. At its end the test kills the server, if it is still there.
func Start(t testing.TB, s Server) *Client {
	t.Helper()
	c := &Client{
		t: t, settings: s.Settings, changed: make(chan struct{}), replies: make(map[int]message),
		diagnostics: make(map[string][]Diagnostic), published: make(map[string]int), buffers: make(map[string]*buffer),
	}
	c.cmd = exec.Command(s.Command[0], s.Command[1:]...)
	c.cmd.Dir, c.cmd.Env = s.Dir, append(os.Environ(), s.Env...)
	var stderr strings.Builder
	c.cmd.Stderr = &stderr
	in, err := c.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.in = in
	read := make(chan struct{})
	go func() {
		defer close(read)
		c.read(bufio.NewReader(out))
	}()
	t.Cleanup(func() {
		c.cmd.Process.Kill() // whether it ends in good order is for Shutdown to see
		<-read
		c.cmd.Wait()
		if t.Failed() {
			log := stderr.String()
			t.Logf("the server's log ends:\n%s", log[max(0, len(log)-4000):])
		}
	})
	c.Request("initialize", object{
		"processId":             os.Getpid(),
		"rootUri":               URI(s.Dir),
		"workspaceFolders":      []object{{"uri": URI(s.Dir), "name": filepath.Base(s.Dir)}},
		"initializationOptions": s.Settings,
		"capabilities": object{
			"workspace": object{"configuration": true, "workspaceFolders": true, "workspaceEdit": object{"documentChanges": true}},
			"textDocument": object{
				"publishDiagnostics": object{"relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true, "versionSupport": true},
				"codeAction": object{
					"codeActionLiteralSupport": object{"codeActionKind": object{"valueSet": []string{"quickfix", "source.fixAll"}}},
					"dataSupport":              true,
					"resolveSupport":           object{"properties": []string{"edit"}},
				},
			},
		},
	}, nil)
	c.Notify("initialized", object{})
	return c
}

// Shutdown ends the server as the protocol wants it, and checks that it does end.
func (c *Client) Shutdown() {
	c.t.Helper()
	c.Request("shutdown", nil, nil)
	c.Notify("exit", nil)
	c.wait("the server's end", func() bool { return c.ended != nil })
}

// Notify sends a notification.
func (c *Client) Notify(method string, params any) {
	c.t.Helper()
	c.send(object{"method": method, "params": params})
}

// Request sends a request and decodes its result, unless result is nil. An error of the server fails the test.
func (c *Client) Request(method string, params, result any) {
	c.t.Helper()
	c.mu.Lock()
	c.nextID++
	id := c.nextID
	c.mu.Unlock()
	c.send(object{"id": id, "method": method, "params": params})
	var m message
	c.wait("the answer to "+method, func() (ok bool) { m, ok = c.replies[id]; return ok })
	if m.Error != nil {
		c.t.Fatalf("%s: %s (%d)", method, m.Error.Message, m.Error.Code)
	}
	if result != nil {
		if err := json.Unmarshal(m.Result, result); err != nil {
			c.t.Fatalf("%s: %v in %s", method, err, m.Result)
		}
	}
}

// Execute runs a command of the server.
func (c *Client) Execute(command string, args ...any) {
	c.t.Helper()
	c.Request("workspace/executeCommand", object{"command": command, "arguments": args}, nil)
}

func (c *Client) send(m object) {
	c.t.Helper()
	if err := c.write(m); err != nil {
		c.t.Fatalf("cannot send to the server: %v", err)
	}
}

func (c *Client) write(m object) error {
	m["jsonrpc"] = "2.0"
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err = fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(data), data)
	return err
}

// read reads what the server sends, until there is no more.
func (c *Client) read(r *bufio.Reader) {
	for {
		m, err := readMessage(r)
		if err != nil {
			c.update(func() { c.ended = err })
			return
		}
		switch {
		case m.Method != "" && m.ID != nil:
			// The server may write to us while we write to it: an answer must not stop the reading.
			go c.write(object{"id": m.ID, "result": c.answer(m)})
		case m.Method == "textDocument/publishDiagnostics":
			var p struct {
				URI         string
				Diagnostics []Diagnostic
			}
			if err := json.Unmarshal(m.Params, &p); err != nil {
				c.t.Errorf("%v in %s", err, m.Params)
			}
			file := Filename(p.URI)
			c.update(func() { c.diagnostics[file] = p.Diagnostics; c.published[file]++ })
		case m.ID != nil:
			id, err := strconv.Atoi(string(*m.ID))
			if err != nil {
				c.t.Errorf("an answer to %s", *m.ID)
			}
			c.update(func() { c.replies[id] = m })
		}
	}
}

// answer returns the result of a request of the server.
func (c *Client) answer(m message) any {
	if m.Method != "workspace/configuration" {
		return nil
	}
	var p struct{ Items []json.RawMessage }
	if err := json.Unmarshal(m.Params, &p); err != nil {
		c.t.Errorf("%v in %s", err, m.Params)
	}
	results := make([]any, len(p.Items))
	for i := range results {
		results[i] = c.settings
	}
	return results
}

func readMessage(r *bufio.Reader) (m message, err error) {
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return m, err
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return m, err
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(r, data); err != nil {
		return m, err
	}
	return m, json.Unmarshal(data, &m)
}

func (c *Client) update(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
	close(c.changed)
	c.changed = make(chan struct{})
}

// wait waits until a condition on the client's state holds. The name of what it waits for is for the error.
func (c *Client) wait(what string, ok func() bool) {
	c.t.Helper()
	timeout := time.After(patience)
	for {
		c.mu.Lock()
		done, ended, changed := ok(), c.ended, c.changed
		c.mu.Unlock()
		if done {
			return
		}
		if ended != nil {
			c.t.Fatalf("waiting for %s: the server is gone: %v", what, ended)
		}
		select {
		case <-changed:
		case <-timeout:
			c.t.Fatalf("waiting for %s: nothing comes", what)
		}
	}
}

// URI returns the URI of a file.
func URI(file string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
}

// Filename returns the name of the file that a URI stands for; "" if it stands for none.
func Filename(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return ""
	}
	return filepath.FromSlash(u.Path)
}
