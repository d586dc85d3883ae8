package ctxlesscall_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/ctxlesscall"
	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, ctxlesscall.Analyzer) }
