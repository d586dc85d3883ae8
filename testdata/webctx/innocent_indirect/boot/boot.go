// Package boot makes the project's servers by way of the engine's package.
package boot

import (
	"net/http"

	"github.com/tracevet/tracevet/testdata/webctx/engine"
)

// Server is a server on the project's engine.
func Server(addr string) *http.Server {
	return &http.Server{Addr: addr, Handler: engine.New()}
}
