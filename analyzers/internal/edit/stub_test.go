package edit

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/gcexportdata"
)

// shallow imports packages as go vet does: what they import in turn is known
// only as far as their export data mentions it.
func shallow(path string) (*types.Package, error) {
	pkg, err := importLib(path)
	if err != nil {
		return nil, err
	}
	var data bytes.Buffer
	if err := gcexportdata.Write(&data, token.NewFileSet(), pkg); err != nil {
		return nil, err
	}
	return gcexportdata.Read(&data, token.NewFileSet(), make(map[string]*types.Package), path)
}

// TestStub checks that a package that was not loaded can be imported, if it is
// mentioned by one that was, and knowledge lists what is used of it.
func TestStub(t *testing.T) {
	const traced = "package p\n\nimport \"go.opentelemetry.io/otel/trace\"\n\nfunc f(span trace.Span) {\n\tspan.End()\n}\n"
	for _, test := range []struct {
		name, src, path, text string
		ok                    bool
	}{
		{"the status", traced, otelCodes, `span.SetStatus(codes.Error, "x")`, true},
		{"the other constants", traced, otelCodes, `_, _ = codes.Unset, codes.Ok`, true},
		{"what is not listed", traced, otelCodes, `_ = codes.Other`, false},
		{"the type, which is not listed", traced, otelCodes, `_ = codes.Code(1)`, false},
		{"another type", traced, otelCodes, `var _ string = codes.Error`, false},
		{"no dependency", "package p\n\nfunc f(span interface{ End() }) {\n\tspan.End()\n}\n", otelCodes, `_ = codes.Error`, false},
		{"a package that is not listed", traced, grpcCodes, `_ = codes.OK`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			pass, err := newPassWith(map[string]string{"a.go": test.src}, shallow)
			if err != nil {
				t.Fatal(err)
			}
			for _, imp := range pass.Pkg.Imports() {
				for _, dep := range imp.Imports() {
					if dep.Path() == otelCodes && dep.Complete() {
						t.Fatal("the package is loaded: this tests nothing")
					}
				}
			}
			file := pass.Files[0]
			fn := file.Decls[len(file.Decls)-1].(*ast.FuncDecl)
			plan := New(pass, file)
			if q := plan.AddImport(test.path, "codes", fn.Body.List[0].End()); q != "codes" && test.ok {
				t.Errorf("the qualifier is %q", q)
			}
			plan.InsertAfter(fn.Body.List[0], test.text)
			fixes := plan.Fixes("Fix it")
			if (fixes != nil) != test.ok {
				t.Fatalf("the fix is offered: %v, want %v", fixes != nil, test.ok)
			}
			if test.ok {
				all := ""
				for _, e := range fixes[0].TextEdits {
					all += string(e.NewText)
				}
				if !strings.Contains(all, `"`+otelCodes+`"`) || !strings.Contains(all, test.text) {
					t.Errorf("the fix is %q", all)
				}
			}
		})
	}
}
