package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

var failures = promauto.NewCounterVec(prometheus.CounterOpts{
	Name: "checkout_failures_total", Help: "Requests that failed, by what the reply says.",
}, []string{"status", "reason"})

// getProduct replies with what there is of a product, or 404.
func (s *Server) getProduct(c *gin.Context) {
	ctx, span := telemetry.StartSpan(c.Request.Context(), "api.get_product "+c.Param("sku"))
	defer span.End()

	stock, err := s.store.Stock(ctx, c.Param("sku"))
	if err != nil {
		span.RecordError(err)
		fail(c, http.StatusNotFound, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"stock": stock})
}
