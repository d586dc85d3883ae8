package edit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A checker type-checks edited files within the package of a pass. It has what
// the checks have in common.
type checker struct {
	pass     *analysis.Pass
	imports  map[string]*types.Package // packages that the files import, by the path in the import
	deps     map[string]*types.Package // all dependencies, by path
	headers  map[*ast.File]*ast.File   // the files without the bodies of their functions
	stubs    map[string]*types.Package // stand-ins for packages that are not loaded
	excluded map[string]bool           // names that files declare which this build leaves out
}

// newFileSet returns a file set for an edited file. The positions in it are
// beyond those of the pass: the checker mixes its files with those of the pass.
func (c *checker) newFileSet() *token.FileSet {
	fset := token.NewFileSet()
	fset.AddFile("", -1, c.pass.Fset.Base())
	return fset
}

// types type-checks the package with the replacements, which are in fset, in
// place of the files that they are keyed by. If bodiesOnly, the edits do not
// change what the other files see, so only the declarations of those count, and
// that goes fast.
//
// It returns what the identifiers in the edited files refer to, and whether the
// package is free of errors.
func (c *checker) types(fset *token.FileSet, edited map[*ast.File]*replacement, bodiesOnly bool) (*types.Info, bool) {
	var files []*ast.File
	first := token.Pos(fset.Base()) // where the edited files begin
	for _, f := range c.pass.Files {
		switch {
		case edited[f] != nil:
			r := edited[f]
			if r.without != nil {
				files = append(files, c.headerWithout(f, r.without))
			}
			f = r.file
			first = min(first, f.FileStart)
		case bodiesOnly:
			f = c.header(f)
		}
		files = append(files, f)
	}
	broken := false
	conf := types.Config{
		GoVersion: c.pass.Pkg.GoVersion(),
		Sizes:     c.pass.TypesSizes,
		Importer: importerFunc(func(path string) (*types.Package, error) {
			pkg := c.importedAs(path)
			if pkg == nil {
				broken = true
				return nil, fmt.Errorf("%s is not among the dependencies", path)
			}
			return pkg, nil
		}),
		Error: func(err error) {
			e, ok := err.(types.Error)
			if ok && e.Soft && e.Pos >= first {
				for _, r := range edited {
					if r.usesElsewhere(e.Pos) {
						return
					}
				}
			}
			// What the missing bodies bring about is no fault of the edits.
			broken = broken || !ok || !e.Soft || !bodiesOnly || e.Pos >= first || !c.lacksBody(e.Pos)
		},
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	// The errors went to conf.Error.
	_, _ = conf.Check(c.pass.Pkg.Path(), fset, files, info)
	return info, !broken
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// header returns a copy of file without the bodies of its functions. The trees
// of the pass are shared with other analyzers, so they stay as they are.
func (c *checker) header(file *ast.File) *ast.File {
	if h := c.headers[file]; h != nil {
		return h
	}
	h := *file
	h.Decls = slices.Clone(file.Decls)
	for i, decl := range h.Decls {
		if d, ok := decl.(*ast.FuncDecl); ok {
			bodiless := *d
			bodiless.Body = nil
			h.Decls[i] = &bodiless
		}
	}
	if c.headers == nil {
		c.headers = make(map[*ast.File]*ast.File)
	}
	c.headers[file] = &h
	return &h
}

// headerWithout returns the header of file without some functions.
func (c *checker) headerWithout(file *ast.File, funcs map[*ast.FuncDecl]bool) *ast.File {
	h := *c.header(file)
	decls := h.Decls
	h.Decls = nil
	for i, decl := range file.Decls {
		if d, ok := decl.(*ast.FuncDecl); !ok || !funcs[d] {
			h.Decls = append(h.Decls, decls[i])
		}
	}
	return &h
}

// lacksBody reports whether pos is where a header causes errors: at an import,
// which may be unused without the bodies, or at a function.
func (c *checker) lacksBody(pos token.Pos) bool {
	for _, f := range c.pass.Files {
		if pos < f.FileStart || f.FileEnd < pos {
			continue
		}
		for _, decl := range f.Decls {
			if decl.Pos() <= pos && pos < decl.End() {
				switch d := decl.(type) {
				case *ast.FuncDecl:
					return d.Name.Pos() == pos
				case *ast.GenDecl:
					return d.Tok == token.IMPORT
				}
			}
		}
	}
	return false
}

// importedAs returns the package that path means in an import, or nil if it
// is not known or not complete.
func (c *checker) importedAs(path string) *types.Package {
	if path == "unsafe" {
		return types.Unsafe
	}
	if c.imports == nil {
		c.imports = make(map[string]*types.Package)
		for _, f := range c.pass.Files {
			for _, spec := range f.Imports {
				if name := c.pass.TypesInfo.PkgNameOf(spec); name != nil {
					c.imports[unquote(spec.Path.Value)] = name.Imported()
				}
			}
		}
	}
	pkg := c.imports[path]
	if pkg == nil {
		pkg = c.dependency(path)
	}
	if pkg == nil || !pkg.Complete() {
		return c.stub(path)
	}
	return pkg
}

// dependency returns the package with the given path that the package of the
// pass depends on, however indirectly, or nil.
func (c *checker) dependency(path string) *types.Package {
	if c.deps == nil {
		c.deps = make(map[string]*types.Package)
		var visit func(pkg *types.Package)
		visit = func(pkg *types.Package) {
			// The same package may be there twice, as one that was loaded and
			// as a stub that another one refers to.
			if old, seen := c.deps[pkg.Path()]; seen && (old.Complete() || !pkg.Complete()) {
				return
			}
			c.deps[pkg.Path()] = pkg
			for _, imp := range pkg.Imports() {
				visit(imp)
			}
		}
		for _, imp := range c.pass.Pkg.Imports() {
			visit(imp)
		}
	}
	return c.deps[path]
}

// importable returns the package with the given path if the package of the pass
// may import it, or nil. What it depends on already cannot depend on it, and
// is there when it is built.
func (c *checker) importable(path string) *types.Package {
	// With tests the path can be that of a variant, as in "p_test [p.test]".
	self, _, _ := strings.Cut(c.pass.Pkg.Path(), " ")
	self = strings.TrimSuffix(self, "_test")
	for i := 0; i < len(path); {
		elem, _, _ := strings.Cut(path[i:], "/")
		if elem == "internal" && (i == 0 || !within(self, path[:i-1])) || elem == "vendor" {
			return nil
		}
		i += len(elem) + 1
	}
	pkg := c.importedAs(path)
	if pkg == nil || pkg == c.pass.Pkg || pkg.Path() == self || pkg.Name() == "main" {
		return nil
	}
	return pkg
}

// declaredElsewhere reports whether a file of the package that this build
// leaves out, as one for another system, declares name: an import of that name
// would break the other build.
func (c *checker) declaredElsewhere(name string) bool {
	if c.excluded == nil {
		c.excluded = make(map[string]bool)
		read := c.pass.ReadFile
		if read == nil {
			read = os.ReadFile
		}
		for _, filename := range c.pass.IgnoredFiles {
			content, err := read(filename)
			if err != nil || !strings.HasSuffix(filename, ".go") {
				continue
			}
			file, _ := parser.ParseFile(token.NewFileSet(), filename, content, parser.SkipObjectResolution)
			if file == nil {
				continue
			}
			for _, decl := range file.Decls {
				addDeclared(c.excluded, decl)
			}
		}
	}
	return c.excluded[name]
}

// addDeclared adds the names that decl declares in its package.
func addDeclared(names map[string]bool, decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names[d.Name.Name] = true
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.ValueSpec:
				for _, id := range s.Names {
					names[id.Name] = true
				}
			case *ast.TypeSpec:
				names[s.Name.Name] = true
			}
		}
	}
}

// importedPath returns the path of the package that id is the name of, or "".
func importedPath(info *types.Info, id *ast.Ident) string {
	if pkg, ok := info.Uses[id].(*types.PkgName); ok {
		return pkg.Imported().Path()
	}
	return ""
}
