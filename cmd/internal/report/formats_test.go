package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/driver"
)

const source = "package a\n\nfunc f() {\n\tα := start() // <b>\n\treturn\n}\n"

// input returns a result with all that a format may meet: a finding with a range, a related
// position and fixes, in a file with non-ASCII text and a name that has to be
// escaped; one without; and an error.
func input(t *testing.T) Input {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, "sub")
	file := filepath.Join(dir, "a b.go")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	at := func(line, col int) driver.Position { return driver.Position{File: file, Line: line, Column: col} }
	offset := strings.Index(source, "start()")
	return Input{
		Dir: dir, Root: root, Version: "v1",
		Registry: []analyzers.Rule{{Analyzer: &analysis.Analyzer{Name: "leak", Doc: "Package leak reports\nleaks.\n\n# Rule\n\nAt length.", URL: "https://example.com/leak"}, Group: analyzers.Default}},
		Result: driver.Result{
			Packages: 2,
			Findings: []driver.Finding{
				{
					Rule: "leak", Category: "path", Package: "m/a", Message: "α is 100% [lost], <i>never</i> ended:\nno", URL: "https://example.com/leak#path",
					Pos: at(4, 8), End: at(4, 15), Severity: driver.SevError, Fingerprint: "f1",
					Related: []driver.Related{{Pos: at(5, 2), End: at(5, 2), Message: "[here], see"}},
					Fixes: []driver.Fix{
						{Message: "Call begin", Edits: []driver.Edit{{File: file, Start: offset, End: offset + 5, New: "begin"}}},
						{Message: "Import it", Edits: []driver.Edit{{File: file, Start: 10, End: 10, New: "import \"x\"\n"}, {File: file, Start: offset, End: offset + 5, New: "x"}}},
					},
				},
				{Rule: "leak", Package: "m/b", Message: "second", Pos: at(6, 0), Severity: driver.Info},
			},
			Errors: []driver.Error{{Kind: driver.KindBuild, Package: "m/c", Message: "c.go:1:1: no"}},
		},
	}
}

func write(t *testing.T, format string, in Input) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, in); err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	Write(&again, format, in)
	if b.String() != again.String() {
		t.Errorf("%s: two runs print different things", format)
	}
	return b.String()
}

// validate checks a document against the JSON schema in a file.
func validate(t *testing.T, schemaFile, doc string) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%v in\n%s", err, doc)
	}
}

func TestSARIF(t *testing.T) {
	const schema = "testdata/sarif-2.1.0.schema.json" // of OASIS, errata 01
	in := input(t)
	out := write(t, "sarif", in)
	validate(t, schema, out)
	validate(t, schema, write(t, "sarif", Input{}))

	var log sarifLog
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if run.Invocations[0].Successful || len(run.Invocations[0].Notifications) != 1 {
		t.Errorf("invocation %+v", run.Invocations[0])
	}
	r := run.Results[0]
	loc := r.Locations[0].Physical
	// α is two bytes and one code unit.
	if loc.Artifact.URI != "sub/a%20b.go" || loc.Region != (sarifRegion{4, 7, 4, 14}) {
		t.Errorf("location %+v", loc)
	}
	if want := "α is 100% [lost], <i>never</i> ended:\nno ([\\[here\\], see](1))"; r.Message.Text != want || *r.Related[0].ID != 1 {
		t.Errorf("message %q, want %q", r.Message.Text, want)
	}
	if r.Level != "error" || run.Results[1].Level != "note" || r.Fingerprints["primaryLocationLineHash"] != "f1" || *r.RuleIndex != 0 {
		t.Errorf("result %+v", r)
	}
	if got := r.Fixes[0].Changes[0].Replacements[0]; got.Deleted != (sarifRegion{4, 7, 4, 12}) || got.Inserted.Text != "begin" {
		t.Errorf("fix %+v", got)
	}
	if rule := run.Tool.Driver.Rules[0]; rule.Short.Text != "Package leak reports leaks." || !strings.Contains(rule.Help.Markdown, "# Rule") {
		t.Errorf("rule %+v", rule)
	}
}

func TestGitHub(t *testing.T) {
	const want = "::error file=sub/a b.go,line=4,endLine=4,col=8,endColumn=15,title=tracevet%3A leak::α is 100%25 [lost], <i>never</i> ended:%0Ano%0Asub/a b.go:5:2: [here], see%0Ahttps://example.com/leak#path\n" +
		"::notice file=sub/a b.go,line=6,title=tracevet%3A leak::second\n"
	if got := write(t, "github", input(t)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestGitLab(t *testing.T) {
	in := input(t)
	in.Findings = append(in.Findings, in.Findings[0]) // the same fault twice still has two fingerprints
	var issues []codeQuality
	if err := json.Unmarshal([]byte(write(t, "gitlab", in)), &issues); err != nil {
		t.Fatal(err)
	}
	if len(issues) != 3 || issues[0].Fingerprint == issues[2].Fingerprint {
		t.Fatalf("got %+v", issues)
	}
	q := issues[0]
	if q.Severity != "critical" || q.CheckName != "leak" || q.Location.Path != "sub/a b.go" || q.Location.Lines.Begin != 4 || q.Location.Lines.End != 4 {
		t.Errorf("got %+v", q)
	}
	if got := write(t, "gitlab", Input{}); got != "[]\n" {
		t.Errorf("nothing found: %q", got)
	}
}

func TestRDJSON(t *testing.T) {
	var doc rdResult
	dec := json.NewDecoder(strings.NewReader(write(t, "rdjson", input(t))))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	d := doc.Diagnostics[0]
	if d.Location.Path != "a b.go" || d.Location.Range.Start != (rdPosition{4, 8}) || *d.Location.Range.End != (rdPosition{4, 15}) || d.Severity != "ERROR" || d.Code != (rdCode{"leak", "https://example.com/leak#path"}) {
		t.Errorf("got %+v", d)
	}
	if s := d.Suggestions[0]; s.Text != "begin" || s.Range.Start != (rdPosition{4, 8}) || *s.Range.End != (rdPosition{4, 13}) {
		t.Errorf("suggestion %+v", s)
	}
	if s := d.Suggestions[1]; s.Text != "import \"x\"\n\nfunc f() {\n\tα := x" || s.Range.Start != (rdPosition{2, 1}) {
		t.Errorf("suggestion of two edits %+v", s)
	}
}

func TestCheckstyle(t *testing.T) {
	var doc checkstyle
	if err := xml.Unmarshal([]byte(write(t, "checkstyle", input(t))), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Files) != 1 || doc.Files[0].Name != "a b.go" || len(doc.Files[0].Errors) != 2 {
		t.Fatalf("got %+v", doc)
	}
	if got, want := doc.Files[0].Errors[0], (checkstyleError{4, 8, "error", "α is 100% [lost], <i>never</i> ended: no", "tracevet.leak"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestHTML(t *testing.T) {
	out := write(t, "html", input(t))
	for _, want := range []string{
		"<strong id=\"count\">2 findings</strong> in 2 packages, 1 with a fix",
		"α is 100% [lost], &lt;i&gt;never&lt;/i&gt; ended",
		"<span class=\"no\">4</span><span class=\"src\">\tα := <mark>start()</mark> // &lt;b&gt;</span>\n",
		"<span class=\"row del\">-\tα := start() // &lt;b&gt;\n</span><span class=\"row add\">&#43;\tα := begin() // &lt;b&gt;\n",
		"<option>m/b</option>", "<code>m/c</code>: c.go:1:1: no",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the page lacks %q:\n%s", want, out)
		}
	}
	for _, outside := range []string{"<link", "src=", "@import", "url("} {
		if strings.Contains(out, outside) {
			t.Errorf("the page needs something from outside: %s", outside)
		}
	}
	if out := write(t, "html", Input{}); !strings.Contains(out, "There is nothing to report.") {
		t.Errorf("nothing found:\n%s", out)
	}
}

func TestExcerpts(t *testing.T) {
	in := input(t)
	in.Color = true
	plain := ansi.Replace(write(t, "text", in))
	const want = `a b.go:4:8: α is 100% [lost], <i>never</i> ended: no (leak)
 4 |     α := start() // <b>
   |          ^^^^^^^
 5 |     return
   |     ^ [here], see
   = fix: Call begin
   = or : Import it

a b.go:6: second (leak)
`
	if plain != want {
		t.Errorf("got\n%s\nwant\n%s", plain, want)
	}
	if !strings.Contains(write(t, "text", in), "\x1b[31;1m^^^^^^^") {
		t.Error("the faulty range is not marked in red")
	}
}

// ansi takes the colours out.
var ansi = strings.NewReplacer("\x1b[31;1m", "", "\x1b[36;1m", "", "\x1b[1m", "", "\x1b[2m", "", "\x1b[34m", "", "\x1b[22m", "", "\x1b[0;22m", "", "\x1b[0m", "")

func TestUnknownFormat(t *testing.T) {
	if err := Write(new(bytes.Buffer), "pdf", Input{}); err == nil {
		t.Error("no error")
	}
}
