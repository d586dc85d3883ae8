package knowledge

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"testing"
)

// notBuilt are the libraries that the module of the fixtures does not require:
// what the table says of them rests on having read them. To add a library to
// the table, add it to that module as well, or here.
var notBuilt = map[string]string{
	"github.com/Cyprinus12138/otelgin":                     "as otelgin",
	"github.com/LerianStudio/lib-observability/middleware": "one method",
	"github.com/avast/retry-go":                            "runs functions, no more",
	"github.com/avast/retry-go/v4":                         "runs functions, no more",
	"github.com/cenkalti/backoff/v4":                       "runs functions, no more",
	"github.com/emicklei/go-restful/v3":                    "its request only",
	"github.com/gammazero/workerpool":                      "runs functions, no more",
	"github.com/gin-contrib/zap":                           "as gin's",
	"github.com/go-chi/chi":                                "as chi/v5",
	"github.com/go-chi/chi/middleware":                     "as chi/v5",
	"github.com/gofiber/contrib/otelfiber":                 "as otelfiber/v2",
	"github.com/gofiber/contrib/v3/otel":                   "one function",
	"github.com/golang/glog":                               "fatal functions only",
	"github.com/panjf2000/ants/v2":                         "runs functions, no more",
	"github.com/samber/lo":                                 "runs functions, no more",
	"github.com/sourcegraph/conc":                          "runs functions, no more",
	"github.com/sourcegraph/conc/pool":                     "runs functions, no more",
	"k8s.io/apimachinery/pkg/util/wait":                    "runs functions, no more",
	"k8s.io/client-go/util/retry":                          "runs functions, no more",
	"k8s.io/klog":                                          "fatal functions only",
	"k8s.io/klog/v2":                                       "fatal functions only",
}

// TestLibraries checks that each library of the table is either there to be
// checked, or listed as left out.
func TestLibraries(t *testing.T) {
	u := libs(t)
	for _, path := range u.missing {
		if notBuilt[path] == "" {
			t.Errorf("the table names %s, which is neither required by testdata/go.mod nor listed in notBuilt", path)
		}
	}
	for path := range notBuilt {
		if !slices.Contains(u.missing, path) {
			t.Errorf("notBuilt has %s, which is there to be checked, or not in the table", path)
		}
	}
	for path := range funcs {
		if notBuilt[path] != "" {
			t.Logf("not checked: %s (%s)", path, notBuilt[path])
		}
	}
}

// TestMerge checks that no library is listed twice, or left out of the list.
func TestMerge(t *testing.T) {
	n := 0
	for _, lib := range libraries {
		for path, fns := range lib {
			n += len(fns)
			if len(fns) == 0 {
				t.Errorf("the table says nothing of %s", path)
			}
		}
	}
	total := 0
	for _, fns := range funcs {
		total += len(fns)
	}
	if n != total {
		t.Errorf("the libraries have %d functions, the table has %d: one hides another", n, total)
	}
	if n < 100 {
		t.Errorf("the table has only %d functions", n)
	}
}

// TestFuncs checks that each function of the table exists, is found by Of, and
// looks like what its role says.
func TestFuncs(t *testing.T) {
	u := libs(t)
	for _, path := range slices.Sorted(maps.Keys(funcs)) {
		pkg := u.packages[path]
		if pkg == nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(funcs[path])) {
			want := funcs[path][name]
			fn := find(pkg, name)
			if fn == nil {
				t.Errorf("%s has no function %s", path, name)
				continue
			}
			if got := Of(fn); got != want {
				t.Errorf("%s.%s: Of gives %+v, want %+v", path, name, got, want)
			}
			if err := fits(fn, want); err != nil {
				t.Errorf("%s.%s, %s: %v", path, name, fn.Signature(), err)
			}
		}
	}
}

// fits reports how a function does not look like what the table says of it.
func fits(fn *types.Func, know Func) error {
	sig := fn.Signature()
	params, results := sig.Params(), sig.Results()
	hasParam := func(is func(types.Type) bool) bool {
		for v := range params.Variables() {
			if is(v.Type()) {
				return true
			}
		}
		return false
	}
	check := func(name string, tuple *types.Tuple, i int, is func(types.Type) bool) error {
		if i < 0 || i >= tuple.Len() || !is(tuple.At(i).Type()) {
			return fmt.Errorf("%s %d is not of the right type", name, i)
		}
		return nil
	}
	switch know.Role {
	case StartSpan:
		if know.Ctx != -1 {
			if err := check("result", results, know.Ctx, IsContext); err != nil {
				return err
			}
		} else {
			for v := range results.Variables() {
				if IsContext(v.Type()) {
					return fmt.Errorf("there is a context among the results")
				}
			}
		}
		return check("result", results, know.Span, isSpan)
	case BorrowSpan:
		if !hasParam(IsContext) {
			return fmt.Errorf("there is no context to take the span from")
		}
		return check("result", results, know.Span, isSpan)
	case PutSpan:
		if err := check("result", results, 0, IsContext); err != nil {
			return err
		}
		return check("parameter", params, know.Span, isSpan)
	case GetTracer:
		if recv := receiver(fn); recv != "TracerProvider" || results.Len() != 1 {
			return fmt.Errorf("the receiver is no provider")
		}
	case NoopTracer:
		if results.Len() != 1 || !types.IsInterface(results.At(0).Type()) {
			return fmt.Errorf("the result is no provider")
		}
	case LookAt:
		if !hasParam(types.IsInterface) {
			return fmt.Errorf("no parameter can be a span")
		}
	case EndSpan, RecordSpan, ReadSpan:
		if sig.Recv() == nil || !isSpan(sig.Recv().Type()) {
			return fmt.Errorf("the receiver is no span")
		}
		if ends := slices.Contains(SpanEnders(sig.Recv().Type()), fn.Name()); ends != (know.Role == EndSpan) {
			return fmt.Errorf("among the methods that end a span: %v", ends)
		}
		if know.Role == ReadSpan && results.Len() == 0 {
			return fmt.Errorf("there is no result to read")
		}
	case LiveSpan:
		if recv := receiver(fn); recv != "Span" && recv != "SpanContext" {
			return fmt.Errorf("the receiver is neither a span nor the context of one")
		}
		return check("result", results, 0, isBool)
	case RequestContext:
		return check("result", results, 0, IsContext)
	case RootContext:
		if params.Len() > 0 {
			return fmt.Errorf("it is given something")
		}
		return check("result", results, 0, IsContext)
	case DetachContext, ExtractContext, DeriveContext, CarrySpan:
		if err := check("parameter", params, 0, IsContext); err != nil {
			return err
		}
		return check("result", results, 0, IsContext)
	case ReadContext:
		if results.Len() == 0 {
			return fmt.Errorf("it returns nothing")
		}
		return check("parameter", params, 0, IsContext)
	case NextHandler, CopyRequest:
		if sig.Recv() == nil || !IsRequest(sig.Recv().Type()) {
			return fmt.Errorf("the receiver is no request")
		}
	case NewRoot:
		if results.Len() != 1 {
			return fmt.Errorf("the result is no option")
		}
	case RunFunc, ShareFunc, SpawnFunc:
		if !hasParam(func(t types.Type) bool { _, ok := t.Underlying().(*types.Signature); return ok || isFuncParam(t) }) {
			return fmt.Errorf("it is given no function")
		}
	case CarryContext:
		if !hasParam(IsContext) {
			return fmt.Errorf("there is no context to carry")
		}
		return check("result", results, 0, func(t types.Type) bool { return types.Identical(t, sig.Recv().Type()) })
	case InjectContext:
		if !hasParam(IsContext) || results.Len() > 0 {
			return fmt.Errorf("it does not take a context, or returns something")
		}
	case StoreContext:
		if !hasParam(func(t types.Type) bool { return IsContext(t) || IsRequest(t) || types.IsInterface(t) }) {
			return fmt.Errorf("there is nothing that may be or have a context")
		}
	case NoReturn:
		if results.Len() > 0 {
			return fmt.Errorf("it has results")
		}
	default:
		return fmt.Errorf("there is no role %d", know.Role)
	}
	return nil
}

// isFuncParam reports whether t is a type parameter or a slice whose values are
// functions.
func isFuncParam(t types.Type) bool {
	if s, ok := t.Underlying().(*types.Slice); ok {
		t = s.Elem()
	}
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

func isSpan(t types.Type) bool { return SpanEnders(t) != nil }

func isBool(t types.Type) bool { return types.Identical(t, types.Typ[types.Bool]) }

// unknownMethods are methods of spans that the table leaves out, and why.
var unknownMethods = map[string]string{
	opencensusTrace + ".Internal": "returns what implements the span, with which it can be ended",
}

// TestSpanMethods checks that the table knows every method of a span: of one
// that it does not know, the analysis thinks that it may keep the span.
func TestSpanMethods(t *testing.T) {
	u := libs(t)
	for path, byName := range spanTypes {
		for name, span := range byName {
			tn := u.packages[path].Scope().Lookup(name)
			if !isSpan(tn.Type()) || !isSpan(types.NewPointer(tn.Type())) {
				t.Errorf("%s.%s is not taken for a span", path, name)
			}
			methods := types.NewMethodSet(tn.Type())
			if !types.IsInterface(tn.Type()) {
				methods = types.NewMethodSet(types.NewPointer(tn.Type()))
			}
			for sel := range methods.Methods() {
				fn := sel.Obj().(*types.Func)
				known := Of(fn).Role != None || unknownMethods[path+"."+fn.Name()] != ""
				if fn.Exported() && !known {
					t.Errorf("the table does not know the method %s of %s.%s", fn.Name(), path, name)
				}
			}
			for _, end := range span.enders {
				fn := find(u.packages[path], name+"."+end)
				if fn == nil || Of(fn).Role != EndSpan {
					t.Errorf("%s.%s.%s ends the span, but the table does not say so", path, name, end)
				}
			}
		}
		if !IsTracing(path) {
			t.Errorf("%s is no tracing API", path)
		}
	}
}

// TestSpanMethod checks that the tracing APIs agree on what a method does to a
// span wherever they share its name, as SpanMethod says.
func TestSpanMethod(t *testing.T) {
	roles := make(map[string]Role)
	for path := range spanTypes {
		for name, fn := range funcs[path] {
			if name, ok := cutSpan(name); ok {
				if old, seen := roles[name]; seen && old != fn.Role {
					t.Errorf("%s has the roles %d and %d", name, old, fn.Role)
				}
				roles[name] = fn.Role
				if got := SpanMethod(name); got != fn.Role {
					t.Errorf("SpanMethod(%s) is %d, want %d", name, got, fn.Role)
				}
			}
		}
	}
	for _, name := range []string{"", "End.", "Close", "end", "Span.End", "SpanFromContext"} {
		if got := SpanMethod(name); got != None {
			t.Errorf("SpanMethod(%q) is %d, want none", name, got)
		}
	}
}

func cutSpan(name string) (string, bool) {
	const prefix = "Span."
	if len(name) > len(prefix) && name[:len(prefix)] == prefix {
		return name[len(prefix):], true
	}
	return "", false
}

// TestRequestTypes checks that the types by which handlers are known exist.
func TestRequestTypes(t *testing.T) {
	u := libs(t)
	for path, names := range requests {
		for name := range names {
			if pkg := u.packages[path]; pkg == nil {
				if notBuilt[path] == "" {
					t.Errorf("%s is not there to be checked", path)
				}
			} else if tn, ok := pkg.Scope().Lookup(name).(*types.TypeName); !ok || !IsRequest(tn.Type()) || !IsRequest(types.NewPointer(tn.Type())) {
				t.Errorf("%s has no type %s of requests", path, name)
			}
		}
	}
}
