// Package main is right: it closes what the package that it imports has opened.
package main

import (
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/noshutdown/innocent_starts/tracing"
)

func main() {
	defer tracing.Close()
	log.Print(http.ListenAndServe(":8080", nil))
}
