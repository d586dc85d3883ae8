package innocent

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/gorilla/mux"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/health/grpc_health_v1"
)

// Attribute is silent: the path is an attribute.
func Attribute(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "GET", trace.WithAttributes(attribute.String("url.path", r.URL.Path)))
	defer span.End()
	span.SetAttributes(attribute.String("user.id", r.PathValue("id")))
}

// Event is silent: the name of an event is no name of a span.
func Event(ctx context.Context, id uuid.UUID) {
	trace.SpanFromContext(ctx).AddEvent("job " + id.String())
}

// Renamed is silent: the template.
func Renamed(w http.ResponseWriter, r *http.Request) {
	span := trace.SpanFromContext(r.Context())
	span.SetName(r.Method + " " + r.Pattern)
}

// MuxName is silent: the name of a route.
func MuxName(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), mux.CurrentRoute(r).GetName())
	defer span.End()
}

// Config is silent: what a file or the environment says is given at start-up.
func Config(ctx context.Context) {
	_, span := tracer.Start(ctx, "service "+os.Getenv("SERVICE"))
	defer span.End()
}

type settings struct {
	Name string `json:"name"`
}

// ConfigFile is silent: it is no request that is decoded.
func ConfigFile(ctx context.Context) error {
	data, err := os.ReadFile("config.json")
	if err != nil {
		return err
	}
	var s settings
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	_, span := tracer.Start(ctx, s.Name)
	defer span.End()
	return nil
}

// Len is silent: a length is not known to have no bound.
func Len(ctx context.Context, ids []string) {
	_, span := tracer.Start(ctx, fmt.Sprintf("batch of %d", len(ids)))
	defer span.End()
}

// Bucket is silent: one of sixteen.
func Bucket(ctx context.Context, seq int64) {
	_, span := tracer.Start(ctx, fmt.Sprintf("shard %d", time.Now().UnixNano()%16))
	defer span.End()
}

// Loaded is silent: a counter is read, and not known to be one.
func Loaded(ctx context.Context, n *atomic.Int64) {
	_, span := tracer.Start(ctx, "worker "+strconv.FormatInt(n.Load(), 10))
	defer span.End()
}

var digits = regexp.MustCompile("[0-9]+")

// Normalised is silent: what comes out of a regular expression may be the route.
func Normalised(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), digits.ReplaceAllString(r.URL.Path, ":id"))
	defer span.End()
}

func normalise(p string) string {
	parts := strings.Split(p, "/")
	for i := range parts {
		if digits.MatchString(parts[i]) {
			parts[i] = ":id"
		}
	}
	return strings.Join(parts, "/")
}

// OwnNormalised is silent, for the same reason.
func OwnNormalised(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), normalise(r.URL.Path))
	defer span.End()
}

// Extension is silent: the kinds of files are few.
func Extension(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "render "+path.Ext(r.URL.Path))
	defer span.End()
}

// Flag is silent: whether there is one.
func Flag(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), fmt.Sprintf("list filtered=%v", r.URL.Query().Get("q") != ""))
	defer span.End()
}

// Indexed is silent: an element of a table.
func Indexed(c *gin.Context) {
	names := [...]string{"get", "put"}
	i, _ := strconv.Atoi(c.Param("i"))
	_, span := tracer.Start(c.Request.Context(), names[i%2])
	defer span.End()
}

// Scheme is silent: one of two.
func Scheme(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "proxy "+r.URL.Scheme+" "+r.URL.Host)
	defer span.End()
}

// Equal is silent: a comparison.
func Equal(ctx context.Context, a, b uuid.UUID) {
	_, span := tracer.Start(ctx, fmt.Sprintf("merge same=%t", a == b))
	defer span.End()
}

// Assigned is silent: the path is replaced before its use.
func Assigned(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path
	_ = name
	name = "fixed"
	_, span := tracer.Start(r.Context(), name)
	defer span.End()
}

type op struct{ name, target string }

func newOp(target string) op { return op{name: "copy", target: target} }

// FieldOfResult is silent: the name is a constant, the path in the other field.
func FieldOfResult(w http.ResponseWriter, r *http.Request) {
	o := newOp(r.URL.Path)
	_, span := tracer.Start(r.Context(), o.name)
	defer span.End()
}

// Other is silent: a function of that name that is none of tracing.
func Other(r *http.Request) {
	var s starter
	s.Start(r.Context(), r.URL.Path)
}

type starter struct{}

func (starter) Start(ctx context.Context, name string) {}

type server struct {
	grpc_health_v1.UnimplementedHealthServer
}

// Check is silent: of the message only a test gets into the name.
func (s *server) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	name := "check one"
	if req.GetService() == "" {
		name = "check all"
	}
	_, span := tracer.Start(ctx, name)
	defer span.End()
	return &grpc_health_v1.HealthCheckResponse{Status: grpc_health_v1.HealthCheckResponse_SERVING}, nil
}

// Status is silent: an enumeration that was generated.
func Status(ctx context.Context, resp *grpc_health_v1.HealthCheckResponse) {
	_, span := tracer.Start(ctx, "is "+resp.GetStatus().String())
	defer span.End()
}

// Message is silent: it is no request to this function.
func Message(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) {
	_, span := tracer.Start(ctx, "check "+req.GetService())
	defer span.End()
}

type stage int

const (
	build stage = iota
	ship
)

func (s stage) String() string { return [...]string{"build", "ship"}[s] }

// Stringer is silent: one of two.
func Stringer(ctx context.Context, s stage) {
	_, span := tracer.Start(ctx, fmt.Sprintf("stage %v %s %d", s, s, s))
	defer span.End()
}

// Mapped is silent: names are looked up, and the key gets in only if it is in.
func Mapped(w http.ResponseWriter, r *http.Request) {
	name, ok := table[r.URL.Path]
	if !ok {
		name = "other"
	}
	_, span := tracer.Start(r.Context(), name)
	defer span.End()
}

// Callback is silent: the function decides.
func Callback(ctx context.Context, name func() string) {
	_, span := tracer.Start(ctx, name())
	defer span.End()
}

// Elem is silent: what a list of the caller's holds.
func Elem(ctx context.Context, names []string) {
	for _, n := range names {
		_, span := tracer.Start(ctx, "step "+n)
		span.End()
	}
}

// OneOf is silent: a validator lets few values pass.
func OneOf(c *gin.Context) {
	var o struct {
		Kind string `binding:"required,oneof=book toy"`
	}
	if c.ShouldBindJSON(&o) != nil {
		return
	}
	_, span := tracer.Start(c.Request.Context(), "order "+o.Kind)
	defer span.End()
}

// Guarded is silent: the two ifs leave two values.
func Guarded(c *gin.Context) {
	kind := c.Query("kind")
	if kind == "book" || kind == "toy" {
		_, span := tracer.Start(c.Request.Context(), "order "+kind)
		defer span.End()
	}
}
