package detachedgo_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/detachedgo"
	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, detachedgo.Analyzer) }
