// Package excluded has faults in a generated file and in a test file, where
// nothing is reported, and one in a plain file beside them.
package excluded

import (
	"context"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
)

// Plain mails on a root.
func Plain(ctx context.Context, to string) {
	go spans.Mail(context.Background(), to, "plain") // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
}
