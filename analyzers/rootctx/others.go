package rootctx

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// otherFiles are the names in the files of the package that the pass does not
// look at: those that this build leaves out, and tests.
type otherFiles struct {
	idents map[string]bool
	broken bool // one could not be read, so that all is possible
}

func (o *otherFiles) mention(name string) bool { return o.broken || o.idents[name] }

// others returns the names in the other files of the package.
func (fx *fixer) others() *otherFiles {
	if fx.other != nil {
		return fx.other
	}
	fx.other = &otherFiles{idents: make(map[string]bool)}
	seen := make(map[string]bool)
	dir := ""
	for _, f := range fx.pass.Files {
		name := fx.pass.Fset.File(f.FileStart).Name()
		seen[filepath.Base(name)] = true
		dir = filepath.Dir(name)
	}
	for _, name := range fx.pass.IgnoredFiles {
		if strings.HasSuffix(name, ".go") {
			seen[filepath.Base(name)] = true
			fx.other.add(name)
		}
	}
	// A driver that analyses a package without its tests says nothing of them.
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fx.other
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") && !seen[e.Name()] {
			fx.other.add(filepath.Join(dir, e.Name()))
		}
	}
	return fx.other
}

// add adds the names in a file.
func (o *otherFiles) add(filename string) {
	file, err := parser.ParseFile(token.NewFileSet(), filename, nil, parser.SkipObjectResolution)
	if err != nil {
		o.broken = true
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			o.idents[id.Name] = true
		}
		return true
	})
}
