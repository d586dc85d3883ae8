package report

import (
	"encoding/json"
	"io"
	"slices"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// The Reviewdog Diagnostic Format:
// https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto.
// Columns count bytes, as Go's do.
type (
	rdResult struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"related_locations,omitempty"`
	}
	rdLocation struct {
		Path  string  `json:"path"`
		Range rdRange `json:"range"`
	}
	rdRange struct {
		Start rdPosition  `json:"start"`
		End   *rdPosition `json:"end,omitempty"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
)

// RDJSON prints findings for reviewdog, with fixes as suggestions.
func RDJSON(w io.Writer, in Input) error {
	src := make(sources)
	result := rdResult{Source: rdSource{"tracevet", "https://github.com/tracevet/tracevet"}, Diagnostics: []rdDiagnostic{}}
	for _, f := range in.Findings {
		d := rdDiagnostic{
			Message:  f.Message,
			Location: rdLocation{relative(in.Dir, f.Pos.File), rdRangeOf(f.Pos, f.End)},
			Severity: map[driver.Severity]string{driver.SevError: "ERROR", driver.Warning: "WARNING", driver.Info: "INFO"}[severity(f)],
			Code:     rdCode{f.Rule, f.URL},
		}
		for _, rel := range f.Related {
			d.Related = append(d.Related, rdRelated{rel.Message, rdLocation{relative(in.Dir, rel.Pos.File), rdRangeOf(rel.Pos, rel.End)}})
		}
		for _, fix := range f.Fixes {
			if s, ok := suggestion(src, f, fix); ok {
				d.Suggestions = append(d.Suggestions, s)
			}
		}
		result.Diagnostics = append(result.Diagnostics, d)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	return enc.Encode(result)
}

func rdRangeOf(start, end driver.Position) rdRange {
	r := rdRange{Start: rdPosition{start.Line, start.Column}}
	if hasEnd(start, end) {
		r.End = &rdPosition{end.Line, end.Column}
	}
	return r
}

// maxSuggestion is how many lines a suggestion may replace: more than that is no comment on
// a line any more. Most often it is a fix that also needs an import.
const maxSuggestion = 50

// suggestion returns a fix as one replacement, from its first edit to its last: reviewdog takes
// several for alternatives. A fix of several files is none.
func suggestion(src sources, f driver.Finding, fix driver.Fix) (rdSuggestion, bool) {
	edits := slices.Clone(fix.Edits)
	slices.SortStableFunc(edits, func(a, b driver.Edit) int { return a.Start - b.Start })
	if len(edits) == 0 {
		return rdSuggestion{}, false
	}
	text := src.text(f.Pos.File)
	start, end := edits[0].Start, edits[0].Start
	var out string
	for _, e := range edits {
		if e.File != f.Pos.File || e.Start < end || e.End > len(text) {
			return rdSuggestion{}, false
		}
		out += text[end:e.Start] + e.New
		end = e.End
	}
	from, to := src.position(f.Pos.File, start), src.position(f.Pos.File, end)
	if to.Line-from.Line >= maxSuggestion {
		return rdSuggestion{}, false
	}
	return rdSuggestion{rdRange{rdPosition{from.Line, from.Column}, &rdPosition{to.Line, to.Column}}, out}, true
}
