package oldsemconv_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
	"github.com/tracevet/tracevet/analyzers/oldsemconv"
)

func Test(t *testing.T) { ruletest.Run(t, oldsemconv.Analyzer) }
