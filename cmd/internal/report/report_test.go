package report

import (
	"strings"
	"testing"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

func TestSummary(t *testing.T) {
	fix := []driver.Fix{{}}
	for _, test := range []struct {
		result driver.Result
		want   string
	}{
		{driver.Result{Packages: 1}, "no findings in 1 package"},
		{driver.Result{Packages: 2, Findings: []driver.Finding{{Package: "a"}}}, "1 finding in 1 of 2 packages, none with a fix"},
		{driver.Result{Packages: 2, Findings: []driver.Finding{{Package: "a", Fixes: fix}, {Package: "b"}}}, "2 findings in 2 of 2 packages, 1 with a fix (tracevet -fix)"},
		{driver.Result{Packages: 2, Findings: []driver.Finding{{Package: "a", Fixes: fix}}, Errors: make([]driver.Error, 2)}, "1 finding in 1 of 2 packages, all with a fix (tracevet -fix); 2 errors"},
	} {
		var b strings.Builder
		Summary(&b, test.result)
		if got := b.String(); got != "tracevet: "+test.want+"\n" {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	Text(&b, Input{Dir: "/w/d", Result: driver.Result{Findings: []driver.Finding{
		{Rule: "r", Message: "two\nlines", Pos: driver.Position{File: "/w/d/a.go", Line: 2, Column: 3}, Related: []driver.Related{{Message: "here", Pos: driver.Position{File: "/w/b.go", Line: 4}}}},
		{Rule: "r", Message: "nowhere"},
	}}})
	if got, want := b.String(), "a.go:2:3: two lines (r)\n\t../b.go:4: here\n-: nowhere (r)\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestErrors(t *testing.T) {
	var b strings.Builder
	Errors(&b, []driver.Error{
		{Kind: driver.KindBuild, Package: "p", Message: "m"},
		{Kind: driver.KindRule, Package: "p", Rule: "r", Message: "m", Detail: strings.Repeat("d\n", 25)},
	})
	if got, want := b.String(), "tracevet: package p: does not build: m\ntracevet: package p: rule r failed: m\n"+strings.Repeat("\td\n", 20)+"\t... and 5 lines more (tracevet -json has them)\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
