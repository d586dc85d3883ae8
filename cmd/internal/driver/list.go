package driver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A gocmd runs the go command in one directory, for one run of tracevet.
type gocmd struct {
	path  string // of the go command
	dir   string
	flags []string // build flags of every command
	extra []string // what every command has in its environment besides that of this process, as in "A=b"
}

// with returns a gocmd whose commands have more in their environment.
func (g *gocmd) with(env ...string) *gocmd {
	more := *g
	more.extra = slices.Concat(g.extra, env)
	return &more
}

// newGocmd finds the go command.
func newGocmd(o Options) (*gocmd, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return nil, errors.New("the go command is not in PATH: tracevet needs it to find and load packages (https://go.dev/doc/install)")
	}
	return &gocmd{path: path, dir: o.Dir, flags: o.BuildFlags}, nil
}

// run runs "go verb [build flags] args". The error is that of the process; what
// the go command says about it is in stderr.
func (g *gocmd) run(ctx context.Context, verb string, args ...string) (stdout, stderr []byte, err error) {
	args = slices.Concat([]string{verb}, g.flags, args)
	cmd := exec.CommandContext(ctx, g.path, args...)
	cmd.Dir = g.dir
	if len(g.extra) > 0 {
		cmd.Env = append(cmd.Environ(), g.extra...)
	}
	// Let the go command stop in order, so that it removes its temporary files.
	cmd.Cancel = func() error {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			return cmd.Process.Kill()
		}
		return nil
	}
	cmd.WaitDelay = 10 * time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.Bytes(), errs.Bytes(), err
}

// Env returns the values of some variables of "go env" in the directory dir, in their order; nil, if there is no answer.
func Env(ctx context.Context, dir string, names ...string) []string {
	g, err := newGocmd(Options{Dir: dir})
	if err != nil {
		return nil
	}
	stdout, _, err := g.run(ctx, "env", names...)
	if err != nil {
		return nil
	}
	values := strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(stdout), "\r\n", "\n"), "\n"), "\n")
	if len(values) != len(names) {
		return nil
	}
	return values
}

// A pkg is a package that the user asked for.
type pkg struct {
	ImportPath string
	Dir        string
	Module     *module
	Error      *pkgError
	DepsErrors []*pkgError

	GoFiles, CgoFiles, TestGoFiles, XTestGoFiles []string

	DepOnly, Stale bool // only told where dependencies are listed
}

// A module is what a pkg has to know of its module.
type module struct{ Main bool }

// deps counts what packages import.
type deps struct{ all, stale int }

type pkgError struct {
	Pos, Err string
}

func (e *pkgError) String() string {
	if e.Pos == "" {
		return e.Err
	}
	return e.Pos + ": " + e.Err
}

// loadError returns why the go command cannot load p, or nil.
func (p *pkg) loadError() *pkgError {
	if p.Error != nil {
		return p.Error
	}
	if len(p.DepsErrors) > 0 {
		return p.DepsErrors[0]
	}
	return nil
}

// ours reports whether p is the user's own: not the standard library's, and not of
// a module that the user's module depends on.
func (p *pkg) ours() bool {
	// Files named on the command line have no module.
	return p.Module != nil && p.Module.Main || p.ImportPath == "command-line-arguments"
}

// goFiles returns the absolute names of all Go files of p, those of tests included.
func (p *pkg) goFiles() []string {
	var files []string
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.TestGoFiles, p.XTestGoFiles) {
		if !filepath.IsAbs(name) { // absolute, if it was named on the command line
			name = filepath.Join(p.Dir, name)
		}
		files = append(files, name)
	}
	return files
}

// list resolves the patterns to packages. Packages that cannot be loaded become
// errors of r and are not returned: "go vet" would stop at the first of
// them and not look at the others.
// good reports whether the patterns name no other packages than those returned.
//
// If deps is not nil, it counts what the packages import.
func (g *gocmd) list(ctx context.Context, patterns, flags []string, deps *deps, r *Result) (pkgs []*pkg, good bool) {
	if slices.Contains(patterns, "") {
		r.fail(Error{Kind: KindUsage, Message: "empty package pattern"})
		return nil, false
	}
	fields := "-json=ImportPath,Dir,Module,Error,DepsErrors,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles"
	if deps != nil {
		flags = slices.Concat(flags, []string{"-deps"})
		fields += ",DepOnly,Stale"
	}
	args := slices.Concat(flags, []string{"-e", fields, "--"}, patterns)
	stdout, stderr, err := g.run(ctx, "list", args...)
	if ctx.Err() != nil {
		return nil, false
	}

	good = true
	dec := json.NewDecoder(bytes.NewReader(stdout))
	for {
		p := new(pkg)
		if derr := dec.Decode(p); derr == io.EOF {
			break
		} else if derr != nil {
			r.fail(Error{Kind: KindGo, Message: fmt.Sprintf("go list: cannot read its output: %v", derr)})
			return nil, false
		}
		if p.DepOnly {
			deps.all++
			if p.Stale {
				deps.stale++
			}
			continue
		}
		if e := p.loadError(); e != nil {
			good = false
			kind := KindBuild
			msg := e.String()
			if len(p.goFiles()) == 0 { // a pattern that means no package
				kind = KindUsage
				if strings.HasPrefix(e.Err, "no Go files in") {
					msg += " (./... stands for all packages below)"
				}
			} else if p.Error == nil {
				kind = KindSkipped
			}
			r.fail(Error{Kind: kind, Package: p.ImportPath, Message: msg})
			continue
		}
		pkgs = append(pkgs, p)
	}

	for _, line := range strings.Split(string(stderr), "\n") {
		if w, ok := strings.CutPrefix(line, "go: warning: "); ok && strings.Contains(w, "matched no packages") {
			good = false
			r.fail(Error{Kind: KindUsage, Message: w})
		}
	}
	if err != nil { // bad flags, a broken go.mod: -e does not help there
		r.fail(Error{Kind: KindGo, Message: orElse(string(stderr), "go list: "+err.Error())})
	}
	if len(pkgs) == 0 {
		g.explainNoModule(ctx, r)
		if !r.Failed() {
			r.fail(Error{Kind: KindUsage, Message: "no packages match " + strings.Join(patterns, " ")})
		}
	}
	return pkgs, good && err == nil
}

// explainNoModule replaces the errors of r by a plain one if what is wrong is
// that there is no module: the go command has many ways to say so.
func (g *gocmd) explainNoModule(ctx context.Context, r *Result) {
	plain := &gocmd{path: g.path, dir: g.dir} // build flags mean nothing to go env
	stdout, _, err := plain.run(ctx, "env", "GOMOD", "GOWORK")
	if err != nil {
		return
	}
	mod, work, _ := strings.Cut(strings.TrimRight(string(stdout), "\r\n"), "\n")
	mod, work = strings.TrimSpace(mod), strings.TrimSpace(work)
	if (mod == "" || mod == os.DevNull || mod == "NUL") && (work == "" || work == "off") {
		r.Errors = nil
		r.fail(Error{Kind: KindUsage, Message: fmt.Sprintf("no go.mod in %s or any directory above it: run tracevet inside a Go module", g.dir)})
	}
}

func orElse(s, other string) string {
	if s = strings.TrimSpace(s); s != "" {
		return s
	}
	return other
}
