package untraced

import (
	"fmt"
	"go/ast"
	"go/types"
	"path"
	"slices"
	"strconv"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// outdated reports instrumentation that has had its time: packages where they
// are imported, functions where they are used.
func (c *checker) outdated() {
	asks := slices.ContainsFunc(c.pass.Pkg.Imports(), func(imp *types.Package) bool { return knowledge.HasOutdated(imp.Path()) })
	for _, file := range c.pass.Files {
		for _, spec := range file.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if o, ok := knowledge.OutdatedPackage(p); ok && err == nil {
				c.reportOutdated(spec.Path, path.Base(p), o)
			}
		}
		if !asks {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if fn, ok := c.pass.TypesInfo.Uses[id].(*types.Func); ok {
					if o, ok := knowledge.OutdatedFunc(fn); ok {
						c.reportOutdated(id, fn.Pkg().Name()+"."+fn.Name(), o)
					}
				}
			}
			return true
		})
	}
}

func (c *checker) reportOutdated(at ast.Node, name string, o knowledge.Outdated) {
	f := diag.Finding{Range: at, Category: "deprecated", Message: name + " is deprecated"}
	if o.Removed {
		f.Category, f.Message = "removed", name+" was removed"
	}
	if o.Since != "" {
		f.Message += " in " + o.Since
	}
	switch {
	case o.Instead != "":
		f.Message += fmt.Sprintf(": its successor is %s", o.Instead)
	default:
		f.Message += ", and has no successor"
	}
	diag.Report(c.pass, f)
}
