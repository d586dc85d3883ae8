package report

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

//go:embed html.tmpl
var htmlText string

// Made when it is asked for: this process may be the unit of a vet tool, one of
// thousands.
var htmlTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("html").Parse(htmlText)) })

type (
	htmlPage struct {
		Version  string
		Packages string // "in 3 packages"
		Count    string
		Fixable  int
		Rules    []htmlRule
		InPkgs   []string // packages with findings
		Errors   []driver.Error
	}
	htmlRule struct {
		Name, Group, URL string
		Findings         []htmlFinding
	}
	htmlFinding struct {
		Severity, Message, Category, URL, Package string
		Place                                     string
		Excerpts                                  []htmlExcerpt
		Fixes                                     []htmlFix
	}
	// An htmlExcerpt is a range with two lines around it.
	htmlExcerpt struct {
		Place, Note string
		Lines       []htmlLine
	}
	htmlLine struct {
		Number              int
		Before, Mark, After string
	}
	htmlFix struct {
		Message string
		Lines   []htmlDiffLine
	}
	htmlDiffLine struct{ Kind, Text string }
)

// HTML prints one page that needs no network and no other file: findings by rule, with
// excerpts of the source, fixes as diffs, and filters.
func HTML(w io.Writer, in Input) error {
	src := make(sources)
	page := htmlPage{
		Version:  in.Version,
		Count:    count(len(in.Findings), "finding"),
		Packages: count(in.Packages, "package"),
		Fixable:  in.Fixable(),
		Errors:   in.Errors,
	}
	for _, t := range tally(in.Findings) {
		rule := htmlRule{Name: t.rule}
		if r, ok := in.rule(t.rule); ok {
			rule.Group, rule.URL = string(r.Group), r.URL
		}
		for _, f := range in.Findings {
			if f.Rule == t.rule {
				rule.Findings = append(rule.Findings, htmlFindingOf(src, f, in.Dir))
			}
			if !slices.Contains(page.InPkgs, f.Package) {
				page.InPkgs = append(page.InPkgs, f.Package)
			}
		}
		page.Rules = append(page.Rules, rule)
	}
	slices.Sort(page.InPkgs)
	return htmlTemplate().Execute(w, page)
}

func htmlFindingOf(src sources, f driver.Finding, dir string) htmlFinding {
	out := htmlFinding{
		Severity: string(severity(f)),
		Message:  f.Message,
		Category: f.Category,
		URL:      f.URL,
		Package:  f.Package,
		Place:    position(f.Pos, dir),
	}
	add := func(start, end driver.Position, note string) {
		if e := htmlExcerptOf(src, start, end); len(e.Lines) > 0 {
			e.Place, e.Note = position(start, dir), note
			out.Excerpts = append(out.Excerpts, e)
		}
	}
	add(f.Pos, f.End, "")
	for _, rel := range f.Related {
		add(rel.Pos, rel.End, rel.Message)
	}
	for _, fix := range f.Fixes {
		hf := htmlFix{Message: fix.Message}
		for line := range strings.Lines(src.diff(fix, dir)) {
			kind := "same"
			switch {
			case strings.HasPrefix(line, "---"), strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "@@"):
				kind = "head"
			case strings.HasPrefix(line, "-"):
				kind = "del"
			case strings.HasPrefix(line, "+"):
				kind = "add"
			}
			hf.Lines = append(hf.Lines, htmlDiffLine{kind, strings.TrimRight(line, "\r\n")})
		}
		out.Fixes = append(out.Fixes, hf)
	}
	return out
}

// htmlExcerptOf returns the lines of a range, at most ten, and two before and after them.
func htmlExcerptOf(src sources, start, end driver.Position) htmlExcerpt {
	const around, most = 2, 10
	if !hasEnd(start, end) {
		end = driver.Position{File: start.File, Line: start.Line, Column: start.Column + 1}
	}
	lines := strings.Split(src.text(start.File), "\n")
	var e htmlExcerpt
	if start.Line < 1 || start.Line > len(lines) || src.text(start.File) == "" {
		return e
	}
	last := min(end.Line, start.Line+most)
	for n := max(1, start.Line-around); n <= min(len(lines), last+around); n++ {
		text := strings.TrimRight(lines[n-1], "\r")
		line := htmlLine{Number: n, Before: text}
		if start.Line <= n && n <= end.Line {
			from, to := 0, len(text)
			if n == start.Line {
				from = min(max(0, start.Column-1), len(text))
			} else {
				from = len(text) - len(strings.TrimLeft(text, " \t"))
			}
			if n == end.Line {
				to = min(max(from, end.Column-1), len(text))
			}
			line.Before, line.Mark, line.After = text[:from], text[from:to], text[to:]
		}
		e.Lines = append(e.Lines, line)
	}
	return e
}
