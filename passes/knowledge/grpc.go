package knowledge

// gRPC, read at google.golang.org/grpc v1.85.0.
var grpc = library{
	"google.golang.org/grpc": {"ServerStream.Context": {Role: RequestContext}},
}
