// Package dotimport holds faults where the names of the libraries are imported
// into the file.
package dotimport

import (
	. "context"

	"go.opentelemetry.io/otel/codes"
	. "go.opentelemetry.io/otel/trace"
	. "net/http"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

func dotAfterEnd(ctx Context, tracer Tracer, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	err := work.Save(ctx, value)
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after span\.End on line 18, so it is lost$`
	}
	return err
}

func dotBorrowed(w ResponseWriter, r *Request) {
	defer SpanFromContext(r.Context()).End() // want `\.End ends a span that this function does not own, so what its owner records later is lost$`
	w.WriteHeader(StatusNoContent)
}

func dotInLoop(ctx Context, tracer Tracer, ids []string) {
	for _, id := range ids {
		ctx, span := tracer.Start(ctx, "item")
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
		_, _ = work.Load(ctx, id)
	}
}

// Silent: a span of its own, through dot imports.
func dotRight(w ResponseWriter, r *Request) {
	ctx, span := SpanFromContext(r.Context()).TracerProvider().Tracer("dotimport").Start(r.Context(), "serve", WithSpanKind(SpanKindInternal))
	defer span.End()
	if _, err := work.Load(ctx, r.PathValue("id")); err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
}
