package knowledge

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

// The tests check the table against the libraries themselves, those that the
// module of the fixtures requires. They use the standard library alone, as
// this package does: export data comes from the go command.

// extra are packages that the tests need besides those that the table names.
var extra = []string{
	"context", "errors", "go.opentelemetry.io/otel/trace/noop", "google.golang.org/grpc/health/grpc_health_v1",
}

// A universe holds the libraries by their paths.
type universe struct {
	fset     *token.FileSet
	packages map[string]*types.Package
	missing  []string // of those that the table names
}

var loadOnce = sync.OnceValues(load)

// libs returns the libraries.
func libs(t *testing.T) *universe {
	t.Helper()
	u, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func load() (*universe, error) {
	var paths []string
	for path := range funcs {
		paths = append(paths, path)
	}
	for path := range requests {
		paths = append(paths, path)
	}
	for path := range registers {
		paths = append(paths, path)
	}
	for path := range middlewares {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)

	wanted := slices.Concat(paths, extra)
	listed, err := list(wanted, "GOPROXY=off")
	if err != nil || listed["go.opentelemetry.io/otel/trace"].Export == "" {
		listed, err = list(wanted) // the libraries were never downloaded
	}
	if err != nil {
		return nil, err
	}
	u := &universe{fset: token.NewFileSet(), packages: make(map[string]*types.Package)}
	imp := importer.ForCompiler(u.fset, "gc", func(path string) (io.ReadCloser, error) {
		pkg := listed[path]
		if pkg.Export == "" {
			return nil, errors.New("no export data")
		}
		return os.Open(pkg.Export)
	})
	for _, path := range wanted {
		if listed[path].Export == "" {
			u.missing = append(u.missing, path)
			continue
		}
		if u.packages[path], err = imp.Import(path); err != nil {
			return nil, err
		}
	}
	return u, nil
}

// A listed is what the go command says of a package.
type listed struct {
	ImportPath string
	Export     string // the file of its export data; none if there is no such package
}

func list(paths []string, env ...string) (map[string]listed, error) {
	args := []string{"list", "-e", "-export", "-deps", "-json=ImportPath,Export"}
	cmd := exec.Command("go", append(args, paths...)...)
	cmd.Dir = "../../testdata"
	cmd.Env = append(os.Environ(), append([]string{"GOWORK=off", "GOFLAGS=-mod=readonly"}, env...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %v\n%s", err, &stderr)
	}
	all := make(map[string]listed)
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg listed
		if err := dec.Decode(&pkg); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all[pkg.ImportPath] = pkg
	}
}

// Import makes a universe an importer.
func (u *universe) Import(path string) (*types.Package, error) {
	if pkg := u.packages[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("the test does not load %s", path)
}

// check type-checks a file.
func (u *universe) check(t *testing.T, path, text string) (*types.Package, *types.Info, *ast.File) {
	t.Helper()
	file, err := parser.ParseFile(u.fset, strings.ReplaceAll(path, "/", "_")+".go", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object), Defs: make(map[*ast.Ident]types.Object)}
	pkg, err := (&types.Config{Importer: u}).Check(path, u.fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return pkg, info, file
}

// find returns the function that the table calls name; nil if there is none.
func find(pkg *types.Package, name string) *types.Func {
	recv, method, isMethod := strings.Cut(name, ".")
	obj := pkg.Scope().Lookup(recv)
	if !isMethod {
		fn, _ := obj.(*types.Func)
		return fn
	}
	if obj == nil {
		return findPromoted(pkg, recv, method)
	}
	if fn, ok := lookup(obj.Type(), pkg, method).(*types.Func); ok {
		return fn
	}
	return nil
}

func lookup(t types.Type, pkg *types.Package, name string) types.Object {
	obj, _, _ := types.LookupFieldOrMethod(t, true, pkg, name)
	return obj
}

// findPromoted finds a method of a type that is not exported, and so may be
// missing from the scope that export data shows, through a type that embeds it.
func findPromoted(pkg *types.Package, recv, method string) *types.Func {
	for _, name := range pkg.Scope().Names() {
		tn, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() {
			continue
		}
		if fn, ok := lookup(tn.Type(), pkg, method).(*types.Func); ok && receiver(fn) == recv {
			return fn
		}
	}
	return nil
}

// receiver returns the name of the type that a method is declared on.
func receiver(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return ""
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}
