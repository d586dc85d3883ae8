package requests

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Recorder is the fact that a package, or one that it imports, has what records
// spans: the SDK of OpenTelemetry, an agent.
type Recorder struct{}

// AFact marks Recorder as a fact.
func (*Recorder) AFact() {}

func (*Recorder) String() string { return "recorder" }

// findRecorder reports whether the package of pass, of whatever module, has the
// fact Recorder, and exports it.
func findRecorder(pass *analysis.Pass) bool {
	found := knowledge.IsRecorder(pass.Pkg.Path())
	for _, imp := range pass.Pkg.Imports() {
		if found {
			break
		}
		found = !knowledge.IsStandard(imp.Path()) && (knowledge.IsRecorder(imp.Path()) || pass.ImportPackageFact(imp, new(Recorder)))
	}
	if found {
		pass.ExportPackageFact(new(Recorder))
	}
	return found
}

// Records reports whether spans can be recorded where the code of the package runs. In
// a program without an SDK, as the command line beside a service often is, none is ever:
// what would break a trace breaks nothing there. Of a package that is no program, that
// is up to those that import it. A program that uses a tracing API by itself is one that is
// to be traced, by whatever is put around it.
func (r *Result) Records() bool {
	return r.records || r.pass.Pkg.Name() != "main" || slices.ContainsFunc(r.pass.Pkg.Imports(), func(imp *types.Package) bool {
		return knowledge.IsTracing(imp.Path()) || knowledge.IsOpenTelemetry(imp.Path())
	})
}
