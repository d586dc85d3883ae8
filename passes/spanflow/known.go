package spanflow

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What is known of values on a path.
//
// A path learns from the branches that it takes, from constants that it
// stores, and from the operands that phis choose, and it does not take a
// branch that contradicts. Thus
//
//	if tracing { ctx, span = tracer.Start(ctx, "x") }
//	...
//	if tracing { span.End() }
//
// ends the span on every path that starts it. Expressions are compared by
// structure: two loads of s.tracing, or two calls of enabled(), are taken to
// give the same value as long as no store in between is seen. That may hide a
// path that exists; it never invents one.

// An exprID names an expression; equal structure, equal name.
type exprID int32

// A truth is a proposition about an expression: it equals a constant, or not.
type truth struct {
	expr  exprID
	value exprID // of a constant
	equal bool
}

// A fact is a truth, and the instruction that it was learnt from; when that is
// executed again, in a loop, the fact is forgotten.
type fact struct {
	truth
	origin int32
}

// exprs interns the expressions of one function and its closures.
type exprs struct {
	f      *function
	ids    map[string]exprID
	texts  []string
	leaves [][]int32  // numbers of the instructions that an expression depends on
	memory [][]exprID // addresses that it loads from
	cache  map[ssa.Value]exprID
	sets   map[exprID][]exprID
}

func newExprs(f *function) *exprs {
	return &exprs{f: f, ids: make(map[string]exprID), cache: make(map[ssa.Value]exprID), sets: make(map[exprID][]exprID)}
}

func (x *exprs) intern(text string, leaves []int32, memory []exprID) exprID {
	if id, ok := x.ids[text]; ok {
		return id
	}
	id := exprID(len(x.texts))
	x.ids[text] = id
	x.texts = append(x.texts, text)
	x.leaves = append(x.leaves, leaves)
	x.memory = append(x.memory, memory)
	return id
}

// of returns the name of v's expression.
func (x *exprs) of(v ssa.Value) exprID {
	v = x.f.Resolve(v)
	if id, ok := x.cache[v]; ok {
		return id
	}
	id := x.make(v)
	x.cache[v] = id
	return id
}

func (x *exprs) make(v ssa.Value) exprID {
	switch v := v.(type) {
	case *ssa.Const:
		return x.constant(v)
	case *ssa.ChangeType:
		return x.of(v.X)
	case *ssa.ChangeInterface:
		return x.of(v.X)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			addr := x.of(v.X)
			return x.compose("load", []exprID{addr}, addr)
		}
		if v.Op == token.ARROW {
			return x.identity(v) // each receive is another value
		}
		return x.compose(v.Op.String(), []exprID{x.of(v.X)})
	case *ssa.IndexAddr:
		return x.compose("&[]", []exprID{x.of(v.X), x.of(v.Index)})
	case *ssa.Index:
		return x.compose("[]", []exprID{x.of(v.X), x.of(v.Index)})
	case *ssa.Lookup:
		if !v.CommaOk {
			return x.compose("lookup", []exprID{x.of(v.X), x.of(v.Index)})
		}
	case *ssa.Convert:
		return x.compose("convert "+v.Type().String(), []exprID{x.of(v.X)})
	case *ssa.TypeAssert:
		if !v.CommaOk {
			return x.compose("assert "+v.AssertedType.String(), []exprID{x.of(v.X)})
		}
	case *ssa.FieldAddr:
		return x.compose(fmt.Sprintf("&.%d", v.Field), []exprID{x.of(v.X)})
	case *ssa.Field:
		return x.compose(fmt.Sprintf(".%d", v.Field), []exprID{x.of(v.X)})
	case *ssa.BinOp:
		op, l, r := v.Op, x.of(v.X), x.of(v.Y)
		switch op {
		case token.GTR:
			op, l, r = token.LSS, r, l
		case token.GEQ:
			op, l, r = token.LEQ, r, l
		case token.EQL, token.NEQ, token.ADD, token.MUL:
			l, r = min(l, r), max(l, r)
		}
		return x.compose(op.String(), []exprID{l, r})
	case *ssa.Call:
		if id, ok := x.call(v); ok {
			return id
		}
	case *ssa.Extract:
		// x, ok := v.(T) and x, ok := m[k] give the same wherever they stand.
		switch tuple := v.Tuple.(type) {
		case *ssa.TypeAssert:
			return x.compose(fmt.Sprintf("assert %s %d", tuple.AssertedType, v.Index), []exprID{x.of(tuple.X)})
		case *ssa.Lookup:
			return x.compose(fmt.Sprintf("lookup %d", v.Index), []exprID{x.of(tuple.X), x.of(tuple.Index)})
		}
	}
	return x.identity(v)
}

// identity is the expression of a value that equals only itself.
func (x *exprs) identity(v ssa.Value) exprID {
	n := x.f.number(v)
	return x.intern(fmt.Sprintf("#%d", n), []int32{n}, nil)
}

func (x *exprs) constant(c *ssa.Const) exprID {
	switch {
	case c.Value == nil:
		return x.intern("nil", nil, nil)
	case c.Value.Kind() == constant.Bool:
		return x.intern(c.Value.String(), nil, nil)
	}
	return x.intern("const "+c.Value.ExactString(), nil, nil)
}

func (x *exprs) compose(op string, args []exprID, loads ...exprID) exprID {
	var b strings.Builder
	b.WriteString(op)
	var leaves []int32
	memory := loads
	for _, arg := range args {
		fmt.Fprintf(&b, " (%d)", arg)
		leaves = append(leaves, x.leaves[arg]...)
		memory = append(memory, x.memory[arg]...)
	}
	slices.Sort(leaves)
	return x.intern(b.String(), slices.Compact(leaves), memory)
}

// call gives two calls the same name if they call the same function with the
// same arguments: a predicate or a getter, most often. Errors are new with
// every call.
func (x *exprs) call(v *ssa.Call) (exprID, bool) {
	if _, tuple := v.Type().(*types.Tuple); tuple || isError(v.Type()) {
		return 0, false
	}
	var callee string
	args := v.Call.Args
	switch fn := v.Call.Value.(type) {
	case *ssa.Builtin:
		callee = fn.Name()
	case *ssa.Function:
		callee = fn.String()
	default:
		if !v.Call.IsInvoke() {
			return 0, false
		}
		callee = v.Call.Method.FullName()
		args = append([]ssa.Value{v.Call.Value}, args...)
	}
	ids := make([]exprID, len(args))
	for i, arg := range args {
		ids[i] = x.of(arg)
	}
	return x.compose("call "+callee, ids), true
}

func (x *exprs) isConst(id exprID) bool {
	t := x.texts[id]
	return t == "nil" || t == "true" || t == "false" || strings.HasPrefix(t, "const ")
}

func (x *exprs) boolean(b bool) exprID {
	return x.intern(fmt.Sprint(b), nil, nil)
}

func (x *exprs) null() exprID { return x.intern("nil", nil, nil) }

// condition returns the truth that v is true states.
func (x *exprs) condition(v ssa.Value) truth {
	v = x.f.Resolve(v)
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return x.negate(x.condition(v.X))
		}
	case *ssa.BinOp:
		switch v.Op {
		case token.EQL, token.NEQ:
			l, r := x.of(v.X), x.of(v.Y)
			if x.isConst(l) {
				l, r = r, l
			}
			t := truth{x.compose("==", []exprID{min(l, r), max(l, r)}), x.boolean(true), true}
			if x.isConst(r) {
				t = truth{l, r, true}
			}
			if v.Op == token.NEQ {
				t = x.negate(t)
			}
			return t
		case token.LSS:
			return x.less(v.X, v.Y)
		case token.GTR:
			return x.less(v.Y, v.X)
		case token.GEQ:
			return x.negate(x.less(v.X, v.Y))
		case token.LEQ:
			return x.negate(x.less(v.Y, v.X))
		}
	}
	return truth{x.of(v), x.boolean(true), true}
}

// less returns the truth of a < b. For a length it is that it is zero, or not,
// where that is the same.
func (x *exprs) less(a, b ssa.Value) truth {
	zero := x.intern("const 0", nil, nil)
	switch {
	case x.of(a) == zero && isLength(b): // 0 < len(s)
		return truth{x.of(b), zero, false}
	case x.of(b) == x.intern("const 1", nil, nil) && isLength(a): // len(s) < 1
		return truth{x.of(a), zero, true}
	}
	return truth{x.compose(token.LSS.String(), []exprID{x.of(a), x.of(b)}), x.boolean(true), true}
}

func isLength(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	builtin, ok := c.Call.Value.(*ssa.Builtin)
	return ok && builtin.Name() == "len"
}

// negate returns the opposite of t. Of a boolean it is that it equals the
// other constant, so that there is one way only to state it.
func (x *exprs) negate(t truth) truth {
	switch t.value {
	case x.boolean(true):
		t.value = x.boolean(false)
	case x.boolean(false):
		t.value = x.boolean(true)
	default:
		t.equal = !t.equal
	}
	return t
}

// set returns the name of a set of constants, as in "equals one of these"; a
// set of one is the constant itself.
func (x *exprs) set(values []exprID) exprID {
	slices.Sort(values)
	values = slices.Compact(values)
	if len(values) == 1 {
		return values[0]
	}
	id := x.intern(fmt.Sprintf("set %v", values), nil, nil)
	x.sets[id] = values
	return id
}

func (x *exprs) members(id exprID) []exprID {
	if set, ok := x.sets[id]; ok {
		return set
	}
	return []exprID{id}
}

// stable reports whether an expression keeps its value: it is neither loaded from memory
// nor what a call returns that is compared by how it is written.
func (x *exprs) stable(e exprID) bool {
	return len(x.memory[e]) == 0 && !strings.HasPrefix(x.texts[e], "call")
}

// maxSet bounds the sets that are remembered.
const maxSet = 8

// either returns a truth that follows from each of two, if there is one: an
// expression that equals one constant or another. It needs to be one that
// keeps its value, a parameter or a local variable.
func (x *exprs) either(s, t truth) (truth, bool) {
	if s.expr != t.expr || !s.equal || !t.equal || !x.stable(s.expr) {
		return truth{}, false
	}
	values := slices.Concat(x.members(s.value), x.members(t.value))
	set := x.set(values)
	return truth{s.expr, set, true}, len(x.members(set)) <= maxSet
}

// follows reports whether facts decide t, and how.
func (x *exprs) follows(facts []fact, t truth) (holds, known bool) {
	if x.isConst(t.expr) {
		return (t.expr == t.value) == t.equal, true
	}
	var allowed []exprID // nil for any
	excluded := false    // t.value is
	for _, f := range facts {
		switch {
		case f.expr != t.expr:
		case f.equal && allowed == nil:
			allowed = slices.Clone(x.members(f.value))
		case f.equal:
			allowed = slices.DeleteFunc(allowed, func(v exprID) bool { return !slices.Contains(x.members(f.value), v) })
		case f.value == t.value:
			excluded = true
		}
	}
	if allowed == nil {
		return !t.equal, excluded
	}
	for _, f := range facts {
		if f.expr == t.expr && !f.equal {
			allowed = slices.DeleteFunc(allowed, func(v exprID) bool { return v == f.value })
		}
	}
	switch {
	case !slices.Contains(allowed, t.value):
		return !t.equal, true
	case len(allowed) == 1:
		return t.equal, true
	}
	return false, false
}

// dependsOn reports whether the value of e changes when instruction n is
// executed again.
func (x *exprs) dependsOn(e exprID, n int32) bool {
	_, found := slices.BinarySearch(x.leaves[e], n)
	return found
}

// loads reports whether the value of e is loaded from addr, or through it.
func (x *exprs) loads(e, addr exprID) bool {
	return slices.Contains(x.memory[e], addr)
}

// neverNil reports whether v cannot be nil by what it is.
func neverNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.MakeClosure, *ssa.MakeInterface, *ssa.Function, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global:
		return true
	case *ssa.ChangeInterface:
		return neverNil(v.X)
	case *ssa.ChangeType:
		return neverNil(v.X)
	case *ssa.Call:
		if fn := v.Call.StaticCallee(); fn != nil && fn.Pkg != nil {
			switch fn.Pkg.Pkg.Path() {
			case "errors":
				return fn.Name() == "New"
			case "fmt":
				return fn.Name() == "Errorf"
			}
		}
	}
	return false
}
