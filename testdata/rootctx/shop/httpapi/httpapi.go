// Package httpapi serves the catalog with gin.
package httpapi

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/tracevet/tracevet/testdata/rootctx/shop/catalog"
	"github.com/tracevet/tracevet/testdata/rootctx/shop/storage"
)

// A finder is what the handler needs of the catalog.
type finder func(id string) (*storage.Article, error)

// Handlers has the catalog in a field.
type Handlers struct{ cat *catalog.Catalog }

// Register makes the handlers.
func Register(r gin.IRouter, cat *catalog.Catalog) {
	h := &Handlers{cat: cat}
	r.GET("/articles/:id", h.article)
	r.PUT("/articles/:id", h.price)
	r.GET("/articles/:id/found", found(cat.Article))
}

// article reaches the storage through the catalog, and through an interface there.
func (h *Handlers) article(c *gin.Context) {
	a, err := h.cat.Article(c.Param("id")) // want `starts a new trace: it reaches context.Background\(\) in .*session`
	if err != nil {
		c.Status(http.StatusNotFound)
		return
	}
	c.JSON(http.StatusOK, a)
}

// price has its fault one package down, where a context is at hand.
func (h *Handlers) price(c *gin.Context) {
	if err := h.cat.Price(c.Request.Context(), c.Param("id"), 1); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

// found is given a function, and does not know which: it is silent.
func found(find finder) gin.HandlerFunc {
	return func(c *gin.Context) {
		if _, err := find(c.Param("id")); err != nil {
			c.Status(http.StatusNotFound)
		}
	}
}
