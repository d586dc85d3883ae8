package edit

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// Two rules, each with a planner of its own: the fix of one removes the last use of
// an import, that of the other has come to rely on it.
func TestHoldImports(t *testing.T) {
	const use = "\t_ = codes.Error\n\there()\n}\n"
	for _, test := range []struct {
		name, decl string
		holds      bool
	}{
		{"no other use", "", true},
		{"another value", "\nfunc g() { _ = codes.Ok }\n", true},
		{"in a literal", "\nvar g = func() { _ = codes.Ok }\n", true},
		{"a type", "\nfunc g(c codes.Code) {}\n", false},
		{"a type in a body", "\nfunc g() { var _ codes.Code }\n", false},
		{"outside of functions", "\nvar _ = codes.Ok\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := load(t, "package p\n\nimport \"go.opentelemetry.io/otel/codes\"\n"+test.decl+fn+use, nil)
			plan := New(f.pass, f.file)
			here := f.stmt("here()\n}\n")
			plan.InsertAfter(here, "_ = "+plan.Qualifier(otelCodes, "codes", here.Pos())+"Ok")
			adds := plan.Fixes("Add a use")
			if len(adds) != 1 {
				t.Fatal("no fix that adds a use")
			}
			path := f.file.Imports[0].Path
			held := slices.ContainsFunc(adds[0].TextEdits, func(e analysis.TextEdit) bool {
				return e.Pos == path.Pos() && e.End == path.End() && string(e.NewText) == path.Value
			})
			if held != test.holds {
				t.Errorf("the fix holds the import: %v, want %v", held, test.holds)
			}

			plan = New(f.pass, f.file)
			remove("_ = codes.Error")(plan, f)
			removes := plan.Fixes("Remove one")
			if len(removes) != 1 {
				t.Fatal("no fix that removes a use")
			}
			if overlaps(adds[0], removes[0]) != (test.name == "no other use") {
				t.Error("the fixes can be applied at once, or not; want the other")
			}
		})
	}
}

func overlaps(x, y analysis.SuggestedFix) bool {
	for _, a := range x.TextEdits {
		for _, b := range y.TextEdits {
			if a.Pos < b.End && b.Pos < a.End {
				return true
			}
		}
	}
	return false
}
