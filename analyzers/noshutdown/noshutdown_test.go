package noshutdown_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/noshutdown"
)

func Test(t *testing.T) { ruletest.Run(t, noshutdown.Analyzer) }
