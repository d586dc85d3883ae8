package knowledge

import (
	"go/types"
	"maps"
	"slices"
	"testing"
)

// TestUntraced checks that what makes servers and clients exists, and that of
// outdated functions those exist that were not removed.
func TestUntraced(t *testing.T) {
	paths := []string{otelPath}
	paths = slices.AppendSeq(paths, maps.Keys(constructors))
	paths = slices.AppendSeq(paths, maps.Keys(plainStructs))
	paths = slices.AppendSeq(paths, maps.Keys(outdatedFuncs))
	load := built(t, paths)
	for path, fns := range constructors {
		for name, family := range fns {
			if fn := find(load(path), name); fn == nil || Constructs(fn) != family {
				t.Errorf("%s.%s: there is no such function, or it makes %v", path, name, Constructs(fn))
			}
		}
	}
	for path, names := range plainStructs {
		for name, family := range names {
			obj, ok := load(path).Scope().Lookup(name).(*types.TypeName)
			if !ok || IsPlain(types.NewPointer(obj.Type())) != family {
				t.Errorf("%s.%s: there is no such struct, or it is of another family", path, name)
			}
		}
	}
	for path, fns := range outdatedFuncs {
		if !HasOutdated(path) {
			t.Errorf("HasOutdated(%s) = false", path)
		}
		for name, o := range fns {
			fn := find(load(path), name)
			if (fn == nil) != o.Removed {
				t.Errorf("%s.%s: removed is %v, and the fixtures' version has %v", path, name, o.Removed, fn)
			}
		}
	}
	http := load("net/http").Scope()
	if !IsDefaultClient(http.Lookup("DefaultClient")) || !IsDefaultTransport(http.Lookup("DefaultTransport")) || IsDefaultClient(http.Lookup("DefaultTransport")) {
		t.Error("the client and the transport that everybody has are not known")
	}
	if TracedBy(instrPath+"google.golang.org/grpc/otelgrpc") != GRPCServer|GRPCClient || TracedBy("net/http") != 0 {
		t.Error("TracedBy is wrong about otelgrpc, or about net/http")
	}
	if o, ok := OutdatedPackage(jaegerPath); !ok || !o.Removed {
		t.Error("the exporter for Jaeger is not outdated")
	}
}
