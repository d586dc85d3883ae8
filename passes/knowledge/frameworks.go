package knowledge

// Where web frameworks keep the context of the request that is being served,
// besides the *http.Request that most of them hand out.

const ginPath = "github.com/gin-gonic/gin"

// Gin, read at v1.12.0.
var gin = library{
	ginPath: {
		"Context.Set":  {Role: StoreContext},
		"Context.Next": {Role: NextHandler},
		"Context.Copy": {Role: CopyRequest},
	},
}

// Echo, read at v4.16.0, where Context is an interface, and at v5.3.1.
var echo = library{
	"github.com/labstack/echo/v4": {
		"Context.SetRequest": {Role: StoreContext},
		"Context.Set":        {Role: StoreContext},
	},
	"github.com/labstack/echo/v5": {
		"Context.SetRequest": {Role: StoreContext},
		"Context.Set":        {Role: StoreContext},
	},
}

// Fiber, read at v2.52.15 and v3.5.0, where Ctx is an interface and Context
// has the meaning that UserContext has in v2.
var fiber = library{
	"github.com/gofiber/fiber/v2": {
		"Ctx.UserContext":    {Role: RequestContext},
		"Ctx.Next":           {Role: NextHandler},
		"Ctx.SetUserContext": {Role: StoreContext},
		"Ctx.Locals":         {Role: StoreContext},
	},
	"github.com/gofiber/fiber/v3": {
		"Ctx.Context":    {Role: RequestContext},
		"Ctx.SetContext": {Role: StoreContext},
		"Ctx.Next":       {Role: NextHandler},
		"Ctx.Locals":     {Role: StoreContext},
	},
}
