package driver

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
)

// ahead runs "go vet" on the patterns without asking "go list" about them first, but for the names of the packages if
// these cannot be known otherwise, and reports whether that is all there is to do. For a program that builds, whose
// dependencies are compiled, it is. Then a run over unchanged code costs what "go vet" does, which replays all of it; the list,
// with all that the packages import, costs a half more.
//
// In any other case, ahead leaves r alone: if something does not build, the list is needed to say so
// well, and the go command has what it did so far in its cache. With the driver [Auto], ahead also gives up
// if most dependencies have to be compiled, and sets the driver to [InProcess].
func (s *session) ahead(ctx context.Context, ov *overlay, r *Result) (pkgs []*pkg, ok bool) {
	if s.o.Driver == InProcess {
		return nil, false
	}
	auto := s.o.Driver != GoVet
	env := s.env(ctx)
	if auto && env.nothingCompiled() {
		return nil, false
	}
	if s.listed == nil && env.isPlain(s.go_.flags) { // it needs to know the files, too
		pkgs = s.walk(ov)
	}
	walked := pkgs != nil
	if !walked {
		if pkgs, ok = s.names(ctx, ov); !ok {
			return nil, false
		}
	}
	if s.listed != nil {
		s.listed(pkgs)
	}
	s.at("go vet of %d packages", len(pkgs))
	args := slices.Concat(s.vetFlags(pkgs, ov, nil), []string{"--"}, s.o.Patterns)
	var stdout, stderr []byte
	var err error
	if !auto || env.overlay() {
		stdout, stderr, err = s.go_.run(ctx, "vet", args...)
	} else if stdout, stderr, err, ok = s.vetUnlessCompiling(ctx, ov, args...); !ok {
		return nil, false
	}
	if err != nil || ctx.Err() != nil {
		return nil, false
	}
	var out Result
	trees := decodeTrees(bytes.NewReader(stdout), &out)
	parseStderr(string(stderr), nil, s.go_.dir, filepath.Base(s.self), pkgs, &out)
	if walked && !askedFor(pkgs).all(trees) {
		if pkgs, ok = s.names(ctx, ov); !ok || slices.ContainsFunc(pkgs, func(p *pkg) bool { return !p.ours() }) {
			return nil, false
		}
	}
	if out.Failed() {
		return nil, false
	}
	s.collect(trees, pkgs, &out)
	ov.restore(&out, s.go_.dir)
	s.dropUnsafeFixes(pkgs, ov, &out)
	r.Findings, r.Errors = out.Findings, out.Errors // errors of rules
	return pkgs, true
}

// names asks "go list" what packages the patterns name, and for nothing else.
func (s *session) names(ctx context.Context, ov *overlay) ([]*pkg, bool) {
	s.at("listing packages")
	var r Result
	pkgs, ok := s.go_.list(ctx, s.o.Patterns, append(ov.flags(), "-find"), nil, &r)
	return pkgs, ok && !r.Failed()
}

// all reports whether all that units said is about packages that were asked for. If not, the go command also replayed others, or
// a walk has not seen what the patterns name.
func (a asked) all(trees []vetTree) bool {
	for _, tree := range trees {
		for id := range tree {
			if a.of(id) == "" {
				return false
			}
		}
	}
	return true
}
