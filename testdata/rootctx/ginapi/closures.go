package ginapi

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"golang.org/x/sync/errgroup"
)

// Retried has the root in a literal that retry runs before it returns.
func (a *API) Retried(c *gin.Context) {
	var o Order
	err := retry(3, func() (err error) {
		o, err = a.orders.byID(context.TODO(), c.Param("id")) // want `the request's context is at hand: c.Request.Context\(\)`
		return err
	})
	c.JSON(http.StatusOK, gin.H{"order": o, "err": err})
}

// OnTheSpot has the root in a literal that is called where it stands.
func (a *API) OnTheSpot(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "OnTheSpot")
	defer span.End()
	total := func(ids ...string) (sum int64) {
		for _, id := range ids {
			o, err := a.orders.byID(context.Background(), id) // want `the request's context is at hand: ctx$`
			if err != nil {
				continue
			}
			sum += o.Total
		}
		return sum
	}(c.QueryArray("id")...)
	_ = a.orders.insert(ctx, Order{Total: total})
	c.JSON(http.StatusOK, total)
}

// HeldInLocal holds the literal in a local and calls it twice.
func (a *API) HeldInLocal(c *gin.Context) {
	load := func(id string) Order {
		o, _ := a.orders.byID(context.Background(), id) // want `the request's context is at hand: c.Request.Context\(\)`
		return o
	}
	first, second := load(c.Param("a")), load(c.Param("b"))
	c.JSON(http.StatusOK, []Order{first, second})
}

// Fanned makes the group's context a root: what runs in the group is joined.
func (a *API) Fanned(c *gin.Context) {
	g, ctx := errgroup.WithContext(context.Background()) // want `the request's context is at hand: c.Request.Context\(\)`
	for _, id := range c.QueryArray("id") {
		g.Go(func() error {
			_, err := a.orders.byID(ctx, id)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

// Routes registers handlers that are written in place; ctx is the context of
// the start-up, which is not the request's.
func Routes(ctx context.Context, r *gin.Engine, a *API) error {
	if _, err := a.orders.count(ctx, ""); err != nil {
		return err
	}
	r.GET("/orders/:id", a.GetOrder)
	r.GET("/orders", a.List())
	r.DELETE("/orders/:id", func(c *gin.Context) {
		err := a.orders.insert(context.Background(), Order{ID: c.Param("id"), Total: -1}) // want `the request's context is at hand: c.Request.Context\(\)`
		if err != nil {
			c.Status(http.StatusConflict)
		}
	})
	admin := r.Group("/admin", a.tenant)
	{
		admin.POST("/orders", a.PostOrder)
		admin.GET("/health", a.withTenant(func(c *gin.Context, tenant string) {
			n, err := a.orders.count(context.TODO(), tenant) // want `the request's context is at hand: c.Request.Context\(\)`
			c.JSON(http.StatusOK, gin.H{"n": n, "err": err})
		}))
	}
	return nil
}

// withTenant wraps a handler of the team's own shape.
func (a *API) withTenant(next func(*gin.Context, string)) gin.HandlerFunc {
	return func(c *gin.Context) { next(c, c.GetHeader("X-Tenant")) }
}

// tenant puts a context on the request that is derived from a root: all that
// comes after it has lost the trace.
func (a *API) tenant(c *gin.Context) {
	ctx := context.WithValue(context.Background(), tenantKey{}, c.GetHeader("X-Tenant")) // want `the request's context is at hand: c.Request.Context\(\)`
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// Tenant is the same in a constructor, in one expression.
func Tenant(header string) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Request = c.Request.WithContext(context.WithValue(context.Background(), tenantKey{}, c.GetHeader(header))) // want `the request's context is at hand: c.Request.Context\(\)`
		c.Next()
	}
}

// Mirror hands a clone with a root to another handler.
func Mirror(next http.Handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		next.ServeHTTP(c.Writer, c.Request.Clone(context.Background())) // want `the request's context is at hand: c.Request.Context\(\)`
	}
}
