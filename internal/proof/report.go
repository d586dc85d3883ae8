package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// pictured is the request of which pictures are drawn.
var pictured = struct {
	service string
	ask     int
}{"checkout", 5}

const (
	startMark = "<!-- written by go test ./internal/proof -update -->\n"
	endMark   = "<!-- end of what is written -->\n"
)

// A File is one that is written from what was seen.
type File struct {
	Path string
	Text []byte
}

// Files returns the files in the repository at root that say what was seen: of the README
// a part, of the others all.
func Files(root string, proofs []*Proof) ([]File, error) {
	var files []File
	for _, p := range proofs {
		if p.Service.Name != pictured.service {
			continue
		}
		for _, name := range []string{"dark", "light"} {
			files = append(files, File{filepath.Join(root, "docs", "proof-"+name+".svg"), []byte(Picture(p, pictured.ask, themes[name]))})
		}
	}
	table := figuresTable(proofs)
	files = append(files, File{filepath.Join(root, "docs", "proof.md"), []byte(document(proofs, table))})
	readme := filepath.Join(root, "README.md")
	old, err := os.ReadFile(readme)
	if err != nil {
		return nil, err
	}
	before, rest, ok := bytes.Cut(old, []byte(startMark))
	_, after, ok2 := bytes.Cut(rest, []byte(endMark))
	if !ok || !ok2 {
		return nil, errors.New("README.md has no place for the table: " + startMark + endMark)
	}
	text := slices.Concat(before, []byte(startMark), []byte(figure("docs/")), []byte(table), []byte(endMark), after)
	return append(files, File{readme, text}), nil
}

// figure shows the picture, in the colours that the reader prefers.
func figure(folder string) string {
	return "\n<picture>\n" +
		"  <source media=\"(prefers-color-scheme: dark)\" srcset=\"" + folder + "proof-dark.svg\">\n" +
		"  <img alt=\"The trace of one request: in pieces before, one tree after\" src=\"" + folder + "proof-light.svg\">\n" +
		"</picture>\n\n"
}

var lineNumber = regexp.MustCompile(`\bline \d+`)

// A measure is a line of the table.
type measure struct {
	what string
	of   func(Figures) int
}

var measures = []measure{
	{"requests whose trace is whole: one tree below the caller's span", func(f Figures) int { return f.Whole }},
	{"pieces that the traces are in", func(f Figures) int { return f.Pieces }},
	{"spans that start a trace of their own", func(f Figures) int { return f.Roots }},
	{"spans whose parent is missing", func(f Figures) int { return f.Orphans }},
	{"spans under a wrong parent", func(f Figures) int { return f.Wrong }},
	{"spans that never end", func(f Figures) int { return f.Unended }},
	{"spans that end, and are not exported", func(f Figures) int { return f.Lost }},
	{"spans for a caller that does not sample its trace", func(f Figures) int { return f.Unasked }},
	{"requests to other services outside of the trace", func(f Figures) int { return f.Downstream }},
	{"new span names in each round of the same requests", func(f Figures) int { return f.Names }},
	{"new time series in each round", func(f Figures) int { return f.Series }},
	{"findings of tracevet", nil},
}

// figuresTable returns the figures of all stages, as a table in Markdown.
func figuresTable(proofs []*Proof) string {
	var b strings.Builder
	b.WriteString("| as written → after `tracevet -fix` → after the rest by hand |")
	for _, p := range proofs {
		fmt.Fprintf(&b, " [%s](%s) |", p.Service.Name, "testdata/services/"+p.Service.Name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(proofs)) + "\n")
	fmt.Fprint(&b, "| sampled requests |")
	for _, p := range proofs {
		fmt.Fprintf(&b, " %d |", p.Runs[Before].Figures(p.Runs[Mended]).Requests)
	}
	b.WriteString("\n")
	for _, m := range measures {
		fmt.Fprintf(&b, "| %s |", m.what)
		for _, p := range proofs {
			var cells []string
			for stage, run := range p.Runs {
				n := len(p.Findings[stage])
				if m.of != nil {
					n = m.of(run.Figures(p.Runs[Mended]))
				}
				cells = append(cells, fmt.Sprint(n))
			}
			cell := strings.Join(cells, " → ")
			if cells[0] == "0" && cells[1] == "0" && cells[2] == "0" {
				cell = "0"
			}
			fmt.Fprintf(&b, " %s |", cell)
		}
		b.WriteString("\n")
	}
	return b.String() + "\n"
}

// document returns docs/proof.md.
func document(proofs []*Proof, table string) string {
	var b strings.Builder
	b.WriteString("<!-- Written by go test ./internal/proof -update, which runs the services; the same test compares. -->\n\n" +
		"# Broken services become whole\n\n" +
		"The sample services of this repository are small, and written as teams write; the faults in them are planted, and listed beside each service\n" +
		"in its FAULTS.md. `go test ./internal/proof` builds their commands, starts them as processes, sends them requests that belong to a trace of\n" +
		"the caller's, stops them with a signal, and looks at the spans that were started, and at those that reached the collector. Then it fixes a copy with\n" +
		"`tracevet -fix`, builds and tests and runs that; and then the same with a patch for what tracevet leaves to a person.\n" +
		figure("") + table +
		fmt.Sprintf("All requests are sent %d times over, with other ids. What the last round adds to names of spans and to time series is what grows for ever.\n\n", rounds) +
		"## What a person has to mend\n")
	for _, p := range proofs {
		fmt.Fprintf(&b, "\n[%s](../testdata/services/%[1]s) (%s), with [a patch](../testdata/services/%[1]s/mend.patch):\n\n", p.Service.Name, p.Service.What)
		for _, f := range p.Findings[Fixed] {
			fmt.Fprintf(&b, "- `%s`: %s (%s)\n", strings.TrimPrefix(f.Posn.File, "services/"+p.Service.Name+"/"), lineNumber.ReplaceAllString(f.Message, "another line"), f.Rule)
		}
	}
	return strings.ReplaceAll(b.String(), "](testdata/", "](../testdata/")
}

// knownCounts is how many spans start and end in each request, by service and stage.
// The test waits for as many.
type knownCounts map[string][stages][]Count

// countsOf returns the counts of proofs, in JSON.
func countsOf(proofs []*Proof) ([]byte, error) {
	all := make(knownCounts)
	for _, p := range proofs {
		var counts [stages][]Count
		for stage, run := range p.Runs {
			for n := range run.Asks {
				c := Count{}
				for _, s := range run.of(n) {
					c.Started++
					if s.Ended {
						c.Ended++
					}
				}
				counts[stage] = append(counts[stage], c)
			}
		}
		all[p.Service.Name] = counts
	}
	text, err := json.Marshal(all)
	return append(text, '\n'), err
}
