// Package app names spans through other packages.
package app

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"github.com/tracevet/tracevet/testdata/dynamicname/wrappers/names"
	"github.com/tracevet/tracevet/testdata/dynamicname/wrappers/obs"
)

func Wrapper(w http.ResponseWriter, r *http.Request) {
	_, span := obs.StartSpan(r.Context(), r.URL.Path) // want `^the span name that obs.StartSpan gets is r.URL.Path, the path of a request, so`
	defer span.End()
}

func TwoLevels(w http.ResponseWriter, r *http.Request) {
	_, span := obs.StartLayer(r.Context(), "http", r.URL.Path) // want `the span name that obs.StartLayer gets is r.URL.Path`
	defer span.End()
}

func ThreeLevels(w http.ResponseWriter, r *http.Request) {
	_ = obs.Trace(r.Context(), "GET "+r.URL.Path, func(context.Context) error { return nil }) // want `contains r.URL.Path`
}

func Method(ctx context.Context, t *obs.Tracer, id uuid.UUID) {
	_, end := t.Start(ctx, "job "+id.String()) // want `the span name that t.Start gets contains id.String\(\), a unique id`
	defer end()
}

func Interface(ctx context.Context, t obs.Starter, id uuid.UUID) {
	_, end := t.Start(ctx, "job "+id.String()) // want `a unique id`
	defer end()
}

func Renamed(w http.ResponseWriter, r *http.Request) {
	_, span := obs.StartSpan(r.Context(), "request")
	defer span.End()
	obs.Rename(span, r.URL.Path) // want `the span name that obs.Rename gets is r.URL.Path`
}

func OtherPackage(w http.ResponseWriter, r *http.Request) {
	_, span := obs.StartSpan(r.Context(), names.Of(r)) // want `is names.Of\(r\), the path of a request`
	defer span.End()
}

func Lowered(w http.ResponseWriter, r *http.Request) {
	_, span := obs.StartSpan(r.Context(), names.Lower(r.URL.Path)) // want `the path of a request`
	defer span.End()
}

// own is not reported: its callers are.
func own(ctx context.Context, format string, args ...any) func() {
	_, span := obs.StartSpan(ctx, fmt.Sprintf(format, args...))
	return func() { span.End() }
}

func Own(ctx context.Context, id uuid.UUID) {
	defer own(ctx, "job %s", id)() // want `a unique id`
}

// Kinds is silent: one of two constants.
func Kinds(w http.ResponseWriter, r *http.Request) {
	_, span := obs.StartSpan(r.Context(), names.Kind(r))
	defer span.End()
}

// Constants is silent.
func Constants(ctx context.Context, t obs.Starter) {
	_, span := obs.StartLayer(ctx, "db", "query")
	defer span.End()
	_, end := t.Start(ctx, "x")
	defer end()
	defer own(ctx, "job %s", "cleanup")()
	_ = obs.Trace(ctx, names.Lower("GET"), nil)
}
