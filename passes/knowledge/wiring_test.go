package knowledge

import (
	"errors"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"slices"
	"testing"
)

// notBuiltWiring are the libraries that the module of the fixtures does not
// require: what the table says of them rests on having read them.
var notBuiltWiring = map[string]string{
	"go.opentelemetry.io/otel/exporters/jaeger":                                              "removed in v1.18",
	"connectrpc.com/otelconnect":                                                             "one constructor",
	"github.com/GoogleCloudPlatform/opentelemetry-operations-go/exporter/trace":              "one constructor",
	"github.com/go-kratos/kratos/v2":                                                         "App.Run only",
	"github.com/go-kratos/kratos/v2/middleware/tracing":                                      "two constructors",
	"github.com/gofiber/contrib/otelfiber":                                                   "as its version 2",
	"github.com/gofiber/contrib/v3/otel":                                                     "cannot be downloaded",
	"github.com/urfave/cli":                                                                  "App.Run only",
	"github.com/urfave/cli/v2":                                                               "App.Run only",
	"github.com/urfave/cli/v3":                                                               "Command.Run only",
	"go.opentelemetry.io/contrib/instrumentation/github.com/emicklei/go-restful/otelrestful": "one constructor",
	"go.opentelemetry.io/otel/exporters/zipkin":                                              "one constructor",
}

// goneWiring are functions that programs still call and that the versions
// which the fixtures use have no more.
var goneWiring = map[string]bool{
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc.StreamClientInterceptor": true,
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc.StreamServerInterceptor": true,
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc.UnaryClientInterceptor":  true,
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc.UnaryServerInterceptor":  true,
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.Get":                                   true,
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.Head":                                  true,
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.Post":                                  true,
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.PostForm":                              true,
}

// TestWiring checks that the functions exist of which the table says what they
// do for the set-up of tracing.
func TestWiring(t *testing.T) {
	names := make(map[string][]string)
	for _, table := range []wirings{wiring, runsProgram, instrumentations} {
		for path, fns := range table {
			names[path] = slices.AppendSeq(names[path], maps.Keys(fns))
		}
	}
	for path, fns := range headerWriters {
		names[path] = slices.AppendSeq(names[path], maps.Keys(fns))
	}
	paths := slices.Sorted(maps.Keys(names))
	load := built(t, paths)
	for _, path := range paths {
		pkg := load(path)
		if missing := pkg == nil; missing || notBuiltWiring[path] != "" {
			if missing != (notBuiltWiring[path] != "") {
				t.Errorf("%s is missing: %v; notBuiltWiring says %q", path, missing, notBuiltWiring[path])
			}
			continue
		}
		slices.Sort(names[path])
		for _, name := range names[path] {
			fn := find(pkg, name)
			if gone := fn == nil; gone != goneWiring[path+"."+name] {
				t.Errorf("%s.%s is gone: %v", path, name, gone)
			}
			if fn != nil && WiringOf(fn) == NoWiring {
				if _, ok := WritesHeader(fn); !ok {
					t.Errorf("%s.%s: nothing is known of it", path, name)
				}
			}
		}
	}
	if WiringOf(nil) != NoWiring || IsProvider(types.Typ[types.Int]) {
		t.Error("something is known of nothing")
	}
}

// built returns a function that returns a package of those at the paths, as the
// fixtures use it; nil if they do not require it.
func built(t *testing.T, paths []string) func(path string) *types.Package {
	t.Helper()
	listed, err := list(paths, "GOPROXY=off")
	if err != nil || listed[otelPath].Export == "" {
		listed, err = list(paths)
	}
	if err != nil {
		t.Fatal(err)
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		if listed[path].Export == "" {
			return nil, errors.New("no export data")
		}
		return os.Open(listed[path].Export)
	})
	return func(path string) *types.Package {
		if listed[path].Export == "" {
			return nil
		}
		pkg, err := imp.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		return pkg
	}
}
