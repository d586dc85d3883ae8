package chain_tests

import (
	"context"
	"strings"
	"testing"
)

func TestPrice(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, a := range []string{"a", "b"} {
		if got := price(a); got != work(ctx, a) {
			t.Error(got)
		}
	}
}

func TestCount(t *testing.T) {
	t.Run("a", func(t *testing.T) {
		if got := count("a"); !strings.HasPrefix(got, "a") {
			t.Error(got)
		}
	})
}

func TestName(t *testing.T) {
	tests := []struct {
		fn   func(string) string
		want string
	}{{fn: name, want: "a"}}
	for _, tt := range tests {
		if got := tt.fn("a"); got != tt.want {
			t.Error(got)
		}
	}
}
