package knowledge

import "maps"

// What functions of web frameworks return: gin v1.12.0, echo v4.16.0 and
// v5.3.1, fiber v2.52.15 and v3.5.0, chi v5.5.0, gorilla/mux v1.8.1,
// httprouter v1.3.0, fasthttp v1.73.0.
var webValues = valueTable{
	"github.com/gin-gonic/gin": {
		"Context.Param": {Source: PathParam}, "Params.ByName": {Source: PathParam}, "Params.Get": {Source: PathParam},
		"Context.Query": {Source: QueryParam}, "Context.DefaultQuery": {Source: QueryParam}, "Context.GetQuery": {Source: QueryParam},
		"Context.QueryArray": {Source: QueryParam}, "Context.QueryMap": {Source: QueryParam},
		"Context.PostForm": {Source: UserInput}, "Context.DefaultPostForm": {Source: UserInput}, "Context.GetPostForm": {Source: UserInput},
		"Context.GetHeader": {Source: HeaderValue}, "Context.ClientIP": {Source: Address}, "Context.RemoteIP": {Source: Address},
		"Context.GetRawData": {Source: RequestBody},
		"Context.FullPath":   {Bounded: true}, "Context.HandlerName": {Bounded: true}, "Context.ContentType": {Bounded: true},
		"Context.Bind": {Source: RequestBody, Fills: 2}, "Context.BindJSON": {Source: RequestBody, Fills: 2},
		"Context.BindQuery": {Source: QueryParam, Fills: 2}, "Context.BindUri": {Source: PathParam, Fills: 2},
		"Context.ShouldBind": {Source: RequestBody, Fills: 2}, "Context.ShouldBindJSON": {Source: RequestBody, Fills: 2},
		"Context.ShouldBindQuery": {Source: QueryParam, Fills: 2}, "Context.ShouldBindUri": {Source: PathParam, Fills: 2},
		"Context.ShouldBindHeader": {Source: HeaderValue, Fills: 2}, "Context.ShouldBindXML": {Source: RequestBody, Fills: 2},
		"Context.ShouldBindYAML": {Source: RequestBody, Fills: 2}, "Context.ShouldBindWith": {Source: RequestBody, Fills: 2},
		"Context.ShouldBindBodyWith": {Source: RequestBody, Fills: 2},
	},
	"github.com/labstack/echo/v4": with(echoValues, map[string]Value{"Context.ParamValues": {Source: PathParam}}),
	"github.com/labstack/echo/v5": echoValues,
	"github.com/gofiber/fiber/v2": with(fiberValues, map[string]Value{
		"Ctx.AllParams":  {Source: PathParam},
		"Ctx.BodyParser": {Source: RequestBody, Fills: 2}, "Ctx.QueryParser": {Source: QueryParam, Fills: 2},
	}),
	"github.com/gofiber/fiber/v3": fiberValues,
	"github.com/valyala/fasthttp": {
		"RequestCtx.Path": {Source: RequestPath}, "RequestCtx.RequestURI": {Source: RequestPath},
		"RequestCtx.RemoteAddr": {Source: Address}, "RequestCtx.RemoteIP": {Source: Address},
		"RequestCtx.UserAgent": {Source: HeaderValue}, "RequestCtx.Referer": {Source: HeaderValue}, "RequestCtx.PostBody": {Source: RequestBody},
		"RequestCtx.Method": {Bounded: true},
	},
	"github.com/go-chi/chi/v5": {
		"URLParam": {Source: PathParam}, "URLParamFromCtx": {Source: PathParam}, "Context.URLParam": {Source: PathParam},
		"Context.RoutePattern": {Bounded: true},
	},
	"github.com/go-chi/chi": {
		"URLParam": {Source: PathParam}, "URLParamFromCtx": {Source: PathParam}, "Context.URLParam": {Source: PathParam},
		"Context.RoutePattern": {Bounded: true},
	},
	"github.com/gorilla/mux": {
		"Vars":                  {Source: PathParam},
		"Route.GetPathTemplate": {Bounded: true}, "Route.GetName": {Bounded: true}, "Route.GetPathRegexp": {Bounded: true},
	},
	"github.com/julienschmidt/httprouter": {"Params.ByName": {Source: PathParam}},
}

var echoValues = map[string]Value{
	"Context.Param":      {Source: PathParam},
	"Context.QueryParam": {Source: QueryParam}, "Context.QueryParams": {Source: QueryParam}, "Context.QueryString": {Source: QueryParam},
	"Context.FormValue": {Source: UserInput}, "Context.RealIP": {Source: Address},
	"Context.Path": {Bounded: true}, "Context.Bind": {Source: RequestBody, Fills: 2},
}

// with returns what two tables say, one of which a version of a library has all
// to itself.
func with(common, own map[string]Value) map[string]Value {
	all := maps.Clone(common)
	maps.Copy(all, own)
	return all
}

// In fiber, Path is the path of the request, and Route().Path the template.
var fiberValues = map[string]Value{
	"Ctx.Params": {Source: PathParam}, "Ctx.Query": {Source: QueryParam},
	"Ctx.Queries": {Source: QueryParam}, "Ctx.Path": {Source: RequestPath}, "Ctx.OriginalURL": {Source: RequestPath},
	"Ctx.IP": {Source: Address}, "Ctx.Get": {Source: HeaderValue}, "Ctx.FormValue": {Source: UserInput},
	"Ctx.Body": {Source: RequestBody}, "Ctx.BodyRaw": {Source: RequestBody},
	"Ctx.Method": {Bounded: true},
}

// What functions of libraries for ids return, at the versions of 2026-10. Most
// ids are known by their types, see typeSources.
var idValues = valueTable{
	"github.com/google/uuid": {
		"NewString": {Source: UniqueID}, "UUID.String": {Source: UniqueID}, "UUID.URN": {Source: UniqueID},
	},
	"github.com/gofrs/uuid":      {"UUID.String": {Source: UniqueID}},
	"github.com/gofrs/uuid/v5":   {"UUID.String": {Source: UniqueID}},
	"github.com/satori/go.uuid":  {"UUID.String": {Source: UniqueID}},
	"github.com/oklog/ulid":      {"ULID.String": {Source: UniqueID}},
	"github.com/oklog/ulid/v2":   {"ULID.String": {Source: UniqueID}},
	"github.com/rs/xid":          {"ID.String": {Source: UniqueID}},
	"github.com/segmentio/ksuid": {"KSUID.String": {Source: UniqueID}},
	"github.com/ipfs/go-cid":     {"Cid.String": {Source: UniqueID}},
	"go.mongodb.org/mongo-driver/v2/bson": {
		"ObjectID.Hex": {Source: UniqueID}, "ObjectID.String": {Source: UniqueID},
	},
	"go.mongodb.org/mongo-driver/bson/primitive": {
		"ObjectID.Hex": {Source: UniqueID}, "ObjectID.String": {Source: UniqueID},
	},
	"github.com/hashicorp/go-uuid":    {"GenerateUUID": {Source: UniqueID}},
	"github.com/lithammer/shortuuid":  {"New": {Source: UniqueID}},
	"github.com/matoous/go-nanoid/v2": {"New": {Source: UniqueID}},
}

// gRPC, read at google.golang.org/grpc v1.85.0.
var rpcValues = valueTable{
	"google.golang.org/grpc":          {"Method": {Bounded: true}, "MethodFromServerStream": {Bounded: true}},
	"google.golang.org/grpc/metadata": {"MD.Get": {Source: HeaderValue}, "ValueFromIncomingContext": {Source: HeaderValue}},
	"google.golang.org/grpc/status":   {"Code": {Bounded: true}},
	// status.Status is another name for this one.
	"google.golang.org/grpc/internal/status": {
		"Status.Code": {Bounded: true}, "Status.Message": {Source: ErrorText},
	},
}
