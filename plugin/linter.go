package plugin

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
)

// url documents the linter.
const url = "https://github.com/tracevet/tracevet/blob/main/docs/rules/README.md"

// A finding is a diagnostic and the rule that made it.
type finding struct {
	rule string
	analysis.Diagnostic
}

// linter returns the one analyzer that runs the rules and reports what they
// find, in a form that golangci-lint does no harm to:
//
//   - It takes each related position for an issue of its own. So there are none.
//   - It applies all the fixes of an issue, alternatives or not. So there is the first one only.
//   - It cuts edits in other files off, and applies the rest. So a fix that has such edits is left out.
//   - Where two edits conflict, it applies none of the linter's in the file, and the issues are gone from the report, too. And it leaves
//     imports in place that nothing uses after the fixes of two rules. So fixes come only if they are proved to go
//     together, see [analyzers.Composer]; the others are there in the next run.
//   - It prints the name of an analyzer in front of a message unless it is the linter's, and drops categories. With
//     the rule's name in front of the message, exclusions by text can tell rules apart.
func linter(rules []analyzers.Rule) *analysis.Analyzer {
	var collectors []*analysis.Analyzer
	for _, r := range rules {
		collectors = append(collectors, collector(r.Analyzer))
	}
	return &analysis.Analyzer{
		Name:     Name,
		Doc:      "tracevet finds the mistakes that break distributed traces",
		URL:      url,
		Requires: collectors,
		Run: func(pass *analysis.Pass) (any, error) {
			var found []finding
			for _, a := range collectors {
				found = append(found, pass.ResultOf[a].([]finding)...)
			}
			slices.SortStableFunc(found, func(x, y finding) int { return cmp.Compare(x.Pos, y.Pos) })
			composer := analyzers.NewComposer(pass)
			for _, f := range found {
				pass.Report(adapt(pass, composer, f))
			}
			return nil, nil
		},
	}
}

// collector returns an analyzer that does what a does, but whose result is what a reports.
func collector(a *analysis.Analyzer) *analysis.Analyzer {
	c := *a
	c.ResultType = reflect.TypeFor[[]finding]()
	c.Run = func(pass *analysis.Pass) (any, error) {
		var found []finding
		collecting := *pass
		collecting.Analyzer = a
		collecting.Report = func(d analysis.Diagnostic) { found = append(found, finding{a.Name, d}) }
		_, err := a.Run(&collecting)
		return found, err
	}
	return &c
}

// adapt returns a finding as golangci-lint is to get it.
func adapt(pass *analysis.Pass, composer *analyzers.Composer, f finding) analysis.Diagnostic {
	d := f.Diagnostic
	d.Message = f.rule + ": " + d.Message
	d.Related = nil
	d.SuggestedFixes = nil
	if len(f.SuggestedFixes) > 0 {
		first := f.SuggestedFixes[0]
		file := pass.Fset.File(d.Pos)
		elsewhere := func(e analysis.TextEdit) bool { return pass.Fset.File(e.Pos) != file }
		if !slices.ContainsFunc(first.TextEdits, elsewhere) && composer.Admit(first) {
			d.SuggestedFixes = []analysis.SuggestedFix{first}
		}
	}
	return d
}

// cacheKey makes what golangci-lint caches depend on options that are in no configuration, and returns an analyzer to
// run beside a. The key of a package's issues has the names of the analyzers that were run; that of facts, the name
// of their analyzer.
func cacheKey(a *analysis.Analyzer, options []string) *analysis.Analyzer {
	suffix := fmt.Sprintf("_%x", sha256.Sum256([]byte(strings.Join(options, "\n"))))[:17]
	var rename func(as []*analysis.Analyzer)
	rename = func(as []*analysis.Analyzer) {
		for _, a := range as {
			if len(a.FactTypes) > 0 && !strings.HasSuffix(a.Name, suffix) {
				a.Name += suffix
			}
			rename(a.Requires)
		}
	}
	rename(a.Requires)
	return &analysis.Analyzer{
		Name: Name + suffix,
		Doc:  "tells golangci-lint's cache what tracevet has found out about the program as a whole",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}
}
