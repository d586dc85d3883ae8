package knowledge

import (
	"go/types"
	"slices"
	"strings"
	"unicode"
)

// A Use is what a function does with a context that it is given, as far as a
// trace is concerned.
type Use uint8

const (
	// UseUnknown: nothing is known of the function. It is of some other module
	// and may be instrumented.
	UseUnknown Use = iota
	// UseNone: the context serves for cancellation, deadlines or values.
	UseNone
	// UseTraced: the function is a client of another system, which writes the
	// trace to what it sends, or starts a span, once it is instrumented.
	UseTraced
	// UseLog: the function logs, and finds the ids of trace and span in the
	// context if the logger was set up for that.
	UseLog
)

// tracedPaths are packages and, with a slash at the end, trees of packages
// whose functions that take a context talk to another system, and for which
// there is instrumentation. As of 2026-10.
var tracedPaths = []string{
	"cloud.google.com/go/",
	"database/sql",
	"github.com/IBM/sarama",
	"github.com/aws/aws-sdk-go-v2/service/",
	"github.com/elastic/go-elasticsearch/",
	"github.com/go-redis/redis/",
	"github.com/go-resty/resty/",
	"github.com/jackc/pgx/",
	"github.com/jmoiron/sqlx",
	"github.com/rabbitmq/amqp091-go",
	"github.com/redis/go-redis/",
	"github.com/segmentio/kafka-go",
	"github.com/twmb/franz-go/",
	"github.com/uptrace/bun",
	"go.mongodb.org/mongo-driver/",
	"google.golang.org/grpc",
	"gorm.io/gorm",
	"net/http",
}

// untracedPaths are packages and trees of packages whose functions take a
// context for its cancellation or its values only. So do those of the standard
// library that tracedPaths does not name.
var untracedPaths = []string{
	"github.com/cenkalti/backoff/",
	"github.com/gofrs/flock",
	"github.com/sethvargo/go-envconfig",
	"github.com/sethvargo/go-retry",
	"go.opentelemetry.io/",
	"go.uber.org/fx",
	"go.uber.org/ratelimit",
	"golang.org/x/",
	"google.golang.org/grpc/",
	"k8s.io/apimachinery/",
	"k8s.io/component-base/metrics/", // what a context is for there are exemplars
	"sigs.k8s.io/controller-runtime/pkg/manager",
}

// tracedFuncs are functions of packages in untracedPaths that send a request over HTTP
// with the context that they are given, by the client in it or the default one. Read at
// golang.org/x/oauth2 v0.37.0, where DeviceAuth does not give its request the context.
var tracedFuncs = map[string]map[string]bool{
	"golang.org/x/oauth2":                   {"Config.Exchange": true, "Config.PasswordCredentialsToken": true, "Config.DeviceAccessToken": true},
	"golang.org/x/oauth2/clientcredentials": {"Config.Token": true},
}

// loggingPaths are packages whose functions log.
var loggingPaths = []string{
	"github.com/go-logr/logr",
	"github.com/rs/zerolog",
	"github.com/rs/zerolog/log",
	"github.com/sirupsen/logrus",
	"go.uber.org/zap",
	"k8s.io/klog/v2",
	"log/slog",
	"sigs.k8s.io/controller-runtime/pkg/log",
}

// UseOf returns what fn, a function with a context among its parameters, does
// with it. Of functions of the module at hand nothing is known here.
func UseOf(fn *types.Func) Use {
	if fn.Pkg() == nil {
		return UseNone // error.Error and the like
	}
	switch Of(fn).Role {
	case StartSpan, InjectContext:
		return UseTraced
	case None:
	default:
		return UseNone
	}
	if isCall(fn.Signature()) {
		return UseTraced
	}
	path, name := nameOf(fn)
	switch {
	case tracedFuncs[path][name]:
		return UseTraced
	case matches(loggingPaths, path):
		return UseLog
	case matches(tracedPaths, path):
		return UseTraced
	case matches(untracedPaths, path), IsStandard(path):
		return UseNone
	}
	return UseUnknown
}

// isCall reports whether sig is that of a method by which protoc-gen-go-grpc
// lets a client call a service: it takes options of the type grpc.CallOption.
func isCall(sig *types.Signature) bool {
	if !sig.Variadic() || sig.Recv() == nil {
		return false
	}
	last, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
	return ok && isNamed(last.Elem(), "google.golang.org/grpc", "CallOption")
}

// matches reports whether path is one of paths, or in one of the trees there.
func matches(paths []string, path string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		return p == path || strings.HasSuffix(p, "/") && strings.HasPrefix(path, p)
	})
}

// IsStandard reports whether path is that of a package of the standard
// library: the first element of every other path, which names a host, has a
// dot (https://go.dev/ref/mod#module-path).
func IsStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// cleanups are words with which Go programs begin the names of functions that
// give something back, whose work has to be done also when the context of what
// went before is no longer alive. The standard library and the drivers of
// databases use them in that sense, and no type tells them from others.
var cleanups = []string{
	"abort", "cleanUp", "cleanup", "close", "disconnect", "endSession", "flush", "forceFlush", "gracefulStop", "logout",
	"release", "rollback", "shutdown", "stop", "tearDown", "teardown", "unlock", "unsubscribe",
}

// IsCleanup reports whether fn gives back what was taken before, such as a
// connection, a lock or a transaction. exactly asks for a name that says no more:
// Close, but not CloseOrder.
func IsCleanup(fn *types.Func, exactly bool) bool {
	if fn.Name() == "close" {
		return false // as much a verb of the trade: to close a ticket
	}
	name := strings.ToLower(fn.Name()[:1]) + fn.Name()[1:]
	return slices.ContainsFunc(cleanups, func(word string) bool {
		rest, ok := strings.CutPrefix(name, word)
		return ok && (rest == "" || !exactly && !unicode.IsLower(rune(rest[0])))
	})
}

// IsConstructor reports whether fn makes a client of its own package: a
// function that returns a type of that package, or a method that does so whose name
// begins with New and whose receiver is a configuration. The context that it takes is
// for the making, or for the life of the client.
func IsConstructor(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() != nil && !(strings.HasPrefix(fn.Name(), "New") && isConfiguration(sig.Recv().Type())) || Of(fn).Role != None || fn.Pkg() == nil || fn.Pkg().Path() == "net/http" {
		return false
	}
	for v := range sig.Results().Variables() {
		t := types.Unalias(v.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if named, ok := t.(*types.Named); ok && named.Obj().Pkg() == fn.Pkg() {
			return true
		}
	}
	return false
}

// isConfiguration reports whether t is a struct, or points to one, that others fill in:
// all its fields are exported. What has a connection hides it.
func isConfiguration(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || st.NumFields() == 0 {
		return false
	}
	for field := range st.Fields() {
		if !field.Exported() {
			return false
		}
	}
	return true
}

// JoinMethod returns the name of the method of the receiver of fn, a
// SpawnFunc, that waits for the function that is spawned; "" if there is none.
func JoinMethod(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Pkg() == nil {
		return ""
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok {
		return ""
	}
	return joins[fn.Pkg().Path()][named.Obj().Name()]
}
