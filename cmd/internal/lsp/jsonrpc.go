package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// A message is one of JSON-RPC 2.0: a request (with an id and a method), a notification
// (without an id), or a response (without a method).
type message struct {
	Version string           `json:"jsonrpc"`
	ID      *json.RawMessage `json:"id,omitempty"`
	Method  string           `json:"method,omitempty"`
	Params  json.RawMessage  `json:"params,omitempty"`
	Result  json.RawMessage  `json:"result,omitempty"`
	Error   *rpcError        `json:"error,omitempty"`
}

// An rpcError is the error of a response.
type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *rpcError) Error() string { return e.Message }

// Codes of errors, those of JSON-RPC and of LSP.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeNoMethod       = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
	codeNotInitialized = -32002
)

// maxMessage bounds the size of a message: no Go file is that long, and a length that is wrong
// must not take all memory.
const maxMessage = 64 << 20

// A conn reads and writes messages, each after a header with its length.
//
// Messages are written by a goroutine of their own, so that nobody waits for a client that does not read: it may
// itself be waiting for the server to read.
type conn struct {
	in *bufio.Reader

	mu      sync.Mutex
	queue   []message
	more    *sync.Cond // there is something in the queue, or it is closed
	closed  bool
	written chan struct{} // closed when all is written
}

func newConn(in io.Reader, out io.Writer) *conn {
	c := &conn{in: bufio.NewReader(in), written: make(chan struct{})}
	c.more = sync.NewCond(&c.mu)
	go c.writeAll(out)
	return c
}

// close ends the conn when all messages are written. Later ones are dropped.
func (c *conn) close() {
	c.mu.Lock()
	c.closed = true
	c.more.Signal()
	c.mu.Unlock()
	<-c.written
}

// writeAll writes messages until the conn is closed, or the client is gone.
func (c *conn) writeAll(out io.Writer) {
	defer close(c.written)
	for {
		c.mu.Lock()
		for len(c.queue) == 0 && !c.closed {
			c.more.Wait()
		}
		queue := c.queue
		c.queue = nil
		c.mu.Unlock()
		if len(queue) == 0 {
			return
		}
		for _, m := range queue {
			m.Version = "2.0"
			body, err := json.Marshal(m)
			if err != nil {
				continue // not with what this package puts into messages
			}
			if _, err := fmt.Fprintf(out, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
				return // the end of the input will come, too
			}
		}
	}
}

// read returns the next message. An *rpcError is about that message alone; after any other
// error nothing more can be read. At the end of the input it is io.EOF.
func (c *conn) read() (*message, error) {
	length, err := c.readHeader()
	if err == io.EOF {
		return nil, io.EOF
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the header of a message: %w", err)
	}
	size, err := strconv.Atoi(length)
	if err != nil || size < 0 || size > maxMessage {
		return nil, fmt.Errorf("bad Content-Length %q", length)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(c.in, body); err != nil {
		return nil, fmt.Errorf("cannot read a message: %w", err)
	}
	m := new(message)
	if err := json.Unmarshal(body, m); err != nil {
		code := codeParse
		if json.Valid(body) { // a batch, or fields of other types
			code = codeInvalidRequest
		}
		return nil, &rpcError{code, "not a message of JSON-RPC: " + err.Error()}
	}
	return m, nil
}

// readHeader reads the header of a message and returns its Content-Length. At the end of the input
// the error is io.EOF itself. Package net/textproto would do, but links package net and the C
// library into a program that the go command starts once for each package.
func (c *conn) readHeader() (length string, err error) {
	for first := true; ; first = false {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			if err == io.EOF && (!first || len(line) > 0) {
				err = io.ErrUnexpectedEOF
			}
			return "", err
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			return length, nil
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return "", fmt.Errorf("bad line %q", text)
		}
		if strings.EqualFold(name, "Content-Length") {
			length = strings.TrimSpace(value)
		}
	}
}

func (c *conn) write(m message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue = append(c.queue, m)
	c.more.Signal()
}

// null is the result of a request that has none, and the id of a request that could not be read.
var null = json.RawMessage("null")

// reply answers the request with the given id.
func (c *conn) reply(id *json.RawMessage, result any, err error) {
	m := message{ID: id, Result: null}
	if err == nil && result != nil {
		m.Result, err = json.Marshal(result)
	}
	if err != nil {
		m.Result = nil
		var ok bool
		if m.Error, ok = errors.AsType[*rpcError](err); !ok {
			m.Error = &rpcError{codeInternal, err.Error()}
		}
	}
	c.write(m)
}

// notify sends a notification; with an id, a request whose answer is not waited for.
func (c *conn) notify(id, method string, params any) {
	data, err := json.Marshal(params)
	if err != nil {
		return // not with the types of this package
	}
	m := message{Method: method, Params: data}
	if id != "" {
		quoted, _ := json.Marshal(id)
		m.ID = (*json.RawMessage)(&quoted)
	}
	c.write(m)
}
