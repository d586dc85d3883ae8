// Package chain_refused has chains that are reported and not mended: a function
// in each cannot get a parameter without a change elsewhere.
package chain_refused

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("refused")

func work(ctx context.Context, name string) string {
	_, span := tracer.Start(ctx, name)
	defer span.End()
	return name
}

// API is what the methods belong to.
type API struct {
	names map[string]string
	hook  func(string) string
}

// Value calls a helper that is also used as a value, in a field.
func (a *API) Value(w http.ResponseWriter, r *http.Request) {
	a.hook = value
	_, _ = w.Write([]byte(value(r.Method)))
}

func value(name string) string {
	return work(context.Background(), name) // want `starts a new trace: value is reached from handler \(\*API\).Value$`
}

// Argument calls a helper that is handed to a function elsewhere.
func (a *API) Argument(c *gin.Context) {
	all := []string{c.Param("a"), argument(c.Param("b"))}
	if slices.ContainsFunc(all, long) {
		c.Status(http.StatusBadRequest)
	}
	if long(all[0]) {
		c.Status(http.StatusConflict)
	}
}

func argument(name string) string { return name + "?" }

func long(name string) bool {
	return len(work(context.TODO(), name)) > 10 // want `starts a new trace: long is reached from handler \(\*API\).Argument$`
}

// MethodValue calls a helper that is also taken as a method value.
func (a *API) MethodValue(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(a.bound(r.Method)))
	a.hook = a.bound
}

func (a *API) bound(name string) string {
	return work(context.Background(), a.names[name]) // want `starts a new trace: bound is reached from handler \(\*API\).MethodValue$`
}

// MethodExpression calls a helper that is also used as a method expression.
func (a *API) MethodExpression(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(a.expression(r.Method)))
}

var _ = []func(*API, string) string{(*API).expression}

func (a *API) expression(name string) string {
	return work(context.Background(), a.names[name]) // want `starts a new trace: expression is reached from handler \(\*API\).MethodExpression$`
}

// A namer is implemented by what follows.
type namer interface{ name(id string) string }

type fixed struct{ prefix string }

// name implements namer.
func (f fixed) name(id string) string {
	return work(context.Background(), f.prefix+id) // want `starts a new trace: name is reached from handler \(\*API\).Interface$`
}

var _ namer = fixed{}

// Interface calls a method of a type that implements an interface of the package.
func (a *API) Interface(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(fixed{prefix: "x"}.name(r.Method)))
}

type label struct{ text string }

// String implements an interface of another package, fmt.Stringer, although
// nothing here says so.
func (l label) String() string {
	return work(context.Background(), l.text) // want `starts a new trace: String is reached from handler \(\*API\).Stringer$`
}

// Stringer calls it.
func (a *API) Stringer(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(label{text: r.Method}.String()))
}

// Exported calls an exported function: callers in other packages would break.
func (a *API) Exported(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(Lookup(r.Method)))
}

// Lookup has the root.
func Lookup(name string) string {
	return work(context.Background(), name) // want `starts a new trace: Lookup is reached from handler \(\*API\).Exported$`
}

// ExportedBetween reaches the root through an exported method; what is below it
// could get a context, but from nobody.
func (a *API) ExportedBetween(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(a.Between(r.Method)))
}

// Between is in between.
func (a *API) Between(name string) string { return a.below(name) }

func (a *API) below(name string) string {
	return work(context.TODO(), name) // want `starts a new trace: below is reached from handler \(\*API\).ExportedBetween through Between$`
}

// Literal calls a helper that a literal in a package variable calls as well:
// that has no context.
func (a *API) Literal(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(fromLiteral(r.Method)))
}

func fromLiteral(name string) string {
	return work(context.Background(), name) // want `starts a new trace: fromLiteral is reached from handler \(\*API\).Literal$`
}

var table = [...]func(string) string{func(s string) string { return fromLiteral(s + "!") }}

// A finder is implemented by a type that gets the method by embedding.
type finder interface{ promoted(id string) string }

type base struct{}

func (base) promoted(id string) string {
	return work(context.Background(), id) // want `starts a new trace: promoted is reached from handler \(\*API\).Promoted$`
}

type derived struct{ base }

var _ finder = derived{}

// Promoted calls a method that a type which embeds the receiver's implements an
// interface with.
func (a *API) Promoted(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(base{}.promoted(r.Method)))
}
