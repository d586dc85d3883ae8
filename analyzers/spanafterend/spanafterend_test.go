package spanafterend_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/spanafterend"
)

func Test(t *testing.T) { ruletest.Run(t, spanafterend.Analyzer) }
