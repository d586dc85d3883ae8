package providers

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// summarize finds out what is to be said of each function of the package. What
// it says of one may depend on what it says of another; a chain of more than a
// few is given up, which says less.
func (r *Result) summarize() {
	sites := make(map[*function][]*site)
	for _, s := range r.sites {
		if f := r.enclosing(s.cur); f != nil {
			sites[f] = append(sites[f], s)
		}
	}
	for range 6 {
		changed := false
		for _, f := range r.funcs {
			sum := newSummary(f.obj.Signature())
			r.summarizeSites(f, sum, sites[f])
			r.summarizeParams(f, sum)
			r.summarizeExports(f, sum)
			if !reflect.DeepEqual(sum, f.sum) {
				f.sum, changed = sum, true
			}
		}
		if !changed {
			return
		}
	}
}

func (r *Result) summarizeSites(f *function, sum *Summary, sites []*site) {
	for _, s := range sites {
		of := r.summary(s.fn)
		for _, o := range r.obligations(s) {
			fate := r.fateOfResult(f, s.cur, o.index, o.results, o.holds)
			for i, h := range fate.results {
				if i < len(sum.Results) {
					sum.Results[i] |= h
				}
			}
			sum.Loses = sum.Loses || fate.lost()
			sum.Stores = sum.Stores || fate.stored && !fate.closed && len(fate.results) == 0
		}
		for _, arg := range r.samplerArgs(s) {
			for _, l := range r.leaves(arg) {
				if i := slices.Index(slices.Collect(f.obj.Signature().Params().Variables()), r.varOf(l.expr)); i >= 0 {
					sum.Samples[i] = true
				}
			}
		}
		sum.Sets = sum.Sets || r.installs(s)
		if !inline(r, s.cur) {
			continue
		}
		switch knowledge.WiringOf(s.fn) {
		case knowledge.ServesRequests:
			sum.Serves = true
		case knowledge.EndsProcess:
			sum.Exits = sum.Exits || r.noReturn(f.obj)
		}
		if of != nil {
			sum.Serves = sum.Serves || of.Serves
			sum.Exits = sum.Exits || of.Exits && r.noReturn(f.obj)
			sum.Shuts = sum.Shuts || of.Shuts
		}
		if ctx, ok := r.endsWith(s); ok {
			sum.Shuts = true
			for _, v := range r.ancestors(ctx) {
				if i := slices.Index(slices.Collect(f.obj.Signature().Params().Variables()), v); i >= 0 {
					sum.ShutsWith[i] = true
				}
			}
		}
	}
	if !sum.Serves {
		sum.Serves = r.waitsForContext(f)
	}
	// What a function mentions is run by it, or by whom it is handed to.
	for _, fn := range f.mentions {
		if of := r.summary(fn); of != nil {
			sum.Sets = sum.Sets || of.Sets
			sum.Loses = sum.Loses || of.Loses
			sum.Stores = sum.Stores || of.Stores
		}
	}
}

// installs reports whether a call installs a provider of the SDK.
func (r *Result) installs(s *site) bool {
	return knowledge.WiringOf(s.fn) == knowledge.SetsProvider && len(s.call.Args) == 1 && r.isSDK(s.call.Args[0])
}

// samplerArgs returns the arguments of a call that become samplers of a provider.
func (r *Result) samplerArgs(s *site) []ast.Expr {
	if knowledge.WiringOf(s.fn) == knowledge.TakesSampler {
		return s.call.Args
	}
	var args []ast.Expr
	if of := r.summary(s.fn); of != nil && !s.fn.Signature().Variadic() && !s.call.Ellipsis.IsValid() {
		for i, samples := range of.Samples {
			if samples && i < len(s.call.Args) {
				args = append(args, s.call.Args[i])
			}
		}
	}
	return args
}

// waitsForContext reports whether a function waits for the end of a context
// that it is given.
func (r *Result) waitsForContext(f *function) bool {
	for v := range f.obj.Signature().Params().Variables() {
		if !knowledge.IsContext(v.Type()) {
			continue
		}
		for _, use := range r.uses[v] {
			if recv, ok := r.receiveOf(use); ok && momentOf(recv).fn == f.decl {
				return true
			}
		}
	}
	return false
}

// isSDK reports whether e is a provider of the SDK.
func (r *Result) isSDK(e ast.Expr) bool {
	if knowledge.IsProvider(r.pass.TypesInfo.TypeOf(e)) {
		return true
	}
	for _, l := range r.leaves(e) {
		if t := r.pass.TypesInfo.TypeOf(l.expr); t != nil && knowledge.IsProvider(t) || r.summary(l.fn).result(l.index)&Provider != 0 {
			return true
		}
	}
	return false
}

// An obligation is a result of a call that somebody has to shut down.
type obligation struct {
	index, results int
	holds          Holding
}

// obligations returns what the caller of a call has to see to.
func (r *Result) obligations(s *site) []obligation {
	if s.fn == nil {
		return nil
	}
	if knowledge.WiringOf(s.fn) == knowledge.MakesProvider {
		if r.batches(s) {
			return []obligation{{0, 1, Provider}}
		}
		return nil
	}
	of := r.summary(s.fn)
	if of == nil {
		return nil
	}
	var obs []obligation
	for i, h := range of.Results {
		if h&owes != 0 {
			obs = append(obs, obligation{i, len(of.Results), h & (owes | ShutdownCtx)})
		}
	}
	return obs
}

// batches reports whether the provider that a call makes exports in batches.
func (r *Result) batches(s *site) bool {
	elems, _ := r.elements(s.call.Args, s.call.Ellipsis)
	for _, e := range elems {
		switch knowledge.WiringOf(e.fn) {
		case knowledge.TakesBatcher:
			return true
		case knowledge.TakesProcessor:
			for _, l := range r.leaves(e.call.Args[0]) {
				if knowledge.WiringOf(l.fn) == knowledge.MakesBatcher {
					return true
				}
			}
		}
	}
	// One may be registered with it later.
	f := r.enclosing(s.cur)
	if f == nil {
		return false
	}
	for _, other := range r.sites {
		if knowledge.WiringOf(other.fn) == knowledge.RegistersProcessor && len(other.call.Args) == 1 &&
			contains(f.decl, other.call.Pos()) {
			for _, l := range r.leaves(other.call.Args[0]) {
				if knowledge.WiringOf(l.fn) == knowledge.MakesBatcher {
					return true
				}
			}
		}
	}
	return false
}

// summarizeParams finds the parameters that the function lets go.
func (r *Result) summarizeParams(f *function, sum *Summary) {
	i := -1
	for v := range f.obj.Signature().Params().Variables() {
		i++
		if knowledge.IsProvider(v.Type()) || knowledge.IsTracerSource(v.Type()) {
			t := &tracer{r: r, fn: f, seen: make(map[any]bool)}
			t.variable(v, Provider)
			sum.Keeps[i] = t.fate.lost()
		}
	}
}

// summarizeExports notes the exporters that a function returns.
func (r *Result) summarizeExports(f *function, sum *Summary) {
	results := f.obj.Signature().Results()
	for i := range results.Len() {
		if !knowledge.IsExporter(results.At(i).Type()) {
			continue
		}
		w := &walker{r: r, seen: make(map[any]bool)}
		w.results(f, i, fuel)
		for _, l := range w.leaves {
			switch knowledge.WiringOf(l.fn) {
			case knowledge.MakesExporter:
				sum.Results[i] |= NetworkExport
			case knowledge.PrintsSpans:
				sum.Results[i] |= LocalExport
			default:
				sum.Results[i] |= r.exportOf(l)
			}
		}
	}
}

// inline reports whether what is at cur runs when its declared function does:
// it is in no function literal but those that run at once or at the end.
func inline(r *Result, cur inspector.Cursor) bool {
	for c := range cur.Enclosing((*ast.GoStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch c.Node().(type) {
		case *ast.GoStmt:
			return false
		case *ast.FuncDecl:
			return true
		case *ast.FuncLit:
			kind, _ := c.ParentEdge()
			if kind == edge.CallExpr_Fun {
				continue
			}
			call, ok := c.Parent().Node().(*ast.CallExpr)
			if !ok {
				return false
			}
			switch knowledge.Of(r.callee(call)).Role {
			case knowledge.RunFunc, knowledge.ShareFunc:
			default:
				return false
			}
		}
	}
	return false
}

// endsWith returns the context that a call shuts a provider down with.
func (r *Result) endsWith(s *site) (ast.Expr, bool) {
	args := s.call.Args
	switch {
	case len(args) == 0:
		return nil, false
	case s.fn == nil:
		if r.holds(s.call.Fun)&Shutdown != 0 && knowledge.IsContext(r.pass.TypesInfo.TypeOf(args[0])) {
			if r.holds(s.call.Fun)&ShutdownCtx == 0 {
				return nil, false
			}
			return args[0], true
		}
	case knowledge.WiringOf(s.fn) == knowledge.ShutsProvider:
		return args[0], true
	default:
		if of := r.summary(s.fn); of != nil {
			for i, with := range of.ShutsWith {
				if with && i < len(args) {
					return args[i], true
				}
			}
		}
	}
	return nil, false
}

// holds returns what the variable e, or the call, holds for what it was set to.
func (r *Result) holds(e ast.Expr) Holding {
	v := r.varOf(e)
	if v == nil {
		return 0
	}
	var h Holding
	for _, d := range r.defs[v] {
		switch rhs := ast.Unparen(d.rhs).(type) {
		case *ast.CallExpr:
			h |= r.summary(r.callee(rhs)).result(d.index)
		case *ast.SelectorExpr:
			if fn, ok := r.pass.TypesInfo.Uses[rhs.Sel].(*types.Func); ok && knowledge.WiringOf(fn) == knowledge.ShutsProvider {
				h |= Shutdown | ShutdownCtx
			}
		case *ast.FuncLit:
			if r.shutsIn(rhs) {
				h |= Shutdown
				if r.passesContext(rhs) {
					h |= ShutdownCtx
				}
			}
		}
	}
	return h
}

// shutsIn reports whether a function literal shuts a provider down.
func (r *Result) shutsIn(lit *ast.FuncLit) bool {
	for _, s := range r.sites {
		if contains(lit, s.call.Pos()) && (knowledge.WiringOf(s.fn) == knowledge.ShutsProvider || r.summary(s.fn) != nil && r.summary(s.fn).Shuts) {
			return true
		}
	}
	return false
}
