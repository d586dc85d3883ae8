// Package gate decides which findings count: it leaves out those in excluded paths, those that are
// not new since a revision, and those in a baseline; and it gives the others a severity.
package gate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/cmd/internal/config"
	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// Options say what to leave out.
type Options struct {
	Dir      string // working directory, absolute
	NewFrom  string // a git revision: show what is new since the merge base with it; "" for all
	Baseline string // a file of findings to leave out; "" for none
	// Exclude are patterns of files to leave out, with ** for any number of directories, relative to
	// Root.
	Exclude  []string
	Root     string
	Severity map[string]driver.Severity // by rule; [driver.Warning] for the others
}

// A Gate filters the findings of runs.
type Gate struct {
	o        Options
	changes  *changes  // nil without NewFrom
	baseline *baseline // nil without Baseline
	hidden   Hidden
}

// Hidden counts what a gate left out.
type Hidden struct {
	Excluded, NotNew, InBaseline int
}

func (h Hidden) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{h.Excluded, "in excluded files"}, {h.NotNew, "not new"}, {h.InBaseline, "in the baseline"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// New prepares a gate. The error is one of the user's: a revision or a file that there is not,
// a clone without its history.
func New(ctx context.Context, o Options) (*Gate, error) {
	g := &Gate{o: o}
	var err error
	if o.NewFrom != "" {
		if g.changes, err = changesSince(ctx, o.Dir, o.NewFrom); err != nil {
			return nil, err
		}
	}
	if o.Baseline != "" {
		if g.baseline, err = readBaseline(o.Baseline); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// Hidden returns what the last call of [Gate.Filter] left out.
func (g *Gate) Hidden() Hidden { return g.hidden }

// Filter leaves out findings of r and completes the others. read returns the
// contents of a file as it was analysed.
func (g *Gate) Filter(r *driver.Result, read func(string) ([]byte, error)) {
	g.hidden = Hidden{}
	files := newFiles(read)
	r.Findings = slices.DeleteFunc(r.Findings, func(f driver.Finding) bool {
		if g.excluded(f.Pos.File) {
			g.hidden.Excluded++
			return true
		}
		return false
	})
	// Fingerprints count equal findings, so all of them have to be there.
	fingerprint(r.Findings, files)
	var old func(f driver.Finding) bool
	if g.changes != nil {
		old = g.changes.judge(files)
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f driver.Finding) bool {
		switch {
		case g.baseline.has(f.Fingerprint):
			g.hidden.InBaseline++
		case old != nil && old(f):
			g.hidden.NotNew++
		default:
			return false
		}
		return true
	})
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Severity = driver.Warning
		if s, ok := g.o.Severity[f.Rule]; ok {
			f.Severity = s
		}
	}
}

// excluded reports whether a file matches one of the patterns.
func (g *Gate) excluded(file string) bool {
	if len(g.o.Exclude) == 0 {
		return false
	}
	rel, err := filepath.Rel(g.o.Root, file)
	if err != nil {
		return false
	}
	return config.Excludes(g.o.Exclude, filepath.ToSlash(rel))
}

// Fails reports whether one of the findings is as bad as failOn, or worse; if failOn is
// "none", nothing is.
func Fails(findings []driver.Finding, failOn string) bool {
	order := []driver.Severity{driver.Info, driver.Warning, driver.SevError}
	least := slices.Index(order, driver.Severity(failOn))
	return failOn != None && slices.ContainsFunc(findings, func(f driver.Finding) bool {
		return slices.Index(order, f.Severity) >= least
	})
}

// None is the threshold that no finding reaches.
const None = "none"

// files reads and outlines each file once.
type files struct {
	read     func(string) ([]byte, error)
	outlines map[string]*outline
}

func newFiles(read func(string) ([]byte, error)) *files {
	if read == nil {
		read = os.ReadFile
	}
	return &files{read, make(map[string]*outline)}
}

// outline returns that of a file; an empty one if the file cannot be read.
func (f *files) outline(name string) *outline {
	o, ok := f.outlines[name]
	if !ok {
		src, err := f.read(name)
		if err != nil {
			src = nil
		}
		o = outlineOf(src)
		f.outlines[name] = o
	}
	return o
}
