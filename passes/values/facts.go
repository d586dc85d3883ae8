package values

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A Summary is the fact that a function passes parameters on into names and
// labels, or returns values that have no bound.
//
// An index counts the receiver first, then the parameters.
type Summary struct {
	Sinks   []ParamSink
	Results []Made
}

// A ParamSink says that a parameter becomes, or becomes part of, a name or a
// label. They are sorted.
type ParamSink struct {
	Param int8
	Sink  knowledge.Sink
}

// Made says what a result is made from: something without a bound, and
// parameters (bit i for parameter i).
type Made struct {
	Source knowledge.Source
	Params uint32
}

func (*Summary) AFact() {}

func (s *Summary) String() string {
	var b strings.Builder
	b.WriteString("value(")
	for i, p := range s.Sinks {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%d->%s", p.Param, []string{"", "name", "tracer", "meter", "label"}[p.Sink])
	}
	b.WriteString(")")
	for i, r := range s.Results {
		if r == (Made{}) {
			continue
		}
		fmt.Fprintf(&b, " %d:", i)
		if r.Source != knowledge.NoSource {
			fmt.Fprintf(&b, "%s ", r.Source)
		}
		fmt.Fprintf(&b, "%b", r.Params)
	}
	return b.String()
}

// trim cuts what says nothing at the end and reports whether anything is left.
func (s *Summary) trim() bool {
	for n := len(s.Results); n > 0 && s.Results[n-1] == (Made{}); n-- {
		s.Results = s.Results[:n-1]
	}
	return len(s.Sinks)+len(s.Results) > 0
}

// addSink adds a sink and reports whether it is new.
func (s *Summary) addSink(p ParamSink) bool {
	i, found := slices.BinarySearchFunc(s.Sinks, p, func(a, b ParamSink) int {
		return (int(a.Param)-int(b.Param))*256 + int(a.Sink) - int(b.Sink)
	})
	if !found {
		s.Sinks = slices.Insert(s.Sinks, i, p)
	}
	return !found
}
