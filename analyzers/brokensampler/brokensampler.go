package brokensampler

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/providers"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, providers.Analyzer)

// nameless: report resources without a name of the service, too. In a process with
// OTEL_SERVICE_NAME in its environment they get one.
var nameless bool

func init() {
	Analyzer.Flags.BoolVar(&nameless, "nameless", false, "report resources without service.name, too, which OTEL_SERVICE_NAME has to give then")
}

// A checker runs the rule on one package.
type checker struct {
	pass     *analysis.Pass
	plan     *edit.Planner
	reported map[*ast.CallExpr]bool // two providers may be made of the same parts
}

func run(pass *analysis.Pass) error {
	c := &checker{pass, edit.NewPlanner(pass), make(map[*ast.CallExpr]bool)}
	result := pass.ResultOf[providers.Analyzer].(*providers.Result)
	for _, s := range result.Setups() {
		c.checkSampler(s)
		c.checkExport(s)
		if arg := s.Nameless(); arg != nil && nameless {
			diag.Report(pass, diag.Finding{
				Range:    arg,
				Category: "resource",
				Message:  "the resource has no service.name, so without OTEL_SERVICE_NAME the spans belong to no service",
			})
		}
	}
	for _, m := range result.Merges() {
		diag.Report(pass, diag.Finding{
			Range:    m.Call,
			Category: "merged",
			Message:  fmt.Sprintf("%s overwrites the service.name of the other resource", diag.Text(m.Call.Args[1])),
			Fixes:    c.swap(m.Call),
		})
	}
	for _, e := range result.Endpoints() {
		c.reportEndpoint(e)
	}
	return nil
}

// once reports whether call has not been reported yet.
func (c *checker) once(call *ast.CallExpr) bool {
	seen := c.reported[call]
	c.reported[call] = true
	return !seen
}

func (c *checker) checkSampler(s *providers.Setup) {
	call, ratio := s.Sampler()
	if call == nil || !c.once(call) {
		return
	}
	f := diag.Finding{
		Range:    call,
		Category: "always",
		Message:  "the sampler ignores the caller's decision, so traces that the caller did not sample come in fragments",
		Fixes:    c.askParent(call),
	}
	if ratio {
		f.Category = "ratio"
		f.Message = "the sampler ignores the caller's decision, so traces get holes"
	}
	diag.Report(c.pass, f)
}

func (c *checker) checkExport(s *providers.Setup) {
	first, second := s.Twice()
	if second != nil && c.once(second) {
		diag.Report(c.pass, diag.Finding{
			Range:    second,
			Category: "twice",
			Message:  "every span is exported twice",
			Related:  analysis.RelatedInformation{Pos: first.Pos(), End: first.End(), Message: "the exporter is used here, too"},
		})
		return // which of the two is to go is for the author to say
	}
	for _, call := range s.Sync() {
		if c.once(call) {
			diag.Report(c.pass, diag.Finding{
				Range:    call,
				Category: "sync",
				Message:  "each span.End waits for the export",
				Fixes:    c.batch(call),
			})
		}
	}
}

func (c *checker) reportEndpoint(e providers.Endpoint) {
	f := diag.Finding{Range: e.Arg, Category: "endpoint", Fixes: c.endpoint(e)}
	if e.URL {
		f.Message = "the URL has no path, so spans are posted to / and not to /v1/traces"
	} else {
		f.Message = "WithEndpoint takes host:port, so every export fails"
	}
	diag.Report(c.pass, f)
}
