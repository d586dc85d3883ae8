package spanflow

import (
	"fmt"
	"strings"
)

// A Summary is the fact that a function does something to spans: what becomes
// of a span that it is given, and which results hold one that is open.
//
// An index counts the receiver first, then the parameters. Slices end at their
// last element that is not zero, so that a Summary that says nothing is empty.
type Summary struct {
	Params  []Param
	Results []Returned
}

// A Param says what a function does to the span that a parameter holds, or
// that the context in a parameter carries.
type Param struct {
	Effect Effect
	// Calls are methods that the function calls on its parameter, an interface
	// or a function, on every path; a call of the parameter itself is "()".
	Calls []string
	// To is 1 + the index of a result that holds the same span; 0 if none does.
	To int8
	// Records is 1 + the index of the parameter whose error the function records on
	// the span, if that is not nil, without setting the status; 0 if it does not.
	Records int8
}

// An Effect is what a function does to a span that it gets.
type Effect uint8

const (
	Unknown Effect = iota // it may keep the span, or pass it on to code that is not seen
	Keeps                 // the caller still owns it, open
	Ends                  // it is ended when the function returns
	MayEnd                // on some paths
)

// A Returned says what a result holds.
type Returned struct {
	Kind Kind
	// Ends are the methods that end the span, if the result is not of a known
	// span type; "()" means that the result is a function, to be called.
	Ends []string
	// Shared: the context that carries the span was also left where other
	// functions find it, in the receiver or in a request, say.
	Shared bool
	// Maybe: at some return the result holds no open span; it may be nil.
	Maybe bool
	// May are methods that may end it, or that may pass it on.
	May []string
}

// A Kind is what a result has to do with spans.
type Kind uint8

const (
	Nothing  Kind = iota
	Open          // holds an open span, which the caller has to end
	Carries       // is a context that carries an open span
	Borrowed      // is a span that somebody else owns
)

// CallItself stands, among the methods that end a span, for a call of the
// value, a function.
const CallItself = "()"

func (*Summary) AFact() {}

func (s *Summary) String() string {
	var b strings.Builder
	b.WriteString("span(")
	for i, p := range s.Params {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString([]string{"?", "keeps", "ends", "mayend"}[p.Effect])
		for _, m := range p.Calls {
			fmt.Fprintf(&b, ".%s", m)
		}
		if p.To > 0 {
			fmt.Fprintf(&b, "->%d", p.To-1)
		}
		if p.Records > 0 {
			fmt.Fprintf(&b, "!%d", p.Records-1)
		}
	}
	b.WriteString(")")
	for i, r := range s.Results {
		b.WriteString([]string{" (", ", "}[min(i, 1)])
		b.WriteString([]string{"-", "open", "ctx", "borrowed"}[r.Kind])
		for _, m := range r.Ends {
			fmt.Fprintf(&b, ".%s", m)
		}
		for _, m := range r.May {
			fmt.Fprintf(&b, "?%s", m)
		}
	}
	if len(s.Results) > 0 {
		b.WriteString(")")
	}
	return b.String()
}

// trim cuts zero elements at the ends and reports whether anything is left.
func (s *Summary) trim() bool {
	for n := len(s.Params); n > 0 && s.Params[n-1].empty(); n-- {
		s.Params = s.Params[:n-1]
	}
	for n := len(s.Results); n > 0 && s.Results[n-1].Kind == Nothing; n-- {
		s.Results = s.Results[:n-1]
	}
	return len(s.Params)+len(s.Results) > 0
}

func (p Param) empty() bool {
	return p.Effect == Unknown && p.To == 0 && len(p.Calls) == 0 && p.Records == 0
}

func (s *Summary) params() []Param {
	if s == nil {
		return nil
	}
	return s.Params
}

func (s *Summary) param(i int) Param {
	if s == nil || i >= len(s.Params) {
		return Param{}
	}
	return s.Params[i]
}

func (s *Summary) result(i int) Returned {
	if s == nil || i >= len(s.Results) {
		return Returned{}
	}
	return s.Results[i]
}
