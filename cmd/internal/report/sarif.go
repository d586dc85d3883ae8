package report

import (
	"encoding/json"
	"fmt"
	"go/doc/comment"
	"io"
	"net/url"
	"strings"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// SARIF 2.1.0, as far as GitHub code scanning reads it, and fixes, for other viewers:
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
// The structs are our own. The library there is, go-sarif, has every property
// of the standard; it drags two JSON schema libraries into the go.mod of all who
// list tracevet as a tool, and its validation fails on valid files.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"` // required, even if empty
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifText    `json:"shortDescription"`
		Full    sarifText    `json:"fullDescription"`
		Help    sarifText    `json:"help"`
		HelpURI string       `json:"helpUri,omitempty"`
		Default *sarifConfig `json:"defaultConfiguration,omitempty"`
		Props   sarifProps   `json:"properties"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifProps struct {
		Tags []string `json:"tags,omitempty"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    *int              `json:"ruleIndex,omitempty"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine,omitempty"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

// SARIF prints findings as a SARIF 2.1.0 log.
func SARIF(w io.Writer, in Input) error {
	s := &sarifWriter{in: in, src: make(sources)}
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "tracevet", Version: in.Version, InformationURI: "https://github.com/tracevet/tracevet", Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{Successful: !in.Failed()}},
		ColumnKind:  "utf16CodeUnits",
		Results:     []sarifResult{},
	}
	index := make(map[string]int)
	for _, r := range in.Registry {
		index[r.Name] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(r))
	}
	for _, e := range in.Errors {
		msg := e.Message
		if e.Package != "" {
			msg = e.Package + ": " + msg
		}
		inv := &run.Invocations[0]
		inv.Notifications = append(inv.Notifications, sarifNotification{"error", sarifText{Text: msg}})
	}
	for _, f := range in.Findings {
		result := s.result(f)
		if i, ok := index[f.Rule]; ok {
			result.RuleIndex = &i
		}
		run.Results = append(run.Results, result)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	return enc.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func sarifRuleOf(r analyzers.Rule) sarifRule {
	first, _, _ := strings.Cut(strings.TrimSpace(r.Doc), "\n\n")
	first = strings.Join(strings.Fields(first), " ")
	var parser comment.Parser
	var printer comment.Printer
	doc := parser.Parse(r.Doc)
	return sarifRule{
		ID:      r.Name,
		Short:   sarifText{Text: first},
		Full:    sarifText{Text: first},
		Help:    sarifText{Text: string(printer.Text(doc)), Markdown: string(printer.Markdown(doc))},
		HelpURI: r.URL,
		Default: &sarifConfig{"warning"},
		Props:   sarifProps{[]string{"tracing", string(r.Group)}},
	}
}

type sarifWriter struct {
	in  Input
	src sources
}

func (s *sarifWriter) result(f driver.Finding) sarifResult {
	r := sarifResult{
		RuleID:    f.Rule,
		Level:     map[driver.Severity]string{driver.SevError: "error", driver.Warning: "warning", driver.Info: "note"}[severity(f)],
		Message:   sarifText{Text: f.Message},
		Locations: []sarifLocation{{Physical: s.physical(f.Pos, f.End)}},
	}
	if f.Fingerprint != "" {
		// The one fingerprint that GitHub reads; upload-sarif adds its own where it is missing,
		// a hash of the lines around.
		r.Fingerprints = map[string]string{"primaryLocationLineHash": f.Fingerprint}
	}
	for i, rel := range f.Related {
		id := i + 1
		r.Message.Text += fmt.Sprintf(" ([%s](%d))", linkText.Replace(rel.Message), id)
		r.Related = append(r.Related, sarifLocation{ID: &id, Physical: s.physical(rel.Pos, rel.End), Message: &sarifText{Text: rel.Message}})
	}
	for _, fix := range f.Fixes {
		r.Fixes = append(r.Fixes, s.fix(fix))
	}
	return r
}

// linkText escapes what would end the text of a link in a message.
var linkText = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)

func (s *sarifWriter) physical(start, end driver.Position) sarifPhysical {
	region := sarifRegion{StartLine: max(1, start.Line), StartColumn: s.src.utf16Column(start)}
	if hasEnd(start, end) {
		region.EndLine, region.EndColumn = end.Line, s.src.utf16Column(end)
	}
	return sarifPhysical{s.artifact(start.File), region}
}

func (s *sarifWriter) artifact(file string) sarifArtifact {
	return sarifArtifact{(&url.URL{Path: relative(s.in.Root, file)}).EscapedPath()}
}

func (s *sarifWriter) fix(fix driver.Fix) sarifFix {
	out := sarifFix{Description: sarifText{Text: fix.Message}}
	for _, e := range fix.Edits {
		start, end := s.src.position(e.File, e.Start), s.src.position(e.File, e.End)
		rep := sarifReplacement{
			sarifRegion{start.Line, s.src.utf16Column(start), end.Line, s.src.utf16Column(end)},
			sarifText{Text: e.New},
		}
		uri := s.artifact(e.File)
		if n := len(out.Changes); n == 0 || out.Changes[n-1].Artifact != uri {
			out.Changes = append(out.Changes, sarifChange{Artifact: uri})
		}
		last := &out.Changes[len(out.Changes)-1]
		last.Replacements = append(last.Replacements, rep)
	}
	return out
}
