// Package engine makes the engine that all servers of the project use: it sets
// the fallback, so gin's context finds what the request's context has.
package engine

import "github.com/gin-gonic/gin"

// New is the constructor.
func New(mw ...gin.HandlerFunc) *gin.Engine {
	r := gin.New()
	r.ContextWithFallback = true
	r.Use(mw...)
	return r
}
