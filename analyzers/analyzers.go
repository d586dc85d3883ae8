// Package analyzers is the registry of tracevet's rules.
package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/analyzers/spanafterend"
	"github.com/tracevet/tracevet/analyzers/spanleak"
)

// A Rule is an entry of the registry.
type Rule = rule.Rule

// The groups of rules: who gets a rule without asking for it.
const (
	Default = rule.Default
	OptIn   = rule.OptIn
	Preview = rule.Preview
)

// All returns all rules, sorted by name.
func All() []Rule {
	return []Rule{
		{Analyzer: spanafterend.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Move, defer or remove the End"},
		{Analyzer: spanleak.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Defer span.End after Start"},
	}
}

// Analyzers returns the analyzers of the given rules.
func Analyzers(rules []Rule) []*analysis.Analyzer {
	var as []*analysis.Analyzer
	for _, r := range rules {
		as = append(as, r.Analyzer)
	}
	return as
}
