package driver

import (
	"bytes"
	"errors"
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/tracevet/tracevet/cmd/internal/config"
)

// walk returns the packages that the patterns name, without the go command, which takes a tenth of what a run
// over unchanged code costs for that, if its settings are plain. It is nil wherever that cannot be known for sure from the directories alone: patterns
// other than those of directories of the module, workspaces, a directory all of whose files have build constraints.
func (s *session) walk(ov *overlay) []*pkg {
	root := config.ModuleRoot(s.o.Dir)
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil
	}
	mod, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil || mod.Module == nil || len(mod.Ignore) > 0 {
		return nil
	}
	w := walker{overlay: ov, root: root, module: mod.Module.Mod.Path, found: make(map[string]*pkg)}
	if ov != nil {
		for file := range ov.content {
			if _, err := os.Stat(file); err != nil {
				return nil // a new one
			}
		}
	}
	for _, pattern := range s.o.Patterns {
		if w.add(s.o.Dir, filepath.ToSlash(pattern)) != nil {
			return nil
		}
	}
	pkgs := make([]*pkg, 0, len(w.found))
	for _, p := range w.found {
		pkgs = append(pkgs, p)
	}
	slices.SortFunc(pkgs, func(a, b *pkg) int { return strings.Compare(a.ImportPath, b.ImportPath) })
	return pkgs
}

// A walker collects the packages of a module.
type walker struct {
	overlay *overlay
	root    string // of the module
	module  string // its path
	found   map[string]*pkg
}

var errUnsure = errors.New("only the go command knows")

// add adds the packages that a pattern names: ".", "./x", "./..." or "./x/...".
func (w *walker) add(dir, pattern string) error {
	base, tree := strings.CutSuffix(pattern, "/...")
	if base != "." && !strings.HasPrefix(base, "./") || strings.Contains(base, "...") || strings.HasSuffix(base, ".go") {
		return errUnsure
	}
	top := filepath.Join(dir, filepath.FromSlash(base))
	if config.ModuleRoot(top) != w.root {
		return errUnsure
	}
	if st, err := os.Lstat(top); err != nil || !st.IsDir() {
		return errUnsure
	}
	if slices.Contains(strings.Split(filepath.ToSlash(top), "/"), "vendor") {
		return errUnsure
	}
	found, err := w.look(top, tree)
	if err == nil && !found { // the go command has a word to say
		err = errUnsure
	}
	return err
}

// look adds the package in dir, if there is one, and with tree those below, and reports whether there are any.
func (w *walker) look(dir string, tree bool) (found bool, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, err
	}
	var files []string
	for _, e := range entries {
		name := e.Name()
		switch {
		case name[0] == '.' || name[0] == '_':
		case !e.IsDir():
			if strings.HasSuffix(name, ".go") {
				files = append(files, name)
			}
		case tree && name != "testdata" && name != "vendor" && !isModule(filepath.Join(dir, name)):
			below, err := w.look(filepath.Join(dir, name), true)
			if err != nil {
				return false, err
			}
			found = found || below
		}
	}
	if len(files) == 0 {
		return found, nil
	}
	if !slices.ContainsFunc(files, func(name string) bool { return w.always(dir, name) }) {
		return false, errUnsure
	}
	rel, err := filepath.Rel(w.root, dir)
	if err != nil {
		return false, err
	}
	importPath := path.Join(w.module, filepath.ToSlash(rel))
	w.found[importPath] = &pkg{ImportPath: importPath, Dir: dir, Module: &module{Main: true}}
	return true, nil
}

// isModule reports whether dir is the root of a module.
func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// always reports whether a file is part of its package wherever that is built.
func (w *walker) always(dir, name string) bool {
	file := filepath.Join(dir, name)
	src, err := w.overlay.read(file)
	if err != nil || bytes.Contains(src, []byte("//go:build")) || bytes.Contains(src, []byte("// +build")) {
		return false
	}
	// Its name may be that of a file for some system only, but then not for one that there is not.
	nowhere := build.Context{GOOS: "nowhere", GOARCH: "nothing", Compiler: "gc", OpenFile: func(string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(src)), nil
	}}
	if ok, err := nowhere.MatchFile(dir, name); err != nil || !ok {
		return false
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly|parser.SkipObjectResolution)
	if err != nil || f.Name.Name == "documentation" { // which the go command leaves out
		return false
	}
	for _, spec := range f.Imports {
		if spec.Path.Value == `"C"` { // left out without cgo
			return false
		}
	}
	return true
}
