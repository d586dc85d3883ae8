package ruletest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// A program is a set of type-checked packages to run an analyzer on, with all
// that they import.
type program struct {
	fset *token.FileSet
	// roots are the packages under test, each after those roots it imports.
	roots []*packages.Package
	// byPath holds every package that was loaded, by import path and without
	// test variants: what the text of a fix or of an example may import.
	byPath map[string]*packages.Package
}

// loadMode is LoadAllSyntax, and the modules: rules gate on the Go version.
const loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax |
	packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule

// load loads the packages below dir/folder, the roots of the result, and the
// packages named by extra, which are only there to be imported.
//
// dir is the root of a module. It is loaded without a network; if that does
// not work, because this machine has never downloaded the module's
// dependencies, it is loaded again with one.
func load(dir, folder string, extra []string) (*program, error) {
	base := filepath.Join(dir, folder) + string(filepath.Separator)
	if _, err := os.Stat(base); err != nil {
		return nil, fmt.Errorf("no fixtures: %v", err)
	}
	patterns := append([]string{"./" + filepath.ToSlash(folder) + "/..."}, extra...)
	pkgs, l, err := goList(dir, patterns, "GOPROXY=off")
	if err != nil || hasListError(pkgs) {
		pkgs, l, err = goList(dir, patterns)
	}
	if err != nil {
		return nil, fmt.Errorf("loading %v in %s: %v", patterns, dir, err)
	}

	l.forgive(pkgs)
	p := &program{fset: l.fset, byPath: make(map[string]*packages.Package)}
	var errs []error
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		if !isVariant(pkg) {
			p.byPath[pkg.PkgPath] = pkg
		}
		for _, err := range pkg.Errors {
			errs = append(errs, fmt.Errorf("%s: %w", pkg.ID, err))
		}
	})
	if len(errs) > 0 {
		return nil, errors.Join(errs[:min(len(errs), 10)]...)
	}

	within := func(name string) bool { return strings.HasPrefix(name, base) }
	p.roots = slices.DeleteFunc(inImportOrder(pkgs), func(pkg *packages.Package) bool {
		return !slices.ContainsFunc(pkg.GoFiles, within)
	})
	if len(p.roots) == 0 {
		return nil, fmt.Errorf("no fixtures: there is no package below %s", base)
	}
	return p, nil
}

// goList calls packages.Load in dir, with env on top of the environment.
func goList(dir string, patterns []string, env ...string) ([]*packages.Package, *loader, error) {
	l := newLoader()
	// The user's workspace and GOFLAGS are none of the fixtures' business.
	env = append([]string{"GOWORK=off", "GOFLAGS=-mod=readonly"}, env...)
	pkgs, err := packages.Load(&packages.Config{
		Mode:      loadMode,
		Dir:       dir,
		Env:       append(os.Environ(), env...),
		Fset:      l.fset,
		ParseFile: l.parseFile,
		Tests:     true,
	}, patterns...)
	return pkgs, l, err
}

// hasListError reports whether the go command could not find a package.
func hasListError(pkgs []*packages.Package) bool {
	found := false
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		for _, err := range pkg.Errors {
			found = found || err.Kind != packages.TypeError && err.Kind != packages.ParseError
		}
	})
	return found
}

// inImportOrder returns those of pkgs that a driver analyses, each after those
// it imports. Of a package and the same package with its tests added it keeps
// the latter, as go vet does; it drops the main packages of test binaries.
func inImportOrder(pkgs []*packages.Package) []*packages.Package {
	initial := make(map[*packages.Package]bool)
	tested := make(map[string]bool) // by path: has a variant with tests
	for _, pkg := range pkgs {
		initial[pkg] = true
		if isVariant(pkg) {
			tested[pkg.PkgPath] = true
		}
	}
	var ordered []*packages.Package
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		switch {
		case !initial[pkg]:
		case strings.HasSuffix(pkg.ID, ".test"):
		case !isVariant(pkg) && tested[pkg.PkgPath]:
		default:
			ordered = append(ordered, pkg)
		}
	})
	return ordered
}

// isVariant reports whether pkg is a package as compiled for a test.
func isVariant(pkg *packages.Package) bool { return strings.Contains(pkg.ID, " [") }

// A loader parses files for packages.Load. It drops the function bodies of the
// standard library, which no rule looks into: they are most of the text that
// a test would have to type-check.
type loader struct {
	fset     *token.FileSet
	std      string // the folder of the standard library, with a separator at the end
	mu       sync.Mutex
	stripped map[string]bool // the files that lost their function bodies
}

func newLoader() *loader {
	return &loader{
		fset:     token.NewFileSet(),
		std:      filepath.Join(build.Default.GOROOT, "src") + string(filepath.Separator),
		stripped: make(map[string]bool),
	}
}

// keepBodies are the folders of the standard library whose function bodies
// say which functions never return (os.Exit, log.Fatal, testing.T.Fatal):
// go/analysis infers that from the bodies, up from syscall and runtime.
var keepBodies = []string{"log", "os", "testing"}

func (l *loader) parseFile(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	const mode = parser.AllErrors | parser.SkipObjectResolution
	rel, isStd := strings.CutPrefix(name, l.std)
	if !isStd || slices.Contains(keepBodies, filepath.Dir(rel)) {
		return parser.ParseFile(fset, name, src, mode|parser.ParseComments)
	}
	file, err := parser.ParseFile(fset, name, src, mode)
	if file != nil {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				fn.Body = nil
			}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stripped[name] = true
	return file, err
}

// forgive removes the errors of the packages that parseFile stripped, such as
// imports that nothing uses any more, and what follows from them.
func (l *loader) forgive(pkgs []*packages.Package) {
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		stripped := func(name string) bool { return l.stripped[name] }
		if slices.ContainsFunc(pkg.CompiledGoFiles, stripped) {
			pkg.Errors, pkg.TypeErrors = nil, nil
		}
		pkg.IllTyped = len(pkg.Errors) > 0
		for _, imp := range pkg.Imports {
			pkg.IllTyped = pkg.IllTyped || imp.IllTyped
		}
	})
}
