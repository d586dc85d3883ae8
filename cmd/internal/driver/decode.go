package driver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// The JSON of "go vet -json", as golang.org/x/tools/go/analysis/unitchecker writes it:
// a stream of objects, one for each unit, that map the unit's ID to the
// analyzer's name to either a list of diagnostics or {"error": ...}.
type (
	vetTree       map[string]map[string]json.RawMessage
	vetDiagnostic struct {
		Category       string
		Posn, End      string
		Message        string
		SuggestedFixes []vetFix `json:"suggested_fixes"`
		Related        []struct{ Posn, End, Message string }
	}
	vetFix struct {
		Message string
		Edits   []struct {
			Filename   string
			Start, End int
			New        string
		}
	}
)

// decodeTrees reads what the units printed. If it is broken, it adds an error to r.
func decodeTrees(stdout io.Reader, r *Result) []vetTree {
	var trees []vetTree
	dec := json.NewDecoder(stdout)
	for {
		var tree vetTree
		err := dec.Decode(&tree)
		if err == io.EOF {
			return trees
		}
		if err != nil {
			r.fail(Error{Kind: KindGo, Message: fmt.Sprintf("go vet: cannot read its output: %v", err)})
			return trees
		}
		trees = append(trees, tree)
	}
}

// collect adds what the units said about pkgs to r. The go command also
// replays what it knows about packages that were not asked for; that is left out.
func (s *session) collect(trees []vetTree, pkgs []*pkg, r *Result) {
	asked := askedFor(pkgs)
	for _, tree := range trees {
		for id, byRule := range tree {
			path := asked.of(id)
			if path == "" {
				continue
			}
			for name, msg := range byRule {
				s.decodeRule(path, name, msg, r)
			}
		}
	}
}

// decodeRule adds to r what one rule said about one package.
func (s *session) decodeRule(path, name string, msg json.RawMessage, r *Result) {
	var failed struct{ Error string }
	if bytes.HasPrefix(msg, []byte("{")) && json.Unmarshal(msg, &failed) == nil {
		r.fail(Error{Kind: KindRule, Package: path, Rule: name, Message: trimStack(failed.Error)})
		return
	}
	var diags []vetDiagnostic
	if err := json.Unmarshal(msg, &diags); err != nil {
		r.fail(Error{Kind: KindGo, Package: path, Rule: name, Message: fmt.Sprintf("cannot read a diagnostic: %v", err)})
		return
	}
	for _, d := range diags {
		f := Finding{
			Rule:     name,
			Category: d.Category,
			Package:  path,
			Message:  d.Message,
			URL:      s.url(name, d.Category),
			Pos:      parsePosition(d.Posn),
			End:      parsePosition(d.End),
		}
		for _, rel := range d.Related {
			f.Related = append(f.Related, Related{parsePosition(rel.Posn), parsePosition(rel.End), rel.Message})
		}
		for _, vf := range d.SuggestedFixes {
			fix := Fix{Message: vf.Message}
			for _, e := range vf.Edits {
				fix.Edits = append(fix.Edits, Edit{e.Filename, e.Start, e.End, e.New})
			}
			f.Fixes = append(f.Fixes, fix)
		}
		r.Findings = append(r.Findings, f)
	}
}

// url returns the page of a rule's category: vet's JSON does not carry it.
func (s *session) url(rule, category string) string {
	url := s.urls[rule]
	if url != "" && category != "" {
		url += "#" + category
	}
	return url
}

// parsePosition parses "file:line:column" or "file:line". The zero Position
// stands for "-", an unknown position.
func parsePosition(s string) Position {
	if s == "" || s == "-" {
		return Position{}
	}
	cut := func(s string) (rest string, n int, ok bool) {
		i := strings.LastIndexByte(s, ':')
		if i < 0 {
			return s, 0, false
		}
		n, err := strconv.Atoi(s[i+1:])
		if err != nil {
			return s, 0, false
		}
		return s[:i], n, true
	}
	rest, last, ok := cut(s)
	if !ok {
		return Position{File: s}
	}
	if file, line, ok := cut(rest); ok {
		return Position{File: file, Line: line, Column: last}
	}
	return Position{File: rest, Line: last}
}

// An asked is the set of the import paths that the user asked for.
type asked map[string]bool

func askedFor(pkgs []*pkg) asked {
	a := make(asked)
	for _, p := range pkgs {
		a[p.ImportPath] = true
	}
	return a
}

// of returns the import path of the package that a unit belongs to, or ""
// if it was not asked for. The units of a package p are p, also with its test files in
// it, and p_test, its external tests. The go command adds the variant to some
// names: "p [p.test]".
func (a asked) of(id string) string {
	path, _, _ := strings.Cut(id, " [")
	if a[path] {
		return path
	}
	if p, ok := strings.CutSuffix(path, "_test"); ok && a[p] {
		return p
	}
	return ""
}

// decodeStream returns the JSON values in data, up to the first broken one.
func decodeStream[T any](data []byte) iter.Seq[T] {
	return func(yield func(T) bool) {
		dec := json.NewDecoder(bytes.NewReader(data))
		for {
			var v T
			if dec.Decode(&v) != nil || !yield(v) {
				return
			}
		}
	}
}
