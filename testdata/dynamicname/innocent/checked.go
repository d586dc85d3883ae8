package innocent

import (
	"context"
	"net/http"
	"slices"
)

// Switched is silent: it equals one of the cases.
func Switched(w http.ResponseWriter, r *http.Request) {
	action := r.FormValue("action")
	switch action {
	case "start", "stop":
		_, span := tracer.Start(r.Context(), "do "+action)
		defer span.End()
	}
}

// SwitchedAway is silent: others have returned.
func SwitchedAway(w http.ResponseWriter, r *http.Request) {
	action := r.FormValue("action")
	switch action {
	case "start":
	case "stop":
	default:
		return
	}
	_, span := tracer.Start(r.Context(), "do "+action)
	defer span.End()
}

// Defaulted is silent: others are replaced.
func Defaulted(w http.ResponseWriter, r *http.Request) {
	action := r.FormValue("action")
	if action != "start" && action != "stop" {
		action = "other"
	}
	_, span := tracer.Start(r.Context(), action)
	defer span.End()
}

var actions = []string{"start", "stop"}

// Contained is silent: it is in a list.
func Contained(w http.ResponseWriter, r *http.Request) {
	action := r.FormValue("action")
	if !slices.Contains(actions, action) {
		return
	}
	_, span := tracer.Start(r.Context(), action)
	defer span.End()
}

var allowed = map[string]bool{"start": true}

// Allowed is silent: it is in a set.
func Allowed(w http.ResponseWriter, r *http.Request) {
	action := r.FormValue("action")
	if allowed[action] {
		_, span := tracer.Start(r.Context(), action)
		defer span.End()
	}
}

func valid(string) bool       { return true }
func validate(s string) error { return nil }

// Valid is silent: a function has checked it.
func Valid(w http.ResponseWriter, r *http.Request) {
	action := r.FormValue("action")
	if !valid(action) {
		return
	}
	_, span := tracer.Start(r.Context(), action)
	defer span.End()
}

// Validated is silent: a function has checked it.
func Validated(w http.ResponseWriter, r *http.Request) {
	action := r.FormValue("action")
	if err := validate(action); err != nil {
		return
	}
	_, span := tracer.Start(r.Context(), action)
	defer span.End()
}

type job struct{ name string }

// Mixed is silent: which of them it is, is not known.
func (j *job) Mixed(ctx context.Context) {
	_, span := tracer.Start(ctx, j.name)
	defer span.End()
}

func newJob(name string) *job { return &job{name: name} }

// Jobs is silent: names of jobs are not known to become names of spans.
func Jobs(r *http.Request) []*job { return []*job{newJob("clean"), newJob(r.URL.Path)} }

type pair struct{ name, path string }

// OtherField is silent: the path is in the other field.
func OtherField(r *http.Request) {
	p := pair{name: "x", path: r.URL.Path}
	_, span := tracer.Start(r.Context(), p.name)
	defer span.End()
}

// ConstantURL is silent: a request that this function makes.
func ConstantURL(ctx context.Context) {
	req, err := http.NewRequestWithContext(ctx, "GET", "http://api/v1/items", nil)
	if err != nil {
		return
	}
	_, span := tracer.Start(ctx, req.Method+" "+req.URL.Path)
	defer span.End()
}

// Letter is silent: the first letter of an id is one of a few.
func Letter(r *http.Request) {
	id := r.PathValue("id")
	_, span := tracer.Start(r.Context(), "shard "+id[:1])
	defer span.End()
}
