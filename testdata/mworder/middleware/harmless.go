package middleware

import (
	"log"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
)

var requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"method", "route"})

// RequestID reads and writes a header.
func RequestID() gin.HandlerFunc {
	return func(c *gin.Context) {
		id := c.GetHeader("X-Request-Id")
		if id == "" {
			id = uuid.NewString()
		}
		c.Set("request-id", id)
		c.Header("X-Request-Id", id)
		c.Next()
	}
}

// CORS writes headers and answers preflights.
func CORS(c *gin.Context) {
	c.Header("Access-Control-Allow-Origin", "*")
	if c.Request.Method == http.MethodOptions {
		c.AbortWithStatus(http.StatusNoContent)
		return
	}
	c.Next()
}

// PlainLog logs without a context.
func PlainLog() gin.HandlerFunc {
	return func(c *gin.Context) {
		begin := time.Now()
		c.Next()
		log.Printf("%s %s %d %s", c.Request.Method, c.FullPath(), c.Writer.Status(), time.Since(begin))
	}
}

// Count counts requests.
func Count(c *gin.Context) {
	c.Next()
	requests.WithLabelValues(c.Request.Method, c.FullPath()).Inc()
}

// StaticToken compares a header: no context, no call.
func StaticToken(token string) gin.HandlerFunc {
	return func(c *gin.Context) {
		if strings.TrimPrefix(c.GetHeader("Authorization"), "Bearer ") != token {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Next()
	}
}

// Recover answers 500.
func Recover() gin.HandlerFunc {
	return gin.CustomRecovery(func(c *gin.Context, err any) {
		log.Printf("panic: %v", err)
		c.AbortWithStatus(http.StatusInternalServerError)
	})
}
