package spanflow

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/lazyssa"
	"github.com/tracevet/tracevet/passes/libindex"
)

// Analyzer computes a *Result for the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_spanflow",
	Doc:        "follow spans from their start to their end",
	Run:        run,
	Requires:   []*analysis.Analyzer{libindex.Analyzer, lazyssa.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Summary)},
}

// An analyzer is one run over one package.
type analyzer struct {
	typeCaches
	pass      *analysis.Pass
	summaries map[*types.Func]*Summary // of this package; nil if it says nothing
	imported  map[*types.Func]*Summary
	funcs     map[*types.Func]*function
	// taken are the fields whose spans are taken out of them; see isLost.
	taken map[*types.Var]bool
	// endsContexts are functions that may end the span of a context that they
	// are given.
	endsContexts map[*types.Func]bool
}

func run(pass *analysis.Pass) (any, error) {
	index := pass.ResultOf[libindex.Analyzer].(*libindex.Index)
	result := new(Result)
	if !index.Reaches() || knowledge.IsTracing(pass.Pkg.Path()) {
		return result, nil
	}
	a := &analyzer{
		pass:         pass,
		summaries:    make(map[*types.Func]*Summary),
		imported:     make(map[*types.Func]*Summary),
		funcs:        make(map[*types.Func]*function),
		endsContexts: make(map[*types.Func]bool),
	}
	relevant, inits := a.relevant(index)
	if len(relevant)+len(inits) == 0 {
		return result, nil
	}
	groups := a.build(pass.ResultOf[lazyssa.Analyzer].(*lazyssa.SSA), relevant, inits)

	// What functions do with spans that they are given, callees first; then
	// what becomes of those that they start, which rests on the former.
	for _, group := range groups {
		a.fixpoint(group, func(f *function, sum *Summary) { f.summarizeParams(sum) })
	}
	for _, group := range groups {
		a.fixpoint(group, func(f *function, sum *Summary) {
			f.spans = nil
			for _, l := range f.births() {
				s := &Span{f: f, life: l, events: f.simulate(l)}
				f.summarizeResults(sum, l, s.events)
				f.spans = append(f.spans, s)
			}
		})
	}
	for _, fn := range relevant {
		if sum := a.summaries[fn.Obj]; sum != nil {
			pass.ExportObjectFact(fn.Obj, sum)
		}
	}
	for _, group := range groups {
		for _, f := range group {
			result.add(f)
		}
	}
	result.sort()
	return result, nil
}

// simulate returns the events of a life; none if it is too complex.
func (f *function) simulate(l *life) []event {
	if l.deferred != nil {
		return []event{{kind: leaks, leak: Returns, instr: l.deferred, path: new(path)}}
	}
	var events []event
	s := &sim{f: f, life: l}
	s.run(func(e event) { events = append(events, e) })
	if doubt := f.doubt(l, events); doubt != nil {
		events = nil
		s = &sim{f: f, life: l, doubt: doubt}
		s.run(func(e event) { events = append(events, e) })
	}
	return append(events, f.lateAfterHandOver(l, events)...)
}

// doubt returns which edges leave a loop that ends the span in one of its
// iterations and then goes on, as in
//
//	for i := range n {
//		if i == n-1 { span.End() }
//	}
//
// Whether such a loop can be left without it, is not for us to say. It returns
// nil if there is no such loop, or nothing to doubt.
func (f *function) doubt(l *life, events []event) func(from, to *ssa.BasicBlock) bool {
	if l.start == nil || !slices.ContainsFunc(events, func(e event) bool { return e.kind == leaks }) {
		return nil
	}
	var ends []*ssa.BasicBlock
	for _, e := range events {
		b := e.instr.Block()
		if e.kind == endsLife && b.Parent() == l.root && f.inLoop(b) && !reaches(b, l.start.Block()) && !slices.Contains(ends, b) {
			ends = append(ends, b)
		}
	}
	if ends == nil {
		return nil
	}
	return func(from, to *ssa.BasicBlock) bool {
		for _, end := range ends {
			inLoop := (from == end || reaches(end, from)) && reaches(from, end)
			if inLoop && to != end && !reaches(to, end) && isLoopTest(from, end) {
				return true
			}
		}
		return false
	}
}

// isLoopTest reports whether b decides if the loop around end goes on: it is
// the head of the loop, or goes back to it.
func isLoopTest(b, end *ssa.BasicBlock) bool {
	for _, succ := range b.Succs {
		if succ.Dominates(b) {
			return true
		}
	}
	return b.Dominates(end) && slices.ContainsFunc(b.Preds, func(pred *ssa.BasicBlock) bool { return b.Dominates(pred) })
}

// summary returns what is known of fn, which may be nil.
func (a *analyzer) summary(fn *types.Func) *Summary {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	if fn.Pkg() == a.pass.Pkg {
		return a.summaries[fn]
	}
	sum, ok := a.imported[fn]
	if !ok {
		sum = new(Summary)
		if !a.pass.ImportObjectFact(fn, sum) {
			sum = nil
		}
		a.imported[fn] = sum
	}
	return sum
}

// analysed reports whether fn is a function of this package that was looked
// at; of others it is known that they have nothing to do with spans.
func (a *analyzer) analysed(fn *types.Func) bool { return a.funcs[fn] != nil }

// build builds the SSA form of the relevant functions and groups them: callees
// first, functions that call each other together.
func (a *analyzer) build(builder *lazyssa.SSA, relevant, inits []*libindex.Func) [][]*function {
	var decls []*ast.FuncDecl
	for _, fn := range relevant {
		decls = append(decls, fn.Decl)
	}
	var vars []ast.Expr
	for _, fn := range inits {
		vars = append(vars, fn.Init)
	}
	funcs, init := builder.Build(decls, vars)

	var groups [][]*function
	for _, group := range components(relevant) {
		var fs []*function
		for _, fn := range group {
			if top := funcs[fn.Decl]; top != nil {
				f := newFunction(a, fn.Decl, fn.Obj, top, nil)
				a.funcs[fn.Obj] = f
				fs = append(fs, f)
			}
		}
		groups = append(groups, fs)
	}
	if init != nil {
		for _, e := range vars {
			groups = append(groups, []*function{newFunction(a, e, nil, init, within(init.AnonFuncs, e))})
		}
	}
	return groups
}

// within returns the functions whose literals stand in e.
func within(fns []*ssa.Function, e ast.Expr) []*ssa.Function {
	var in []*ssa.Function
	for _, fn := range fns {
		if e.Pos() <= fn.Pos() && fn.Pos() < e.End() {
			in = append(in, fn)
		}
	}
	return in
}

// fixpoint summarizes the functions of a group until their summaries stay the
// same, but not for ever: recursion that goes on changing them gives them up.
func (a *analyzer) fixpoint(group []*function, summarize func(*function, *Summary)) {
	rounds := 1
	if len(group) > 1 {
		rounds = 4
	}
	for range rounds {
		changed := false
		for _, f := range group {
			if a.summarize(f, summarize) {
				changed = true
			}
		}
		if !changed {
			return
		}
	}
	if rounds > 1 {
		for _, f := range group {
			delete(a.summaries, f.obj)
		}
	}
}

// summarize replaces the summary of f and reports whether it changed. A panic
// is a bug, but one that must not silence the whole package: nothing is known
// of that function.
func (a *analyzer) summarize(f *function, summarize func(*function, *Summary)) (changed bool) {
	defer func() {
		if recover() != nil {
			delete(a.summaries, f.obj)
			f.broken = true
			changed = false
		}
	}()
	if f.broken {
		return false
	}
	sum := new(Summary)
	old := a.summaries[f.obj]
	if old != nil {
		*sum = *old
		sum.Results = nil
	}
	summarize(f, sum)
	if f.obj == nil {
		return false
	}
	if !sum.trim() {
		sum = nil
	}
	a.summaries[f.obj] = sum
	return !reflect.DeepEqual(old, sum)
}
