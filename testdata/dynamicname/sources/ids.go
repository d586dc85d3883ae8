package sources

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel/trace"
)

func UUID(ctx context.Context) {
	_, span := tracer.Start(ctx, "job "+uuid.NewString()) // want `contains uuid.NewString\(\), a unique id`
	defer span.End()
}

func UUIDParam(ctx context.Context, id uuid.UUID) {
	_, span := tracer.Start(ctx, fmt.Sprintf("job %s", id)) // want `^the span name contains id, a unique id,`
	defer span.End()
}

func UUIDString(ctx context.Context, id uuid.UUID) {
	_, span := tracer.Start(ctx, "job "+id.String()) // want `contains id.String\(\), a unique id`
	defer span.End()
}

type record struct {
	Key  uint `gorm:"primaryKey"`
	Name string
	Ref  uuid.UUID
}

func Keyed(ctx context.Context, r *record) {
	_, span := tracer.Start(ctx, fmt.Sprintf("record %d", r.Key)) // want `contains r.Key, the primary key of a record`
	defer span.End()
}

func Referred(ctx context.Context, r record) {
	_, span := tracer.Start(ctx, "record "+r.Ref.String()) // want `a unique id`
	defer span.End()
}

func Now(ctx context.Context) {
	_, span := tracer.Start(ctx, "run "+time.Now().Format(time.RFC3339)) // want `a point in time`
	defer span.End()
}

func Since(ctx context.Context, start time.Time) {
	_, span := tracer.Start(ctx, fmt.Sprintf("took %s", time.Since(start))) // want `a point in time`
	defer span.End()
}

func Unix(ctx context.Context) {
	_, span := tracer.Start(ctx, "run-"+strconv.FormatInt(time.Now().Unix(), 10)) // want `a point in time`
	defer span.End()
}

var runs atomic.Int64

func Counted(ctx context.Context) {
	_, span := tracer.Start(ctx, fmt.Sprintf("run %d", runs.Add(1))) // want `a running count`
	defer span.End()
}

func Random(ctx context.Context) {
	_, span := tracer.Start(ctx, fmt.Sprint("run ", rand.Int())) // want `a random number`
	defer span.End()
}

func Parent(ctx context.Context) {
	parent := trace.SpanContextFromContext(ctx)
	_, span := tracer.Start(ctx, "child of "+parent.SpanID().String()) // want `the id of a trace or span`
	defer span.End()
}

func ErrorText(ctx context.Context) {
	if err := work(ctx); err != nil {
		_, span := tracer.Start(ctx, "failed: "+err.Error()) // want `contains err.Error\(\), the text of an error`
		defer span.End()
	}
}

func FormattedError(ctx context.Context) {
	if err := work(ctx); err != nil {
		_, span := tracer.Start(ctx, fmt.Sprintf("failed: %v", err)) // want `contains err, the text of an error`
		defer span.End()
	}
}
