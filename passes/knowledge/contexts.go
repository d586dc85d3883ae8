package knowledge

import "go/types"

// Where contexts begin, and what cuts or mends a trace on the way: the
// standard library at Go 1.26.8, OpenTelemetry at v1.47.0.
var contexts = library{
	"context": {
		"Background":    {Role: RootContext},
		"TODO":          {Role: RootContext},
		"WithoutCancel": {Role: DetachContext},
	},
	otelTrace: {
		"SpanContextFromContext": {Role: ReadContext},
		// The span goes over to the new context at once.
		"ContextWithSpanContext":       {Role: CarrySpan},
		"ContextWithRemoteSpanContext": {Role: CarrySpan},
		// Options of a start that is meant to be a root, or to be linked to the
		// span that it does not descend from.
		"WithNewRoot": {Role: NewRoot},
		"WithLinks":   {Role: NewRoot},
		// A link from one trace to the other.
		"LinkFromContext": {Role: NewRoot},
	},
	"go.opentelemetry.io/otel/propagation": {
		"TextMapPropagator.Extract": {Role: ExtractContext},
		"TraceContext.Extract":      {Role: ExtractContext},
		"Baggage.Extract":           {Role: ExtractContext},
	},
	// The logger of the request. Read at v1.35.1.
	"github.com/rs/zerolog":     {"Ctx": {Role: ReadContext}},
	"github.com/rs/zerolog/log": {"Ctx": {Role: ReadContext}},
	"go.opentelemetry.io/otel/baggage": {
		"FromContext":           {Role: ReadContext},
		"ContextWithBaggage":    {Role: DeriveContext},
		"ContextWithoutBaggage": {Role: DeriveContext},
	},
}

// Functions that are given a function and run it: before they return, once for
// many callers, or in a goroutine. Read at Go 1.26.8, golang.org/x/sync v0.24.0,
// github.com/sourcegraph/conc v0.3.0, github.com/panjf2000/ants/v2 v2.11.3,
// github.com/gammazero/workerpool v1.1.3, gorm.io/gorm v1.31.2,
// github.com/avast/retry-go/v4 v4.6.1, github.com/cenkalti/backoff/v4 v4.3.0
// and v5 v5.0.3, github.com/samber/lo v1.52.0, k8s.io/apimachinery v0.35.0,
// k8s.io/client-go v0.35.0.
var runners = library{
	"slices": {
		"SortFunc":         {Role: RunFunc},
		"SortStableFunc":   {Role: RunFunc},
		"IndexFunc":        {Role: RunFunc},
		"ContainsFunc":     {Role: RunFunc},
		"DeleteFunc":       {Role: RunFunc},
		"CompactFunc":      {Role: RunFunc},
		"BinarySearchFunc": {Role: RunFunc},
	},
	"maps": {"DeleteFunc": {Role: RunFunc}},
	"sort": {
		"Slice":       {Role: RunFunc},
		"SliceStable": {Role: RunFunc},
		"Search":      {Role: RunFunc},
	},
	"strings":       {"Map": {Role: RunFunc}, "FieldsFunc": {Role: RunFunc}, "IndexFunc": {Role: RunFunc}, "TrimFunc": {Role: RunFunc}},
	"path/filepath": {"Walk": {Role: RunFunc}, "WalkDir": {Role: RunFunc}},
	"io/fs":         {"WalkDir": {Role: RunFunc}},
	"runtime/pprof": {"Do": {Role: RunFunc, Single: true}},
	"sync": {
		"Once.Do":      {Role: ShareFunc},
		"OnceFunc":     {Role: ShareFunc},
		"OnceValue":    {Role: ShareFunc},
		"OnceValues":   {Role: ShareFunc},
		"Map.Range":    {Role: RunFunc},
		"WaitGroup.Go": {Role: SpawnFunc},
	},
	"time": {"AfterFunc": {Role: SpawnFunc}},
	"golang.org/x/sync/errgroup": {
		"Group.Go":    {Role: SpawnFunc},
		"Group.TryGo": {Role: SpawnFunc},
	},
	"golang.org/x/sync/singleflight": {
		"Group.Do":     {Role: ShareFunc},
		"Group.DoChan": {Role: ShareFunc},
	},
	"github.com/sourcegraph/conc":                     {"WaitGroup.Go": {Role: SpawnFunc}},
	"github.com/sourcegraph/conc/pool":                {"Pool.Go": {Role: SpawnFunc}, "ErrorPool.Go": {Role: SpawnFunc}, "ContextPool.Go": {Role: SpawnFunc}},
	"github.com/panjf2000/ants/v2":                    {"Submit": {Role: SpawnFunc}, "Pool.Submit": {Role: SpawnFunc}},
	"github.com/gammazero/workerpool":                 {"WorkerPool.Submit": {Role: SpawnFunc}},
	"gorm.io/gorm":                                    {"DB.Transaction": {Role: RunFunc, Single: true}, "DB.Connection": {Role: RunFunc, Single: true}},
	"github.com/avast/retry-go":                       {"Do": {Role: RunFunc}},
	"github.com/avast/retry-go/v4":                    {"Do": {Role: RunFunc}, "DoWithData": {Role: RunFunc}},
	"github.com/cenkalti/backoff/v4":                  {"Retry": {Role: RunFunc}, "RetryNotify": {Role: RunFunc}, "RetryWithData": {Role: RunFunc}},
	"github.com/cenkalti/backoff/v5":                  {"Retry": {Role: RunFunc}},
	"github.com/samber/lo":                            {"Map": {Role: RunFunc}, "Filter": {Role: RunFunc}, "ForEach": {Role: RunFunc}, "FilterMap": {Role: RunFunc}, "Reduce": {Role: RunFunc}},
	"k8s.io/client-go/util/retry":                     {"RetryOnConflict": {Role: RunFunc}, "OnError": {Role: RunFunc}},
	"k8s.io/apimachinery/pkg/util/wait":               {"PollUntilContextTimeout": {Role: RunFunc}, "PollImmediate": {Role: RunFunc}, "ExponentialBackoff": {Role: RunFunc}},
	"google.golang.org/protobuf/reflect/protoreflect": {"Message.Range": {Role: RunFunc}},
}

// joins are the methods that wait for what the functions of a SpawnFunc do, by
// the type whose method that is.
var joins = map[string]map[string]string{
	"sync":                             {"WaitGroup": "Wait"},
	"golang.org/x/sync/errgroup":       {"Group": "Wait"},
	"github.com/sourcegraph/conc":      {"WaitGroup": "Wait"},
	"github.com/sourcegraph/conc/pool": {"Pool": "Wait", "ErrorPool": "Wait", "ContextPool": "Wait"},
	"github.com/gammazero/workerpool":  {"WorkerPool": "StopWait"},
}

// IsHandle reports whether goroutines tell by a value of type t how far they are:
// a semaphore, an end of a pipe.
func IsHandle(t types.Type) bool {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return false
	}
	switch named.Obj().Pkg().Path() {
	case "golang.org/x/sync/semaphore":
		return true
	case "io":
		return named.Obj().Name() == "PipeReader" || named.Obj().Name() == "PipeWriter"
	}
	return false
}
