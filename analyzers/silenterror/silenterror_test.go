package silenterror_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/silenterror"
)

func Test(t *testing.T) { ruletest.Run(t, silenterror.Analyzer) }
