package routes_test

import (
	"fmt"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

func analysisPass(t *testing.T, a *analysis.Analyzer, pkg *packages.Package, results map[*analysis.Analyzer]any, facts *[]string) *analysis.Pass {
	return &analysis.Pass{
		Analyzer: a, Fset: pkg.Fset, Files: pkg.Syntax, Pkg: pkg.Types, TypesInfo: pkg.TypesInfo, TypesSizes: pkg.TypesSizes,
		Module: &analysis.Module{Path: "github.com/tracevet/tracevet/testdata"}, ResultOf: results,
		Report:            func(diag analysis.Diagnostic) { t.Errorf("a pass reports %q", diag.Message) },
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(_ types.Object, fact analysis.Fact) { *facts = append(*facts, fmt.Sprint(fact)) },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
	}
}
