package recorded

import (
	"context"

	"go.opentelemetry.io/otel/codes"
	grpccodes "google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// HasImport is in a file that imports the codes.
func HasImport(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "HasImport")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		return status.Error(grpccodes.Internal, "failed")
	}
	span.SetStatus(codes.Ok, "")
	return nil
}
