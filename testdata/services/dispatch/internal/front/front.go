// Package front is the HTTP face of dispatch.
package front

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/tracevet/tracevet/testdata/services/dispatch/dispatchpb"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/telemetry"
)

// A Front answers requests.
type Front struct {
	routing  dispatchpb.RoutingClient
	requests metric.Int64Counter
}

// New returns a Front on the routing service.
func New(routing dispatchpb.RoutingClient) *Front {
	requests, err := otel.Meter("dispatch/front").Int64Counter("dispatch.requests")
	if err != nil {
		otel.Handle(err)
	}
	return &Front{routing: routing, requests: requests}
}

// Handler returns the routes, traced.
func (f *Front) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /parcels/{id}", f.accept)
	mux.HandleFunc("GET /parcels/{id}", f.find)
	mux.HandleFunc("GET /parcels/{id}/history", f.history)
	return otelhttp.NewHandler(f.counted(mux), telemetry.ServiceName)
}

// counted counts requests.
func (f *Front) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.requests.Add(r.Context(), 1, metric.WithAttributes(
			attribute.String("http.request.method", r.Method),
			attribute.String("http.target", r.URL.RequestURI()),
		))
		next.ServeHTTP(w, r)
	})
}

// accept takes a parcel: 202, or 503 if nobody can take it.
func (f *Front) accept(w http.ResponseWriter, r *http.Request) {
	var err error
	ctx, span, done := telemetry.StartTask(r.Context(), "front.accept")
	defer done(&err)
	span.SetAttributes(attribute.String("parcel.id", r.PathValue("id")))

	courier, err := f.routing.Plan(ctx, wrapperspb.String(r.PathValue("id")))
	if err != nil {
		fail(w, err)
		return
	}
	write(w, http.StatusAccepted, map[string]string{"courier": courier.GetValue()})
}

// find replies with where a parcel is: 200, or 404.
func (f *Front) find(w http.ResponseWriter, r *http.Request) {
	where, err := f.routing.Find(r.Context(), wrapperspb.String(r.PathValue("id")))
	if err != nil {
		fail(w, err)
		return
	}
	write(w, http.StatusOK, map[string]string{"where": where.GetValue()})
}

// history replies with where a parcel has been: 200, or 404.
func (f *Front) history(w http.ResponseWriter, r *http.Request) {
	entries, err := f.entries(context.Background(), r.PathValue("id"))
	if err != nil {
		fail(w, err)
		return
	}
	write(w, http.StatusOK, map[string][]string{"history": entries})
}

func (f *Front) entries(ctx context.Context, parcel string) ([]string, error) {
	stream, err := f.routing.History(ctx, wrapperspb.String(parcel))
	if err != nil {
		return nil, err
	}
	var entries []string
	for {
		entry, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry.GetValue())
	}
}

func fail(w http.ResponseWriter, err error) {
	code := http.StatusServiceUnavailable
	if status.Code(err) == codes.NotFound {
		code = http.StatusNotFound
	}
	write(w, code, map[string]string{"error": status.Convert(err).Message()})
}

func write(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(value)
}
