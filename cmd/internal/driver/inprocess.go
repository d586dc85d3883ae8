package driver

import (
	"context"
	"fmt"
	"go/token"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/settings"
)

// inProcess analyses the packages that the patterns name, which are pkgs, in this process,
// and adds to r what [session.vet] would add.
//
// The go command compiles all dependencies before it vets anything. With a build
// cache that has them, this costs nothing, and findings are cached besides. With an empty
// one, as on most CI machines, it is nine tenths of the work. This driver
// compiles nothing and caches nothing.
//
// What it cannot do is survive a rule that takes the process down: an overflow of the stack, or
// a call of os.Exit.
func (s *session) inProcess(ctx context.Context, pkgs []*pkg, patterns []string, ov *overlay, r *Result) {
	rules, err := s.configured()
	if err != nil {
		r.fail(Error{Kind: KindUsage, Message: err.Error()})
		return
	}
	l, all, err := s.load(ctx, patterns, ov)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		r.fail(Error{Kind: KindGo, Message: err.Error()})
		return
	}
	contained.overlay = ov
	roots := s.sound(l, units(all, pkgs), pkgs, r)
	var out Result
	graph, err := analyzeUnlessDone(ctx, rules, roots)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		r.fail(Error{Kind: KindGo, Message: err.Error()})
		return
	}
	asked := askedFor(pkgs)
	for _, act := range graph.Roots {
		path := asked.of(act.Package.ID)
		if act.Err != nil {
			out.fail(Error{Kind: KindRule, Package: path, Rule: act.Analyzer.Name, Message: trimStack(act.Err.Error())})
			continue
		}
		for _, d := range act.Diagnostics {
			out.Findings = append(out.Findings, s.finding(l.fset, act.Analyzer, path, d))
		}
	}
	s.dropUnsafeFixes(pkgs, ov, &out)
	r.Findings = append(r.Findings, out.Findings...)
	r.Errors = append(r.Errors, out.Errors...)
}

// analyzeUnlessDone runs the rules. An analysis cannot be stopped; when ctx is done, it
// is left behind, for the process to end.
func analyzeUnlessDone(ctx context.Context, rules []*analysis.Analyzer, roots []*packages.Package) (*checker.Graph, error) {
	type outcome struct {
		graph *checker.Graph
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		graph, err := checker.Analyze(rules, roots, nil)
		done <- outcome{graph, err}
	}()
	select {
	case out := <-done:
		return out.graph, out.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// configured returns the analyzers of the rules to run, with their flags set.
func (s *session) configured() ([]*analysis.Analyzer, error) {
	containOnce.Do(func() { contained = contain(analyzers.Analyzers(s.o.Registry)) })
	byName := map[string]*analysis.Analyzer{settings.Analyzer.Name: settings.Analyzer}
	var rules []*analysis.Analyzer
	for _, r := range s.o.Registry {
		byName[r.Name] = r.Analyzer
		if s.o.runs(r) {
			rules = append(rules, r.Analyzer)
		}
	}
	for _, arg := range s.o.RuleFlags {
		name, value, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		rule, option, _ := strings.Cut(name, ".")
		a := byName[rule]
		if a == nil || a.Flags.Lookup(option) == nil {
			return nil, fmt.Errorf("there is no flag -%s", name)
		}
		if err := a.Flags.Set(option, value); err != nil {
			return nil, fmt.Errorf("invalid value %q for flag -%s: %v", value, name, err)
		}
	}
	return rules, nil
}

// Analyzers are variables of the process, and so is what contains them.
var (
	containOnce sync.Once
	contained   *container
)

// units returns those of the loaded packages that the go command would vet: of a package with
// tests of its own, the variant with these tests in it; and the external tests.
func units(all []*packages.Package, pkgs []*pkg) []*packages.Package {
	asked := askedFor(pkgs)
	tested := make(map[string]bool)
	for _, p := range all {
		if p.ID != p.PkgPath {
			tested[p.PkgPath] = true
		}
	}
	var roots []*packages.Package
	for _, p := range all {
		isMain := strings.HasSuffix(p.PkgPath, ".test") && !asked[p.PkgPath] // the go command's own
		if asked.of(p.ID) != "" && !isMain && (p.ID != p.PkgPath || !tested[p.PkgPath]) && len(p.CompiledGoFiles) > 0 {
			roots = append(roots, p)
		}
	}
	return roots
}

// sound returns the roots that build, with all that they import. It adds errors to r on the others.
func (s *session) sound(l *loader, roots []*packages.Package, pkgs []*pkg, r *Result) []*packages.Package {
	asked := askedFor(pkgs)
	failed := make(map[string]bool) // packages with an error of their own
	skipped := make(map[string]string)
	var good []*packages.Package
	for _, p := range roots {
		culprit := l.broken(p)
		if culprit == nil {
			good = append(good, p)
			continue
		}
		path := asked.of(culprit.ID)
		if path == "" {
			path = culprit.PkgPath
		}
		if !failed[path] {
			failed[path] = true
			r.fail(Error{Kind: KindBuild, Package: path, Message: l.buildError(culprit, s.o.Dir)})
		}
		if of := asked.of(p.ID); of != path {
			skipped[of] = path
		}
	}
	for path, dep := range skipped {
		if !failed[path] {
			r.fail(Error{Kind: KindSkipped, Package: path, Message: skippedMessage(dep)})
		}
	}
	return good
}

// skippedMessage says why a package was not analysed.
func skippedMessage(dep string) string {
	return "not analysed: it imports " + dep + ", which does not build"
}

// finding converts a diagnostic, as unitchecker does for -json.
func (s *session) finding(fset *token.FileSet, a *analysis.Analyzer, path string, d analysis.Diagnostic) Finding {
	f := Finding{
		Rule:     a.Name,
		Category: d.Category,
		Package:  path,
		Message:  d.Message,
		URL:      s.url(a.Name, d.Category),
		Pos:      place(fset, d.Pos),
		End:      place(fset, orPos(d.End, d.Pos)),
	}
	for _, rel := range d.Related {
		f.Related = append(f.Related, Related{place(fset, rel.Pos), place(fset, orPos(rel.End, rel.Pos)), rel.Message})
	}
	for _, df := range d.SuggestedFixes {
		fix := Fix{Message: df.Message}
		for _, e := range df.TextEdits {
			start, end := fset.Position(e.Pos), fset.Position(orPos(e.End, e.Pos))
			fix.Edits = append(fix.Edits, Edit{start.Filename, start.Offset, end.Offset, string(e.NewText)})
		}
		f.Fixes = append(f.Fixes, fix)
	}
	return f
}

func place(fset *token.FileSet, pos token.Pos) Position {
	p := fset.Position(pos)
	return Position{File: p.Filename, Line: p.Line, Column: p.Column}
}

func orPos(pos, other token.Pos) token.Pos {
	if pos.IsValid() {
		return pos
	}
	return other
}
