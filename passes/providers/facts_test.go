package providers

import (
	"bytes"
	"encoding/gob"
	"go/token"
	"go/types"
	"testing"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// TestFacts checks that facts survive their encoding, come out the same twice,
// and are small: the build cache has one of each for every package.
func TestFacts(t *testing.T) {
	ctx := types.NewVar(token.NoPos, nil, "ctx", types.Typ[types.Int])
	sum := newSummary(types.NewSignatureType(nil, nil, nil, types.NewTuple(ctx, ctx), types.NewTuple(ctx, ctx), false))
	sum.Results[0] = Shutdown | ShutdownCtx
	sum.Sets, sum.ShutsWith[1] = true, true
	for _, fact := range []any{sum, &Contents{HasPropagator | ShutsInstalled, knowledge.GRPCServer, []string{"SetUp", "SetUpAll"}}} {
		first, second := encode(t, fact), encode(t, fact)
		if !bytes.Equal(first, second) {
			t.Errorf("%v is encoded in two ways", fact)
		}
		if len(first) > 300 {
			t.Errorf("%v takes %d bytes", fact, len(first))
		}
	}
	var got Summary
	if err := gob.NewDecoder(bytes.NewReader(encode(t, sum))).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.String() != sum.String() {
		t.Errorf("got %v, want %v", &got, sum)
	}
}

func encode(t *testing.T, fact any) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestEmpty checks that a function of which nothing is known has no fact, and
// that a summary that is not there answers.
func TestEmpty(t *testing.T) {
	if !newSummary(types.NewSignatureType(nil, nil, nil, nil, nil, false)).empty() {
		t.Error("a new summary is not empty")
	}
	if (&Summary{Exits: true}).empty() || (&Summary{Results: []Holding{Provider}}).empty() || (&Summary{Samples: []bool{true}}).empty() {
		t.Error("a summary that says something is empty")
	}
	if h := (*Summary)(nil).result(0); h != 0 {
		t.Errorf("a summary that is not there says %v", h)
	}
}

// TestMustSay checks of which packages a fact is asked for: of those of other modules
// that import a tracing API, be it through others.
func TestMustSay(t *testing.T) {
	pkg := func(path string, imports ...*types.Package) *types.Package {
		p := types.NewPackage(path, "p")
		p.SetImports(imports)
		return p
	}
	api := pkg("go.opentelemetry.io/otel/trace")
	direct := pkg("example.com/direct", api)
	for _, test := range []struct {
		pkg  *types.Package
		want bool
	}{
		{direct, true},
		{pkg("example.com/through", pkg("example.com/plain"), direct), true},
		{pkg("example.com/plain", pkg("net/http")), false},
		{pkg("go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp", api), false}, // the tables know it
		{pkg("net/http"), false},
	} {
		if got := new(Result).mustSay(test.pkg); got != test.want {
			t.Errorf("%s: %v, want %v", test.pkg.Path(), got, test.want)
		}
	}
}
