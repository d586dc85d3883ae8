package dynamicname_test

import (
	"testing"

	"github.com/tracevet/tracevet/analyzers/dynamicname"
	"github.com/tracevet/tracevet/analyzers/internal/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, dynamicname.Analyzer) }
