package imports

import (
	"context"

	"github.com/tracevet/tracevet/testdata/spanleak/imports/shared"
)

// NoImport starts with another package's tracer: this file imports nothing of
// OpenTelemetry.
func NoImport(ctx context.Context) error {
	ctx, span := shared.Default.Start(ctx, "no-import") // want `^span is not ended on the path that returns on line 14, so it is never exported$`
	if err := shared.Work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// NoImportCall asks a function for the tracer.
func NoImportCall(ctx context.Context) error {
	ctx, span := shared.Get().Start(ctx, "no-import-call") // want `span is never ended, so it is never exported`
	span.AddEvent("begin")
	return shared.Work(ctx)
}

// NoImportAlias takes the tracer as a parameter of an alias type.
func NoImportAlias(ctx context.Context, t shared.Tracer) error {
	var span shared.Span
	ctx, span = t.Start(ctx, "no-import-alias") // want `span is not ended on the path that returns on line 32,`
	if err := shared.Work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// NoImportEmbedded starts through a promoted method.
func NoImportEmbedded(ctx context.Context, t *shared.Embedding) error {
	ctx, span := t.Start(ctx, t.Service) // want `span is not ended on the path that returns on line 42,`
	if err := shared.Work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// NoImportInterface starts through an interface that embeds the tracer's.
func NoImportInterface(ctx context.Context, t shared.Interface) error {
	ctx, _ = t.Start(ctx, "no-import-interface") // want `the span that t.Start returns is discarded`
	return shared.Work(ctx)
}

// NoImportRight is right.
func NoImportRight(ctx context.Context) error {
	ctx, span := shared.Default.Start(ctx, "no-import-right")
	defer span.End()
	return shared.Work(ctx)
}
