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
			text, err := fx.read(name)
			fx.other.add(name, text, err)
		}
	}
	// This reads what is not part of the unit, which no analyzer should, because nothing of the unit tells a package without tests from
	// one that is analysed without them: by multichecker, by golangci-lint with run.tests off, by an analysistest.
	// There a new parameter would break the tests' calls, and not to offer the fix in packages without tests would take it from most.
	// The go command and gopls analyse a package together with its tests, so there nothing is found here, and nothing that they
	// cache depends on it. In Bazel's sandbox there are no other files.
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fx.other
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") && !seen[e.Name()] {
			name := filepath.Join(dir, e.Name())
			text, err := os.ReadFile(name)
			fx.other.add(name, text, err)
		}
	}
	return fx.other
}

// read returns the text of a file of the unit, as the driver sees it: an editor's may not be saved.
func (fx *fixer) read(filename string) ([]byte, error) {
	if fx.pass.ReadFile == nil { // under nogo
		return os.ReadFile(filename)
	}
	return fx.pass.ReadFile(filename)
}

// add adds the names in a file, of which text is the contents, unless it could not be read.
func (o *otherFiles) add(filename string, text []byte, err error) {
	if err != nil {
		o.broken = true
		return
	}
	file, err := parser.ParseFile(token.NewFileSet(), filename, text, parser.SkipObjectResolution)
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
