package chain_fix

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"
	"google.golang.org/grpc"
)

// API has its helpers as methods.
type API struct {
	users *table
	cache map[string]user
}

// Order calls a.load, which calls a.find: methods of the same receiver.
func (a *API) Order(w http.ResponseWriter, r *http.Request) {
	if _, err := a.load(r.PathValue("id")); err != nil {
		http.NotFound(w, r)
	}
}

func (a *API) load(id string) (user, error) {
	if u, ok := a.cache[id]; ok {
		return u, nil
	}
	return a.find(id)
}

func (a *API) find(id string) (user, error) {
	return a.users.one(context.Background(), id) // want `^context.Background\(\) starts a new trace: find is reached from handler \(\*API\).Order through load$`
}

// Closures calls the helper in closures that run before it returns.
func (a *API) Closures(c echo.Context) error {
	save := func(name string) error { return a.store(user{name: name}) }
	if err := save("a"); err != nil {
		return err
	}
	return func() error { return a.store(user{name: "b"}) }()
}

func (a *API) store(u user) error {
	return a.users.put(context.TODO(), u) // want `starts a new trace: store is reached from handler \(\*API\).Closures$`
}

// Stream has the stream's context.
func (a *API) Stream(req *user, ss grpc.ServerStream) error {
	u, err := a.byName(req.name)
	if err != nil {
		return err
	}
	return ss.SendMsg(u)
}

func (a *API) byName(name string) (*user, error) {
	// The literal in here runs on the spot: it needs no parameter of its own.
	u, err := func() (user, error) {
		return a.users.one(context.Background(), name) // want `starts a new trace: byName is reached from`
	}()
	return &u, err
}

// Embedded reaches the helper of an embedded type.
type Embedded struct {
	*API
	tag string
}

// Delete calls the promoted method.
func (e Embedded) Delete(ctx context.Context, id string) error {
	if id == e.tag {
		return ctx.Err()
	}
	return e.remove(id)
}

func (a *API) remove(id string) error {
	delete(a.cache, id)
	return a.users.put(context.Background(), user{id: id}) // want `starts a new trace: remove is reached from .*Embedded.*Delete$`
}

// Joined passes the result of one helper to another: both calls get ctx.
func (a *API) Joined(ctx context.Context, id string) error {
	work(ctx, "joined")
	return a.check(a.boss(id))
}

func (a *API) boss(id string) string {
	u, _ := a.users.one(context.Background(), id) // want `starts a new trace: boss is reached from \(\*API\).Joined$`
	return u.name
}

func (a *API) check(name string) error {
	if name == "" {
		return errors.New("no name")
	}
	return nil
}

// Spread passes two results of one call as the arguments of the helper: with ctx
// before them that does not compile, so there is no fix.
func (a *API) Spread(ctx context.Context) error {
	work(ctx, "spread")
	return a.spread(pair())
}

func (a *API) spread(id, name string) error {
	return a.users.put(context.Background(), user{id: id, name: name}) // want `starts a new trace: spread is reached from \(\*API\).Spread$`
}

func pair() (string, string) { return "1", "one" }
