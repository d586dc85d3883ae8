package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/ignore"
)

// Suppression is the category of findings about comments that suppress findings.
const Suppression = ignore.Category

// SuppressionURL documents these comments.
const SuppressionURL = ignore.URL

// IgnoreCheck returns the analyzer, called ignore, that reports comments which suppress findings of
// none of the given rules. The rules themselves report comments that are to no use.
func IgnoreCheck(rules []Rule) *analysis.Analyzer {
	var names []string
	for _, r := range rules {
		names = append(names, r.Name)
	}
	return ignore.Check(names)
}

// HeedIgnores makes an analyzer heed the comments that suppress findings. Those
// of [All] do so already.
func HeedIgnores(a *analysis.Analyzer) {
	run := a.Run
	heed := func(pass *analysis.Pass) (result any, err error) {
		err = ignore.Heed(a.Name, func(pass *analysis.Pass) error {
			result, err = run(pass)
			return err
		})(pass)
		return result, err
	}
	a.Requires, a.Run = append(a.Requires, ignore.Analyzer), heed
}
