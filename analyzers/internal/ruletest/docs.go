package ruletest

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// libraries are the packages that code in a rule's documentation may use, by
// the name it uses.
var libraries = map[string]string{
	"context": "context",
	"errors":  "errors",
	"fmt":     "fmt",
	"http":    "net/http",
	"io":      "io",
	"log":     "log",
	"os":      "os",
	"signal":  "os/signal",
	"slog":    "log/slog",
	"sql":     "database/sql",
	"strings": "strings",
	"sync":    "sync",
	"time":    "time",

	"attribute":   "go.opentelemetry.io/otel/attribute",
	"chi":         "github.com/go-chi/chi/v5",
	"codes":       "go.opentelemetry.io/otel/codes",
	"echo":        "github.com/labstack/echo/v4",
	"errgroup":    "golang.org/x/sync/errgroup",
	"gin":         "github.com/gin-gonic/gin",
	"grpc":        "google.golang.org/grpc",
	"metric":      "go.opentelemetry.io/otel/metric",
	"otel":        "go.opentelemetry.io/otel",
	"otelgin":     "go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin",
	"otelgrpc":    "go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc",
	"otelhttp":    "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp",
	"propagation": "go.opentelemetry.io/otel/propagation",
	"resource":    "go.opentelemetry.io/otel/sdk/resource",
	"sdktrace":    "go.opentelemetry.io/otel/sdk/trace",
	"trace":       "go.opentelemetry.io/otel/trace",
}

// fixImports are the libraries that fixes of rules import.
var fixImports = []string{libraries["codes"], libraries["attribute"], libraries["trace"], libraries["propagation"], "context"}

// declarations are what code in the documentation may use without saying what
// it is.
var declarations = map[string]string{
	"tracer": "var tracer = otel.Tracer(\"example\")\n",
}

// A block is a code block in the sections Example and Use instead.
type block struct {
	name    string // such as "Example, block 1", for messages
	code    string
	imports []string // import paths
	faulty  bool     // the rule must report it
}

// docBlocks returns the code blocks of doc, each as the text of a Go file. It
// returns an error if a block is no Go, or if a section has none.
func docBlocks(doc string) ([]block, error) {
	var blocks []block
	count := map[string]int{Example: 0, UseInstead: 0}
	for _, s := range sectionsOf(doc) {
		if _, ok := count[s.title]; !ok {
			continue
		}
		for _, b := range s.blocks {
			code, ok := b.(*comment.Code)
			if !ok {
				continue
			}
			count[s.title]++
			block := block{name: fmt.Sprintf("%s, block %d", s.title, count[s.title]), faulty: s.title == Example}
			if err := block.complete(code.Text); err != nil {
				return nil, fmt.Errorf("%s: %v", block.name, err)
			}
			blocks = append(blocks, block)
		}
	}
	for title, n := range count {
		if n == 0 {
			return nil, fmt.Errorf("there is no code below the heading %q", title)
		}
	}
	return blocks, nil
}

// complete sets the block's code to text with a package clause, the imports
// that it needs, and the declarations that documentation may leave out.
func (b *block) complete(text string) error {
	formatted, err := format.Source([]byte(text))
	if err != nil {
		return err
	}
	if string(formatted) != text {
		return fmt.Errorf("the code is not formatted; gofmt says\n%s", formatted)
	}
	names, err := unresolved(text)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(declarations)) {
		if names[name] {
			text += "\n" + declarations[name]
		}
	}
	if names, err = unresolved(text); err != nil {
		return err
	}
	var imports strings.Builder
	for _, name := range slices.Sorted(maps.Keys(libraries)) {
		if names[name] {
			b.imports = append(b.imports, libraries[name])
			if path.Base(libraries[name]) == name {
				fmt.Fprintf(&imports, "import %q\n", libraries[name])
			} else {
				fmt.Fprintf(&imports, "import %s %q\n", name, libraries[name])
			}
		}
	}
	b.code = text
	b.code = "package " + b.packageName() + "\n\n" + imports.String() + "\n" + text
	return nil
}

// packageName returns the name of the block's package: main if it declares that.
func (b *block) packageName() string {
	if strings.Contains("\n"+b.code, "\nfunc main() {") {
		return "main"
	}
	return "example"
}

// unresolved returns the names that declarations use and do not declare.
func unresolved(declarations string) (map[string]bool, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+declarations, 0)
	if err != nil {
		return nil, err
	}
	names := make(map[string]bool)
	for _, id := range file.Unresolved {
		names[id.Name] = true
	}
	for _, decl := range file.Decls { // in case the name is that of a method
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil {
			delete(names, fn.Name.Name)
		}
	}
	return names, nil
}

// An example is the package of a block.
type example struct {
	block
	pkg *packages.Package
}

// addExamples makes a package of each block, and adds it to the roots.
func (s *session) addExamples(t testing.TB, blocks []block) {
	t.Helper()
	dir := t.TempDir()
	c := &retyper{prog: s.prog}
	for i, b := range blocks {
		pkgPath := fmt.Sprintf("%s/documentation/%d", s.fixtures[0].PkgPath, i)
		stub := &packages.Package{
			ID: pkgPath, PkgPath: pkgPath, Name: b.packageName(),
			Module:     s.fixtures[0].Module,
			TypesSizes: s.fixtures[0].TypesSizes,
		}
		file := source{filepath.Join(dir, fmt.Sprint(i), "example.go"), []byte(b.code)}
		pkg, err := c.check(stub, []source{file}, true)
		if err != nil {
			t.Errorf("%s, does not compile: %v\n%s", b.name, err, b.code)
			continue
		}
		s.examples = append(s.examples, example{b, pkg})
		s.prog.roots = append(s.prog.roots, pkg)
	}
}

// checkDoc checks that the rule reports each block below Example and none
// below Use instead.
func (s *session) checkDoc(t testing.TB) {
	t.Helper()
	for _, e := range s.examples {
		findings := s.in(e.pkg)
		if e.faulty && len(findings) == 0 {
			t.Errorf("%s: the rule reports nothing in\n%s", e.name, e.code)
		}
		if !e.faulty {
			for _, f := range findings {
				t.Errorf("%s: the rule reports, on line %d, %q in\n%s", e.name, f.posn.Line, f.diag.Message, e.code)
			}
		}
	}
}
