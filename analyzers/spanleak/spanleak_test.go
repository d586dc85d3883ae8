package spanleak_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/spanleak"
)

func Test(t *testing.T) { ruletest.Run(t, spanleak.Analyzer) }
