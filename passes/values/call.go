package values

import (
	"go/constant"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// result judges result k of a call.
func (f *function) result(call *ssa.Call, k int) verdict {
	c := &call.Call
	if b, ok := c.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "append", "min", "max":
			var d verdict
			for _, arg := range c.Args {
				d = d.join(f.eval(arg, call.Block()))
			}
			return d
		}
		return verdict{level: unknown}
	}
	fn := ssacode.Callee(c)
	if know, ok := knowledge.ValueOf(fn); ok {
		return f.known(call, know)
	}
	if isErrorText(fn) {
		if d := f.eval(c.Value, call.Block()); d.level == bounded {
			return verdict{} // of an error that is declared
		}
		if f.returnsDeclared(c.Value) {
			return verdict{level: unknown}
		}
		return f.free0(knowledge.ErrorText, call)
	}
	if c.IsInvoke() || fn != nil && isGetter(fn) {
		// A getter of a message, and String of what has a known bound.
		args := ssacode.Operands(c)
		if d := f.eval(args[0], call.Block()); d.level != unknown && (fn.Name() == "String" || isGetter(fn)) {
			d.value, d.params = call, 0
			return d
		}
	}
	if lit := f.closure(c.Value); lit != nil && !c.IsInvoke() {
		return f.returned(lit, k)
	}
	return f.summarized(call, fn, k)
}

// isErrorText reports whether fn is the method Error of the interface error.
func isErrorText(fn *types.Func) bool {
	return fn != nil && fn.Pkg() == nil && fn.Name() == "Error"
}

// isGetter reports whether fn is a getter of a generated message.
func isGetter(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && strings.HasPrefix(fn.Name(), "Get") && fn.Signature().Params().Len() == 0 && knowledge.IsMessage(recv.Type())
}

// known judges the result of a function that the table knows.
func (f *function) known(call *ssa.Call, know knowledge.Value) verdict {
	switch {
	case know.Bounded:
		return verdict{}
	case know.Source != knowledge.NoSource && know.Fills == 0 && know.From == 0:
		return f.free0(know.Source, call)
	case know.Format > 0:
		d := f.formatted(&call.Call, int(know.Format)-1)
		return d.join(f.from(call, know, know.From))
	}
	d := f.from(call, know, know.From)
	if filled, ok := f.filled(call); ok { // bytes.NewBufferString(x).WriteString(y)
		d = d.join(filled)
	}
	if d.level == unbounded {
		if know.Source != knowledge.NoSource {
			d.source = know.Source
		}
		if d.value != nil && !isText(d.value.Type()) && isText(call.Type()) {
			d.value = call // r.Header.Get("x") says more than r.Header
		}
	}
	return d
}

// isText reports whether values of type t are what names are made of.
func isText(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// from judges a value that is made from some of the arguments of a call.
func (f *function) from(call ssa.CallInstruction, know knowledge.Value, which uint16) verdict {
	c := call.Common()
	if which == 0 && know.Format == 0 {
		return verdict{level: unknown}
	}
	var d verdict
	if know.Format > 0 {
		d = f.formatted(c, int(know.Format)-1)
	}
	if replaces(c, know) {
		return verdict{level: unknown}
	}
	for i, arg := range ssacode.Operands(c) {
		if which&(1<<min(i, 15)) != 0 {
			d = d.join(f.eval(arg, call.Block()))
		}
	}
	return d
}

// replaces reports whether a call takes something out of a string that is no
// constant, as in strings.Replace(path, id, ":id", 1): what is left may be the
// route.
func replaces(c *ssa.CallCommon, know knowledge.Value) bool {
	fn := ssacode.Callee(c)
	if fn == nil || !strings.HasPrefix(fn.Name(), "Replace") || know.From&2 != 0 {
		return false
	}
	for i, arg := range ssacode.Operands(c) {
		if _, isConst := arg.(*ssa.Const); i == 1 && !isConst {
			return true
		}
	}
	return false
}

// formatted judges what a format and its arguments make.
func (f *function) formatted(c *ssa.CallCommon, format int) verdict {
	args := ssacode.Operands(c)
	if format+1 >= len(args) {
		return verdict{level: unknown}
	}
	text, isConst := args[format].(*ssa.Const)
	var verbs []byte
	ok := false
	if isConst && text.Value != nil && text.Value.Kind() == constant.String {
		verbs, ok = verbsOf(constant.StringVal(text.Value))
	}
	elems := f.elements(args[format+1])
	if !ok || elems == nil {
		return f.judge(args[format]).join(f.judge(args[format+1]))
	}
	var d verdict
	for i, elem := range elems {
		if i < len(verbs) && (verbs[i] == 'T' || verbs[i] == 't' || verbs[i] == '*') {
			continue
		}
		part := f.judge(elem)
		if part.level == unknown && part.params == 0 && isError(elem) {
			part = f.free0(knowledge.ErrorText, elem)
		}
		d = d.join(part)
	}
	return d
}

// isError reports whether v is an error in an interface.
func isError(v ssa.Value) bool {
	return types.Identical(underInterface(v).Type(), types.Universe.Lookup("error").Type())
}

func underInterface(v ssa.Value) ssa.Value {
	switch w := v.(type) {
	case *ssa.ChangeInterface:
		return w.X
	case *ssa.MakeInterface:
		return w.X
	}
	return v
}

// verbsOf returns the verbs of a format, one for each argument; '*' for a width.
func verbsOf(format string) (verbs []byte, ok bool) {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.*", format[i]) >= 0; i++ {
			if format[i] == '*' {
				verbs = append(verbs, '*')
			}
		}
		switch {
		case i == len(format) || format[i] == '[':
			return nil, false
		case format[i] != '%':
			verbs = append(verbs, format[i])
		}
	}
	return verbs, true
}

// elements returns the arguments that a variadic function gets, in order; nil
// if they come as a slice that was made elsewhere.
func (f *function) elements(v ssa.Value) []ssa.Value {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return nil
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok || alloc.Comment != "varargs" {
		return nil
	}
	elems := make([]ssa.Value, len(f.stores[alloc]))
	for _, st := range f.stores[alloc] {
		addr, ok := st.Addr.(*ssa.IndexAddr)
		if !ok {
			return nil
		}
		i, ok := addr.Index.(*ssa.Const)
		if !ok || i.Int64() >= int64(len(elems)) {
			return nil
		}
		elems[i.Int64()] = st.Val
	}
	return elems
}

// returned judges result k of a function literal.
func (f *function) returned(fn *ssa.Function, k int) verdict {
	var d verdict
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && k < len(ret.Results) && b != fn.Recover {
			d = d.join(f.eval(ret.Results[k], b))
		}
	}
	return d
}

// summarized judges result k of a function by its summary.
func (f *function) summarized(call *ssa.Call, fn *types.Func, k int) verdict {
	if fn == nil || fn.Pkg() == nil || call.Call.IsInvoke() {
		return verdict{level: unknown}
	}
	var results []Made
	if fn.Pkg() == f.a.pass.Pkg {
		g := f.a.functions[fn]
		if g == nil {
			if returnsValues(fn) {
				f.a.want(f.a.byObj[fn])
			}
			return verdict{level: unknown}
		}
		results = g.results()
	} else if sum := f.a.summary(fn); sum != nil {
		results = sum.Results
	}
	if k >= len(results) {
		return verdict{level: unknown}
	}
	made := results[k]
	if made.Source != knowledge.NoSource {
		return f.free0(made.Source, call)
	}
	d := verdict{level: unknown}
	for i, arg := range ssacode.Operands(&call.Call) {
		if i < 32 && made.Params&(1<<i) != 0 {
			d = d.join(f.eval(arg, call.Block()))
		}
	}
	return d
}

// results returns what the results of the function are made from.
func (f *function) results() []Made {
	if f.made != nil || f.top == nil || !returnsValues(f.obj) {
		return f.made
	}
	if f.making {
		f.a.recursed = true
		return f.assumed // what it was found to return so far: see solve
	}
	f.making = true
	made := make([]Made, f.obj.Signature().Results().Len())
	for k := range made {
		d := f.returned(f.top, k)
		if d.level == unbounded {
			made[k].Source = d.source
		}
		made[k].Params = d.params
	}
	f.making = false
	f.made = made
	return made
}

// returnsValues reports whether a result of fn can be part of a name or label.
func returnsValues(fn *types.Func) bool {
	for v := range fn.Signature().Results().Variables() {
		if canBePart(v.Type(), 3) {
			return true
		}
	}
	return false
}

// canBePart reports whether a value of type t can be, or hold, part of a name
// or label.
func canBePart(t types.Type, depth int) bool {
	if knowledge.HoldsLabels(t) {
		return true
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return true
	}
	if basic, ok := t.Underlying().(*types.Basic); ok {
		return basic.Info()&(types.IsString|types.IsInteger) != 0
	}
	if depth == 0 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return canBePart(u.Elem(), depth-1)
	case *types.Array:
		return canBePart(u.Elem(), depth-1)
	case *types.Map:
		return canBePart(u.Elem(), depth-1)
	}
	return false
}
