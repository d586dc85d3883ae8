package ruletest

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// An edit replaces src[start:end] by text.
type edit struct {
	start, end int
	text       string
}

// editsOf returns the edits of fixes, by the name of the real file (which is
// not the name that a //line comment gives it), merged: fixes of one run may
// add the same import. The error says where two edits stand in each other's
// way; the go command would apply none of the fixes of the package then.
func editsOf(fset *token.FileSet, fixes []analysis.SuggestedFix) (map[string][]edit, error) {
	all := make(map[string][]edit)
	for _, fix := range fixes {
		for _, e := range fix.TextEdits {
			file := fset.File(e.Pos)
			end := e.End
			if !end.IsValid() {
				end = e.Pos
			}
			all[file.Name()] = append(all[file.Name()], edit{file.Offset(e.Pos), file.Offset(end), string(e.NewText)})
		}
	}
	for name, edits := range all {
		merged, err := merge(filepath.Base(name), edits)
		if err != nil {
			return nil, err
		}
		all[name] = merged
	}
	return all, nil
}

// merge returns edits of the file called name without repetitions and in
// order; insertions at one place stay in the order they have, as in the go
// command. It returns an error if edits overlap.
func merge(name string, edits []edit) ([]edit, error) {
	var merged []edit
	for _, e := range edits {
		if !slices.Contains(merged, e) {
			merged = append(merged, e)
		}
	}
	slices.SortStableFunc(merged, func(x, y edit) int {
		return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(x.end, y.end))
	})
	for i := range len(merged) - 1 {
		x, y := merged[i], merged[i+1]
		insertion := x.start == x.end
		if y.start < x.end || !insertion && y.start == x.start {
			return nil, fmt.Errorf("%s: the edits %s and %s overlap", name, x, y)
		}
	}
	return merged, nil
}

func (e edit) String() string { return fmt.Sprintf("[%d:%d]->%q", e.start, e.end, e.text) }

// apply returns src with edits, which are in order and do not overlap.
func apply(src []byte, edits []edit) []byte {
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, src[at:e.start]...), e.text...)
		at = e.end
	}
	return append(out, src[at:]...)
}

// applyAll returns the text that each file has after edits.
func applyAll(edits map[string][]edit) (map[string][]byte, error) {
	texts := make(map[string][]byte)
	for name, edits := range edits {
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		texts[name] = apply(src, edits)
	}
	return texts, nil
}

// edited returns p with the given texts in place of those of its files. All
// files of the roots are copied to dir, so that analyzers may read them, and
// names maps the files of the copy to the files they are copies of. The roots
// are type-checked again, against the packages that p has loaded already.
//
// The error is of the first package that does not type-check.
func (p *program) edited(dir string, texts map[string][]byte) (_ *program, names map[string]string, err error) {
	c := &retyper{prog: p, copies: make(map[string]*packages.Package)}
	names = make(map[string]string)
	q := &program{fset: p.fset, byPath: p.byPath}
	for i, root := range p.roots {
		var files []source
		for _, name := range root.CompiledGoFiles {
			text, ok := texts[name]
			if !ok {
				if text, err = os.ReadFile(name); err != nil {
					return nil, nil, err
				}
			}
			// The name of the file may tell the analyzer something, as in _test.go.
			copied := filepath.Join(dir, fmt.Sprint(i), filepath.Base(name))
			names[copied] = name
			files = append(files, source{copied, text})
		}
		pkg, err := c.check(root, files, true)
		if err != nil {
			return nil, nil, fmt.Errorf("package %s does not compile: %w", root.ID, err)
		}
		q.roots = append(q.roots, pkg)
	}
	return q, names, nil
}

// compiles returns an error unless root type-checks with texts in place of
// those of its files.
func (p *program) compiles(root *packages.Package, texts map[string][]byte) error {
	c := &retyper{prog: p}
	var files []source
	for _, name := range root.CompiledGoFiles {
		text, ok := texts[name]
		if !ok {
			var err error
			if text, err = os.ReadFile(name); err != nil {
				return err
			}
		}
		files = append(files, source{name, text})
	}
	_, err := c.check(root, files, false)
	return err
}

// A source is a file to be parsed.
type source struct {
	name string
	text []byte
}

// A retyper type-checks packages against packages that are loaded already.
type retyper struct {
	prog   *program
	copies map[string]*packages.Package // by ID: what was checked so far
}

// check returns a package like orig made of files. If write is set it also
// writes the files.
func (c *retyper) check(orig *packages.Package, files []source, write bool) (*packages.Package, error) {
	pkg := &packages.Package{
		ID:         orig.ID,
		Name:       orig.Name,
		PkgPath:    orig.PkgPath,
		Fset:       c.prog.fset,
		Module:     orig.Module,
		TypesSizes: orig.TypesSizes,
		// What a fix must not break although this build leaves it out.
		IgnoredFiles: orig.IgnoredFiles,
		Imports:      make(map[string]*packages.Package),
		TypesInfo: &types.Info{
			Types:        make(map[ast.Expr]types.TypeAndValue),
			Instances:    make(map[*ast.Ident]types.Instance),
			Defs:         make(map[*ast.Ident]types.Object),
			Uses:         make(map[*ast.Ident]types.Object),
			Implicits:    make(map[ast.Node]types.Object),
			Selections:   make(map[*ast.SelectorExpr]*types.Selection),
			Scopes:       make(map[ast.Node]*types.Scope),
			FileVersions: make(map[*ast.File]string),
		},
	}
	for _, f := range files {
		if write {
			if err := os.MkdirAll(filepath.Dir(f.name), 0o777); err != nil {
				return nil, err
			}
			if err := os.WriteFile(f.name, f.text, 0o666); err != nil {
				return nil, err
			}
		}
		file, err := parser.ParseFile(c.prog.fset, f.name, f.text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		pkg.Syntax = append(pkg.Syntax, file)
		pkg.GoFiles = append(pkg.GoFiles, f.name)
		pkg.CompiledGoFiles = append(pkg.CompiledGoFiles, f.name)
	}

	config := types.Config{
		Sizes: pkg.TypesSizes,
		Importer: importerFunc(func(path string) (*types.Package, error) {
			if path == "unsafe" {
				return types.Unsafe, nil
			}
			imp := orig.Imports[path]
			if imp == nil { // not imported before the edit
				imp = c.prog.byPath[path]
			}
			if imp == nil {
				return nil, fmt.Errorf("package %s is not loaded: nothing under test imports it", path)
			}
			if edited := c.copies[imp.ID]; edited != nil {
				imp = edited
			}
			pkg.Imports[path] = imp
			return imp.Types, nil
		}),
	}
	if orig.Module != nil && orig.Module.GoVersion != "" {
		config.GoVersion = "go" + orig.Module.GoVersion
	}
	var err error
	if pkg.Types, err = config.Check(pkg.PkgPath, c.prog.fset, pkg.Syntax, pkg.TypesInfo); err != nil {
		return nil, err
	}
	if c.copies != nil {
		c.copies[pkg.ID] = pkg
	}
	return pkg, nil
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }
