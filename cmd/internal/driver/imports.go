package driver

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// dropUnusedImports returns a file's contents after a fix, less the imports that were
// used before the fix and are not used after it. A rule cannot see to that alone: of
// two fixes, each may remove one of the last two uses.
// The error is that of a file that does not parse.
func (s *session) dropUnusedImports(ctx context.Context, file string, before, after []byte) ([]byte, error) {
	return dropImports(before, after, func(paths []string) map[string]string {
		return s.packageNames(ctx, filepath.Dir(file), paths)
	})
}

// dropImports is dropUnusedImports; nameOf tells the names of the packages with the given paths.
func dropImports(before, after []byte, nameOf func(paths []string) map[string]string) ([]byte, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", after, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	usedAfter := qualifiers(f)
	var unused []*ast.ImportSpec
	var paths []string // imports whose package name has to be looked up
	for _, spec := range f.Imports {
		ipath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		switch {
		case spec.Name != nil && (spec.Name.Name == "_" || spec.Name.Name == "."):
		case spec.Name != nil && usedAfter[spec.Name.Name], spec.Name == nil && usedAfter[likelyName(ipath)]:
		default:
			unused = append(unused, spec)
			if spec.Name == nil {
				paths = append(paths, ipath)
			}
		}
	}
	if len(unused) == 0 {
		return after, nil
	}

	old, err := parser.ParseFile(token.NewFileSet(), "", before, 0)
	if err != nil {
		return nil, err
	}
	usedBefore := qualifiers(old)
	names := nameOf(paths)
	unused = slices.DeleteFunc(unused, func(spec *ast.ImportSpec) bool {
		ipath, _ := strconv.Unquote(spec.Path.Value)
		name := names[ipath]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		return !usedBefore[name] || usedAfter[name]
	})
	return deleteImports(fset, f, after, unused), nil
}

// qualifiers returns the names that stand before a dot in f and are declared
// neither in f nor in a scope around: those of imported packages, and of package-level
// variables of other files.
func qualifiers(f *ast.File) map[string]bool {
	unresolved := make(map[*ast.Ident]bool)
	for _, id := range f.Unresolved {
		unresolved[id] = true
	}
	names := make(map[string]bool)
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && unresolved[id] {
				names[id.Name] = true
			}
		}
		return true
	})
	return names
}

var versionElement = regexp.MustCompile(`^v[0-9]+$`)

// likelyName returns the name that the package with the given path most often has.
func likelyName(ipath string) string {
	base := path.Base(ipath)
	if versionElement.MatchString(base) && path.Dir(ipath) != "." {
		base = path.Base(path.Dir(ipath))
	}
	return base
}

// packageNames returns the names of the packages with the given import paths, as the
// go command resolves them in dir. It leaves out what it does not find.
func (s *session) packageNames(ctx context.Context, dir string, paths []string) map[string]string {
	names := make(map[string]string)
	if len(paths) == 0 {
		return names
	}
	g := *s.go_
	g.dir = dir
	stdout, _, _ := g.run(ctx, "list", slices.Concat([]string{"-e", "-find", "-json=ImportPath,Name", "--"}, paths)...)
	for p := range decodeStream[struct{ ImportPath, Name string }](stdout) {
		// In a vendor directory of the standard library, a path gets longer.
		for _, ipath := range paths {
			if p.ImportPath == ipath || strings.HasSuffix(p.ImportPath, "/vendor/"+ipath) {
				names[ipath] = p.Name
			}
		}
	}
	return names
}

// deleteImports returns src, whose syntax is f, without the given imports: each with its
// line, and a declaration that has no other ones as a whole.
func deleteImports(fset *token.FileSet, f *ast.File, src []byte, specs []*ast.ImportSpec) []byte {
	var edits []Edit
	for _, decl := range f.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			continue
		}
		var doomed []ast.Node
		for _, spec := range gen.Specs {
			if slices.Contains(specs, spec.(*ast.ImportSpec)) {
				doomed = append(doomed, spec)
			}
		}
		if len(doomed) > 0 && len(doomed) == len(gen.Specs) {
			doomed = []ast.Node{gen}
		}
		for _, node := range doomed {
			start, end := lineRange(src, fset.Position(node.Pos()).Offset, fset.Position(node.End()).Offset)
			edits = append(edits, Edit{Start: start, End: end})
		}
	}
	return apply(src, edits)
}

// lineRange extends [start, end) over the rest of its lines, if there is nothing
// else on them but space and a comment to the right; otherwise over nothing.
func lineRange(src []byte, start, end int) (int, int) {
	s, e := start, end
	for s > 0 && (src[s-1] == ' ' || src[s-1] == '\t') {
		s--
	}
	for e < len(src) && src[e] != '\n' {
		e++
	}
	rest := strings.TrimSpace(string(src[end:e]))
	if (s == 0 || src[s-1] == '\n') && (rest == "" || strings.HasPrefix(rest, "//")) {
		return s, min(e+1, len(src))
	}
	return start, end
}
