package knowledge

// Where clients keep the context of a request that they send: what hooks put there is
// there for the hooks that run when the answer has come. Read at resty v2.17.2.
var clients = library{
	"github.com/go-resty/resty/v2": {
		"Request.SetContext": {Role: StoreContext},
	},
}
