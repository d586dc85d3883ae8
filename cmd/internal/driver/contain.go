package driver

import (
	"fmt"
	"go/types"
	"reflect"
	"runtime/debug"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// contain changes the rules, and all analyzers that they require, so that a
// panic in one of them fails the rules that stand on it, and nothing else.
//
// Left alone, a panic kills the process of the unit. Then the types and facts of its package
// are lost too, and with them the findings in all packages that import it. And an
// ordinary error of a required analyzer would reach the user as "failed
// prerequisites" with the cause left out: unitchecker prints the errors of rules only.
// So a required analyzer that fails says so to those that require it, which then
// fail with the same error.
//
// It must be called once at most.
func contain(rules []*analysis.Analyzer) *container {
	c := &container{failed: make(map[failure]error), seen: make(map[*analysis.Analyzer]bool)}
	for _, a := range rules {
		c.root(a)
	}
	return c
}

type container struct {
	mu     sync.Mutex
	failed map[failure]error
	seen   map[*analysis.Analyzer]bool
	// overlay holds the files that an analysis in process sees in the place of those on disk.
	overlay *overlay
}

// A failure is that of an analyzer on a package.
type failure struct {
	a   *analysis.Analyzer
	pkg *types.Package
}

func (c *container) root(a *analysis.Analyzer) { c.wrap(a, true) }

func (c *container) wrap(a *analysis.Analyzer, isRoot bool) {
	if c.seen[a] {
		return
	}
	c.seen[a] = true
	for _, req := range a.Requires {
		c.wrap(req, false)
	}
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		result, err := c.run(a, pass, run)
		if err == nil || isRoot {
			return result, err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.failed[failure{a, pass.Pkg}] = err
		if a.ResultType == nil {
			return nil, nil
		}
		return reflect.Zero(a.ResultType).Interface(), nil // nobody looks at it: see run
	}
}

// run runs an analyzer, unless one that it requires has failed.
func (c *container) run(a *analysis.Analyzer, pass *analysis.Pass, run func(*analysis.Pass) (any, error)) (result any, err error) {
	c.mu.Lock()
	for _, req := range a.Requires {
		if err = c.failed[failure{req, pass.Pkg}]; err != nil {
			break
		}
	}
	c.mu.Unlock()
	if err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s panicked: %v%s\n%s", a.Name, p, reportIt, debug.Stack())
		}
	}()
	return run(c.adapt(pass))
}

// adapt makes a pass the same under both drivers.
func (c *container) adapt(pass *analysis.Pass) *analysis.Pass {
	same := *pass
	// Of a package of no module, such as those of the standard library, unitchecker gives
	// no module, and checker one without a name.
	if pass.Module != nil && pass.Module.Path == "" {
		same.Module = nil
	}
	// Checker reads the disk, whatever was type-checked.
	if ov := c.overlay; ov != nil {
		same.ReadFile = func(name string) ([]byte, error) {
			if data, ok := ov.content[name]; ok {
				return data, nil
			}
			return pass.ReadFile(name)
		}
	}
	return &same
}
