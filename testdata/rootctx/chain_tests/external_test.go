package chain_tests_test

import (
	"testing"

	"github.com/tracevet/tracevet/testdata/rootctx/chain_tests"
)

func TestLabel(t *testing.T) {
	if got := chain_tests.Label("a"); got != "a" {
		t.Error(got)
	}
}
