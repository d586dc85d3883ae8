package driver

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/config"
	"github.com/tracevet/tracevet/passes/settings"
)

// Analyse analyses the packages that o names. It changes nothing but the build cache
// of the go command. What goes wrong is in the result.
//
// When ctx is done, the result is the single error that says so: half of the
// findings would look like all of them.
func Analyse(ctx context.Context, o Options) Result {
	var r Result
	s, err := newSession(o)
	if err != nil {
		r.fail(Error{Kind: KindGo, Message: err.Error()})
		return r
	}
	if len(o.Unsaved) == 0 {
		return s.analyse(ctx, nil)
	}
	if s.env(ctx).overlay() {
		r.fail(Error{Kind: KindUsage, Message: "cannot show unsaved text to the go command while -overlay in GOFLAGS shows it other files"})
		return r
	}
	ov, err := newOverlay(o.Scratch, o.Unsaved)
	if err != nil {
		r.fail(Error{Kind: KindGo, Message: err.Error()})
		return r
	}
	defer ov.remove()
	return s.analyse(ctx, ov)
}

// A session is what the rounds of one run share.
type session struct {
	o    Options
	go_  *gocmd
	self string // this executable, the vet tool
	urls map[string]string
	env  func(context.Context) goenv // asked for once

	// listed, if set, is called with the packages that are about to be analysed.
	listed func([]*pkg)
}

func newSession(o Options) (*session, error) {
	g, err := newGocmd(o)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &session{o: o, go_: g, self: self, urls: make(map[string]string), env: g.envOnce()}
	s.o.Registry = analyzers.WithIgnoreRule(o.Registry)
	program, err := settings.ProgramFlags(config.ModuleRoot(o.Dir))
	if err != nil {
		return nil, err
	}
	s.o.RuleFlags = slices.Concat(program, o.RuleFlags) // the last one counts
	for _, r := range s.o.Registry {
		s.urls[r.Name] = r.URL
	}
	return s, nil
}

// analyse lists and vets the packages, with files replaced as ov says (nil: none).
func (s *session) analyse(ctx context.Context, ov *overlay) Result {
	var r Result
	pkgs, ok := s.ahead(ctx, ov, &r)
	if !ok && ctx.Err() == nil {
		pkgs = s.analyseListed(ctx, ov, &r)
	}
	if ctx.Err() != nil {
		return interrupted
	}
	r.normalize()
	if s.o.Filter != nil {
		s.o.Filter(&r, ov.read)
	}
	r.Analysed = analysed(pkgs, r.Errors)
	r.Packages = len(r.Analysed)
	r.Dirs = make(map[string]string)
	for _, p := range pkgs {
		r.Dirs[p.ImportPath] = p.Dir
	}
	return r
}

// analyseListed lists the packages, and analyses those that can be loaded, which it returns.
func (s *session) analyseListed(ctx context.Context, ov *overlay, r *Result) []*pkg {
	flags := ov.flags()
	s.at("listing packages")
	var imported *deps
	if s.o.Driver == Auto || s.o.Driver == "" {
		imported = new(deps)
	}
	pkgs, good := s.go_.list(ctx, s.o.Patterns, flags, imported, r)
	if len(pkgs) == 0 || ctx.Err() != nil {
		return pkgs
	}
	if s.listed != nil {
		s.listed(pkgs)
	}
	patterns := s.o.Patterns
	if !good { // leave out what the go command cannot load
		patterns = nil
		for _, p := range pkgs {
			patterns = append(patterns, p.ImportPath)
		}
	}
	if imported != nil {
		s.o.Driver = imported.choose()
	}
	if s.o.Driver == InProcess && s.env(ctx).overlay() {
		s.o.Driver = GoVet // only the go command knows what files it shows
	}
	switch s.o.Driver {
	case InProcess:
		s.at("analysing %d packages from source", len(pkgs))
		s.inProcess(ctx, pkgs, patterns, ov, r)
	default:
		s.at("go vet of %d packages", len(pkgs))
		s.vet(ctx, pkgs, patterns, ov, r)
	}
	return pkgs
}

// at tells what the run is at.
func (s *session) at(format string, args ...any) {
	if s.o.Progress != nil {
		s.o.Progress(fmt.Sprintf(format, args...))
	}
}

// choose decides between the drivers. Dependencies that are not in the build cache would have to
// be compiled before the go command vets anything; beyond some, it is cheaper to
// type-check them all.
func (d *deps) choose() Driver {
	if d.stale > 20 && d.stale*4 > d.all {
		return InProcess
	}
	return GoVet
}

// analysed returns the packages that no error kept from being analysed.
func analysed(pkgs []*pkg, errs []Error) []string {
	asked := askedFor(pkgs)
	for _, e := range errs {
		if e.Kind == KindBuild || e.Kind == KindSkipped || e.Kind == KindCrash {
			delete(asked, e.Package)
		}
	}
	return slices.Sorted(maps.Keys(asked))
}

// interrupted is the result of a run that the user stopped.
var interrupted = Result{Errors: []Error{{Kind: KindInterrupted, Message: "interrupted"}}}

// vet runs "go vet" on the patterns, which name pkgs, and adds to r.
//
// A unit may die in a way that no program survives, such as an overflow of the
// stack. Then the packages that import its package cannot be analysed either, for want
// of its types. So vet runs once more, with the packages that died left out.
func (s *session) vet(ctx context.Context, pkgs []*pkg, patterns []string, ov *overlay, r *Result) {
	var out Result
	var crashes []Error
	for range maxCrashes {
		var died []string
		for _, e := range crashes {
			died = append(died, e.Package)
		}
		out = s.goVet(ctx, pkgs, patterns, ov, died)
		known := len(crashes)
		for _, e := range out.Errors {
			if e.Kind == KindCrash && e.Package != "" && !slices.Contains(died, e.Package) {
				crashes = append(crashes, e)
			}
		}
		if len(crashes) == known || ctx.Err() != nil {
			break
		}
	}
	for _, e := range crashes {
		if !slices.Contains(out.Errors, e) {
			out.Errors = append(out.Errors, e)
		}
	}
	s.nameSkipped(ctx, patterns, ov.flags(), pkgs, &out)
	r.Findings = append(r.Findings, out.Findings...)
	r.Errors = append(r.Errors, out.Errors...)
}

// goVet runs "go vet" once, or several times if there are too many
// arguments for one command line.
func (s *session) goVet(ctx context.Context, pkgs []*pkg, patterns []string, ov *overlay, skip []string) Result {
	flags := s.vetFlags(pkgs, ov, skip)
	var r Result
	for len(patterns) > 0 {
		n, size := 0, 0
		for n < len(patterns) && (n == 0 || size+len(patterns[n]) < maxArgs) {
			size += len(patterns[n]) + 3
			n++
		}
		stdout, stderr, err := s.go_.run(ctx, "vet", slices.Concat(flags, []string{"--"}, patterns[:n])...)
		if ctx.Err() != nil {
			return Result{}
		}
		patterns = patterns[n:]
		s.collect(decodeTrees(bytes.NewReader(stdout), &r), pkgs, &r)
		parseStderr(string(stderr), err, s.go_.dir, filepath.Base(s.self), pkgs, &r)
	}
	ov.restore(&r, s.go_.dir)
	s.dropUnsafeFixes(pkgs, ov, &r)
	return r
}

// vetFlags returns the flags of "go vet" for packages; skip names those that no rule is to run on.
func (s *session) vetFlags(pkgs []*pkg, ov *overlay, skip []string) []string {
	flags := slices.Concat([]string{"-json", "-vettool=" + s.self}, ov.flags(), s.o.RuleFlags)
	for _, name := range s.o.Rules {
		flags = append(flags, "-"+name)
	}
	if len(s.o.Rules) > 0 {
		flags = append(flags, "-"+analyzers.IgnoreRule)
	}
	if s.o.Configured {
		flags = append(flags, "-"+configFlag+"="+config.None)
	}
	if slices.ContainsFunc(pkgs, func(p *pkg) bool { return !p.ours() }) {
		flags = append(flags, "-"+depsFlag)
	}
	if len(skip) > 0 {
		flags = append(flags, "-"+skipFlag+"="+strings.Join(skip, ","))
	}
	return flags
}

// maxCrashes bounds the runs of "go vet" in one call of vet.
const maxCrashes = 4

// maxArgs bounds the bytes of package paths on one command line. Windows allows
// 32 KB for all of it.
const maxArgs = 24 << 10

// nameSkipped adds an error for each package that was not analysed because
// a package that it imports does not build: the go command passes it over in silence.
func (s *session) nameSkipped(ctx context.Context, patterns, flags []string, pkgs []*pkg, r *Result) {
	failed := make(map[string]bool)
	for _, e := range r.Errors {
		if e.Kind == KindBuild && e.Package != "" {
			failed[e.Package] = true
		}
	}
	if len(failed) == 0 || ctx.Err() != nil {
		return
	}
	args := slices.Concat(flags, []string{"-e", "-test", "-json=ImportPath,Deps", "--"}, patterns)
	stdout, _, _ := s.go_.run(ctx, "list", args...)
	asked := askedFor(pkgs)
	named := make(map[string]bool)
	for p := range decodeStream[struct {
		ImportPath string
		Deps       []string
	}](stdout) {
		path := asked.of(p.ImportPath)
		if path == "" || failed[path] || named[path] {
			continue
		}
		for _, dep := range p.Deps {
			if dep, _, _ = strings.Cut(dep, " ["); failed[dep] {
				named[path] = true
				r.fail(Error{Kind: KindSkipped, Package: path, Message: skippedMessage(dep)})
				break
			}
		}
	}
}
