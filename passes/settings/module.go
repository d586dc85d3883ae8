package settings

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Module returns the module of the package that pass is about. It is the one that the driver names. Where the driver
// names none, as Bazel's nogo does, the option "module" tells packages of the user's modules from those of others; without it
// the result is nil.
//
// What is made up here has a path, and a version if it is not the user's: nothing more is known.
func Module(pass *analysis.Pass) *analysis.Module {
	if pass.Module != nil || len(settings.modules) == 0 {
		return pass.Module
	}
	path := pass.Pkg.Path()
	for _, root := range settings.modules {
		if rest, ok := strings.CutPrefix(path, root); ok && (rest == "" || rest[0] == '/' || rest == "_test") {
			return &analysis.Module{Path: root}
		}
	}
	if knowledge.IsStandard(path) && pass.Pkg.Name() != "main" {
		return &analysis.Module{} // as under the go command
	}
	return &analysis.Module{Path: path, Version: "v0.0.0"}
}

// A modulesFlag is the value of the option "module".
type modulesFlag struct{}

func (modulesFlag) String() string { return strings.Join(settings.modules, ",") }

// Set takes the place of what was set before: nogo sets an option once for each rule.
func (modulesFlag) Set(text string) error {
	var modules []string
	for path := range strings.SplitSeq(text, ",") {
		if path != strings.TrimSpace(path) || strings.HasSuffix(path, "/") || path == "" && text != "" {
			return fmt.Errorf("%q is no path of a module", path)
		}
		if path != "" {
			modules = append(modules, path)
		}
	}
	settings.modules = modules
	return nil
}
