package rootctx_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/rootctx"
)

func Test(t *testing.T) { ruletest.Run(t, rootctx.Analyzer) }
