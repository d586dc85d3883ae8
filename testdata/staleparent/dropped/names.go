package dropped

import (
	"context"

	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// Silenced gives the new context a name and silences the compiler.
func Silenced(ctx context.Context, repo *store.Orders, id string) (store.Order, error) {
	spanCtx, span := tracer.Start(ctx, "Silenced") // want `the context of span is dropped and ctx is used on line 16,`
	defer span.End()
	_ = spanCtx
	return repo.Find(ctx, id)
}

// SilencedLater does so at the end.
func SilencedLater(parent context.Context, repo *store.Orders, id string) (out store.Order, err error) {
	child, sp := tracer.Start(parent, "SilencedLater") // want `the context of sp is dropped and parent is used on line 22,`
	out, err = repo.Find(parent, id)
	sp.End()
	_ = child
	return
}

// SilencedInBranch does so in a nested block, where the old context is not a
// parameter.
func SilencedInBranch(repo *store.Orders, opts struct{ Ctx context.Context }, deep bool) error {
	base := context.WithoutCancel(opts.Ctx)
	if deep {
		childCtx, span := tracer.Start(base, "SilencedInBranch") // want `the context of span is dropped and base is used on line 36,`
		defer span.End()
		_, _ = childCtx, span
		_, err := repo.Find(base, "deep")
		return err
	}
	return nil
}

// job carries what it needs.
type job struct {
	ctx  context.Context
	repo *store.Orders
	span trace.Span
}

// run works on a context that is kept in a struct.
func (j *job) run(id string) error {
	_, span := tracer.Start(j.ctx, "job.run") // want `the context of span is dropped and j\.ctx is used on line 53,`
	defer span.End()
	_, err := j.repo.Find(j.ctx, id)
	return err
}

// begin keeps the span in a field and ends it itself. A limit: silent.
func (j *job) begin(id string) error {
	_, j.span = tracer.Start(j.ctx, "job.begin")
	defer j.span.End()
	_, err := j.repo.Find(j.ctx, id)
	return err
}

// Outer has a good span outside and a bad one inside: what the inner covers is
// under the outer.
func Outer(ctx context.Context, repo *store.Orders, ids ...string) error {
	ctx, outer := tracer.Start(ctx, "Outer")
	defer outer.End()
	for _, id := range ids {
		_, inner := tracer.Start(ctx, "Outer.item") // want `the context of inner is dropped and ctx is used on line 72,`
		_, err := repo.Find(ctx, id)
		inner.End()
		if err != nil {
			return err
		}
	}
	return nil
}

// OldName keeps the old context under a name of its own.
func OldName(ctx context.Context, repo *store.Orders, it store.Order) error {
	rootCtx := ctx
	_, span := tracer.Start(rootCtx, "OldName") // want `the context of span is dropped and rootCtx is used on line 86,`
	defer span.End()
	return repo.Save(rootCtx, it)
}
