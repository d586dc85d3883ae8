package knowledge

// Fiber, which keeps the context of the request that it serves in its own type
// and not in an *http.Request. Read at v2.52.15 and v3.5.0, where Ctx is an
// interface and Context has the meaning that UserContext has in v2.
var fiber = library{
	"github.com/gofiber/fiber/v2": {"Ctx.UserContext": {Role: RequestContext}},
	"github.com/gofiber/fiber/v3": {"Ctx.Context": {Role: RequestContext}},
}
