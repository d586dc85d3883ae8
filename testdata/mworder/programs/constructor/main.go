// The program calls a constructor of another package: the fault is in there.
package main

import (
	"log"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/programs/constructor/server"
)

// main is right: it has no order of its own.
func main() {
	log.Fatal(server.New(backend.NewStore(nil)).Run(":8080"))
}
