package ctxlesscall_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/ctxlesscall"
	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
)

func Test(t *testing.T) {
	// Log calls are reported with the option only.
	if err := ctxlesscall.Analyzer.Flags.Set("logs", "true"); err != nil {
		t.Fatal(err)
	}
	ruletest.Run(t, ctxlesscall.Analyzer)
}
