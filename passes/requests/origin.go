package requests

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A Kind says where a context comes from.
type Kind uint8

const (
	Unknown  Kind = iota // from nowhere that is known, or from several places
	Root                 // from context.Background or context.TODO
	Caller               // from a parameter of the function or of one around it
	Request              // the same, of a function that serves a request
	Detached             // from a Caller or Request, without the cancellation
)

// An Origin is what is known of the context in a value.
type Origin struct {
	Kind Kind
	// Root is the call that the context begins with, if Kind is Root.
	Root *ast.CallExpr
	// Source is the parameter that the context comes from, otherwise.
	Source *types.Var
	// Spans counts the starts of spans that the context went through.
	Spans int
	// Steps are the calls that the context went through, the first one last.
	Steps []*ast.CallExpr
	// again: the value depends on itself.
	again bool
	// Mended: a span or the span context of a carrier was put into it.
	Mended bool
}

// alive reports whether the context stands for a request or a caller.
func (o Origin) alive() bool { return o.Kind == Caller || o.Kind == Request }

// maxSteps bounds how far an origin is followed, and the number of its Steps: what
// a context is that has gone through more calls in one function, nothing is said of.
const maxSteps = 40

// Origin returns where the context in the value of e, as it is where e stands,
// comes from. e is of a type that contexts or requests have.
func (r *Result) Origin(e ast.Expr) Origin {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.origin(e, maxSteps)
}

// origin follows an expression. What is known of one is kept: an expression
// stands in one place. One that depends on itself, through a loop, adds nothing
// to what it is otherwise.
func (r *Result) origin(e ast.Expr, fuel int) Origin {
	if fuel <= 0 {
		return Origin{}
	}
	if o, ok := r.origins[e]; ok {
		return o
	}
	r.origins[e] = Origin{again: true}
	o := r.follow(e, fuel)
	if o.again {
		delete(r.origins, e)
	} else {
		r.origins[e] = o
	}
	return o
}

func (r *Result) follow(e ast.Expr, fuel int) Origin {
	info := r.pass.TypesInfo
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := info.ObjectOf(e).(*types.Var)
		if !ok || r.vars[v] == nil {
			return Origin{}
		}
		return r.originOf(r.vars[v], e.Pos(), fuel-1)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return r.origin(e.X, fuel-1)
		}
	case *ast.StarExpr:
		return r.origin(e.X, fuel-1)
	case *ast.SelectorExpr:
		// c.Request: the request in a value that stands for it.
		if t := info.TypeOf(e.X); t != nil && tracked(t) {
			return r.origin(e.X, fuel-1)
		}
		return r.originOfField(e)
	case *ast.CallExpr:
		return r.originOfCall(e, fuel)
	}
	return Origin{}
}

// originOfField returns the origin of a request in a field of a parameter, a struct: that
// is how the code that go-swagger generates gives handlers theirs. What a receiver has
// in a field may be older.
func (r *Result) originOfField(sel *ast.SelectorExpr) Origin {
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return Origin{}
	}
	v, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || v.Kind() != types.ParamVar || !knowledge.IsHTTPRequest(r.pass.TypesInfo.TypeOf(sel)) {
		return Origin{}
	}
	return Origin{Kind: Caller, Source: v}
}

func (r *Result) originOfCall(call *ast.CallExpr, fuel int) Origin {
	info := r.pass.TypesInfo
	if tv := info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return r.origin(call.Args[0], fuel-1) // a conversion
	}
	fn, _ := typeutil.Callee(info, call).(*types.Func)
	role := knowledge.Of(fn).Role
	switch role {
	case knowledge.RootContext:
		return Origin{Kind: Root, Root: call}
	case knowledge.CarryContext: // r.WithContext(ctx)
		return r.step(call, call.Args[0], fuel)
	}
	if role == knowledge.RequestContext || fn != nil && isAccessor(fn) {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return r.origin(sel.X, fuel-1)
		}
		return Origin{}
	}
	// A call that is given a context returns one that is derived from it.
	for _, arg := range call.Args {
		t := info.TypeOf(arg)
		if t == nil || !tracked(t) {
			continue
		}
		o := r.step(call, arg, fuel)
		switch {
		case role == knowledge.StartSpan || ReturnsSpan(info.TypeOf(call)):
			o.Spans++
		case role == knowledge.DetachContext:
			if o.alive() {
				o.Kind = Detached
			}
		case role == knowledge.PutSpan || role == knowledge.CarrySpan || role == knowledge.ExtractContext:
			o.Mended = true
		}
		return o
	}
	return Origin{}
}

func (r *Result) step(call *ast.CallExpr, from ast.Expr, fuel int) Origin {
	o := r.origin(from, fuel-1)
	if len(o.Steps) == maxSteps {
		return Origin{}
	}
	o.Steps = append([]*ast.CallExpr{call}, o.Steps...)
	return o
}

// isAccessor reports whether fn returns the request, or its context, that its
// receiver stands for, as echo's Context.Request and the stream of a gRPC method do.
func isAccessor(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || sig.Params().Len() > 0 || sig.Results().Len() != 1 {
		return false
	}
	return tracked(sig.Recv().Type()) && tracked(sig.Results().At(0).Type())
}

// ReturnsSpan reports whether a span is among results.
func ReturnsSpan(results types.Type) bool {
	tuple, ok := results.(*types.Tuple)
	if !ok {
		return false
	}
	for v := range tuple.Variables() {
		if knowledge.SpanEnders(v.Type()) != nil {
			return true
		}
	}
	return false
}

// originOf returns the origin of what v holds at pos.
func (r *Result) originOf(v *variable, pos token.Pos, fuel int) Origin {
	if v.fn == nil {
		// A package-level variable may be set at any time.
		if len(v.defs) != 1 || v.defs[0].rhs == nil {
			return Origin{}
		}
		return r.origin(v.defs[0].rhs, fuel)
	}
	switch {
	case v.param && len(v.defs) == 0:
		return r.originOfParam(v, fuel)
	case !v.param && len(v.defs) == 1:
		// That of most variables, which functions may have by the hundred.
		if d := &v.defs[0]; !d.guard && d.rhs != nil && d.dominates(pos) {
			if o := r.origin(d.rhs, fuel); !o.again {
				return o
			}
			return Origin{again: true}
		}
	}
	defs := reaching(v, pos)
	var all []Origin
	again := false
	if v.param && (len(defs) == 0 || !defs[0].dominates(pos) || defs[0].guard || defs[0].put && defs[0].end > pos) {
		all = append(all, r.originOfParam(v, fuel))
	}
	for _, d := range defs {
		switch {
		case d.zero && d.rhs == nil, d.guard:
			// A variable without a value is given one before it is used.
		case d.rhs == nil:
			all = append(all, Origin{})
		default:
			if o := r.origin(d.rhs, fuel); !o.again {
				all = append(all, o)
			} else {
				again = true
			}
		}
	}
	if len(all) == 0 {
		return Origin{again: again}
	}
	// The last assignment has the say; the others have to agree with it.
	last := all[len(all)-1]
	for _, o := range all {
		if o.Kind != last.Kind || o.Root != last.Root {
			if o.alive() && last.alive() {
				continue
			}
			return Origin{}
		}
		last.Mended = last.Mended || o.Mended
		if o.Kind == Root {
			last.Spans = min(last.Spans, o.Spans) // there is a span for certain
		}
	}
	return last
}

// originOfParam returns the origin of a parameter's value.
func (r *Result) originOfParam(v *variable, fuel int) Origin {
	if v.fn.Outer != nil {
		// The literal may be called where it stands: go func(ctx ...) {...}(ctx).
		call, ok := v.fn.cur.Parent().Node().(*ast.CallExpr)
		if ok && call.Fun == v.fn.Node && !v.fn.Sig.Variadic() {
			for i := range v.fn.Sig.Params().Len() {
				if v.fn.Sig.Params().At(i) == v.obj && i < len(call.Args) && len(call.Args) == v.fn.Sig.Params().Len() {
					return r.origin(call.Args[i], fuel-1)
				}
			}
		}
	}
	kind := Caller
	if v.fn.handler {
		kind = Request
	} else if req, ok := knowledge.RequestOf(v.obj.Type()); ok && req.Context != "" {
		kind = Request
	}
	return Origin{Kind: kind, Source: v.obj}
}

// reaching returns the assignments that v may have its value from at pos, in
// source order; the first of them hides those before.
func reaching(v *variable, pos token.Pos) []*def {
	// All before the last one that is always done, and done before pos, is hidden.
	first := 0
	for i := len(v.defs) - 1; i >= 0 && first == 0; i-- {
		if d := &v.defs[i]; !d.guard && d.dominates(pos) {
			first = i
		}
	}
	var defs []*def
	var loop ast.Node // around the first one and pos, if that hides those before
	for i := first; i < len(v.defs); i++ {
		d := &v.defs[i]
		switch {
		case d.end <= pos:
		case !contains(d.loop, pos):
			continue
		case loop != nil && contains(loop, d.stmt.Node().Pos()):
			// What comes round again does not matter to a variable that is set in
			// each iteration, before its use.
			continue
		}
		if len(defs) == 0 && d.dominates(pos) {
			loop = loopAround(d.stmt, pos)
		}
		defs = append(defs, d)
	}
	return defs
}

// dominates reports whether d is always done before what is at pos, behind it.
func (d *def) dominates(pos token.Pos) bool {
	return d.end <= pos && (d.block == nil || contains(d.block, pos))
}

// blockOf returns the innermost block, clause or function such that what is at
// cur is done whenever control gets to the end of that.
func blockOf(cur inspector.Cursor) ast.Node {
	for c := cur.Parent(); c.Node() != nil; c = c.Parent() {
		switch n := c.Node().(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.FuncLit, *ast.FuncDecl:
			return n
		}
	}
	return nil
}

// outermostLoop returns the outermost loop around the statement at cur, or nil.
func outermostLoop(cur inspector.Cursor) ast.Node {
	var loop ast.Node
	for c := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		loop = c.Node()
	}
	return loop
}

// loopAround returns the innermost loop that is around both the statement at
// cur and pos, or nil.
func loopAround(cur inspector.Cursor, pos token.Pos) ast.Node {
	for c := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil)) {
		switch n := c.Node().(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if contains(n, pos) {
				return n
			}
		case *ast.FuncDecl:
			return nil
		}
	}
	return nil
}
