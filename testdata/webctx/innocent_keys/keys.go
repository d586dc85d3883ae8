// Package innocent_keys passes gin's context to functions that read what only
// gin's context has.
package innocent_keys

import (
	"context"
	"errors"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

var tracer = otel.Tracer("keys")

// currentUser reads a key that gin's Set wrote.
func currentUser(ctx context.Context) (string, bool) {
	id, ok := ctx.Value("user").(string)
	return id, ok
}

// Me reads the key.
func Me(c *gin.Context) {
	id, ok := currentUser(c)
	if !ok {
		c.AbortWithStatus(401)
		return
	}
	c.String(200, id)
}

const tenantKey = "tenant"

type repo struct{ users *backend.Users }

// find reads a key, and works: the one wants gin's context, the other does not.
func (r *repo) find(ctx context.Context, id string) (backend.User, error) {
	tenant, _ := ctx.Value(tenantKey).(string)
	if tenant == "" {
		return backend.User{}, errors.New("no tenant")
	}
	_, span := tracer.Start(ctx, "find")
	defer span.End()
	span.SetAttributes(attribute.String("tenant", tenant))
	return backend.User{ID: tenant + id}, nil
}

// Get calls it: the request's context would not have the tenant.
func (r *repo) Get(c *gin.Context) {
	c.Set(tenantKey, c.GetHeader("X-Tenant"))
	u, err := r.find(c, c.Param("id"))
	if err != nil {
		_ = c.Error(err)
		return
	}
	c.JSON(200, u)
}

// load reads it further down.
func (r *repo) load(ctx context.Context, id string) (backend.User, error) { return r.find(ctx, id) }

// GetDeep calls one that calls it.
func (r *repo) GetDeep(c *gin.Context) {
	_, _ = r.load(c, "deep")
}

// stdContext takes gin's context apart.
func stdContext(ctx context.Context) context.Context {
	if gc, ok := ctx.(*gin.Context); ok {
		return gc.Request.Context()
	}
	return ctx
}

// Unwrapped calls what takes it apart.
func Unwrapped(c *gin.Context, users *backend.Users) {
	_, _ = users.Find(stdContext(c), c.Param("id"))
}

// traced works on what it has taken out.
func traced(ctx context.Context, name string) {
	switch c := ctx.(type) {
	case *gin.Context:
		ctx = c.Request.Context()
	}
	_, span := tracer.Start(ctx, name)
	span.End()
}

// TypeSwitch calls it.
func TypeSwitch(c *gin.Context) {
	traced(c, "TypeSwitch")
}

// ginFrom asks for gin's own key.
func ginFrom(ctx context.Context) *gin.Context {
	gc, _ := ctx.Value(gin.ContextKey).(*gin.Context)
	return gc
}

// Key calls it.
func Key(c *gin.Context) {
	if gc := ginFrom(c); gc != nil {
		gc.Status(204)
	}
}
