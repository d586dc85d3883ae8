package knowledge

import (
	"go/types"
	"strings"
)

// headerWriters are the functions that write a header of a request or of a
// message, with the index of the first parameter that is a name; names and
// values alternate from there. Read at Go 1.26.8, grpc v1.85.0, nats.go v1.55.0,
// resty v2.17.2, fasthttp v1.73.0 (2026-11).
var headerWriters = map[string]map[string]int{
	"net/http":                        {"Header.Set": 0, "Header.Add": 0},
	"net/textproto":                   {"MIMEHeader.Set": 0, "MIMEHeader.Add": 0},
	"google.golang.org/grpc/metadata": {"MD.Set": 0, "MD.Append": 0, "Pairs": 0, "AppendToOutgoingContext": 1},
	"github.com/nats-io/nats.go":      {"Header.Set": 0, "Header.Add": 0},
	"github.com/go-resty/resty/v2":    {"Request.SetHeader": 0, "Client.SetHeader": 0},
	"github.com/valyala/fasthttp":     {"RequestHeader.Set": 0, "RequestHeader.Add": 0},
}

// headerTypes are the types of maps of headers, and of one header of a message.
var headerTypes = map[string][]string{
	"net/http":                                            {"Header"},
	"google.golang.org/grpc/metadata":                     {"MD"},
	"github.com/nats-io/nats.go":                          {"Header"},
	"github.com/segmentio/kafka-go/protocol":              {"Header"},
	"github.com/confluentinc/confluent-kafka-go/v2/kafka": {"Header"},
	"github.com/IBM/sarama":                               {"RecordHeader"},
	"github.com/Shopify/sarama":                           {"RecordHeader"},
	"github.com/twmb/franz-go/pkg/kgo":                    {"RecordHeader"},
	"github.com/rabbitmq/amqp091-go":                      {"Table"},
}

// WritesHeader returns the index of the first argument of fn that is the name
// of a header, if fn writes headers; names and values alternate from there.
func WritesHeader(fn *types.Func) (first int, ok bool) {
	path, name := nameOf(fn)
	first, ok = headerWriters[path][name]
	return first, ok
}

// IsHeader reports whether t is a map of headers, or one header of a message.
func IsHeader(t types.Type) bool {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil {
		return false
	}
	for _, name := range headerTypes[n.Obj().Pkg().Path()] {
		if name == n.Obj().Name() {
			return true
		}
	}
	return false
}

// IsTraceparent reports whether a header of that name says which trace a
// request belongs to.
func IsTraceparent(name string) bool { return strings.EqualFold(name, "traceparent") }

// traceparentVersion is what a header of the one version there is begins with.
const traceparentVersion = "00-"

// MakesTraceparent reports whether a text that begins so is such a header.
func MakesTraceparent(text string) bool { return strings.HasPrefix(text, traceparentVersion) }

// IsFormat reports whether fn puts a text together from a format, its first
// argument.
func IsFormat(fn *types.Func) bool {
	path, name := nameOf(fn)
	return path == "fmt" && name == "Sprintf"
}

// IsInject reports whether fn is a propagator's method that writes headers.
func IsInject(fn *types.Func) bool {
	if fn == nil || fn.Name() != "Inject" || fn.Signature().Params().Len() != 2 {
		return false
	}
	return isNamed(fn.Signature().Params().At(1).Type(), PropagationPackage, "TextMapCarrier")
}
