package driver

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// Whether "go vet" would have to compile most of a program first, "go list" says, for half of what a run over unchanged code
// costs. So it is not asked before the go command has begun to compile, which shows in its work directory.

// vetUnlessCompiling runs "go vet", but breaks off if it compiles packages and "go list" says that these are most of
// what the patterns need. Then ok is false, and the driver [InProcess] from here on.
func (s *session) vetUnlessCompiling(ctx context.Context, ov *overlay, args ...string) (stdout, stderr []byte, err error, ok bool) {
	tmp, err := os.MkdirTemp(os.Getenv("GOTMPDIR"), "tracevet")
	if err != nil {
		return nil, nil, err, true
	}
	defer os.RemoveAll(tmp)
	watched, stop := context.WithCancel(ctx)
	many := make(chan bool, 1)
	go func() {
		is := s.compilesMany(watched, tmp, ov)
		if is {
			stop()
		}
		many <- is
	}()
	stdout, stderr, err = s.go_.with("GOTMPDIR="+tmp).run(watched, "vet", args...)
	stop()
	if <-many {
		s.o.Driver = InProcess
		return nil, nil, nil, false
	}
	return stdout, stderr, err, true
}

// compilesMany watches a go command, and reports whether it compiles most of what it needs; false, when ctx is done. tmp is
// where that command has its work directory.
func (s *session) compilesMany(ctx context.Context, tmp string, ov *overlay) bool {
	const some = 8 // after a change there are few
	compiled := make(map[string]bool)
	for pause := 20 * time.Millisecond; len(compiled) < some; pause += pause / 4 {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(min(pause, time.Second)):
		}
		dirs, _ := filepath.Glob(filepath.Join(tmp, "go-build*", "b*", "importcfg"))
		for _, dir := range dirs { // they come and go
			compiled[dir] = true
		}
	}
	var imported deps
	s.go_.list(ctx, s.o.Patterns, ov.flags(), &imported, new(Result))
	return ctx.Err() == nil && imported.choose() == InProcess
}
