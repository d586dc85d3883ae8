// Package routes registers the routes of the program on the router of its
// caller: nothing here is wrong.
package routes

import (
	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
)

// Register registers all.
func Register(r gin.IRouter, store *backend.Store) {
	orders := &handlers.Orders{Store: store}
	v1 := r.Group("/v1")
	v1.GET("/orders", orders.List)
	v1.POST("/orders", orders.Create)
}

// Probes registers routes that only reply.
func Probes(r gin.IRouter) {
	r.GET("/livez", handlers.Live)
}
