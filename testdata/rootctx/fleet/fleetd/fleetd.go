// Command fleetd serves with chi, through an own type of handler.
package main

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/tracevet/tracevet/testdata/rootctx/fleet/routes"
	"github.com/tracevet/tracevet/testdata/rootctx/fleet/vehicles"
	_ "go.opentelemetry.io/otel/sdk/trace" // spans are recorded
)

// action is what the team writes; serve makes a handler of it.
type action[Out any] func(ctx context.Context, r *http.Request) (Out, error)

func serve[Out any](a action[Out]) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		out, err := a(r.Context(), r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(out)
	}
}

type daemon struct{ planner *routes.Planner }

// vehicle reaches the query two packages down, through an embedding.
func (d *daemon) vehicle(_ http.ResponseWriter, r *http.Request) {
	if _, err := d.planner.Vehicle(chi.URLParam(r, "plate")); err != nil { // want `starts a new trace: it reaches context.Background\(\) in .*one`
		panic(http.ErrAbortHandler)
	}
}

// plan does right: what is wrong is said in package routes.
func (d *daemon) plan(ctx context.Context, _ *http.Request) (bool, error) {
	return true, d.planner.Plan(ctx, 1)
}

// plates calls a generic function of the package between.
func (d *daemon) plates(_ context.Context, r *http.Request) ([]string, error) {
	return routes.Map(d.planner, r.URL.Query()["plate"], func(v vehicles.Vehicle) (string, error) { // want `^routes.Map starts a new trace: it reaches context.Background\(\) in .*one`
		return v.Plate, nil
	})
}

func main() {
	d := &daemon{planner: &routes.Planner{}}
	if _, err := d.planner.Vehicle("warm-up"); err != nil {
		panic(err)
	}
	r := chi.NewRouter()
	r.Get("/vehicles/{plate}", d.vehicle)
	r.Get("/plan", serve(d.plan))
	r.Get("/plates", serve(d.plates))
	_ = http.ListenAndServe(":8080", r)
}
