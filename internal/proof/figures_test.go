package proof

import (
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// spans returns the spans of request 0, each given as "id parent name [flags]":
// the flag open for one that never ends, lost for one that is not exported. The
// parent caller is that of the request.
func spans(lines ...string) []*Span {
	var spans []*Span
	for _, line := range lines {
		f := strings.Fields(line)
		s := &Span{ID: f[0], Parent: f[1], Name: f[2], Site: f[2], Goroutine: "1", Ended: true, Exported: true}
		switch s.Parent {
		case "caller":
			s.Parent = callerSpan(0)
		case "-":
			s.Parent = ""
		}
		if slices.Contains(f, "open") {
			s.Ended, s.Exported = false, false
		}
		if slices.Contains(f, "lost") {
			s.Exported = false
		}
		spans = append(spans, s)
	}
	return spans
}

func run(lines ...string) *Run {
	return &Run{Asks: make([]Ask, rounds), Spans: spans(lines...)}
}

func TestFigures(t *testing.T) {
	right := run("a caller server", "b a handler", "c b query")
	for _, test := range []struct {
		name  string
		lines []string
		want  Figures
	}{
		{"whole", []string{"a caller server", "b a handler", "c b query"}, Figures{Whole: 1, Pieces: 1}},
		{"root", []string{"a caller server", "b - handler", "c b query"}, Figures{Pieces: 2, Roots: 1}},
		{"all roots", []string{"a - server", "b - handler", "c - query"}, Figures{Pieces: 3, Roots: 3}},
		{"wrong parent", []string{"a caller server", "b a handler", "c a query"}, Figures{Whole: 1, Pieces: 1, Wrong: 1}},
		{"open", []string{"a caller server", "b a handler open", "c b query"}, Figures{Pieces: 1, Orphans: 1, Unended: 1}},
		{"open leaf", []string{"a caller server", "b a handler", "c b query open"}, Figures{Pieces: 1, Unended: 1}},
		{"lost", []string{"a caller server", "b a handler", "c b query lost"}, Figures{Pieces: 1, Lost: 1}},
		{"no server span", []string{"b caller handler", "c caller query"}, Figures{Pieces: 1, Wrong: 2}},
		{"of another request", []string{"a caller server", "b x handler", "c b query"}, Figures{Pieces: 2, Orphans: 1}},
		{"none", nil, Figures{}},
	} {
		test.want.Requests, test.want.Spans = rounds, len(test.lines)
		if got := run(test.lines...).Figures(right); got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestFiguresOfCallers(t *testing.T) {
	r := run("a caller server")
	r.Asks[0].Unsampled = true
	r.Downstream = []string{"00-" + callerTrace(2) + "-0102030405060708-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", ""}
	r.Series = [rounds]int{3, 5, 9}
	r.Spans = append(r.Spans, &Span{ID: "z", Name: "other", Request: rounds - 1})
	got := r.Figures(r)
	if got.Requests != rounds-1 || got.Unasked != 1 || got.Downstream != 2 || got.Names != 1 || got.Series != 4 {
		t.Errorf("got %+v", got)
	}
}

// Siblings of one goroutine keep their order; goroutines are ordered by what they do.
func TestOrderOfSiblings(t *testing.T) {
	want := ""
	for _, order := range [][]string{
		{"a caller s", "b a first", "c a second", "d a z", "e d q", "f a y"},
		{"a caller s", "f a y", "b a first", "d a z", "e d q", "c a second"},
	} {
		r := run(order...)
		for _, s := range r.Spans {
			if s.ID == "d" || s.ID == "e" {
				s.Goroutine = "2"
			} else if s.ID == "f" {
				s.Goroutine = "3"
			}
		}
		got := r.trace(0).text()
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("got\n%s\nand\n%s", got, want)
		}
	}
}

func TestSpanIDs(t *testing.T) {
	field := func(number byte, content string) string {
		return string([]byte{number<<3 | 2, byte(len(content))}) + content
	}
	span := "\x3a\x01x" + field(1, "trace") + field(2, "\x01\x02") + "\x31\x00\x00\x00\x00\x00\x00\x00\x00" + "\x30\x02" + "\x85\x01\x00\x00\x00\x00"
	message := field(1, field(1, "resource")+field(2, field(1, "scope")+field(2, span)+field(2, span)))
	ids, err := otlpSpanIDs([]byte(message))
	if want := hex.EncodeToString([]byte{1, 2}); err != nil || !slices.Equal(ids, []string{want, want}) {
		t.Errorf("got %q (%v), want %s twice", ids, err, want)
	}
	for n := range len(message) - 1 {
		if _, err := otlpSpanIDs([]byte(message[:n+1])); err == nil {
			t.Errorf("no error for %q, which is cut", message[:n+1])
		}
	}
	ids, err = stdoutSpanIDs([]byte("{\"SpanContext\":{\"SpanID\":\"a\"}}\n{\"SpanContext\":{\"SpanID\":\"b\"}}\n"))
	if err != nil || !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("got %q (%v), want a and b", ids, err)
	}
}

// A picture is XML, says in words what it shows, and names nothing that another run would not.
func TestPicture(t *testing.T) {
	p := &Proof{Service: Service{Name: "s", Asks: []Ask{{Method: "GET", Path: "/<x>"}}}}
	p.Runs[Before] = run("a1b2c3d4 caller server", "e5f6a7b8 - handler", "c9d0e1f2 e5f6a7b8 query open")
	p.Runs[Mended] = run("a1b2c3d4 caller server", "e5f6a7b8 a1b2c3d4 handler", "c9d0e1f2 e5f6a7b8 query")
	for name, th := range themes {
		picture := Picture(p, 0, th)
		for dec := xml.NewDecoder(strings.NewReader(picture)); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		for _, id := range []string{"a1b2c3d4", "e5f6a7b8", callerSpan(0), callerTrace(0)} {
			if strings.Contains(picture, id) {
				t.Errorf("%s: the picture has the id %s", name, id)
			}
		}
		for _, want := range []string{"<title id=", "handler (a trace of its own)", "query under handler (never ends)", "2 pieces, 1 span never ends", "one tree of 3 spans"} {
			if !strings.Contains(picture, want) {
				t.Errorf("%s: the picture does not say %q", name, want)
			}
		}
	}
}
