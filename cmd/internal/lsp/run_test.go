package lsp

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

func TestErrors(t *testing.T) {
	inSession(t, func(s *session) {
		shown := func() (texts []string) {
			for _, m := range s.settle() {
				if m.Method == "window/showMessage" {
					texts = append(texts, decodeParams[showMessageParams](t, m).Message)
				}
			}
			return texts
		}
		s.write("go.mod", "module m\n")
		s.fake.errors = []driver.Error{
			{Kind: driver.KindBuild, Package: "p", Message: "gopls shows it"},
			{Kind: driver.KindUsage, Package: "p", Message: "for Windows"},
			{Kind: driver.KindRule, Package: "p", Rule: "r", Message: "panic"},
			{Kind: driver.KindGo, Message: "no go command", Detail: "in PATH"},
		}
		s.open("a.go", 1, "x")
		if got := shown(); !slices.Equal(got, []string{"tracevet: p: panic\nno go command\nin PATH"}) {
			t.Errorf("got %q", got)
		}
		s.edit("a.go", 2, "y")
		if got := shown(); len(got) > 0 {
			t.Errorf("shown again: %q", got)
		}
		s.fake.errors = nil
		s.edit("a.go", 3, "z")
		shown()
		s.fake.err = errors.New(".tracevet.yaml:2: unknown rule")
		s.edit("a.go", 4, "zz")
		if got := shown(); !slices.Equal(got, []string{"tracevet: .tracevet.yaml:2: unknown rule"}) {
			t.Errorf("got %q", got)
		}
		s.fake.err = nil
	})
}

// TestPanic checks that a panic ends nothing, in a run or in a handler.
func TestPanic(t *testing.T) {
	inSession(t, func(s *session) {
		logged := func() bool {
			return slices.ContainsFunc(s.settle(), func(m message) bool {
				return m.Method == "window/logMessage" && strings.Contains(string(m.Params), "a bug in tracevet")
			})
		}
		s.write("go.mod", "module m\n")
		s.write("a.go", "package p // FAULT\n")
		s.fake.before = func(context.Context) { panic("oops") }
		s.open("a.go", 1, "package p // FAULT\n")
		if !logged() {
			t.Error("the log does not have the panic")
		}
		s.fake.before = nil
		s.edit("a.go", 2, "package p // FAULT\n")
		if got := s.published(); len(got["a.go"].Diagnostics) != 1 {
			t.Errorf("after the panic: %+v", got)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		s := &server{conn: &conn{}}
		s.conn = newConn(strings.NewReader(""), new(strings.Builder))
		defer s.conn.close()
		_, err := s.contained(new(message), func(*message) (any, error) { panic("oops") })
		if e, ok := errors.AsType[*rpcError](err); !ok || e.Code != codeInternal {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestProgress(t *testing.T) {
	inSession(t, func(s *session) {
		s.write("go.mod", "module m\n")
		kinds := func() (all []string) {
			for _, m := range s.settle() {
				if m.Method == "$/progress" {
					all = append(all, decodeParams[struct{ Value progressValue }](t, m).Value.Kind)
				}
			}
			return all
		}
		s.open("a.go", 1, "x")
		if got := kinds(); len(got) > 0 {
			t.Errorf("a fast run has progress %q", got)
		}
		s.fake.before = func(context.Context) { time.Sleep(2 * patience) }
		s.edit("a.go", 2, "y")
		if got := kinds(); !slices.Equal(got, []string{"begin", "end"}) {
			t.Errorf("a slow run has progress %q", got)
		}
	})
}
