// Package main imports a package that sets up tracing.
package main

import (
	"log"
	"net/http"

	_ "github.com/tracevet/tracevet/testdata/noshutdown/starts/tracing" // want `package tracing starts a tracer provider that nothing shuts down, so the spans of its last batch are lost`
)

func main() {
	log.Print(http.ListenAndServe(":8080", nil))
}
