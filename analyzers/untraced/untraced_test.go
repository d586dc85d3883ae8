package untraced_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/untraced"
)

func Test(t *testing.T) { ruletest.Run(t, untraced.Analyzer) }
