package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestKnowledge tells tracevet in the configuration what no source shows: a method of an interface
// starts a span, a function value in a field ends the program.
func TestKnowledge(t *testing.T) {
	s := newScratch(t, "--branch=feature")
	write(t, filepath.Join(s.dir, "internal/odd/odd.go"), `package odd

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

type Tracer interface {
	Begin(ctx context.Context, name string) (context.Context, trace.Span)
}

func Use(ctx context.Context, t Tracer) {
	_, span := t.Begin(ctx, "use")
	span.AddEvent("never ended")
}
`)
	const pkg = "./internal/odd"
	s.bash(0, "tracevet -driver=inprocess "+pkg)
	write(t, filepath.Join(s.dir, ".tracevet.yaml"), `knowledge:
  github.com/tracevet/tracevet/testdata/internal/odd:
    Tracer.Begin: {role: StartSpan, span: 1, ctx: 0}
`)
	if out := s.bash(1, "tracevet -driver=inprocess "+pkg); !strings.Contains(out, "odd.go:14:5: span is never ended") && !strings.Contains(out, "odd.go:14:5: span is not ended") {
		t.Errorf("tracevet prints\n%s", out)
	}
	if out := s.bash(1, `go vet -vettool="$(which tracevet)" `+pkg+" 2>&1"); !strings.Contains(out, "odd.go:14:5: span is ") {
		t.Errorf("go vet prints\n%s", out)
	}
}
