package mworder_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/mworder"
)

func Test(t *testing.T) {
	// Recoveries outside tracing are reported with the option only.
	if err := mworder.Analyzer.Flags.Set("recovery", "true"); err != nil {
		t.Fatal(err)
	}
	ruletest.Run(t, mworder.Analyzer)
}
