package analyzers_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/tracevet/tracevet"

// A listed is what `go list -json` says about a package.
type listed struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// The layers of the program: a package imports packages of lower layers, and
// those of its own where sameLayer says so.
const (
	knowledge = iota // passes/knowledge: data
	pass             // passes: answers
	tool             // analyzers/internal: what rules are made with
	ruleLayer        // analyzers/<rule>
	registry         // analyzers
	top              // commands, the golangci-lint plugin, tests of it all
)

// layerOf returns the layer of the package at path within the module, and the
// part of the layer that the package belongs to: a rule's name, or the folder
// at the top.
func layerOf(path string) (layer int, part string, err error) {
	elems := strings.Split(path, "/")
	part = elems[0]
	switch {
	case path == "analyzers":
		return registry, part, nil
	case strings.HasPrefix(path, "passes/knowledge"):
		return knowledge, part, nil
	case part == "passes":
		return pass, part, nil
	case strings.HasPrefix(path, "analyzers/internal/"):
		return tool, part, nil
	case part == "analyzers" && len(elems) == 2:
		return ruleLayer, elems[1], nil
	case part == "analyzers" && len(elems) == 4 && elems[2] == "cmd" && elems[3] == elems[1]:
		return top, elems[1], nil
	case part == "cmd" || part == "plugin" || part == "internal":
		return top, part, nil
	}
	return 0, "", fmt.Errorf("%s has no place in the layers", path)
}

// violations returns what in the imports of pkgs goes against the layers.
func violations(pkgs []listed) []string {
	var bad []string
	for _, pkg := range pkgs {
		path, ok := strings.CutPrefix(pkg.ImportPath, module+"/")
		if !ok {
			bad = append(bad, pkg.ImportPath+" is not in a folder of the module")
			continue
		}
		layer, part, err := layerOf(path)
		if err != nil {
			bad = append(bad, err.Error())
			continue
		}
		for _, imp := range slices.Concat(pkg.Imports, pkg.TestImports, pkg.XTestImports) {
			if imp == pkg.ImportPath {
				continue // its external test
			}
			if reason := violation(layer, part, path, imp); reason != "" {
				bad = append(bad, fmt.Sprintf("%s imports %s: %s", path, imp, reason))
			}
		}
	}
	return bad
}

// violation says why the package at path may not import imp, if it may not.
func violation(layer int, part, path, imp string) string {
	rel, ours := strings.CutPrefix(imp, module+"/")
	if !ours {
		if layer == knowledge && strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
			return "knowledge imports nothing but the standard library"
		}
		return ""
	}
	impLayer, impPart, err := layerOf(rel)
	switch {
	case err != nil:
		return err.Error()
	case layer == ruleLayer && impLayer == ruleLayer:
		return "a rule does not import another one"
	case strings.Contains(path, "/cmd/") && layer == top && (impLayer != ruleLayer || impPart != part):
		return "the command of one rule imports nothing but the rule"
	case impLayer > layer:
		return "the import goes up the layers"
	case impLayer == layer && impPart != part:
		return "what the commands, the plugin and the tests share is in a lower layer"
	}
	return ""
}

func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = ".."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
	var pkgs []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg listed
		if err := dec.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, pkg)
	}
	if len(pkgs) < 2 {
		t.Fatalf("go list names %d packages", len(pkgs))
	}
	for _, v := range violations(pkgs) {
		t.Error(v)
	}
}

// TestViolations checks that TestImports would find what it is there to find.
func TestViolations(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     string // part of the reason; "" if the import is right
	}{
		{"analyzers", "analyzers/spanleak", ""},
		{"analyzers/spanleak", "passes/spanflow", ""},
		{"analyzers/spanleak", "analyzers/internal/edit", ""},
		{"analyzers/internal/edit", "analyzers/internal/rule", ""},
		{"passes/spanflow", "passes/internal/flow", ""},
		{"passes/internal/flow", "passes/knowledge", ""},
		{"cmd/tracevet", "cmd/internal/driver", ""},
		{"plugin", "analyzers", ""},
		{"analyzers/spanleak/cmd/spanleak", "analyzers/spanleak", ""},
		{"analyzers/spanleak", "analyzers/rootctx", "another one"},
		{"analyzers/spanleak", "analyzers", "up the layers"},
		{"analyzers/internal/edit", "analyzers/spanleak", "up the layers"},
		{"passes/spanflow", "analyzers/internal/edit", "up the layers"},
		{"passes/spanflow", "analyzers/spanleak", "up the layers"},
		{"passes/knowledge", "passes/spanflow", "up the layers"},
		{"analyzers", "cmd/internal/driver", "up the layers"},
		{"plugin", "cmd/internal/driver", "share"},
		{"analyzers/spanleak/cmd/spanleak", "analyzers/rootctx", "nothing but the rule"},
		{"analyzers/spanleak/cmd/spanleak", "analyzers", "nothing but the rule"},
		{"other", "passes/spanflow", "no place"},
		{"analyzers/spanleak/other", "passes/spanflow", "no place"},
		{"cmd/tracevet", "other", "no place"},
	} {
		got := strings.Join(violations([]listed{{ImportPath: module + "/" + test.from, XTestImports: []string{module + "/" + test.to}}}), "\n")
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s imports %s: got %q, want %q", test.from, test.to, got, test.want)
		}
	}
	if got := violations([]listed{{ImportPath: module + "/passes/knowledge", Imports: []string{"strings", "golang.org/x/tools/go/analysis"}}}); len(got) != 1 {
		t.Errorf("knowledge imports x/tools: got %q, want one violation", got)
	}
}

// TestNoImportPaths checks that rules leave it to the passes to know the
// libraries.
func TestNoImportPaths(t *testing.T) {
	for _, folder := range folders(t) {
		for _, name := range goFiles(t, folder) {
			if filepath.Base(name) == "doc.go" || strings.HasSuffix(name, "_test.go") {
				continue
			}
			paths, err := importPaths(name, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range paths {
				t.Errorf("%s has the import path %q in a string", name, path)
			}
		}
	}
}

var importPath = regexp.MustCompile(`^[\w-]+(\.[\w-]+)+/\S*$`)

// importPaths returns the strings in a file, other than its imports, that look
// like import paths. src is as in parser.ParseFile.
func importPaths(name string, src any) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var paths []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && importPath.MatchString(text) {
				paths = append(paths, text)
			}
		}
		return true
	})
	return paths, nil
}

func TestImportPaths(t *testing.T) {
	const src = `package p

import _ "example.com/imported"

const a, b = "go.opentelemetry.io/otel/trace", ` + "`github.com/x/y`" + `
const c = "https://example.com/x" + "span.End" + "net/http" + "a.b / c"
`
	got, err := importPaths("p.go", src)
	if want := []string{"go.opentelemetry.io/otel/trace", "github.com/x/y"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
