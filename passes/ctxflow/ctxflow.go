package ctxflow

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/requests"
)

// Analyzer computes a *Result for the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_ctxflow",
	Doc:        "follow contexts from their roots to the work that they are given to",
	Run:        run,
	Requires:   []*analysis.Analyzer{requests.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Summary)},
}

// A Work says how sure it is that a function does something with a context
// that shows in a trace.
type Work uint8

const (
	NoWork  Work = iota // none that is known
	Foreign             // a function of another module is given the context
	Dynamic             // so is one that only the running program knows: a method of an interface, a function value
	Traced              // a span starts, or a client of another system is called
)

// A Summary is the fact about a function.
type Summary struct {
	// Works says, by parameter (not counting the receiver), what the function
	// does with the context in it.
	Works []Work
	// Alive tells the parameters whose context is worked with as it is, with its
	// cancellation, by a function that does not itself go on until that comes.
	Alive []bool
	// Marks tells the parameters whose context is only asked for its span, to
	// write to that: whether it is over is no matter then.
	Marks []bool
	// Root, if not empty, says that the function does work on a new root: the
	// name of the function that makes it.
	Root string
	// Call is the root as it is written there: "context.Background()".
	Call string
	// Escapes tells the parameters whose context goes to a goroutine that
	// nobody waits for, and that does work with it.
	Escapes []bool
	// Spawner is the name of the function that starts such a goroutine.
	Spawner string
	// GoesOn tells the parameters whose context goes to a goroutine with a loop that
	// nobody waits for: what is started so lasts longer than the call.
	GoesOn []bool
	// Detaches, if not empty, says that the function starts a goroutine that works on
	// a root: the name of the function that does so.
	Detaches string
	// DetachCall is that root as it is written there.
	DetachCall string
	// Keys tells the parameters that the function looks up values in that a
	// framework keeps, or that it asserts to be the framework's own type.
	Keys []bool
	// Bound: the function does work on a context that is neither a parameter's
	// nor a root: that of its receiver, say.
	Bound bool
}

// AFact marks Summary as a fact.
func (*Summary) AFact() {}

func (s *Summary) String() string {
	text := fmt.Sprintf("%v %s %v %v %v", s.Works, s.Root, s.Escapes, s.Keys, s.Bound)
	if slices.Contains(s.GoesOn, true) {
		text += fmt.Sprintf(" goes on %v", s.GoesOn)
	}
	if s.Detaches != "" {
		text += " detaches in " + s.Detaches
	}
	return text
}

// empty reports whether the summary says nothing.
func (s *Summary) empty() bool {
	return s.Root == "" && s.Detaches == "" && !s.Bound && !slices.ContainsFunc(s.Works, func(w Work) bool { return w != NoWork }) &&
		!slices.Contains(s.Escapes, true) && !slices.Contains(s.GoesOn, true) && !slices.Contains(s.Keys, true)
}

// A Result answers questions about one package.
type Result struct {
	*requests.Result
	pass      *analysis.Pass
	summaries map[*types.Func]*Summary // of this package
	mu        sync.Mutex               // of what follows: several rules ask at once
	imported  map[*types.Func]*Summary
	lasting   map[*types.Func]bool
	params    map[*types.Var]param
	uses      []*Use
	byCall    map[*ast.CallExpr][]*Use
	arguments map[param][]int // by parameter of the package, the uses that are given to it
	index     index
	zones     zones
	once      map[*types.Func]bool
	impls     *implementations
	faults    []*Fault
	spawns    []*Spawn
	detaches  []*Detach
}

// A param is a parameter of a declared function.
type param struct {
	fn    *types.Func
	index int // not counting the receiver, which is -1
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		Result:    pass.ResultOf[requests.Analyzer].(*requests.Result),
		pass:      pass,
		summaries: make(map[*types.Func]*Summary),
		imported:  make(map[*types.Func]*Summary),
		params:    make(map[*types.Var]param),
		byCall:    make(map[*ast.CallExpr][]*Use),
		zones:     newZones(),
		lasting:   make(map[*types.Func]bool),
		impls:     newImplementations(pass),
	}
	r.index = newIndex(r)
	if len(r.Funcs()) == 0 {
		return r, nil
	}
	for _, f := range r.Funcs() {
		if f.Obj == nil {
			continue
		}
		n := f.Sig.Params().Len()
		r.summaries[f.Obj] = &Summary{Works: make([]Work, n), Alive: make([]bool, n), Marks: make([]bool, n), Escapes: make([]bool, n), GoesOn: make([]bool, n), Keys: make([]bool, n)}
		for i := range n {
			r.params[f.Sig.Params().At(i)] = param{f.Obj, i}
		}
	}
	r.findOnce()
	r.findUses()
	r.findArguments()
	r.summarizeKeys()
	r.summarizeWork()
	r.summarizeMarks()
	r.findSpawns()
	r.summarizeEscapes()
	r.summarizeGoesOn()
	r.findFaults()
	r.findDetaches()
	for _, f := range r.Funcs() {
		if sum := r.summaries[f.Obj]; f.Obj != nil && !sum.empty() {
			pass.ExportObjectFact(f.Obj, sum)
		}
	}
	return r, nil
}

// summary returns what is known of fn, a function of the module; an empty
// summary if that is nothing.
func (r *Result) summary(fn *types.Func) *Summary {
	if sum := r.summaries[fn]; sum != nil {
		return sum
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if sum := r.imported[fn]; sum != nil {
		return sum
	}
	sum := new(Summary)
	if fn.Pkg() != r.pass.Pkg {
		r.pass.ImportObjectFact(fn, sum)
	}
	r.imported[fn] = sum
	return sum
}

func (s *Summary) works(i int) Work {
	if i < 0 || i >= len(s.Works) {
		return NoWork
	}
	return s.Works[i]
}

func (s *Summary) alive(i int) bool { return i >= 0 && i < len(s.Alive) && s.Alive[i] }

func (s *Summary) marks(i int) bool { return i >= 0 && i < len(s.Marks) && s.Marks[i] }

func (s *Summary) escapes(i int) bool { return i >= 0 && i < len(s.Escapes) && s.Escapes[i] }

func (s *Summary) goesOn(i int) bool { return i >= 0 && i < len(s.GoesOn) && s.GoesOn[i] }

func (s *Summary) keys(i int) bool { return i >= 0 && i < len(s.Keys) && s.Keys[i] }
