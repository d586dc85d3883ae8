package dynamiclabel_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/dynamiclabel"
	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, dynamiclabel.Analyzer) }
