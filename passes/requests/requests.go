package requests

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/settings"
)

// Analyzer computes a *Result for the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_requests",
	Doc:        "find which functions serve requests, and the context at hand in each",
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Runs), new(Fallback), new(Recorder)},
}

// A Result answers questions about one package. That of a package of another
// module knows of no functions.
type Result struct {
	pass  *analysis.Pass
	funcs []*Func
	nodes map[ast.Node]*Func
	vars  map[*types.Var]*variable
	uses  map[*types.Var][]inspector.Cursor // of the variables in vars, and of local ones that hold functions
	runs  map[*types.Func]*Runs             // of this package
	// values are the functions that local variables hold; nil if that varies.
	values map[*types.Var]*types.Func
	sites  []Site
	index  index

	mu       sync.Mutex          // several rules ask at once
	origins  map[ast.Expr]Origin // what is known of expressions
	fallback func() bool
	records  bool

	joinMu sync.Mutex
	joined map[spawn]bool // see Joined
}

// A spawn is what starts a goroutine, and the literal that runs in it, if any.
type spawn struct {
	node ast.Node
	lit  *Func
}

// A Func is a function with a body: a declared one or a literal.
type Func struct {
	Node  ast.Node    // *ast.FuncDecl or *ast.FuncLit
	Obj   *types.Func // nil for a literal
	Outer *Func       // the function around a literal; nil for a declared one, and for one in a package-level variable
	Sig   *types.Signature
	// Run says how a literal runs, with respect to Outer.
	Run Run
	// Spawner is the statement or call that makes a literal run in a goroutine.
	Spawner ast.Node
	// Joined: it is Spawned, and Outer waits for it.
	Joined bool

	cur     inspector.Cursor
	vars    []*variable // that it declares
	handler bool
}

// A Site is a place where a function is called.
type Site struct {
	Call *ast.CallExpr
	Func *Func       // that calls; nil in a package-level variable
	Fn   *types.Func // that is called, as its generic origin; nil if it is a value
	Cur  inspector.Cursor
}

// Own reports whether the package of pass belongs to the program that is
// analysed, and not to a library that it uses: only there do faults count, and
// only there are facts worth their cost.
func Own(pass *analysis.Pass) bool {
	m := settings.Module(pass)
	if m == nil || m.Path == "" { // depending on the driver
		return !knowledge.IsStandard(pass.Pkg.Path()) || pass.Pkg.Name() == "main"
	}
	return m.Version == ""
}

// IsOwn reports whether fn is declared in the module of pass.
func IsOwn(pass *analysis.Pass, fn *types.Func) bool {
	return fn.Pkg() != nil && IsOwnPackage(pass, fn.Pkg())
}

// IsOwnPackage reports whether pkg belongs to the module of pass.
func IsOwnPackage(pass *analysis.Pass, pkg *types.Package) bool {
	if pkg == pass.Pkg {
		return true
	}
	m := settings.Module(pass)
	return m != nil && within(pkg.Path(), m.Path)
}

func within(path, root string) bool {
	return path == root || len(path) > len(root) && path[:len(root)] == root && path[len(root)] == '/'
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		pass:  pass,
		nodes: make(map[ast.Node]*Func),
		vars:  make(map[*types.Var]*variable),
		uses:  make(map[*types.Var][]inspector.Cursor),
		runs:  make(map[*types.Func]*Runs),

		values:  make(map[*types.Var]*types.Func),
		origins: make(map[ast.Expr]Origin),
		joined:  make(map[spawn]bool),
	}
	r.index = newIndex(r)
	r.fallback = findFallback(pass)
	r.records = findRecorder(pass)
	if !Own(pass) {
		return r, nil
	}
	// Not that of the pass inspect, which indexes the trees of all packages: a pass
	// with facts runs on the dependencies too, and these are left above.
	r.scan(inspector.New(pass.Files))
	r.summarizeRuns()
	return r, nil
}

// Funcs returns the functions of the package, in source order.
func (r *Result) Funcs() []*Func { return r.funcs }

// Sites returns the calls of the package, in source order; conversions and
// calls of built-in functions are left out.
func (r *Result) Sites() []Site { return r.sites }

// FuncAt returns the innermost function whose body is around cur, or nil.
func (r *Result) FuncAt(cur inspector.Cursor) *Func {
	for c := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return r.nodes[c.Node()]
	}
	return nil
}

// Handler reports whether f serves a request: it has a parameter that stands
// for one, or it is a method of a gRPC service.
func (f *Func) Handler() bool { return f.handler }

// Decl returns the declared function that f is, or is in.
func (f *Func) Decl() *Func {
	for f.Outer != nil {
		f = f.Outer
	}
	return f
}

// Body returns the body of f.
func (f *Func) Body() *ast.BlockStmt {
	switch n := f.Node.(type) {
	case *ast.FuncDecl:
		return n.Body
	case *ast.FuncLit:
		return n.Body
	}
	return nil
}

// Cursor returns where f is in the syntax trees of the package.
func (f *Func) Cursor() inspector.Cursor { return f.cur }

// Name returns the name by which messages call f: that of a declared function
// with its receiver, as in (*API).Order. A literal has the name of the function
// that it is in.
func (f *Func) Name() string {
	d := f.Decl()
	if d.Obj == nil {
		return "a function literal"
	}
	return FuncName(d.Obj)
}

// FuncName returns the name of a function with its receiver, as in
// (*API).Order, without its package.
func FuncName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	t, star := types.Unalias(recv.Type()), false
	if p, ok := t.(*types.Pointer); ok {
		t, star = types.Unalias(p.Elem()), true
	}
	named, ok := t.(*types.Named)
	switch {
	case !ok:
		return fn.Name()
	case star:
		return "(*" + named.Obj().Name() + ")." + fn.Name()
	}
	return named.Obj().Name() + "." + fn.Name()
}

// serves reports whether a function serves a request.
func serves(obj *types.Func, sig *types.Signature) bool {
	return knowledge.IsHandler(sig) || obj != nil && sig.Recv() != nil && knowledge.IsService(obj)
}

// tracked reports whether variables of type t are followed, as they hold a
// context or something that a context is in.
func tracked(t types.Type) bool {
	if knowledge.IsContext(t) {
		return true
	}
	req, ok := knowledge.RequestOf(t)
	return ok && (req.Context != "" || req.Imposter) || embedsContext(t)
}

// embedsContext reports whether t is a struct, or points to one, that is a
// context because it embeds one.
func embedsContext(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if _, ok := types.Unalias(t).(*types.Named); !ok {
		return false
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range st.Fields() {
		if field.Embedded() && knowledge.IsContext(field.Type()) {
			return true
		}
	}
	return false
}

// Copied reports whether v holds a copy of a request that the framework does
// not use again.
func (r *Result) Copied(v *types.Var) bool {
	vv := r.vars[v]
	if vv == nil || len(vv.defs) == 0 {
		return false
	}
	for _, d := range vv.defs {
		call, ok := ast.Unparen(d.rhs).(*ast.CallExpr)
		if !ok || knowledge.Of(r.callee(call)).Role != knowledge.CopyRequest {
			return false
		}
	}
	return true
}

// DeclaredBy returns the function whose parameter or local variable v is, or
// nil.
func (r *Result) DeclaredBy(v *types.Var) *Func {
	if vv := r.vars[v]; vv != nil {
		return vv.fn
	}
	return nil
}

// contains reports whether n is around pos.
func contains(n ast.Node, pos token.Pos) bool {
	return n != nil && n.Pos() <= pos && pos < n.End()
}

// params returns the parameters of a function, the receiver first.
func params(sig *types.Signature) []*types.Var {
	var vs []*types.Var
	if recv := sig.Recv(); recv != nil {
		vs = append(vs, recv)
	}
	return slices.AppendSeq(vs, sig.Params().Variables())
}

// UsesOfVar returns where v is mentioned, if it is a variable that holds a
// context, a request or a function.
func (r *Result) UsesOfVar(v *types.Var) []inspector.Cursor { return r.uses[v] }
