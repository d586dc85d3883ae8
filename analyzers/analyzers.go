// Package analyzers is the registry of tracevet's rules.
package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/brokensampler"
	"github.com/tracevet/tracevet/analyzers/ctxlesscall"
	"github.com/tracevet/tracevet/analyzers/detachedgo"
	"github.com/tracevet/tracevet/analyzers/dynamiclabel"
	"github.com/tracevet/tracevet/analyzers/dynamicname"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/analyzers/mworder"
	"github.com/tracevet/tracevet/analyzers/nopropagator"
	"github.com/tracevet/tracevet/analyzers/noshutdown"
	"github.com/tracevet/tracevet/analyzers/oldsemconv"
	"github.com/tracevet/tracevet/analyzers/rootctx"
	"github.com/tracevet/tracevet/analyzers/silenterror"
	"github.com/tracevet/tracevet/analyzers/spanafterend"
	"github.com/tracevet/tracevet/analyzers/spanleak"
	"github.com/tracevet/tracevet/analyzers/staleparent"
	"github.com/tracevet/tracevet/analyzers/untraced"
	"github.com/tracevet/tracevet/analyzers/webctx"
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
		{Analyzer: brokensampler.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Sample as the caller does, export in batches"},
		{Analyzer: ctxlesscall.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Call the form with the context"},
		{Analyzer: detachedgo.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Keep the trace without the cancellation"},
		{Analyzer: dynamiclabel.Analyzer, Group: rule.Default, Since: "v0.1.0"},
		{Analyzer: dynamicname.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Use the template of the route, or a constant name"},
		{Analyzer: mworder.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Register tracing first"},
		{Analyzer: nopropagator.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Set a propagator after the provider"},
		{Analyzer: noshutdown.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Shut down with a context of its own"},
		{Analyzer: oldsemconv.Analyzer, Group: rule.OptIn, Since: "v0.1.0", Fix: "Write the new key"},
		{Analyzer: rootctx.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Pass the context at hand"},
		{Analyzer: silenterror.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Set the status of the span"},
		{Analyzer: spanafterend.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Move, defer or remove the End"},
		{Analyzer: spanleak.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Defer span.End after Start"},
		{Analyzer: staleparent.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Keep the context of the span"},
		{Analyzer: untraced.Analyzer, Group: rule.OptIn, Since: "v0.1.0"},
		{Analyzer: webctx.Analyzer, Group: rule.Default, Since: "v0.1.0", Fix: "Use the context of the request"},
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
