package webctx_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/webctx"
)

func Test(t *testing.T) { ruletest.Run(t, webctx.Analyzer) }
