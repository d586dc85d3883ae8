package recorded

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Collides is in a file where codes are those of gRPC.
func Collides(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Collides")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err) // want `span.RecordError leaves the status`
		return status.Error(codes.Internal, "failed")
	}
	return nil
}
