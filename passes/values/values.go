package values

import (
	"cmp"
	"go/ast"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/lazyssa"
	"github.com/tracevet/tracevet/passes/libindex"
	"github.com/tracevet/tracevet/passes/settings"
)

// Analyzer computes a *Result for the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_values",
	Doc:        "tell whether the values that become names and labels are bounded",
	Run:        run,
	Requires:   []*analysis.Analyzer{libindex.Analyzer, lazyssa.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Summary)},
}

// maxRounds bounds how often functions are added to those that are built. Each
// round goes one call further away from the names and labels.
const maxRounds = 8

// maxSteps bounds how often what is built is judged again. Each time there is
// more to tell of at least one function.
const maxSteps = 50

// An analyzer is one run over one package.
type analyzer struct {
	pass    *analysis.Pass
	index   *libindex.Index
	builder *lazyssa.SSA

	byObj     map[*types.Func]*libindex.Func
	callers   map[*types.Func][]*libindex.Func
	setters   map[*types.Var][]*libindex.Func // the functions that mention a field
	built     map[*libindex.Func]bool
	funcs     []*function // in the order in which they were built
	functions map[*types.Func]*function
	imported  map[*types.Func]*Summary
	sinks     map[*types.Func]*Summary // of this package, Sinks only
	enums     map[*types.TypeName]bool

	recursed bool // a function was found to call itself, since this was last false

	wanted map[*libindex.Func]bool // to be built in the next round
	todo   []*libindex.Func
}

func run(pass *analysis.Pass) (any, error) {
	result := new(Result)
	index := pass.ResultOf[libindex.Analyzer].(*libindex.Index)
	if knowledge.IsTracing(pass.Pkg.Path()) {
		return result, nil
	}
	if !index.Reaches() {
		if !matters(pass) {
			return result, nil
		}
		index = libindex.Build(pass)
	}
	a := newAnalyzer(pass, index)
	a.seed()
	for round := 0; len(a.todo) > 0 && round < maxRounds; round++ {
		a.build()
		a.solve()
		a.shareWithInterfaces()
	}
	a.export()
	a.report(result)
	return result, nil
}

// matters reports whether a package that does not trace has to do with labels, or
// may hand out what is in requests. The standard library is known without that.
func matters(pass *analysis.Pass) bool {
	if m := settings.Module(pass); m == nil || m.Path == "" {
		return false
	}
	for _, imp := range pass.Pkg.Imports() {
		if knowledge.BringsRequests(imp.Path()) || knowledge.TakesLabels(imp.Path()) {
			return true
		}
	}
	return false
}

func newAnalyzer(pass *analysis.Pass, index *libindex.Index) *analyzer {
	a := &analyzer{
		pass:      pass,
		index:     index,
		builder:   pass.ResultOf[lazyssa.Analyzer].(*lazyssa.SSA),
		byObj:     make(map[*types.Func]*libindex.Func),
		callers:   make(map[*types.Func][]*libindex.Func),
		setters:   make(map[*types.Var][]*libindex.Func),
		built:     make(map[*libindex.Func]bool),
		functions: make(map[*types.Func]*function),
		imported:  make(map[*types.Func]*Summary),
		sinks:     make(map[*types.Func]*Summary),
		enums:     make(map[*types.TypeName]bool),
		wanted:    make(map[*libindex.Func]bool),
	}
	for _, fns := range [][]*libindex.Func{index.Funcs(), index.Inits()} {
		for _, fn := range fns {
			if fn.Obj != nil {
				a.byObj[fn.Obj] = fn
			}
			for _, mentioned := range fn.Funcs {
				a.callers[mentioned] = append(a.callers[mentioned], fn)
			}
			for _, field := range fn.Fields {
				a.setters[field] = append(a.setters[field], fn)
			}
		}
	}
	return a
}

// want asks for a function to be built in the next round.
func (a *analyzer) want(fn *libindex.Func) {
	if fn != nil && !a.built[fn] && !a.wanted[fn] {
		a.wanted[fn] = true
		a.todo = append(a.todo, fn)
	}
}

// build builds the functions that are wanted.
func (a *analyzer) build() {
	todo := a.todo
	a.todo = nil
	var decls []*ast.FuncDecl
	var vars []ast.Expr
	for _, fn := range todo {
		a.built[fn] = true
		if fn.Decl != nil {
			decls = append(decls, fn.Decl)
		} else {
			vars = append(vars, fn.Init)
		}
	}
	funcs, inits := a.builder.Build(decls, vars)
	for _, fn := range todo {
		switch {
		case fn.Decl != nil && funcs[fn.Decl] != nil:
			f := newFunction(a, fn, []*ssa.Function{funcs[fn.Decl]})
			f.top = funcs[fn.Decl]
			a.funcs = append(a.funcs, f)
			a.functions[fn.Obj] = f
		case fn.Init != nil && inits != nil:
			a.funcs = append(a.funcs, newFunction(a, fn, within(inits.AnonFuncs, fn.Init)))
		}
	}
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

// solve judges all names and labels in what is built so far, until no more
// parameters turn out to become one. What it needs to know besides, it wants.
func (a *analyzer) solve() {
	for range maxSteps {
		a.forget()
		changed := false
		for _, f := range a.funcs {
			for _, sink := range f.sinkParams() {
				sum := a.sinks[f.obj]
				if sum == nil {
					sum = new(Summary)
					a.sinks[f.obj] = sum
				}
				if sum.addSink(sink) {
					changed = true
					for _, caller := range a.callers[f.obj] {
						a.want(caller)
					}
				}
			}
			f.results() // wants what the results are made from
		}
		if a.recursed {
			// Results of functions that call each other rest on what was
			// assumed of them: nothing, at first.
			a.recursed = false
			for _, f := range a.funcs {
				if made := f.results(); !slices.Equal(made, f.assumed) {
					f.assumed = made
					changed = true
				}
			}
		}
		if !changed {
			return
		}
	}
}

// forget forgets verdicts, which rest on what was known before.
func (a *analyzer) forget() {
	for _, f := range a.funcs {
		f.memo = make(map[ssa.Value]verdict)
		f.made, f.making = nil, false
	}
}

// summary returns what is known of a function so far; nil if nothing is.
func (a *analyzer) summary(fn *types.Func) *Summary {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	if fn.Pkg() == a.pass.Pkg {
		return a.sinks[fn]
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

// export exports the facts of the package.
func (a *analyzer) export() {
	for _, fn := range slices.SortedFunc(maps.Keys(a.sinks), func(x, y *types.Func) int { return cmp.Compare(x.Pos(), y.Pos()) }) {
		if a.functions[fn] == nil && len(a.sinks[fn].Sinks) > 0 {
			a.pass.ExportObjectFact(fn, a.sinks[fn]) // a method of an interface
		}
	}
	for _, f := range a.funcs {
		if f.obj == nil {
			continue
		}
		sum := &Summary{Results: f.results()}
		if own := a.sinks[f.obj]; own != nil {
			sum.Sinks = own.Sinks
		}
		if sum.trim() {
			a.pass.ExportObjectFact(f.obj, sum)
		}
	}
}
