// Package reached has goroutines on roots that functions without a context start on
// behalf of requests.
package reached

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/detachedgo/reached/ct"
	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// API has the handlers.
type API struct {
	svc    *work.Service
	policy *ct.Policy
}

func (a *API) confirm(o work.Order) {
	go a.svc.Confirm(context.Background(), o) // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own: confirm is reached from \(\*API\)\.Order`
}

// Order has the helper do it.
func (a *API) Order(c *gin.Context) {
	a.confirm(work.Order{ID: c.Param("id")})
	c.Status(http.StatusAccepted)
}

func (a *API) recordAll(orders []work.Order) {
	for _, o := range orders {
		go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own: recordAll is reached from \(\*API\)\.Orders`
			a.svc.Record(context.Background(), o)
		}()
	}
}

func (a *API) finish(orders []work.Order) { a.recordAll(orders) }

// Orders is two calls away.
func (a *API) Orders(w http.ResponseWriter, r *http.Request) {
	a.finish([]work.Order{{ID: r.PathValue("id")}})
	w.WriteHeader(http.StatusAccepted)
}

func mail(to, body string) {
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own: mail is reached from \(\*API\)\.Place`
		ctx := context.Background()
		if err := spans.Mail(ctx, to, body); err != nil {
			println(err.Error())
		}
	}()
}

// Place is a caller's, and does more for it than that.
func (a *API) Place(ctx context.Context, o work.Order) error {
	if err := a.svc.Confirm(ctx, o); err != nil {
		return err
	}
	mail(o.Email, "thank you")
	return nil
}

// Issue starts a goroutine that starts some.
func (a *API) Issue(w http.ResponseWriter, r *http.Request) {
	go a.policy.Submit(r.PathValue("id")) // want `a\.policy\.Submit starts a goroutine that works on context\.Background\(\) in \(\*Policy\)\.submitAll, so what it does is in a trace of its own`
	w.WriteHeader(http.StatusAccepted)
}
