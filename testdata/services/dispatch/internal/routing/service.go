// Package routing plans the ways of parcels. It is a gRPC service.
package routing

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/tracevet/tracevet/testdata/services/dispatch/dispatchpb"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/couriers"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/telemetry"
)

var tracer = otel.Tracer("dispatch/routing")

// A Publisher tells others what was planned.
type Publisher interface {
	Planned(ctx context.Context, parcel, courier string) error
}

// A Service implements dispatchpb.RoutingServer.
type Service struct {
	dispatchpb.UnimplementedRoutingServer
	fleet   *couriers.Fleet
	out     Publisher
	pending sync.WaitGroup
}

// New returns a Service that plans for fleet.
func New(fleet *couriers.Fleet, out Publisher) *Service { return &Service{fleet: fleet, out: out} }

// Wait waits for what goes on after the replies.
func (s *Service) Wait() { s.pending.Wait() }

// Plan plans the way of a parcel, and returns the courier.
func (s *Service) Plan(ctx context.Context, parcel *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
	_, span := tracer.Start(ctx, "routing.plan")
	defer span.End()

	courier, err := s.fleet.Nearest(parcel.GetValue())
	if err != nil {
		span.RecordError(err)
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	if err := s.out.Planned(ctx, parcel.GetValue(), courier); err != nil {
		span.SetStatus(otelcodes.Error, err.Error())
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	s.pending.Add(1)
	go s.log(ctx, parcel.GetValue())
	return wrapperspb.String(courier), nil
}

// log keeps the plan, for a year.
func (s *Service) log(ctx context.Context, parcel string) {
	defer s.pending.Done()
	s.fleet.Note(ctx, parcel, "planned")
}

// Find returns where a parcel is.
func (s *Service) Find(ctx context.Context, parcel *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
	span := trace.SpanFromContext(ctx)
	defer span.End()
	span.SetAttributes(attribute.String("parcel.id", parcel.GetValue()))

	history, err := s.fleet.History(ctx, parcel.GetValue())
	if err != nil {
		return nil, problem(err)
	}
	return wrapperspb.String(history[len(history)-1]), nil
}

// History returns where a parcel has been.
func (s *Service) History(parcel *wrapperspb.StringValue, stream grpc.ServerStreamingServer[wrapperspb.StringValue]) error {
	ctx, span, _ := telemetry.StartTask(context.Background(), "routing.history", attribute.String("parcel.id", parcel.GetValue()))
	defer span.End()

	history, err := s.fleet.History(ctx, parcel.GetValue())
	if err != nil {
		return problem(err)
	}
	for _, entry := range history {
		if err := stream.Send(wrapperspb.String(entry)); err != nil {
			slog.WarnContext(ctx, "history", "error", err)
			return err
		}
	}
	return nil
}

func problem(err error) error {
	if errors.Is(err, couriers.ErrUnknown) {
		return status.Error(codes.NotFound, err.Error())
	}
	return status.Error(codes.Internal, err.Error())
}
