package report

import (
	"encoding/json"
	"io"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// Version is that of the JSON format. Members may be added to a version, not removed
// or given another meaning.
const Version = 1

// A Document is what "tracevet -json" prints.
//
// Files are named relative to the working directory, with forward slashes. Lines and columns
// count from 1, columns in bytes; 0 stands for unknown. The order of findings and errors is the
// same on each run: findings are sorted by file, line, column, rule, message.
type Document struct {
	Version  int       `json:"version"`  // of this format, 1
	Findings []Finding `json:"findings"` // never null
	Errors   []Error   `json:"errors"`   // never null; if not empty, findings may be missing
}

// A Finding is one fault.
type Finding struct {
	Rule     string `json:"rule"`               // name of the rule, as in -rules
	Category string `json:"category,omitempty"` // variant within the rule
	Package  string `json:"package"`            // import path
	Message  string `json:"message"`
	URL      string `json:"url,omitempty"` // documentation
	Severity string `json:"severity"`      // "error", "warning" or "info"
	// Fingerprint stays the same when lines or files move.
	Fingerprint string    `json:"fingerprint,omitempty"`
	Posn        Posn      `json:"posn"`
	Related     []Related `json:"related,omitempty"`
	// Fixes are alternatives. The first one is what -fix applies.
	Fixes []Fix `json:"fixes,omitempty"`
}

// A Posn is a range in a file. The end is that of the last byte, plus one.
type Posn struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
}

// Related is a further place that a finding points to.
type Related struct {
	Message string `json:"message"`
	Posn    Posn   `json:"posn"`
}

// A Fix is a set of edits that belong together.
type Fix struct {
	Message string `json:"message"` // what it does, an imperative
	Edits   []Edit `json:"edits"`
}

// An Edit replaces the bytes [start, end) of a file, counted from 0.
type Edit struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

// An Error is something that went wrong.
type Error struct {
	// Kind is one of "usage", "build", "skipped", "rule", "crash", "fix", "go", "interrupted".
	Kind    string `json:"kind"`
	Package string `json:"package,omitempty"` // import path, if it is about one package
	Rule    string `json:"rule,omitempty"`    // if it is about one rule
	Message string `json:"message"`           // one line
	Detail  string `json:"detail,omitempty"`  // further lines
}

// JSON prints r as a [Document].
func JSON(w io.Writer, r driver.Result, dir string) error {
	doc := Document{Version: Version, Findings: []Finding{}, Errors: []Error{}}
	for _, f := range r.Findings {
		out := Finding{
			Rule:        f.Rule,
			Category:    f.Category,
			Package:     f.Package,
			Message:     f.Message,
			URL:         f.URL,
			Severity:    string(severity(f)),
			Fingerprint: f.Fingerprint,
			Posn:        posn(f.Pos, f.End, dir),
		}
		for _, rel := range f.Related {
			out.Related = append(out.Related, Related{rel.Message, posn(rel.Pos, rel.End, dir)})
		}
		for _, fix := range f.Fixes {
			of := Fix{Message: fix.Message}
			for _, e := range fix.Edits {
				of.Edits = append(of.Edits, Edit{relative(dir, e.File), e.Start, e.End, e.New})
			}
			out.Fixes = append(out.Fixes, of)
		}
		doc.Findings = append(doc.Findings, out)
	}
	for _, e := range r.Errors {
		doc.Errors = append(doc.Errors, Error{string(e.Kind), e.Package, e.Rule, e.Message, e.Detail})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false) // code is full of <, > and &
	enc.SetIndent("", "\t")
	return enc.Encode(doc)
}

func posn(start, end driver.Position, dir string) Posn {
	p := Posn{File: relative(dir, start.File), Line: start.Line, Column: start.Column}
	if end.File == start.File {
		p.EndLine, p.EndColumn = end.Line, end.Column
	}
	return p
}
