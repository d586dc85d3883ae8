package analyzers

import (
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/ignore"
)

// Suppression is the category of findings about comments that suppress findings.
const Suppression = ignore.Category

// SuppressionURL documents these comments.
const SuppressionURL = ignore.URL

// IgnoreRule is the name under which findings about comments that suppress findings come.
const IgnoreRule = "ignore"

// WithIgnoreRule adds to rules the one that reports comments which suppress findings of none of
// them. It is in no registry, since it has to know all others, and nobody needs to choose it. The rules
// themselves report comments that are to no use.
func WithIgnoreRule(rules []Rule) []Rule {
	var names []string
	for _, r := range rules {
		names = append(names, r.Name)
	}
	check := Rule{Analyzer: ignore.Check(names), Group: Default, Since: "v0.1.0"}
	return append(slices.Clone(rules), check)
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
