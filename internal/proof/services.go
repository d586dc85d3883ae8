package proof

import (
	"strconv"
	"strings"
)

// rounds is how often all requests are sent to a service. What a round adds to
// the one before, with other ids in the same requests, is without bound.
const rounds = 3

// A Service is one of testdata/services, and what it is asked.
type Service struct {
	Name    string
	What    string // it is made of
	Args    []string
	Stdout  bool   // it writes its spans to its standard output, not to a collector
	Metrics string // path of its metrics, if it has some
	Asks    []Ask
}

// An Ask is a request. In Path and Body, {n} stands for the number of the round,
// and {id} for what the field Keep of an earlier reply was.
type Ask struct {
	Method, Path, Body string
	Header             map[string]string
	Status             int
	Keep               string
	Unsampled          bool // the caller does not sample its trace
}

// inRound returns the request as it is sent in a round.
func (a Ask) inRound(round int, id string) Ask {
	r := strings.NewReplacer("{n}", strconv.Itoa(round+1), "{id}", id)
	a.Path, a.Body = r.Replace(a.Path), r.Replace(a.Body)
	return a
}

// Services returns the sample services, by name.
func Services() []Service {
	return []Service{checkout, catalog, loans, dispatch}
}

var admin = map[string]string{"Authorization": "Bearer secret"}

var checkout = Service{
	Name:   "checkout",
	What:   "Gin, a repository, an SQL ledger, a queue of jobs",
	Args:   []string{"-token=secret", "-round=24h"},
	Stdout: true, Metrics: "/metrics",
	Asks: []Ask{
		{Method: "GET", Path: "/products/kettle", Status: 200},
		{Method: "GET", Path: "/products/pot-{n}", Status: 404},
		{Method: "POST", Path: "/quotes", Body: `{"items":[{"sku":"tea","quantity":1}]}`, Status: 200},
		{Method: "POST", Path: "/orders", Body: `{"items":[{"sku":"tea","quantity":2},{"sku":"kettle","quantity":1}]}`, Status: 201, Keep: "id"},
		{Method: "GET", Path: "/orders/{id}", Status: 200},
		{Method: "POST", Path: "/orders/{id}/payment", Body: `{"card":"4111111111111111"}`, Status: 204},
		{Method: "GET", Path: "/orders/{id}/statement", Status: 200},
		{Method: "GET", Path: "/admin/balances/cash", Header: admin, Status: 200},
		{Method: "GET", Path: "/admin/orders?id={id}", Header: admin, Status: 204},
		{Method: "GET", Path: "/admin/census", Header: admin, Status: 200},
		{
			Method: "POST", Path: "/admin/events", Header: admin, Status: 204,
			Body: `{"order_id":"{id}","kind":"shipped"}`,
		},
		{Method: "POST", Path: "/orders", Body: `{"items":[{"sku":"tea","quantity":1}]}`, Status: 201, Keep: "id"},
		{Method: "DELETE", Path: "/orders/{id}", Status: 204},
		{Method: "POST", Path: "/orders", Body: `{"items":[{"sku":"kettle","quantity":900}]}`, Status: 409},
	},
}

var key = map[string]string{"X-API-Key": "k-1"}

var catalog = Service{
	Name:    "catalog",
	What:    "net/http with Chi, a repository, a client of another service",
	Args:    []string{"-reviews={upstream}"},
	Metrics: "/metrics",
	Asks: []Ask{
		{Method: "GET", Path: "/products/tea-{n}", Header: key, Status: 200},
		{Method: "GET", Path: "/products/tea-{n}/related", Header: key, Status: 200},
		{Method: "GET", Path: "/products/milk-{n}", Header: key, Status: 404},
	},
}

var loans = Service{
	Name: "loans",
	What: "Echo, groups of routes, a client of another service",
	Args: []string{"-notices={upstream}"},
	Asks: []Ask{
		{Method: "POST", Path: "/v1/loans", Body: `{"reader":"ann-{n}","books":["b1","b2"]}`, Status: 201},
		{Method: "POST", Path: "/v1/loans", Body: `{"reader":"bob-{n}","books":["b2"]}`, Status: 409},
		{Method: "GET", Path: "/v1/readers/ann-{n}/books", Status: 200},
		{Method: "POST", Path: "/v1/returns", Body: `{"books":["b1","b3"]}`, Status: 204},
		{Method: "POST", Path: "/v1/returns", Body: `{"books":["b2"]}`, Status: 204},
		{Method: "POST", Path: "/v1/loans", Body: `{"reader":"cid-{n}","books":["b3"]}`, Status: 201, Unsampled: true},
		{Method: "POST", Path: "/v1/returns", Body: `{"books":["b3"]}`, Status: 204, Unsampled: true},
	},
}

var dispatch = Service{
	Name: "dispatch",
	What: "net/http in front, a gRPC server and client, a Kafka consumer",
	Asks: []Ask{
		{Method: "POST", Path: "/parcels/p{n}", Status: 202},
		{Method: "GET", Path: "/parcels/p{n}", Status: 200},
		{Method: "GET", Path: "/parcels/p{n}/history", Status: 200},
		{Method: "GET", Path: "/parcels/x{n}", Status: 404},
		{Method: "POST", Path: "/parcels/q{n}", Status: 202, Unsampled: true},
	},
}
