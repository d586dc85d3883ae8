package staleparent_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/staleparent"
)

func Test(t *testing.T) { ruletest.Run(t, staleparent.Analyzer) }
