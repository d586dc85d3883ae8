package spanflow_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/passes/passtest"
	"github.com/tracevet/tracevet/passes/spanflow"
)

// Caches lose facts, and some drivers have none. What a rule then says may be
// less, and must not be more: a finding that rests on a fact that is not there
// is a false one.

// findings returns what the rules spanleak and spanafterend make of a result,
// each by its place and its kind, with the function that it is in. The rules themselves cannot be imported here;
// TestFindings checks that this is what they say.
func findings(pkg *packages.Package, r *spanflow.Result) map[string]string {
	found := make(map[string]string)
	add := func(kind string, n ast.Node) {
		found[fmt.Sprintf("%s/%s %s", short(pkg.PkgPath), position(pkg, n.Pos()), kind)] = enclosing(pkg, n.Pos())
	}
	for _, s := range r.Spans() {
		for _, use := range s.LateUses() {
			add("after end", use.Call)
		}
		switch {
		case s.Borrowed():
			if s.Origin() == spanflow.Request && !r.LeavesInContext() {
				for _, end := range s.Ends() {
					add("borrowed", end)
				}
			}
		case s.Parameter():
		default:
			for _, end := range s.DefersInLoop() {
				add("defer in loop", end)
			}
			for _, early := range s.EarlyEnds() {
				add("ended early", early.Call)
			}
			left, served := s.LeftInContext()
			elsewhere := !s.Ended() && (s.Shared() || left && (!served || r.EndsBorrowed()))
			if len(s.Leaks()) > 0 && !elsewhere && s.Call() != nil {
				add("leak", s.Call())
			}
		}
	}
	if !r.LeavesInContext() {
		for _, end := range r.ContextEnds() {
			if end.Origin == spanflow.Request {
				add("borrowed", end.Call)
			}
		}
	}
	return found
}

// enclosing returns the name of the function around a position.
func enclosing(pkg *packages.Package, pos token.Pos) string {
	for _, file := range pkg.Syntax {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
				return fn.Name.Name
			}
		}
	}
	return ""
}

// findAll returns the findings in several packages.
func (d driver) findAll(pkgs []*packages.Package) map[string]string {
	found := make(map[string]string)
	for _, pkg := range pkgs {
		maps.Copy(found, findings(pkg, d.run(pkg)))
	}
	return found
}

// TestFindings checks that findings tells what the rules report: the lines of
// the fixtures that want a finding are known.
func TestFindings(t *testing.T) {
	pkgs := loaded(t)
	found := analysed(t).found
	lines := make(map[string]bool) // with a finding
	for at := range found {
		where, kind, _ := strings.Cut(at, " ")
		file, pos, _ := strings.Cut(where, ":")
		line, _, _ := strings.Cut(pos, ":")
		if rule, _, _ := strings.Cut(file, "/"); (rule == "spanleak") == (kind == "leak") {
			lines[file+":"+line] = true
		}
	}
	comment := regexp.MustCompile("^// ?want ([+-][0-9]+ )?[\"`]")
	wanted := 0
	for _, pkg := range pkgs {
		for _, file := range pkg.Syntax {
			name := short(pkg.PkgPath) + "/" + path.Base(pkg.Fset.Position(file.Pos()).Filename)
			for _, group := range file.Comments {
				for _, c := range group.List {
					m := comment.FindStringSubmatch(c.Text)
					if m == nil {
						continue
					}
					delta, _ := strconv.Atoi(strings.TrimSpace(m[1])) // none is 0
					line := fmt.Sprintf("%s:%d", name, pkg.Fset.Position(c.Pos()).Line+delta)
					if wanted++; !lines[line] {
						t.Errorf("%s: there is no finding, but the rule has one", line)
					}
					delete(lines, line)
				}
			}
			if ast.IsGenerated(file) { // in which rules report nothing
				maps.DeleteFunc(lines, func(line string, _ bool) bool { return strings.HasPrefix(line, name+":") })
			}
		}
	}
	// A rule may know more, about contexts: there the span is used behind the loop that defers its end.
	judged := map[string]bool{"spanafterend/innocent/batch.go:20": true}
	for line := range judged {
		if !lines[line] {
			t.Errorf("%s: there is no finding that the rule could leave out", line)
		}
	}
	for line := range lines {
		if judged[line] {
			continue
		}
		t.Errorf("%s: there is a finding, but the rule has none", line)
	}
	if wanted < 200 {
		t.Errorf("the fixtures want only %d findings", wanted)
	}
}

// more are the findings that come up when a fact is lost, against the promise
// that none does, by what is lost. To mend one is to take it from this list.
var more = map[string][]string{
	// A function that ends the span of a context is taken for one that does
	// nothing to it, as most functions with a context do.
	"a fact about spanleak/wrappers/telemetry.EndSpan":            {"leak in EndByContext"},
	"a fact about spanafterend/wrappers/telemetry.EndFromContext": {"leak in ownSpanThroughContext", "leak in ownSpanThroughContextInHandler"},
	"a fact about spanafterend/wrappers/spanlog.Current":          {"leak in ownScope"},

	// A path goes on after a function that never returns.
	"the facts about spanleak/innocent_exits/fatal":    {"leak in OtherPanic"},
	"a fact about spanleak/innocent_exits/fatal.Never": {"leak in OtherPanic"},
}

// TestLostFacts withholds, one after the other, all facts about a package, and
// each single one, from the packages that import it.
func TestLostFacts(t *testing.T) {
	pkgs := loaded(t)
	full := analysed(t)
	want := full.found
	runs, fewer := 0, 0
	known := maps.Clone(more)
	try := func(users []*packages.Package, what string, lost func(fn *types.Func, fact analysis.Fact) bool) {
		d := driver{full.Without(users...)}
		d.Lost = func(about any, fact analysis.Fact) bool {
			fn, ok := about.(*types.Func)
			return ok && lost(fn, fact)
		}
		got := d.findAll(users)
		if runs++; len(got) < count(want, users) {
			fewer++
		}
		var extra []string
		for at, fn := range got {
			if _, known := want[at]; !known {
				_, kind, _ := strings.Cut(at, " ")
				extra = append(extra, kind+" in "+fn)
			}
		}
		slices.Sort(extra)
		if !slices.Equal(extra, more[what]) {
			t.Errorf("without %s there are these findings more: %q, want %q", what, extra, more[what])
		}
		delete(known, what)
	}
	for _, pkg := range pkgs {
		users := passtest.Importers(pkgs, pkg)
		if len(users) == 0 {
			continue
		}
		try(users, "the facts about "+short(pkg.PkgPath), func(fn *types.Func, _ analysis.Fact) bool { return fn.Pkg() == pkg.Types })
		for _, key := range full.Order {
			if about, ok := key.About.(*types.Func); ok && about.Pkg() == pkg.Types {
				try(users, "a fact about "+short(pkg.PkgPath)+"."+about.Name(), func(fn *types.Func, fact analysis.Fact) bool {
					return fn == about && reflect.TypeOf(fact) == key.Type
				})
			}
		}
	}
	for what := range known {
		t.Errorf("%s: there is no such fact", what)
	}
	t.Logf("%d findings, %d times facts withheld, %d times findings lost", len(want), runs, fewer)
	if runs < 50 || fewer < runs/3 {
		t.Errorf("facts were withheld %d times, and that took findings away %d times: this test tests little", runs, fewer)
	}
}

// count returns how many of the findings are in the given packages.
func count(found map[string]string, pkgs []*packages.Package) int {
	n := 0
	for at := range found {
		for _, pkg := range pkgs {
			file, _, _ := strings.Cut(at, ":")
			if path.Dir(file) == short(pkg.PkgPath) {
				n++
			}
		}
	}
	return n
}
