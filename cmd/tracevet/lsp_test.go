package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// An editor is a client of "tracevet lsp" in a module.
type editor struct {
	m       *module
	w       io.WriteCloser
	msgs    chan lspMessage
	version int
	cmd     *exec.Cmd
}

type lspMessage struct {
	ID     *int
	Method string
	Params struct {
		URI         string
		Version     int
		Message     string
		Diagnostics []struct {
			Severity      int
			Code, Message string
		}
	}
	Result []struct {
		Title string
		Edit  struct {
			DocumentChanges []struct{ Edits []struct{ NewText string } }
		}
	}
}

// edit starts a server.
func (m *module) edit(args ...string) *editor {
	m.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{"lsp"}, args...)...)
	cmd.Dir, cmd.Env, cmd.Stderr = m.t.TempDir(), m.env, os.Stderr
	w, err := cmd.StdinPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	r, err := cmd.StdoutPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	e := &editor{m: m, w: w, msgs: make(chan lspMessage, 1000), cmd: cmd}
	go func() {
		defer close(e.msgs)
		for br := bufio.NewReader(r); ; {
			header, err := textproto.NewReader(br).ReadMIMEHeader()
			if err != nil {
				return
			}
			n, _ := strconv.Atoi(header.Get("Content-Length"))
			body := make([]byte, n)
			if _, err := io.ReadFull(br, body); err != nil {
				return
			}
			var msg lspMessage
			_ = json.Unmarshal(body, &msg) // of other shapes no test wants to know more
			e.msgs <- msg
		}
	}()
	e.send(`"id":1,"method":"initialize","params":{"capabilities":{"workspace":{"workspaceEdit":{"documentChanges":true}},"textDocument":{"codeAction":{"codeActionLiteralSupport":{}}}}}`)
	e.await(func(m lspMessage) bool { return m.ID != nil })
	e.send(`"method":"initialized","params":{}`)
	return e
}

func (e *editor) send(fields string) {
	body := `{"jsonrpc":"2.0",` + fields + `}`
	fmt.Fprintf(e.w, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

// await returns the next message of some kind.
func (e *editor) await(want func(lspMessage) bool) lspMessage {
	e.m.t.Helper()
	for timeout := time.After(3 * time.Minute); ; {
		select {
		case msg, ok := <-e.msgs:
			if !ok {
				e.m.t.Fatal("the server is gone")
			}
			if want(msg) {
				return msg
			}
		case <-timeout:
			e.m.t.Fatal("waited in vain")
		}
	}
}

// findings returns those in the version of a file that was sent last: "severity rule: message", one a line.
func (e *editor) findings(name string) string {
	e.m.t.Helper()
	msg := e.await(func(m lspMessage) bool {
		return m.Method == "textDocument/publishDiagnostics" && strings.HasSuffix(m.Params.URI, name) && m.Params.Version == e.version
	})
	var lines []string
	for _, d := range msg.Params.Diagnostics {
		lines = append(lines, fmt.Sprintf("%d %s: %s", d.Severity, d.Code, d.Message))
	}
	return strings.Join(lines, "\n")
}

func (e *editor) uri(name string) string {
	path := filepath.ToSlash(filepath.Join(e.m.dir, name))
	return "file://" + strings.TrimSuffix("/", path[:1]) + path // on Windows there is no slash yet
}

// text opens a file with a text, or changes it to that.
func (e *editor) text(name, text string) {
	e.version++
	quoted, _ := json.Marshal(text)
	if e.version == 1 {
		e.send(fmt.Sprintf(`"method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"languageId":"go","version":1,"text":%s}}`, e.uri(name), quoted))
		return
	}
	e.send(fmt.Sprintf(`"method":"textDocument/didChange","params":{"textDocument":{"uri":%q,"version":%d},"contentChanges":[{"text":%s}]}`, e.uri(name), e.version, quoted))
}

func (e *editor) save(name string) {
	e.send(fmt.Sprintf(`"method":"textDocument/didSave","params":{"textDocument":{"uri":%q}}`, e.uri(name)))
}

// close ends the session and checks the exit code.
func (e *editor) close() {
	e.m.t.Helper()
	e.send(`"id":9,"method":"shutdown"`)
	e.send(`"method":"exit"`)
	for range e.msgs {
	}
	if err := e.cmd.Wait(); err != nil {
		e.m.t.Errorf("tracevet lsp: %v", err)
	}
}

func TestLSP(t *testing.T) {
	m := newModule(t, `
-- a/a.go --
package a

import "example.com/m/b"

func Bad()  {}
func Good() {}
func A()    { Bad(); b.B() }
-- b/b.go --
package b

func Bad() {}
func B()   { Bad() }
`)
	const bad = "2 bad: call of Bad"
	saved := m.read("a/a.go")
	e := m.edit("-disable=len")
	e.text("a/a.go", saved)
	both := e.findings("a.go")
	if !strings.HasPrefix(both, bad+"\n") || strings.Count(both, "\n") != 1 { // with what a fact about b tells
		t.Errorf("findings: %s", both)
	}
	m.analyses()

	// Unsaved text, and the same text again: the go command knows it.
	e.text("a/a.go", strings.NewReplacer("; b.B()", "", "import ", "import _ ").Replace(saved))
	if got := e.findings("a.go"); got != bad {
		t.Errorf("findings in unsaved text: %s", got)
	}
	if n := m.analyses(); n != 1 {
		t.Errorf("%d analyses of unsaved text", n)
	}
	e.save("b/b.go") // not open
	e.save("a/a.go")
	if got := e.findings("a.go"); got != bad {
		t.Errorf("findings: %s", got)
	}
	if n := m.analyses(); n != 0 {
		t.Errorf("%d analyses of the same text", n)
	}

	// What does not build changes nothing; what does again is looked at.
	e.text("a/a.go", saved+"}")
	e.text("a/a.go", saved)
	if got := e.findings("a.go"); got != both {
		t.Errorf("findings: %s", got)
	}

	e.send(fmt.Sprintf(`"id":2,"method":"textDocument/codeAction","params":{"textDocument":{"uri":%q},"range":{"start":{"line":6,"character":15},"end":{"line":6,"character":15}},"context":{"diagnostics":[]}}`, e.uri("a/a.go")))
	msg := e.await(func(m lspMessage) bool { return m.ID != nil && *m.ID == 2 })
	if len(msg.Result) != 1 || msg.Result[0].Title != "Call Good" || msg.Result[0].Edit.DocumentChanges[0].Edits[0].NewText != "Good" {
		t.Errorf("code actions: %+v", msg.Result)
	}

	// The configuration is read again, and one that is wrong is an error that is shown.
	m.write(".tracevet.yaml", "severity: {bad: error}\n")
	e.save(".tracevet.yaml")
	if got := e.findings("a.go"); got != strings.ReplaceAll(both, "2 bad", "1 bad") {
		t.Errorf("findings with a configuration: %s", got)
	}
	m.write(".tracevet.yaml", "severtiy: {bad: error}\n")
	e.save(".tracevet.yaml")
	msg = e.await(func(m lspMessage) bool { return m.Method == "window/showMessage" })
	if !strings.Contains(msg.Params.Message, `.tracevet.yaml:1: unknown field "severtiy"`) {
		t.Errorf("shown: %s", msg.Params.Message)
	}
	m.write(".tracevet.yaml", "exclude: [a]\n")
	e.save(".tracevet.yaml")
	if got := e.findings("a.go"); got != "" {
		t.Errorf("findings in an excluded folder: %s", got)
	}
	e.close()
}

func TestLSPFlags(t *testing.T) {
	m := newModule(t, "")
	m.tracevet("lsp", "./...").exit(2).says("lsp takes no packages such as ./...")
	m.tracevet("lsp", "-fix").exit(2).says("-fix means nothing to lsp")
	m.tracevet("lsp", "-nonsense").exit(2).says("not defined: -nonsense")
	if out := m.tracevet("lsp", "-help").exit(0); !strings.Contains(out.stdout, "-enable") {
		t.Errorf("the help is\n%s", out.stdout)
	}
	m.tracevet("lsp").exit(2).says("the client is gone")
}
