package values

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// A Result tells which names and labels of one package have no bound.
type Result struct{ uses []*Use }

// A Use is a value with no bound that becomes a name or a label, or part of one.
type Use struct {
	sink   knowledge.Sink
	source knowledge.Source
	call   *ast.CallExpr
	fn     *types.Func
	arg    ast.Expr
	part   ast.Expr
	maker  bool
}

// Unbounded returns the values with no bound that get into the given kind of
// sink, in the order of the source.
func (r *Result) Unbounded(sink knowledge.Sink) []*Use {
	var uses []*Use
	for _, u := range r.uses {
		if u.sink == sink {
			uses = append(uses, u)
		}
	}
	return uses
}

// Call returns the call that takes the value: one of a library, or of a
// function that passes its parameter on to one.
func (u *Use) Call() *ast.CallExpr { return u.call }

// Callee returns the function that is called.
func (u *Use) Callee() *types.Func { return u.fn }

// Arg returns the argument that becomes the name or label; nil if it is one of
// several that were collected elsewhere.
func (u *Use) Arg() ast.Expr { return u.arg }

// Part returns the expression that has no bound: the argument, a part of it,
// or something in the same function that it was made from. It is nil if that
// is in another function.
func (u *Use) Part() ast.Expr { return u.part }

// Source returns what the part is.
func (u *Use) Source() knowledge.Source { return u.source }

// Formatter reports whether the argument is a function that makes the names.
func (u *Use) Formatter() bool { return u.maker }

// Wrapped reports whether the function that is called passes the value on to a
// library, and is none itself.
func (u *Use) Wrapped() bool { return knowledge.SinksOf(u.fn) == nil }

// A flow is a value that gets into a sink.
type flow struct {
	sink  knowledge.SinkArg
	instr ssa.CallInstruction
	fn    *types.Func
	d     verdict
}

// flows returns what the function passes into sinks.
func (f *function) flows() []flow {
	var all []flow
	for _, fn := range f.All {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					all = append(all, f.flowsOf(call)...)
				}
			}
		}
	}
	return all
}

func (f *function) flowsOf(instr ssa.CallInstruction) []flow {
	c := instr.Common()
	fn := ssacode.Callee(c)
	if fn == nil {
		return nil
	}
	args := ssacode.Operands(c)
	sinks := knowledge.SinksOf(fn)
	if isRoute(fn, args) {
		sinks = []knowledge.SinkArg{{Sink: knowledge.RouteAttribute, Arg: 1}}
	}
	if sinks == nil {
		if sum := f.a.summary(fn); sum != nil {
			for _, p := range sum.Sinks {
				sinks = append(sinks, knowledge.SinkArg{Sink: p.Sink, Arg: p.Param})
			}
		}
	}
	var all []flow
	for _, sink := range sinks {
		if int(sink.Arg) >= len(args) {
			continue
		}
		arg := args[sink.Arg]
		d := verdict{}
		if sink.Result {
			d = f.maker(arg, sink)
		} else {
			d = f.eval(arg, instr.Block())
		}
		all = append(all, flow{sink, instr, fn, d})
	}
	return all
}

// isRoute reports whether a call makes the attribute of the route: its key, be it
// the receiver, is the first of args, and its value the second.
func isRoute(fn *types.Func, args []ssa.Value) bool {
	if kind, _ := knowledge.AttributeMaker(fn); kind != "String" || len(args) != 2 {
		return false
	}
	key, ok := args[0].(*ssa.Const)
	return ok && key.Value != nil && constant.StringVal(key.Value) == knowledge.RouteKey
}

// maker judges the results of a function that makes names.
func (f *function) maker(v ssa.Value, sink knowledge.SinkArg) verdict {
	if lit := f.closure(v); lit != nil {
		if i := int(sink.Free) - 1; i >= 0 && i < len(lit.Params) {
			f.free[lit.Params[i]] = f.free0(sink.Source, lit.Params[i])
		}
		return f.returned(lit, 0)
	}
	fn := ssacode.Named(f.root(v))
	if fn == nil {
		return verdict{level: unknown}
	}
	var results []Made
	if g := f.a.functions[fn]; g != nil {
		results = g.results()
	} else if fn.Pkg() == f.a.pass.Pkg {
		f.a.want(f.a.byObj[fn])
	} else if sum := f.a.summary(fn); sum != nil {
		results = sum.Results
	}
	if len(results) == 0 {
		return verdict{level: unknown}
	}
	if results[0].Source != knowledge.NoSource {
		return f.free0(results[0].Source, nil)
	}
	if i := int(sink.Free) - 1; i >= 0 && results[0].Params&(1<<i) != 0 {
		return f.free0(sink.Source, nil)
	}
	return verdict{level: unknown}
}

// sinkParams returns the parameters that get into sinks.
func (f *function) sinkParams() []ParamSink {
	var all []ParamSink
	for _, fl := range f.flows() {
		if f.obj == nil {
			continue
		}
		for i := range 32 {
			if fl.d.params&(1<<i) != 0 {
				all = append(all, ParamSink{int8(i), fl.sink.Sink})
			}
		}
	}
	return all
}

// report adds the findings of the package.
func (a *analyzer) report(r *Result) {
	for _, f := range a.funcs {
		flows := f.flows()
		renamed := false // by SetName, with what has a bound
		for _, fl := range flows {
			know := knowledge.Of(fl.fn)
			renamed = renamed || fl.sink.Sink == knowledge.SpanName && know.Role == knowledge.RecordSpan && fl.d.level != unbounded
		}
		for _, fl := range flows {
			starts := knowledge.Of(fl.fn).Role != knowledge.RecordSpan
			if fl.d.level != unbounded || renamed && starts && fl.sink.Sink == knowledge.SpanName {
				continue
			}
			if u := f.use(fl); u != nil {
				r.uses = append(r.uses, u)
			}
		}
	}
	slices.SortStableFunc(r.uses, func(x, y *Use) int { return cmp.Compare(x.call.Pos(), y.call.Pos()) })
}

// use describes a flow in terms of the source.
func (f *function) use(fl flow) *Use {
	call := f.call(fl.instr)
	if call == nil {
		return nil
	}
	u := &Use{sink: fl.sink.Sink, source: fl.d.source, call: call, fn: fl.fn, maker: fl.sink.Result}
	i := int(fl.sink.Arg)
	if fl.fn.Signature().Recv() != nil && !isMethodExpr(f.a.pass.TypesInfo, call) {
		i--
	}
	variadic := fl.fn.Signature().Variadic() && i == fl.fn.Signature().Params().Len()-1
	if i >= 0 && i < len(call.Args) && (!variadic || len(call.Args) == i+1) {
		u.arg = call.Args[i]
	}
	if fl.d.value != nil {
		u.part = f.expr(fl.d.value)
	}
	if u.part == nil && u.arg == nil {
		return nil
	}
	return u
}

// isMethodExpr reports whether a call is one of T.Method, with the receiver
// among its arguments.
func isMethodExpr(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	s := info.Selections[sel]
	return s != nil && s.Kind() == types.MethodExpr
}
