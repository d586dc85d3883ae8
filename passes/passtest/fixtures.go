// Package passtest runs passes and rules in tests as the go command does: package
// by package, with nothing between them but facts, which are bytes. A test sees
// the facts, and may take some away.
package passtest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// Module is the path of the module that the fixtures are in.
const Module = "github.com/tracevet/tracevet/testdata"

// Short returns the path of a package of the fixtures below their module.
func Short(path string) string { return strings.TrimPrefix(path, Module+"/") }

// Fixtures are the packages that tests run on. Patterns are relative to the
// module's root.
type Fixtures struct {
	Patterns []string

	once sync.Once
	pkgs []*packages.Package
	err  error
}

// Load returns the fixtures, each package after those that it imports. It loads
// them from source, and what they import from export data.
func (f *Fixtures) Load(t testing.TB) []*packages.Package {
	t.Helper()
	f.once.Do(func() {
		if f.pkgs, f.err = load(f.Patterns, "GOPROXY=off"); f.err != nil {
			f.pkgs, f.err = load(f.Patterns) // the libraries were never downloaded
		}
	})
	if f.err != nil {
		t.Fatal(f.err)
	}
	return f.pkgs
}

func load(patterns []string, env ...string) ([]*packages.Package, error) {
	dir, err := root()
	if err != nil {
		return nil, err
	}
	env = append([]string{"GOWORK=off", "GOFLAGS=-mod=readonly"}, env...)
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedModule |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes,
		Dir: filepath.Join(dir, "testdata"),
		Env: append(os.Environ(), env...),
	}, patterns...)
	if err != nil {
		return nil, err
	}
	var sorted []*packages.Package
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		if slices.Contains(pkgs, pkg) {
			sorted = append(sorted, pkg)
			for _, e := range pkg.Errors {
				err = errors.Join(err, e)
			}
		}
	})
	if len(sorted) == 0 && err == nil {
		err = errors.New("there are no fixtures")
	}
	return sorted, err
}

// root returns the root of the module that the test belongs to.
func root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("the test runs outside of a module")
		}
		dir = parent
	}
}

// Check returns the package of one file with the given text, type-checked against
// what fixtures import, as if it were a package of their module.
func Check(t testing.TB, fixtures []*packages.Package, text string) *packages.Package {
	t.Helper()
	pkg := &packages.Package{
		Name:    "p",
		PkgPath: Module + "/p",
		Module:  &packages.Module{Path: Module},
		Fset:    token.NewFileSet(),
		TypesInfo: &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
			Implicits: make(map[ast.Node]types.Object), Instances: make(map[*ast.Ident]types.Instance), Scopes: make(map[ast.Node]*types.Scope),
			Selections: make(map[*ast.SelectorExpr]*types.Selection), FileVersions: make(map[*ast.File]string),
		},
		TypesSizes: types.SizesFor("gc", "amd64"),
	}
	file, err := parser.ParseFile(pkg.Fset, "p.go", text, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	pkg.Syntax = []*ast.File{file}
	conf := types.Config{GoVersion: "go1.26", Importer: libraries(fixtures)}
	if pkg.Types, err = conf.Check(pkg.PkgPath, pkg.Fset, pkg.Syntax, pkg.TypesInfo); err != nil {
		t.Fatal(err)
	}
	return pkg
}

// libraries are what fixtures import.
type libraries []*packages.Package

func (l libraries) Import(path string) (*types.Package, error) {
	for _, pkg := range l {
		for _, imp := range pkg.Types.Imports() {
			if imp.Path() == path {
				return imp, nil
			}
		}
	}
	return nil, fmt.Errorf("no fixture imports %s", path)
}

// Repeat repeats text for each number below n, which $i stands for in it; $j
// stands for the next one.
func Repeat(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("$i", strconv.Itoa(i), "$j", strconv.Itoa(i+1)).Replace(text))
	}
	return b.String()
}
