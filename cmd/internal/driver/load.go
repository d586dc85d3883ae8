package driver

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// loadMode is what is asked of go/packages: the graph of packages and their files. Types are
// ours to compute, because go/packages checks either all function bodies or none.
const loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedDeps | packages.NeedModule | packages.NeedTypesSizes

// A loader parses and type-checks a program from source, dependencies included. No package
// is compiled, and nothing but metadata comes from the go command.
//
// Most of a program is code of other people that has nothing to do with tracing. The
// passes look at it for one thing only: which of its functions never return (see package
// noreturn). So a package is "light" if it neither belongs to the user nor reaches a
// tracing API, and of a light package only those bodies are kept that could make
// a function one that never returns. The rest is neither type-checked nor held in memory.
// A pass that wants more of light packages would find other facts in process than under
// the go command; the tests compare both on all fixtures.
type loader struct {
	fset    *token.FileSet
	overlay *overlay
	slots   chan struct{} // bounds how many packages are worked on at once
	nodes   map[*packages.Package]*node
}

// A node is a package on its way to be type-checked.
type node struct {
	once  sync.Once
	light bool
	errs  []string // why the package does not build: "file:line:column: message"
}

// load returns the packages that the patterns name, test variants included, with types and
// syntax of all they depend on.
func (s *session) load(ctx context.Context, patterns []string, ov *overlay) (*loader, []*packages.Package, error) {
	l := &loader{
		fset:    token.NewFileSet(),
		overlay: ov,
		slots:   make(chan struct{}, runtime.GOMAXPROCS(0)),
		nodes:   make(map[*packages.Package]*node),
	}
	cfg := &packages.Config{
		Mode:       loadMode,
		Context:    ctx,
		Dir:        s.o.Dir,
		BuildFlags: s.o.BuildFlags,
		Tests:      true,
		Fset:       l.fset,
	}
	if ov != nil {
		cfg.Overlay = ov.content
	}
	roots, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, nil, err
	}
	reach := make(map[*packages.Package]bool)
	packages.Visit(roots, nil, func(p *packages.Package) { // dependencies first
		reach[p] = knowledge.IsTracing(p.PkgPath)
		for _, imp := range p.Imports {
			reach[p] = reach[p] || reach[imp]
		}
		own := p.Module != nil && p.Module.Version == "" || p.PkgPath == "command-line-arguments" || slices.Contains(roots, p)
		l.nodes[p] = &node{light: !own && !reach[p]}
	})
	var wg sync.WaitGroup
	for _, p := range roots {
		wg.Go(func() { l.check(ctx, p) })
	}
	wg.Wait()
	return l, roots, ctx.Err()
}

// check parses and type-checks p, after all that it imports.
func (l *loader) check(ctx context.Context, p *packages.Package) {
	n := l.nodes[p]
	n.once.Do(func() {
		var wg sync.WaitGroup
		for _, imp := range p.Imports {
			wg.Go(func() { l.check(ctx, imp) })
		}
		wg.Wait()
		l.slots <- struct{}{}
		defer func() { <-l.slots }()
		if ctx.Err() == nil {
			l.checkNow(p, n)
		}
	})
}

func (l *loader) checkNow(p *packages.Package, n *node) {
	p.Fset = l.fset
	if p.PkgPath == "unsafe" {
		p.Types, p.TypesInfo = types.Unsafe, new(types.Info)
		return
	}
	for _, e := range p.Errors {
		n.errs = append(n.errs, strings.TrimPrefix(e.Pos+": "+e.Msg, ": "))
	}
	for _, imp := range p.Imports {
		if absent(imp) {
			n.errs = append(n.errs, l.nodes[imp].errs...)
		}
	}
	mode := parser.SkipObjectResolution
	if !n.light {
		mode = parser.ParseComments // and objects, as under the go command
	}
	for _, name := range p.CompiledGoFiles {
		if ext := filepath.Ext(name); ext != ".go" && ext != "" { // what cgo makes has no extension
			continue
		}
		src, err := l.overlay.read(name)
		if err != nil {
			n.errs = append(n.errs, err.Error())
			continue
		}
		f, err := parser.ParseFile(l.fset, name, src, mode)
		if err != nil {
			n.errs = append(n.errs, syntaxErrors(err)...)
		}
		if f == nil {
			continue
		}
		if n.light {
			dropBodies(f)
		}
		p.Syntax = append(p.Syntax, f)
	}

	p.TypesInfo = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	syntaxFailed := len(n.errs) > 0
	conf := types.Config{
		Importer: importerFunc(func(path string) (*types.Package, error) {
			if path == "unsafe" {
				return types.Unsafe, nil
			}
			if imp := p.Imports[path]; imp != nil && imp.Types != nil {
				return imp.Types, nil
			}
			return nil, fmt.Errorf("no package for import %s", path)
		}),
		Sizes: p.TypesSizes,
		Error: func(err error) {
			// Without its bodies, a light package has imports that it does not use, and
			// functions without a body. That it builds, its own authors have seen to.
			if !n.light && !syntaxFailed {
				n.errs = append(n.errs, err.Error())
			}
		},
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		conf.GoVersion = "go" + p.Module.GoVersion
	}
	p.Types, _ = conf.Check(p.PkgPath, l.fset, p.Syntax, p.TypesInfo) // errors: see conf.Error
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// syntaxErrors returns the errors of a file that does not parse.
func syntaxErrors(err error) []string {
	list, ok := errors.AsType[scanner.ErrorList](err)
	if !ok {
		return []string{err.Error()}
	}
	var errs []string
	for _, e := range list {
		errs = append(errs, e.Error())
	}
	return errs
}

// dropBodies removes the bodies of the functions that may return for what their syntax
// tells, and the initializers that cannot matter to types.
func dropBodies(f *ast.File) {
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil && mayReturn(fn.Body) {
			fn.Body = nil
		}
	}
}

// mayReturn reports whether a function with the given body surely comes back to its caller in some
// run, for all that its syntax tells: it has a return or a defer, or its last statement is one
// after which its end is reached. It must not be true of a function of which
// package noreturn says that it never returns.
func mayReturn(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return true
	}
	switch body.List[len(body.List)-1].(type) {
	case *ast.ExprStmt, *ast.BlockStmt, *ast.LabeledStmt, *ast.IfStmt, *ast.ForStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
	default:
		return true
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

// absent reports whether p is an import that the go command does not find: an
// error of who imports it.
func absent(p *packages.Package) bool {
	return len(p.GoFiles)+len(p.CompiledGoFiles) == 0 && len(p.Errors) > 0
}

// broken returns the package that keeps p from being analysed: p itself, one that it
// imports, or nil.
func (l *loader) broken(p *packages.Package) *packages.Package {
	var culprit *packages.Package
	packages.Visit([]*packages.Package{p}, func(q *packages.Package) bool { return culprit == nil }, func(q *packages.Package) {
		if culprit == nil && len(l.nodes[q].errs) > 0 && !absent(q) {
			culprit = q
		}
	})
	return culprit
}

// buildError returns the message on a package that does not build, with the names of files
// relative to dir, as the go command writes them.
func (l *loader) buildError(p *packages.Package, dir string) string {
	errs := slices.Clone(l.nodes[p].errs)
	for i, e := range errs {
		pos := parsePosition(firstPosition(e))
		if rel, err := filepath.Rel(dir, pos.File); err == nil && filepath.IsAbs(pos.File) && !strings.HasPrefix(rel, ".."+string(os.PathSeparator)) {
			errs[i] = rel + strings.TrimPrefix(e, pos.File)
		}
	}
	const most = 10 // as the compiler
	if len(errs) > most {
		errs = append(errs[:most], "too many errors")
	}
	return strings.Join(errs, "\n")
}
