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
	"strings"
	"testing"
)

// notBuiltValues are the libraries of the tables on values that the module of
// the fixtures does not require; see notBuilt.
var notBuiltValues = map[string]string{
	"github.com/exaring/otelpgx":                 "needs pgx, a large dependency",
	"github.com/go-chi/chi":                      "v5 is there",
	"github.com/gofrs/uuid":                      "ids only",
	"github.com/gofrs/uuid/v5":                   "ids only",
	"github.com/hashicorp/go-uuid":               "ids only",
	"github.com/ipfs/go-cid":                     "ids only",
	"github.com/julienschmidt/httprouter":        "one function",
	"github.com/lithammer/shortuuid":             "ids only",
	"github.com/matoous/go-nanoid/v2":            "ids only",
	"github.com/oklog/ulid":                      "ids only",
	"github.com/oklog/ulid/v2":                   "ids only",
	"github.com/rs/xid":                          "ids only",
	"github.com/satori/go.uuid":                  "ids only",
	"github.com/segmentio/ksuid":                 "ids only",
	"go.mongodb.org/mongo-driver/bson/primitive": "ids only",
}

// TestValues checks that what the tables on values name exists, that a value
// is made from arguments that there are, and that a sink takes an argument.
func TestValues(t *testing.T) {
	var paths []string
	for path := range values {
		paths = append(paths, path)
	}
	for path := range sinks {
		paths = append(paths, path)
	}
	for path := range fieldSources {
		paths = append(paths, path)
	}
	for path := range typeSources {
		paths = append(paths, path)
	}
	for path := range openTypes {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	listed, err := list(paths, "GOPROXY=off")
	if err != nil || listed["go.opentelemetry.io/otel/metric"].Export == "" {
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
	for _, path := range paths {
		missing := listed[path].Export == ""
		if missing != (notBuiltValues[path] != "") {
			t.Errorf("%s is missing: %v; notBuiltValues says %q", path, missing, notBuiltValues[path])
		}
		if missing {
			continue
		}
		pkg, err := imp.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range slices.Sorted(maps.Keys(values[path])) {
			fn := find(pkg, name)
			if fn == nil {
				t.Errorf("%s has no function %s", path, name)
				continue
			}
			v, ok := ValueOf(fn)
			if !ok || v != values[path][name] {
				t.Errorf("%s.%s: ValueOf gives %+v, %v", path, name, v, ok)
			}
			n := arguments(fn)
			if v.Fills == 0 && fn.Signature().Results().Len() == 0 || int(v.Fills) > n || int(v.Format) > n ||
				v.From != all && v.From&^first != all&^first && v.From>>n != 0 {
				t.Errorf("%s.%s, %s: the table says %+v", path, name, fn.Signature(), v)
			}
			if !v.Bounded && v.Source == NoSource && v.From == 0 && v.Format == 0 {
				t.Errorf("%s.%s: the table says nothing", path, name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(sinks[path])) {
			fn := find(pkg, name)
			if fn == nil {
				t.Errorf("%s has no function %s", path, name)
				continue
			}
			for _, sink := range SinksOf(fn) {
				if int(sink.Arg) >= arguments(fn) {
					t.Errorf("%s.%s, %s: there is no argument %d", path, name, fn.Signature(), sink.Arg)
				}
			}
			if len(SinksOf(fn)) == 0 {
				t.Errorf("%s.%s: SinksOf gives none", path, name)
			}
		}
		for name := range fieldSources[path] {
			owner, field, _ := strings.Cut(name, ".")
			obj := pkg.Scope().Lookup(owner)
			if obj == nil {
				t.Errorf("%s has no type %s", path, owner)
				continue
			}
			if _, ok := lookup(obj.Type(), pkg, field).(*types.Var); !ok {
				t.Errorf("%s.%s has no field %s", path, owner, field)
			}
			if _, known := FieldSource(types.NewPointer(obj.Type()), field); !known {
				t.Errorf("FieldSource does not know %s of %s", field, obj.Type())
			}
		}
		for name := range typeSources[path] {
			if obj := pkg.Scope().Lookup(name); obj == nil || TypeSource(obj.Type()) == NoSource {
				t.Errorf("TypeSource does not know %s.%s, or there is no such type", path, name)
			}
		}
		for name := range openTypes[path] {
			if obj := pkg.Scope().Lookup(name); obj == nil || !IsOpenType(obj.Type()) {
				t.Errorf("IsOpenType does not know %s.%s, or there is no such type", path, name)
			}
		}
	}
}

// arguments returns how many arguments a function has, with its receiver.
func arguments(fn *types.Func) int {
	n := fn.Signature().Params().Len()
	if fn.Signature().Recv() != nil {
		n++
	}
	return n
}

// TestSourceWords checks that each source can be told to a user.
func TestSourceWords(t *testing.T) {
	for s := NoSource + 1; int(s) < len(sourceWords); s++ {
		if s.String() == "" || strings.HasSuffix(s.String(), ".") {
			t.Errorf("source %d is %q", s, s)
		}
	}
}

// TestRenames checks the table of renamed keys, which is searched by halves.
func TestRenames(t *testing.T) {
	if !slices.IsSortedFunc(renames[:], func(a, b Rename) int { return strings.Compare(a.Old, b.Old) }) {
		t.Error("the table is not sorted")
	}
	for _, r := range renames {
		got, ok := RenamedKey(r.Old)
		if !ok || got != r {
			t.Errorf("RenamedKey(%q) = %+v, %v", r.Old, got, ok)
		}
		if r.Mechanical && r.New == "" || r.New == "" && r.Hint == "" || r.Since == "" {
			t.Errorf("%+v: there is no new key, or nothing to say", r)
		}
	}
	if r, ok := RenamedKey("http.method"); !ok || r.New != "http.request.method" || !r.Mechanical {
		t.Errorf("http.method: %+v, %v", r, ok)
	}
	for _, key := range []string{"", "http.request.method", "zzz"} {
		if _, ok := RenamedKey(key); ok {
			t.Errorf("%q was renamed", key)
		}
	}
}
