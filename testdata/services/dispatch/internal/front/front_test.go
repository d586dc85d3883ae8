package front

import (
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/testdata/services/dispatch/dispatchpb"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/broker"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/couriers"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/events"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/platform"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/routing"
)

// newFront returns the routes of a front with a routing service behind it.
func newFront(t *testing.T, names ...string) (*Front, *routing.Service) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	service := routing.New(couriers.NewFleet(names...), events.NewPublisher(broker.NewTopic("parcels")))
	server := platform.NewServer()
	dispatchpb.RegisterRoutingServer(server, service)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	conn, err := platform.Dial(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return New(dispatchpb.NewRoutingClient(conn)), service
}

func TestRequests(t *testing.T) {
	f, service := newFront(t, "ada")
	h := f.Handler()
	for _, test := range []struct {
		method, path string
		status       int
		reply        string
	}{
		{"GET", "/parcels/p1", 404, `{"error":"p1: no such parcel"}`},
		{"POST", "/parcels/p1", 202, `{"courier":"ada"}`},
		{"GET", "/parcels/p1", 200, `{"where":"planned"}`},
		{"GET", "/parcels/p1/history", 200, `{"history":["planned"]}`},
		{"GET", "/parcels/p2/history", 404, `{"error":"p2: no such parcel"}`},
	} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(test.method, test.path, nil))
		if got := strings.TrimSpace(rec.Body.String()); rec.Code != test.status || got != test.reply {
			t.Errorf("%s %s: status %d, reply %s, want %d %s", test.method, test.path, rec.Code, got, test.status, test.reply)
		}
		service.Wait()
	}
}

func TestNobodyOnTheRoad(t *testing.T) {
	f, _ := newFront(t)
	rec := httptest.NewRecorder()
	f.Handler().ServeHTTP(rec, httptest.NewRequest("POST", "/parcels/p1", nil))
	if rec.Code != 503 {
		t.Errorf("status %d, want 503", rec.Code)
	}
}
