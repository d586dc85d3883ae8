package sources

import (
	"context"
	"fmt"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
)

func GinParam(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), "user "+c.Param("id")) // want `contains c.Param\("id"\), a parameter in the path of a request`
	defer span.End()
}

func GinQuery(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), "search "+c.Query("q")) // want `the query of a request`
	defer span.End()
}

func GinPath(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), c.Request.URL.Path) // want `the path of a request`
	defer span.End()
}

// GinMiddleware names all spans of the service.
func GinMiddleware() gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, span := tracer.Start(c.Request.Context(), fmt.Sprintf("%s %s", c.Request.Method, c.Request.URL.Path)) // want `the path of a request`
		defer span.End()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}

// GinVariable has a variable for the name alone.
func GinVariable(c *gin.Context) {
	name := c.Request.Method + " " + c.Request.URL.Path
	_, span := tracer.Start(c.Request.Context(), name) // want `the span name name contains c.Request.URL.Path`
	defer span.End()
}

// GinVariableTwice needs the path for something else as well: no fix.
func GinVariableTwice(c *gin.Context) {
	path := c.Request.URL.Path
	_, span := tracer.Start(c.Request.Context(), path) // want `the span name path contains c.Request.URL.Path`
	defer span.End()
	c.String(200, path)
}

func VariableOfID(c *gin.Context) {
	name := fmt.Sprintf("user %s", c.Param("id"))
	_, span := tracer.Start(c.Request.Context(), name) // want `the span name name contains c.Param\("id"\)`
	defer span.End()
}

func GinIP(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), "from "+c.ClientIP()) // want `the address of a peer`
	defer span.End()
}

type order struct {
	Customer string
	Kind     string `binding:"oneof=book toy"`
}

func GinBody(c *gin.Context) {
	var o order
	if err := c.ShouldBindJSON(&o); err != nil {
		return
	}
	_, span := tracer.Start(c.Request.Context(), "order of "+o.Customer) // want `contains o.Customer, content of a request`
	defer span.End()
}

func EchoParam(c echo.Context) error {
	ctx, span := tracer.Start(c.Request().Context(), "user "+c.Param("id")) // want `a parameter in the path of a request`
	defer span.End()
	return work(ctx)
}

func EchoPath(c echo.Context) error {
	ctx, span := tracer.Start(c.Request().Context(), c.Request().URL.Path) // want `the path of a request`
	defer span.End()
	return work(ctx)
}

func EchoBind(c echo.Context) error {
	o := new(order)
	if err := c.Bind(o); err != nil {
		return err
	}
	ctx, span := tracer.Start(c.Request().Context(), "order of "+o.Customer) // want `content of a request`
	defer span.End()
	return work(ctx)
}

type health struct {
	grpc_health_v1.UnimplementedHealthServer
}

// Check has a field of the request message.
func (h *health) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	_, span := tracer.Start(ctx, "check "+req.GetService()) // want `contains req.GetService\(\), content of a request`
	defer span.End()
	return &grpc_health_v1.HealthCheckResponse{}, nil
}

// List has the field itself, through a variable.
func (h *health) List(ctx context.Context, req *grpc_health_v1.HealthListRequest) (*grpc_health_v1.HealthListResponse, error) {
	_, span := tracer.Start(ctx, "list")
	defer span.End()
	return nil, nil
}

// Peer names spans by who calls.
func Peer(ctx context.Context) {
	p, _ := peer.FromContext(ctx)
	_, span := tracer.Start(ctx, "call from "+p.Addr.String()) // want `the address of a peer`
	defer span.End()
}

func Metadata(ctx context.Context) {
	md, _ := metadata.FromIncomingContext(ctx)
	if tenants := md.Get("tenant"); len(tenants) > 0 {
		_, span := tracer.Start(ctx, "for "+tenants[0]) // want `a header of a request`
		defer span.End()
	}
}
