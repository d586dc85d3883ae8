package settings_test

import (
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/settings"
)

func TestModule(t *testing.T) {
	named := &analysis.Module{Path: "example.com/x", Version: "v1.2.3"}
	for _, test := range []struct {
		option, path, name string
		imports            string
		driver, want       *analysis.Module
	}{
		{path: "example.com/shop/store"}, // nothing is known
		{path: "example.com/x/y", driver: named, want: named},
		{option: "example.com/x", path: "example.com/x/y", driver: named, want: named},
		{option: "example.com/shop", path: "example.com/shop", want: &analysis.Module{Path: "example.com/shop"}},
		{option: "example.com/shop", path: "example.com/shop_test", want: &analysis.Module{Path: "example.com/shop"}},
		{option: "example.com/a,example.com/shop", path: "example.com/shop/store", want: &analysis.Module{Path: "example.com/shop"}},
		{option: "example.com/shop", path: "example.com/shopping", want: &analysis.Module{Path: "example.com/shopping", Version: "v0.0.0"}},
		{option: "shop", path: "shop/store", want: &analysis.Module{Path: "shop"}},
		{option: "example.com/shop", path: "net/http", want: &analysis.Module{}},
		{option: "example.com/a,example.com/shop", path: "main", name: "main", imports: "example.com/shop/store", want: &analysis.Module{Path: "example.com/shop"}},
		{option: "example.com/shop", path: "main", name: "main", imports: "fmt", want: &analysis.Module{Path: "main"}},
	} {
		set(t, "module", test.option)
		pkg := types.NewPackage(test.path, test.name)
		if test.imports != "" {
			pkg.SetImports([]*types.Package{types.NewPackage(test.imports, "x")})
		}
		got := settings.Module(&analysis.Pass{Pkg: pkg, Module: test.driver})
		if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
			t.Errorf("-settings.module=%q, %s: got %+v, want %+v", test.option, test.path, got, test.want)
		}
	}
	for _, bad := range []string{",", "example.com/shop/", "a, b"} {
		if err := settings.Analyzer.Flags.Set("module", bad); err == nil {
			t.Errorf("-settings.module=%q is no error", bad)
		}
	}
	set(t, "module", "a,b")
	set(t, "module", "c") // nogo does this for each rule
	if got := settings.Analyzer.Flags.Lookup("module").Value.String(); got != "c" {
		t.Errorf("set twice, the option is %q", got)
	}
}
