// Package security guards routers of its callers: nothing here is wrong.
package security

import (
	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// Install registers a middleware that starts spans.
func Install(r *gin.Engine, store *backend.Store) {
	r.Use(middleware.CORS)
	r.Use(middleware.Guard(store))
}

// Chain is a list that needs the span.
func Chain(store *backend.Store) []gin.HandlerFunc {
	return []gin.HandlerFunc{middleware.RequestID(), middleware.Guard(store)}
}
