package knowledge

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"testing"
)

// TestRegisters checks that each function of the tables about routers exists, is
// found, and has the parameters that the table says.
func TestRegisters(t *testing.T) {
	u := libs(t)
	checked := 0
	for _, path := range slices.Sorted(maps.Keys(registers)) {
		pkg := u.packages[path]
		if pkg == nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(registers[path])) {
			fn := find(pkg, name)
			if fn == nil {
				// Methods of the groups of one framework that another one has not.
				if !slices.Contains(missingMethods, path+"."+name) {
					t.Errorf("%s has no function %s", path, name)
				}
				continue
			}
			checked++
			want := registers[path][name]
			if err := want.fits(fn); err != nil {
				t.Errorf("%s.%s, %s: %v", path, name, fn.Signature(), err)
			}
		}
		for name := range routers[path] {
			if _, ok := pkg.Scope().Lookup(name).(*types.TypeName); !ok {
				t.Errorf("%s has no type %s", path, name)
			}
		}
	}
	if checked < 150 {
		t.Errorf("only %d functions were checked", checked)
	}
}

// missingMethods are methods that the tables give to all routers of a framework,
// and that some have not.
var missingMethods = []string{
	echo4Path + ".Group.StaticFS", echo4Path + ".Group.FileFS",
	fiber3Path + ".Router.Static",
}

// fits reports how a function does not look like what the table says of it.
func (reg Register) fits(fn *types.Func) error {
	params := fn.Signature().Params()
	for what, i := range map[string]int{"method": reg.Method, "path": reg.Path, "handler": reg.Handler, "list": reg.List, "body": reg.Body} {
		if i >= params.Len() {
			return fmt.Errorf("there is no parameter %d for the %s", i, what)
		}
	}
	if reg.Path >= 0 && !types.Identical(params.At(reg.Path).Type(), types.Typ[types.String]) {
		return fmt.Errorf("the path is no string")
	}
	if reg.Body >= 0 {
		if _, ok := params.At(reg.Body).Type().Underlying().(*types.Signature); !ok {
			return fmt.Errorf("what is given the group is no function")
		}
	}
	if reg.Kind == NewRouter || reg.Kind == MakeGroup {
		if _, ok := RouterOf(fn.Signature().Results().At(0).Type()); !ok {
			return fmt.Errorf("it returns no router")
		}
	}
	return nil
}

// TestMiddlewares checks that each function of the table exists; the removed
// interceptors of otelgrpc are left to their version.
func TestMiddlewares(t *testing.T) {
	u := libs(t)
	for _, path := range slices.Sorted(maps.Keys(middlewares)) {
		pkg := u.packages[path]
		if pkg == nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(middlewares[path])) {
			if fn := find(pkg, name); fn == nil && middlewares[path][name].Kind != TracingMiddleware {
				t.Errorf("%s has no function %s", path, name)
			} else if fn != nil && MiddlewareOf(fn) != middlewares[path][name] {
				t.Errorf("%s.%s is not found", path, name)
			}
		}
		for _, name := range tracingFilters[path] {
			if fn := find(pkg, name); fn == nil || !IsTracingFilter(fn) {
				t.Errorf("%s has no filter %s", path, name)
			}
		}
	}
}
