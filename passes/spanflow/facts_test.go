package spanflow_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/spanflow"
)

// TestFacts checks the facts about the functions in testdata/passes/spanflow:
// each is what the comment on the line of the function says.
func TestFacts(t *testing.T) {
	pkgs := loaded(t)
	d := analysed(t)
	functions, facts := 0, 0
	for _, pkg := range named(pkgs, "passes/spanflow/") {
		for _, file := range pkg.Syntax {
			wants := factComments(pkg, file)
			for _, decl := range file.Decls {
				decl, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				functions++
				line := pkg.Fset.Position(decl.Name.Pos()).Line
				got := ""
				if sum := d.summary(pkg.TypesInfo.Defs[decl.Name].(*types.Func)); sum != nil {
					facts++
					got = show(sum)
				}
				if got != wants[line] {
					t.Errorf("%s: %s: got %q, want %q", position(pkg, decl.Name.Pos()), decl.Name.Name, got, wants[line])
				}
				delete(wants, line)
			}
			for line, want := range wants {
				t.Errorf("%s:%d: %q is on no line of a function", short(pkg.PkgPath), line, want)
			}
		}
	}
	if functions < 100 || facts == functions {
		t.Errorf("%d functions have %d facts", functions, facts)
	}
}

// factComments returns what the comments of a file want, by line.
func factComments(pkg *packages.Package, file *ast.File) map[int]string {
	wants := make(map[int]string)
	for _, group := range file.Comments {
		for _, c := range group.List {
			if text, ok := strings.CutPrefix(c.Text, "// fact "); ok {
				text, _, _ = strings.Cut(text, ", wrong:")
				wants[pkg.Fset.Position(c.Pos()).Line] = text
			}
		}
	}
	return wants
}

// show says all that is in a fact: what String does, which leaves out what is
// of no interest to a reader, and the rest.
func show(sum *spanflow.Summary) string {
	text := sum.String()
	for i, r := range sum.Results {
		if r.Shared {
			text += fmt.Sprintf(" shared %d", i)
		}
		if r.Maybe {
			text += fmt.Sprintf(" maybe %d", i)
		}
	}
	return text
}

// TestSize keeps the facts small: they are read again for every package that
// imports theirs, be it through others.
func TestSize(t *testing.T) {
	d := analysed(t)
	const most, average = 200, 20
	total, count := 0, 0
	for _, key := range d.Order {
		if key.Type != reflect.TypeFor[*spanflow.Summary]() {
			continue
		}
		sum := d.summary(key.About.(*types.Func))
		n := size(t, sum)
		if n > most {
			t.Errorf("the fact about %v has %d bytes, want at most %d: %s", key.About, n, most, show(sum))
		}
		total += n
		count++
	}
	t.Logf("%d facts, %d bytes", count, total)
	if count < 100 || total > average*count {
		t.Errorf("%d facts have %d bytes, want at most %d a fact", count, total, average)
	}
}

// size returns how much longer one more fact makes a file of facts, which says
// only once what a fact looks like.
func size(t *testing.T, sum *spanflow.Summary) int {
	var b bytes.Buffer
	enc := gob.NewEncoder(&b)
	for range 2 {
		b.Reset()
		if err := enc.Encode(sum); err != nil {
			t.Fatal(err)
		}
	}
	return b.Len()
}

// TestTrimmed checks that a fact is as short as it can be, and says something:
// then two that say the same are the same bytes.
func TestTrimmed(t *testing.T) {
	d := analysed(t)
	for _, key := range d.Order {
		if key.Type != reflect.TypeFor[*spanflow.Summary]() {
			continue
		}
		sum := d.summary(key.About.(*types.Func))
		if n := len(sum.Params); n > 0 && reflect.DeepEqual(sum.Params[n-1], spanflow.Param{}) {
			t.Errorf("the fact about %v says nothing of its last parameter: %v", key.About, sum)
		}
		if n := len(sum.Results); n > 0 && sum.Results[n-1].Kind == spanflow.Nothing {
			t.Errorf("the fact about %v says nothing of its last result: %v", key.About, sum)
		}
		if len(sum.Params)+len(sum.Results) == 0 {
			t.Errorf("the fact about %v says nothing", key.About)
		}
	}
}

// TestString checks how facts are shown.
func TestString(t *testing.T) {
	for _, test := range []struct {
		sum  spanflow.Summary
		want string
	}{
		{spanflow.Summary{}, "span()"},
		{spanflow.Summary{Params: []spanflow.Param{{Effect: spanflow.Ends}}}, "span(ends)"},
		{spanflow.Summary{Params: []spanflow.Param{{}, {Effect: spanflow.MayEnd}, {Effect: spanflow.Keeps}}}, "span(?, mayend, keeps)"},
		{spanflow.Summary{Params: []spanflow.Param{{To: 2, Calls: []string{"A", "()"}}}}, "span(?.A.()->1)"},
		{spanflow.Summary{Results: []spanflow.Returned{{Kind: spanflow.Carries}, {Kind: spanflow.Open}}}, "span() (ctx, open)"},
		{spanflow.Summary{Results: []spanflow.Returned{{}, {Kind: spanflow.Borrowed, Ends: []string{"End"}, May: []string{"M"}}}}, "span() (-, borrowed.End?M)"},
	} {
		if got := test.sum.String(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
