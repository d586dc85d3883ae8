// The program has server structs whose methods register in the right order.
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
	admin  *gin.Engine
	store  *backend.Store
}

// NewServer has the middlewares first, on each of its routers.
func NewServer(store *backend.Store) *Server {
	s := &Server{router: gin.New(), admin: gin.New(), store: store}
	s.middlewares()
	s.routes()
	return s
}

func (s *Server) routes() {
	s.router.GET("/orders", s.list)
	s.admin.GET("/orders", s.list)
}

func (s *Server) middlewares() {
	for _, r := range []*gin.Engine{s.router, s.admin} {
		r.Use(gin.Recovery(), otelgin.Middleware("shop"), middleware.Guard(s.store)) // want `recovery runs outside tracing`
	}
}

func (s *Server) list(c *gin.Context) {
	if _, err := s.store.Orders(c.Request.Context()); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

// Pair has two routers: what is registered on the one is not before what is
// registered on the other.
type Pair struct {
	inner, outer *gin.Engine
	store        *backend.Store
}

// NewPair registers the untraced one's route first.
func NewPair(store *backend.Store) *Pair {
	p := &Pair{inner: gin.New(), outer: gin.New(), store: store}
	p.inner.GET("/orders", p.list)
	p.outer.Use(otelgin.Middleware("outer"))
	p.outer.GET("/orders", p.list)
	return p
}

func (p *Pair) list(c *gin.Context) {
	if _, err := p.store.Orders(c.Request.Context()); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

// Echoed is a server with echo, whose engine may be given tracing last.
type Echoed struct {
	*echo.Echo
	store *backend.Store
}

func (s *Echoed) routes() { s.GET("/orders", s.list) }

// Start registers tracing when all routes are there, which works in echo.
func (s *Echoed) Start(addr string) error {
	s.routes()
	s.Use(otelecho.Middleware("echoed"))
	return s.Echo.Start(addr)
}

func (s *Echoed) list(c echo.Context) error {
	_, err := s.store.Orders(c.Request().Context())
	return err
}

// Plug registers on the engine that it is given: who gives it decides the
// order.
type Plug struct {
	store *backend.Store
}

// Routes registers the routes.
func (p *Plug) Routes(r gin.IRouter) { r.GET("/plug", p.list) }

// Middlewares registers tracing.
func (p *Plug) Middlewares(r gin.IRouter) { r.Use(otelgin.Middleware("plug")) }

func (p *Plug) list(c *gin.Context) {
	if _, err := p.store.Orders(c.Request.Context()); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

func main() {
	store := backend.NewStore(nil)
	e := &Echoed{Echo: echo.New(), store: store}
	go func() { log.Println(e.Start(":8081")) }()
	pair := NewPair(store)
	go func() { log.Println(pair.outer.Run(":8082")) }()
	go func() { log.Println(pair.inner.Run(":8083")) }()

	plug, engine := &Plug{store: store}, gin.New()
	plug.Middlewares(engine)
	plug.Routes(engine)
	go func() { log.Println(engine.Run(":8084")) }()
	log.Fatal(NewServer(store).router.Run(":8080"))
}
