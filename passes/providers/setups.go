package providers

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A Setup is a call that makes a provider, and what it is made of.
type Setup struct {
	r     *Result
	Call  *ast.CallExpr
	elems []element
	all   bool // these are all its options
	alone bool // nothing else in the package makes a provider
	part  bool // it is but a part of one that is not seen
}

// Setups returns the calls of the package that make a provider, in source
// order, without those in code that is there for tests and examples.
func (r *Result) Setups() []*Setup {
	if r.trial() {
		return nil
	}
	var setups []*Setup
	for _, s := range r.sites {
		if knowledge.WiringOf(s.fn) == knowledge.MakesProvider {
			elems, all := r.elements(s.call.Args, s.call.Ellipsis)
			setups = append(setups, &Setup{r: r, Call: s.call, elems: elems, all: all})
		}
	}
	for _, s := range setups {
		s.alone = len(setups) == 1
	}
	return r.addParts(setups)
}

// addParts adds to the set-ups what is registered with a provider later, and,
// each as one of its own, the parts of which the provider is not seen.
func (r *Result) addParts(setups []*Setup) []*Setup {
	known := make(map[*ast.CallExpr]bool)
	for _, s := range setups {
		for _, e := range s.elems {
			known[e.call] = true
		}
	}
	var parts []*Setup
	for _, s := range r.sites {
		part := element{leaf{s.call, s.call, s.fn, 0}, false}
		switch knowledge.WiringOf(s.fn) {
		case knowledge.RegistersProcessor:
			if of := r.setupOf(setups, s); of != nil {
				of.elems = append(of.elems, part)
				continue
			}
		case knowledge.TakesSampler:
			if known[s.call] {
				continue
			}
		default:
			if args := r.samplerArgs(s); len(args) == 1 {
				parts = append(parts, &Setup{r: r, Call: s.call, elems: []element{part}})
			}
			continue
		}
		if len(s.call.Args) == 1 {
			parts = append(parts, &Setup{r: r, Call: s.call, elems: []element{part}, part: true})
		}
	}
	return append(setups, parts...)
}

// setupOf returns the set-up of the provider that a method is called of.
func (r *Result) setupOf(setups []*Setup, s *site) *Setup {
	sel, ok := ast.Unparen(s.call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	for _, l := range r.leaves(sel.X) {
		for _, of := range setups {
			if of.Call == l.call && l.call != nil {
				return of
			}
		}
	}
	return nil
}

// trial reports whether the package is an example, or there for tests.
func (r *Result) trial() bool {
	for elem := range strings.SplitSeq(r.pass.Pkg.Path(), "/") {
		switch elem {
		case "example", "examples", "_example", "_examples", "test", "tests", "testing", "testutil", "testutils", "testhelpers", "e2e", "demo":
			return true
		}
	}
	for _, imp := range r.pass.Pkg.Imports() {
		if imp.Path() == "testing" || strings.HasSuffix(imp.Path(), "/tracetest") {
			return !r.hasTests() // that import is not one of a test file
		}
	}
	return false
}

func (r *Result) hasTests() bool {
	for _, f := range r.pass.Files {
		if r.inTest(f) {
			return true
		}
	}
	return false
}

// exports returns the kinds of all exporters of the provider.
func (s *Setup) exports() Holding {
	var h Holding
	if !s.all {
		h |= OtherExport
	}
	for _, e := range s.elems {
		switch knowledge.WiringOf(e.fn) {
		case knowledge.TakesBatcher, knowledge.TakesSyncer:
			if len(e.call.Args) > 0 {
				h |= s.r.export(e.call.Args[0])
			}
		case knowledge.TakesProcessor, knowledge.RegistersProcessor:
			for _, l := range s.r.leaves(e.call.Args[0]) {
				if w := knowledge.WiringOf(l.fn); (w == knowledge.MakesBatcher || w == knowledge.MakesSyncer) && len(l.call.Args) > 0 {
					h |= s.r.export(l.call.Args[0])
				} else {
					h |= OtherExport
				}
			}
		}
	}
	return h
}

// Sampler returns the call that makes a sampler which decides without asking
// the caller, and whether it goes by a ratio; nil if there is none, or if the
// user chooses it.
func (s *Setup) Sampler() (call *ast.CallExpr, ratio bool) {
	if h := s.exports(); h == LocalExport || h == 0 && s.all {
		return nil, false // nobody else sees the spans
	}
	if s.r.Main() && !s.r.contents.Has(Receives) {
		return nil, false // all traces start here
	}
	var leaves []leaf
	branch := false
	for _, e := range s.elems {
		if e.call == nil {
			continue
		}
		args := s.r.samplerArgs(&site{call: e.call, fn: e.fn})
		for _, arg := range args {
			leaves = append(leaves, s.r.leaves(arg)...)
		}
		branch = branch || len(args) > 0 && e.branch
	}
	var found *ast.CallExpr
	for _, l := range leaves {
		switch knowledge.WiringOf(l.fn) {
		case knowledge.SamplesRatio:
			if s.r.namedChoice(l.expr) || isAll(s.r.pass.TypesInfo, l.call) && branch {
				return nil, false
			}
			if found == nil || !ratio {
				found, ratio = l.call, true
			}
		case knowledge.SamplesAlways:
			if found == nil {
				found = l.call
			}
		case knowledge.SamplesNever:
		default:
			return nil, false // one that may ask the caller is chosen as well
		}
	}
	if !ratio && (s.part || branch || len(leaves) > 1 || len(leaves) == 1 && s.r.branches(leaves[0].expr) && !s.enabled(leaves[0].expr) || !s.alone && s.r.branches(s.Call)) {
		return nil, false
	}
	return found, ratio
}

// enabled reports whether e stands in no other branch than the provider itself.
func (s *Setup) enabled(e ast.Expr) bool {
	return len(s.r.conditions(e)) == len(s.r.conditions(s.Call)) && contains(s.Call, e.Pos())
}

// isAll reports whether a sampler by ratio is one that takes all.
func isAll(info *types.Info, call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	v := info.Types[call.Args[0]].Value
	return v != nil && constant.Compare(constant.ToFloat(v), geq, constant.MakeFloat64(1))
}

// namedChoice reports whether control comes to e by what the user has written
// somewhere: a string that is compared with constants.
func (r *Result) namedChoice(e ast.Expr) bool {
	for _, cond := range r.conditions(e) {
		if t := r.pass.TypesInfo.TypeOf(cond); t != nil && isString(t) {
			return true
		}
		found := false
		ast.Inspect(cond, func(n ast.Node) bool {
			if x, ok := n.(ast.Expr); ok {
				if tv := r.pass.TypesInfo.Types[x]; tv.Value != nil && tv.Value.Kind() == constant.String && constant.StringVal(tv.Value) != "" {
					found = true
				}
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// Sync returns the calls that make each span be exported to another system
// when it ends.
func (s *Setup) Sync() []*ast.CallExpr {
	if s.r.contents.Has(Freezes) {
		return nil
	}
	var calls []*ast.CallExpr
	add := func(l leaf, branch bool) {
		if len(l.call.Args) == 0 || s.r.export(l.call.Args[0]) != NetworkExport {
			return
		}
		if branch || s.r.branches(l.expr) && !s.enabled(l.expr) || !s.alone && s.r.branches(s.Call) {
			return // where the user asks for it
		}
		calls = append(calls, l.call)
	}
	for _, e := range s.elems {
		switch knowledge.WiringOf(e.fn) {
		case knowledge.TakesSyncer:
			add(e.leaf, e.branch && s.batchesElse())
		case knowledge.TakesProcessor, knowledge.RegistersProcessor:
			for _, l := range s.r.leaves(e.call.Args[0]) {
				if knowledge.WiringOf(l.fn) == knowledge.MakesSyncer {
					add(l, e.branch && s.batchesElse())
				}
			}
		}
	}
	return calls
}

// batchesElse reports whether the provider may get a batch as well.
func (s *Setup) batchesElse() bool {
	for _, e := range s.elems {
		switch knowledge.WiringOf(e.fn) {
		case knowledge.TakesBatcher:
			return true
		case knowledge.TakesProcessor, knowledge.RegistersProcessor:
			for _, l := range s.r.leaves(e.call.Args[0]) {
				if knowledge.WiringOf(l.fn) == knowledge.MakesBatcher {
					return true
				}
			}
		}
	}
	return false
}

// Twice returns two options of the provider that are given the same exporter.
func (s *Setup) Twice() (first, second *ast.CallExpr) {
	seen := make(map[*types.Var]*ast.CallExpr)
	for _, e := range s.elems {
		var call *ast.CallExpr
		switch knowledge.WiringOf(e.fn) {
		case knowledge.TakesBatcher, knowledge.TakesSyncer:
			call = e.call
		case knowledge.TakesProcessor, knowledge.RegistersProcessor:
			ls := s.r.leaves(e.call.Args[0])
			if len(ls) == 1 && ls[0].call != nil && (knowledge.WiringOf(ls[0].fn) == knowledge.MakesBatcher || knowledge.WiringOf(ls[0].fn) == knowledge.MakesSyncer) {
				call = ls[0].call
			}
		}
		if call == nil || len(call.Args) == 0 || e.branch && s.r.branches(e.expr) && !s.enabled(e.expr) {
			continue
		}
		v := s.r.varOf(call.Args[0])
		if v == nil {
			continue
		}
		if seen[v] != nil {
			return seen[v], e.call
		}
		seen[v] = e.call
	}
	return nil, nil
}

// Nameless returns the argument of the option that gives the provider a
// resource without the name of the service, or nil.
func (s *Setup) Nameless() ast.Expr {
	var takers []element
	for _, e := range s.elems {
		if knowledge.WiringOf(e.fn) == knowledge.TakesResource {
			takers = append(takers, e)
		}
	}
	if len(takers) != 1 || len(takers[0].call.Args) != 1 {
		return nil
	}
	arg := takers[0].call.Args[0]
	if s.r.names(arg, fuel) == no {
		return arg
	}
	return nil
}
