// The program puts layers around the routers of another package.
package main

import (
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/programs/layers/web"
)

// main wraps a router that traces already, in the other package.
func main() {
	api := &web.API{Store: backend.NewStore(nil)}
	go func() { log.Println(outside(api)) }()
	go func() { log.Println(within(api)) }()
	go func() { log.Println(single(api)) }()
	server := &http.Server{
		Addr:    ":8080",
		Handler: otelhttp.NewHandler(api.Traced(), "server"), // want `tracing is registered twice, first .*, so each request has two server spans`
	}
	log.Fatal(server.ListenAndServe())
}

// outside asks the database before the other package's router traces.
func outside(api *web.API) error {
	return http.ListenAndServe(":8081", api.Users(api.Traced())) // want `Users runs before tracing, .*, so what it calls is not in the request's trace`
}

// within is right: one layer, around all.
func within(api *web.API) error {
	return http.ListenAndServe(":8082", otelhttp.NewHandler(api.Users(api.Plain()), "server"))
}

// single is right: the router traces, nothing is around it.
func single(api *web.API) error {
	mux := http.NewServeMux()
	mux.Handle("/v1/", http.StripPrefix("/v1", api.Traced()))
	mux.Handle("/v2/", otelhttp.NewHandler(http.StripPrefix("/v2", api.Plain()), "v2"))
	return http.ListenAndServe(":8083", mux)
}
