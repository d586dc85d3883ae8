package deep

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

func (a *API) process(r *http.Request) {
	a.svc.Record(r.Context(), work.Order{ID: r.PathValue("id")})
}

// Process hands the request to a method in a goroutine, which works on its
// context.
func (a *API) Process(w http.ResponseWriter, r *http.Request) {
	go a.process(r) // want `the goroutine works on r, which is cancelled when the handler`
	w.WriteHeader(http.StatusAccepted)
}

func (a *API) pump(stream grpc.ServerStream) {
	a.svc.Record(stream.Context(), work.Order{ID: "pump"})
}

// Pump does so with a stream, in a stream's handler.
func (a *API) Pump(srv any, stream grpc.ServerStream) error {
	go a.pump(stream) // want `the goroutine works on stream, which is cancelled when the handler`
	return nil
}

// job is what the workers get.
type job struct {
	ctx context.Context
	o   work.Order
}

func (j job) run(svc *work.Service) { svc.Record(j.ctx, j.o) }

// Struct hands the request's context over in a struct. A limit: silent.
func (a *API) Struct(c *gin.Context) {
	j := job{ctx: c.Request.Context(), o: work.Order{ID: c.Param("id")}}
	go j.run(a.svc)
	c.Status(http.StatusAccepted)
}

// Reassigned detaches, and derives a deadline from the request's context after.
func (a *API) Reassigned(c *gin.Context) {
	ctx := context.WithoutCancel(c.Request.Context())
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Minute)
	o := work.Order{ID: c.Param("id")}
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Reassigned returns`
		defer cancel()
		a.svc.Record(ctx, o)
	}()
}

// Cancelled detaches, and cancels what it derived when it returns: silent, a limit.
func (a *API) Cancelled(c *gin.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request.Context()), time.Minute)
	defer cancel()
	o := work.Order{ID: c.Param("id")}
	go func() {
		a.svc.Record(ctx, o)
	}()
}
