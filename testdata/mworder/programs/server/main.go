// The program has a server struct with a router field; its methods register in
// the wrong order.
package main

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// Server is the web's side of the program.
type Server struct {
	router *gin.Engine
	store  *backend.Store
}

// NewServer registers routes before middlewares, by methods.
func NewServer(store *backend.Store) *Server {
	s := &Server{router: gin.New(), store: store}
	s.routes()
	s.middlewares() // want `tracing is registered after the routes of \S*routes on line 27, whose requests get no server span`
	return s
}

func (s *Server) routes() {
	api := s.router.Group("/api")
	api.GET("/orders", s.list)
}

func (s *Server) middlewares() {
	s.router.Use(gin.Recovery()) // want `recovery runs outside tracing`
	s.router.Use(otelgin.Middleware("shop"))
}

func (s *Server) list(c *gin.Context) {
	orders, err := s.store.Orders(c.Request.Context())
	if err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.JSON(http.StatusOK, orders)
}

// Small sets the field in its own method, all in one.
type Small struct {
	engine *gin.Engine
	store  *backend.Store
}

// Setup has both on the field in one method.
func (s *Small) Setup() {
	s.engine = gin.Default() // want `recovery runs outside tracing`
	s.engine.GET("/orders", s.list)
	s.engine.Use(otelgin.Middleware("small")) // want `tracing is registered after GET /orders on line 60, whose requests get no server span`
}

func (s *Small) list(c *gin.Context) {
	if _, err := s.store.Orders(c.Request.Context()); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

// Guarded guards before it traces.
type Guarded struct {
	*gin.Engine
	store *backend.Store
}

// NewGuarded registers on the embedded engine.
func NewGuarded(store *backend.Store) *Guarded {
	g := &Guarded{Engine: gin.New(), store: store}
	g.Use(middleware.Guard(store)) // want `Guard\S* runs before tracing, which is registered on line 80, so its spans are in a trace of their own`
	g.Use(otelgin.Middleware("guarded"))
	g.GET("/orders", g.list)
	return g
}

func (g *Guarded) list(c *gin.Context) {
	if _, err := g.store.Orders(c.Request.Context()); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

// Echoed is a server with echo.
type Echoed struct {
	echo  *echo.Echo
	api   *echo.Group
	store *backend.Store
}

// NewEchoed registers the group's route before its tracing.
func NewEchoed(store *backend.Store) *Echoed {
	s := &Echoed{echo: echo.New(), store: store}
	s.api = s.echo.Group("/api")
	s.api.GET("/orders", s.list)
	s.api.Use(otelecho.Middleware("echoed")) // want `tracing is registered after GET (/api)?/orders on line 102, whose requests get no server span`
	return s
}

func (s *Echoed) list(c echo.Context) error {
	orders, err := s.store.Orders(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, orders)
}

func main() {
	store := backend.NewStore(nil)
	small := &Small{store: store}
	small.Setup()
	go func() { log.Println(small.engine.Run(":8081")) }()
	go func() { log.Println(NewGuarded(store).Run(":8082")) }()
	go func() { log.Println(NewEchoed(store).echo.Start(":8083")) }()
	log.Fatal(NewServer(store).router.Run(":8080"))
}
