package driver

import (
	"bytes"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// showDiagnostics works around a bug of the go command (seen in go1.26.8, with the
// stock vet tool too). It runs the tool on a dependency for its facts only ("VetxOnly"),
// without diagnostics. But the key under which it caches the outcome does not tell
// VetxOnly from a full run. If b imports a, and a has no tests of its own:
//
//	go vet ./b; go vet ./...    # a's diagnostics are lost, until a changes
//	go vet ./...; go vet ./b    # a's diagnostics are shown, though nobody asked
//
// showDiagnostics returns a configuration that makes a unit that collides in that way print its
// diagnostics, so that both orders replay the full run and nothing is lost.
// [Analyse] leaves out what was not asked for.
//
// Of dependencies outside of the user's modules, including the standard library, diagnostics
// are wanted only if the user asks for those packages. Then deps is set, by a flag
// that is part of the key. If the unit does not collide, or its
// configuration cannot be changed, the result is file itself.
func showDiagnostics(file string, cfg unitConfig, deps bool) string {
	if !cfg.VetxOnly || !deps && !inMainModule(cfg) {
		return file
	}
	if hasInternalTests(cfg.Dir) {
		return file // the full run is then that of the test variant, which has a key of its own
	}
	changed, err := rewriteUnit(file, "VetxOnly", false)
	if err != nil {
		return file
	}
	return changed
}

// inMainModule reports whether the unit belongs to a module that the user works on.
// Packages of the standard library have no module, those of dependencies have a version.
func inMainModule(cfg unitConfig) bool {
	if cfg.Module != nil {
		return cfg.Module.Path != "" && cfg.Module.Version == ""
	}
	return cfg.ModulePath != "" && cfg.ModuleVersion == ""
}

// hasInternalTests reports whether the package in dir certainly has a test file
// in the package itself. One with a build constraint may be left out by the
// user's flags, which are not known here; taking it for absent means at worst that a
// diagnostic is printed twice.
func hasInternalTests(dir string) bool {
	files, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
	for _, file := range files {
		if ok, err := build.Default.MatchFile(dir, filepath.Base(file)); err != nil || !ok {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil || bytes.Contains(src, []byte("//go:build")) || bytes.Contains(src, []byte("// +build")) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.PackageClauseOnly)
		if err == nil && !strings.HasSuffix(f.Name.Name, "_test") {
			return true
		}
	}
	return false
}
