package knowledge

import (
	"go/token"
	"go/types"
	"strings"
	"testing"
)

func TestAddJSON(t *testing.T) {
	pkg := types.NewPackage("example.com/added", "added")
	fn := func(name string) *types.Func {
		return types.NewFunc(token.NoPos, pkg, name, types.NewSignatureType(nil, nil, nil, nil, nil, false))
	}
	if got := Of(fn("Begin")); got.Role != None {
		t.Fatalf("Begin is known before: %+v", got)
	}
	t.Cleanup(func() { delete(funcs, pkg.Path()) })
	if err := AddJSON(`{"example.com/added": {"Begin": {"role": "StartSpan", "span": 1, "ctx": 0}, "Open": {"role": "StartSpan"}, "Die": {"role": "NoReturn"}}}`); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]Func{
		"Begin": {Role: StartSpan, Span: 1, Ctx: 0},
		"Open":  {Role: StartSpan, Span: 0, Ctx: -1},
		"Die":   {Role: NoReturn, Ctx: -1},
		"Other": {},
	} {
		if got := Of(fn(name)); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

func TestAddJSONErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{`: "unexpected EOF",
		`{"example.com/x": {"F": {"role": "Starts"}}}`:                "example.com/x.F: \"Starts\" is no role; the roles are BorrowSpan, EndSpan,",
		`{"example.com/x": {"F": {"role": "StartSpan", "span": -1}}}`: "cannot be negative",
		`{"example.com/x": {"F": {"rule": "StartSpan"}}}`:             "unknown field",
	} {
		if err := AddJSON(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if funcs["example.com/x"] != nil {
		t.Error("a wrong row was added")
	}
}
