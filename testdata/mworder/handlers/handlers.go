// Package handlers has the gin handlers of the project.
package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

// Orders has the handlers of /orders.
type Orders struct {
	Store *backend.Store
}

// List asks the database.
func (h *Orders) List(c *gin.Context) {
	orders, err := h.Store.Orders(c.Request.Context())
	if err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.JSON(http.StatusOK, orders)
}

// Create asks who the user is.
func (h *Orders) Create(c *gin.Context) {
	user, err := h.Store.UserOf(c.Request.Context(), c.GetHeader("Authorization"))
	if err != nil {
		c.AbortWithStatus(http.StatusForbidden)
		return
	}
	c.JSON(http.StatusCreated, gin.H{"by": user})
}

// Live only replies.
func Live(c *gin.Context) { c.String(http.StatusOK, "ok") }

// Version only replies.
func Version(v string) gin.HandlerFunc {
	return func(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"version": v}) }
}
