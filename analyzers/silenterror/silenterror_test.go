package silenterror_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/silenterror"
)

func Test(t *testing.T) {
	// Returned errors are reported with the option only.
	if err := silenterror.Analyzer.Flags.Set("returned", "true"); err != nil {
		t.Fatal(err)
	}
	ruletest.Run(t, silenterror.Analyzer)
}
