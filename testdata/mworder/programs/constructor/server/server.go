// Package server has a constructor in which all comes together: the fault is
// local to it, so it is reported here and not in main.
package server

import (
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
)

// Server has the router.
type Server struct {
	engine *gin.Engine
	orders *handlers.Orders
}

// New makes a server, routes first.
func New(store *backend.Store) *Server {
	s := &Server{engine: gin.New(), orders: &handlers.Orders{Store: store}}
	s.engine.Use(gin.Recovery()) // want `recovery runs outside tracing`
	s.register()
	s.engine.Use(otelgin.Middleware("shop")) // want `tracing is registered after the routes of \S*register on line 23, whose requests get no server span`
	return s
}

func (s *Server) register() {
	s.engine.GET("/orders", s.orders.List)
	s.engine.POST("/orders", s.orders.Create)
}

// Run serves.
func (s *Server) Run(addr string) error { return s.engine.Run(addr) }
