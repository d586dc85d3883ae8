package sources

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
)

// Path is the textbook shape.
func Path(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), r.URL.Path) // want `^the span name is r.URL.Path, the path of a request, so each value of it makes a span name of its own$`
	defer span.End()
}

// MethodAndPath is the most common shape of all.
func MethodAndPath(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), fmt.Sprintf("%s %s", r.Method, r.URL.Path)) // want `^the span name contains r.URL.Path, the path of a request, so each value`
	defer span.End()
}

// PathInVariable names the span through a variable.
func PathInVariable(w http.ResponseWriter, r *http.Request) {
	name := r.Method + " " + r.URL.Path
	_, span := tracer.Start(r.Context(), name) // want `the span name name contains r.URL.Path, the path of a request`
	defer span.End()
}

func RequestURI(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "HTTP "+r.RequestURI) // want `contains r.RequestURI, the path of a request`
	defer span.End()
}

func URLString(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), r.URL.String()) // want `is r.URL.String\(\), the path of a request`
	defer span.End()
}

func EscapedPath(w http.ResponseWriter, r *http.Request) {
	u := r.URL
	_, span := tracer.Start(r.Context(), "GET "+u.EscapedPath()) // want `the path of a request`
	defer span.End()
}

func Query(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "search "+r.URL.Query().Get("q")) // want `contains r.URL.Query\(\).Get\("q"\), the query of a request`
	defer span.End()
}

func Form(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "find "+r.FormValue("name")) // want `contains r.FormValue\("name"\), what a user sends`
	defer span.End()
}

func FormMap(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "find "+r.Form.Get("name")) // want `what a user sends`
	defer span.End()
}

func PathValue(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "user "+r.PathValue("id")) // want `contains r.PathValue\("id"\), a parameter in the path of a request`
	defer span.End()
}

func Header(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "tenant "+r.Header.Get("X-Tenant")) // want `contains r.Header.Get\("X-Tenant"\), a header of a request`
	defer span.End()
}

func UserAgent(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), r.UserAgent()) // want `a header of a request`
	defer span.End()
}

func Remote(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "conn "+r.RemoteAddr) // want `contains r.RemoteAddr, the address of a peer`
	defer span.End()
}

type command struct {
	Kind string `json:"kind"`
	ID   int    `json:"id"`
	Loud bool   `json:"loud"`
}

// Body has a field of what the request brings.
func Body(w http.ResponseWriter, r *http.Request) {
	var cmd command
	if err := json.NewDecoder(r.Body).Decode(&cmd); err != nil {
		return
	}
	_, span := tracer.Start(r.Context(), "command "+cmd.Kind) // want `contains cmd.Kind, content of a request`
	defer span.End()
}

func Unmarshal(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var cmd command
	if err := json.Unmarshal(data, &cmd); err != nil {
		return
	}
	_, span := tracer.Start(r.Context(), fmt.Sprintf("command %d", cmd.ID)) // want `contains cmd.ID, content of a request`
	defer span.End()
}

// RoundTrip is a client's side.
func RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, span := tracer.Start(req.Context(), "HTTP "+req.URL.Path) // want `the path of a request`
	defer span.End()
	return http.DefaultTransport.RoundTrip(req.WithContext(ctx))
}

func ChiParam(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "article "+chi.URLParam(r, "slug")) // want `a parameter in the path of a request`
	defer span.End()
}

func MuxVars(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "article "+mux.Vars(r)["slug"]) // want `a parameter in the path of a request`
	defer span.End()
}

func MuxVarsInVariable(w http.ResponseWriter, r *http.Request) {
	vars := mux.Vars(r)
	id := strings.ToLower(vars["id"])
	_, span := tracer.Start(r.Context(), "article "+id) // want `a parameter in the path of a request`
	defer span.End()
}

// Fallback is bounded for routes that are known, and only for them.
func Fallback(w http.ResponseWriter, r *http.Request) {
	name := r.Pattern
	if name == "" {
		name = r.URL.Path
	}
	_, span := tracer.Start(r.Context(), name) // want `the span name name contains r.URL.Path`
	defer span.End()
}

// Renamed by what is no better.
func Renamed(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "request")
	defer span.End()
	span.SetName(r.URL.Path) // want `the span name is r.URL.Path`
}
