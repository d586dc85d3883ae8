package knowledge

import (
	"go/types"
	"slices"
	"strings"
)

// setUpPackages are packages whose functions do nothing that takes longer than a set-up does: they make values, read the
// environment, or print. Of package time that is all but Sleep; of gRPC, what connects an exporter.
var setUpPackages = []string{
	"context", "crypto/tls", "crypto/x509", "errors", "fmt", "log", "log/slog", "maps", "net/url", "os", "path", "path/filepath", "runtime",
	"runtime/debug", "slices", "strconv", "strings", "time",
	"google.golang.org/grpc", "google.golang.org/grpc/credentials", "google.golang.org/grpc/credentials/insecure",
	"go.uber.org/zap", "github.com/rs/zerolog", "github.com/rs/zerolog/log", "github.com/sirupsen/logrus",
}

// OnlySetsUp reports whether a call of fn can be part of the set-up of tracing, and of nothing else: it neither runs a program, or
// waits for something, nor starts a span.
func OnlySetsUp(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return fn != nil // the method Error
	}
	path := fn.Pkg().Path()
	if IsOpenTelemetry(path) {
		return Of(fn).Role != StartSpan && !strings.HasPrefix(path, instrPath)
	}
	return slices.Contains(setUpPackages, path) && fn.Name() != "Sleep" && fn.Name() != "Serve"
}

// ExportsSpans reports whether t, or a pointer to it, is an exporter of spans: a SpanExporter of the SDK (v1.47.0).
func ExportsSpans(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "ExportSpans")
	fn, ok := obj.(*types.Func)
	if !ok || fn.Signature().Params().Len() != 2 {
		return false
	}
	spans, ok := fn.Signature().Params().At(1).Type().(*types.Slice)
	if !ok {
		return false
	}
	named := namedOf(spans.Elem())
	return named != nil && named.Obj().Name() == "ReadOnlySpan" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == sdkTrace
}
