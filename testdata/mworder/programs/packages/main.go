// The program's set-up is split over packages, which main brings together in
// the wrong order.
package main

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
	"github.com/tracevet/tracevet/testdata/mworder/programs/packages/routes"
	"github.com/tracevet/tracevet/testdata/mworder/programs/packages/security"
	"github.com/tracevet/tracevet/testdata/mworder/programs/packages/telemetry"
)

// main has the routes of a package before the tracing of another.
func main() {
	store := backend.NewStore(nil)
	r := gin.New()
	routes.Probes(r)
	routes.Register(r, store)
	telemetry.Install(r, "shop") // want `tracing is registered after the routes of \S*Register on line 24, whose requests get no server span`
	go own(store)
	go guarded(store)
	go spread(store)
	go around(store)
	go again(store)
	log.Fatal(r.Run(":8080"))
}

// own registers tracing itself, after the routes of the other package.
func own(store *backend.Store) {
	r := gin.Default() // want `recovery runs outside tracing`
	routes.Register(r.Group("/api"), store)
	r.Use(middleware.Telemetry("own")) // want `tracing is registered after .* on line 37, whose requests get no server span`
	_ = r.Run(":8081")
}

// guarded installs security before telemetry.
func guarded(store *backend.Store) {
	r := gin.New()
	security.Install(r, store) // want `runs before tracing, which is registered on line 46, so its spans are in a trace of their own`
	telemetry.Install(r, "guarded")
	routes.Register(r, store)
	_ = r.Run(":8082")
}

// spread spreads the list of another package.
func spread(store *backend.Store) {
	r := gin.New()
	r.Use(security.Chain(store)...) // want `runs before tracing, which is registered on line 55, so its spans are in a trace of their own`
	r.Use(otelgin.Middleware("spread"))
	routes.Register(r, store)
	_ = r.Run(":8083")
}

// around has one layer of each of two functions of a package.
func around(store *backend.Store) {
	r := telemetry.Engine("around")
	routes.Register(r, store)
	_ = http.ListenAndServe(":8084", telemetry.Wrap(r)) // want `tracing is registered twice, first on line 62, so each request has two server spans`
}

// again registers on an engine that traces already.
func again(store *backend.Store) {
	r := telemetry.Engine("again")
	r.Use(otelgin.Middleware("again")) // want `tracing is registered twice, first on line 69, so each request has two server spans`
	routes.Register(r, store)
	_ = r.Run(":8085")
}
