package brokensampler_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/brokensampler"
	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, brokensampler.Analyzer) }
