// Package calls passes gin's context where a context.Context is wanted. Its
// files do not import OpenTelemetry, and most not even context.
package calls

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

// API has the handlers.
type API struct {
	users *backend.Users
	find  backend.Finder
	db    *gorm.DB
	cache *redis.Client
	http  *http.Client
}

// Get passes it to a service that reaches the database.
func (a *API) Get(c *gin.Context) {
	u, err := a.users.Find(c, c.Param("id")) // want `^c is used as a context, in which the request's span is not found unless`
	if err != nil {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	c.JSON(http.StatusOK, u)
}

// GetNamed has a parameter that reads like a context.
func (a *API) GetNamed(ctx *gin.Context) {
	u, err := a.users.Find(ctx, ctx.Param("id")) // want `^ctx is used as a context, in which the request's span is not found unless`
	if err != nil {
		_ = ctx.Error(err)
		return
	}
	ctx.JSON(http.StatusOK, u)
}

// GetInterface calls through an interface of the module.
func (a *API) GetInterface(c *gin.Context) {
	if u, err := a.find.Find(c, c.Param("id")); err == nil { // want `^c is used as a context, in which the request's span is not found unless`
		c.JSON(http.StatusOK, u)
	}
}

// Gorm makes a session from it.
func (a *API) Gorm(c *gin.Context) {
	var u backend.User
	if err := a.db.WithContext(c).First(&u, "id = ?", c.Param("id")).Error; err != nil { // want `^c is used as a context, in which the request's span is not found unless`
		c.Status(http.StatusNotFound)
		return
	}
	c.JSON(http.StatusOK, u)
}

// Redis asks the cache.
func (a *API) Redis(c *gin.Context) {
	v, err := a.cache.Get(c, "user:"+c.Param("id")).Result() // want `^c is used as a context, in which the request's span is not found unless`
	if err != nil {
		c.Status(http.StatusNotFound)
		return
	}
	c.String(http.StatusOK, v)
}

// Request makes a request that carries it: the other service is in another
// trace.
func (a *API) Request(c *gin.Context) {
	req, err := http.NewRequestWithContext(c, http.MethodGet, "http://users/"+c.Param("id"), nil) // want `^c is used as a context, in which the request's span is not found unless`
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	resp, err := a.http.Do(req)
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	c.Status(resp.StatusCode)
}

// RequestWith attaches it.
func (a *API) RequestWith(c *gin.Context) {
	req, _ := http.NewRequest(http.MethodGet, "http://users/", nil)
	resp, err := a.http.Do(req.WithContext(c)) // want `^c is used as a context, in which the request's span is not found unless`
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	_ = resp.Body.Close()
}

// Copied passes a copy, which is no better.
func (a *API) Copied(c *gin.Context) {
	cp := c.Copy()
	_, _ = a.users.Find(cp, "copied") // want `^cp is used as a context, in which the request's span is not found unless`
}

// Twice has two in a statement, and one in a condition.
func (a *API) Twice(c *gin.Context) {
	backend.Notify("twice", c, c)                       // want `^c is used as a context, in which the request's span is not found unless` `^c is used as a context, in which the request's span is not found unless`
	if _, err := a.users.Find(c, "again"); err != nil { // want `^c is used as a context, in which the request's span is not found unless`
		return
	}
}

// Middleware asks before the handler.
func (a *API) Middleware() gin.HandlerFunc {
	return func(c *gin.Context) {
		if _, err := a.users.Find(c, c.GetHeader("X-User")); err != nil { // want `^c is used as a context, in which the request's span is not found unless`
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Next()
	}
}

// Routes has literals.
func (a *API) Routes(r gin.IRouter) {
	g := r.Group("/v1")
	g.GET("/users/:id", func(ginCtx *gin.Context) {
		u, _ := a.users.Find(ginCtx, ginCtx.Param("id")) // want `^ginCtx is used as a context, in which the request's span is not found unless`
		ginCtx.JSON(http.StatusOK, u)
	})
}

// helper is called by a handler, and is no handler.
func (a *API) helper(c *gin.Context, ids []string) (out []backend.User) {
	for _, id := range ids {
		u, err := a.users.Find(c, id) // want `^c is used as a context, in which the request's span is not found unless`
		if err != nil {
			continue
		}
		out = append(out, u)
	}
	return out
}

// List calls it: its parameter is gin's own.
func (a *API) List(c *gin.Context) {
	c.JSON(http.StatusOK, a.helper(c, c.QueryArray("id")))
}

// MethodValue calls through a method value.
func (a *API) MethodValue(c *gin.Context) {
	find := a.users.Find
	_, _ = find(c, "value") // want `^c is used as a context, in which the request's span is not found unless`
}

// Literal passes it in a literal that it calls.
func (a *API) Literal(c *gin.Context) {
	load := func(id string) (backend.User, error) {
		return a.users.Find(c, id) // want `^c is used as a context, in which the request's span is not found unless`
	}
	u, _ := load(c.Param("id"))
	c.JSON(http.StatusOK, u)
}
