package nopropagator_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/nopropagator"
)

func Test(t *testing.T) { ruletest.Run(t, nopropagator.Analyzer) }
