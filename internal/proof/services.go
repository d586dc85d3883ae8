package proof

import (
	"strconv"
	"strings"
)

// rounds is how often all requests are sent to a service. What a round adds to
// the one before, with other ids in the same requests, is without bound.
const rounds = 2

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
	return []Service{checkout}
}

var admin = map[string]string{"Authorization": "Bearer secret"}

var checkout = Service{
	Name:   "checkout",
	What:   "Gin, a repository, an SQL ledger, a queue of jobs",
	Args:   []string{"-token=secret"},
	Stdout: true,
	Asks: []Ask{
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
