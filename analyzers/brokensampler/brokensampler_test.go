package brokensampler_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/brokensampler"
	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
)

func Test(t *testing.T) {
	// Resources without a name are reported with the option only.
	if err := brokensampler.Analyzer.Flags.Set("nameless", "true"); err != nil {
		t.Fatal(err)
	}
	ruletest.Run(t, brokensampler.Analyzer)
}
