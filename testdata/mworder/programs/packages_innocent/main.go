// The program brings the same packages together in the right order.
package main

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/programs/packages/routes"
	"github.com/tracevet/tracevet/testdata/mworder/programs/packages/security"
	"github.com/tracevet/tracevet/testdata/mworder/programs/packages/telemetry"
)

// main leaves the probes untraced, and traces the rest.
func main() {
	store := backend.NewStore(nil)
	r := gin.New()
	routes.Probes(r)
	telemetry.Install(r, "shop")
	security.Install(r, store)
	routes.Register(r, store)
	go made(store)
	go wrapped(store)
	go grouped(store)
	log.Fatal(r.Run(":8080"))
}

// made takes the engine that traces.
func made(store *backend.Store) {
	r := telemetry.Engine("made")
	r.Use(security.Chain(store)...)
	routes.Register(r, store)
	_ = r.Run(":8081")
}

// wrapped has one layer, around all, so nothing is before it.
func wrapped(store *backend.Store) {
	r := gin.New()
	security.Install(r, store)
	routes.Register(r, store)
	_ = http.ListenAndServe(":8082", telemetry.Wrap(r))
}

// grouped registers on a group that was made when tracing was there.
func grouped(store *backend.Store) {
	r := telemetry.Engine("grouped")
	routes.Register(r.Group("/api", security.Chain(store)...), store)
	_ = r.Run(":8083")
}
