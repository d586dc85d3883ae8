// Package providers finds out how a program sets up tracing: which functions
// make a provider of tracers, install it, hand it on, shut it down; whether a
// propagator is set anywhere; and how the provider samples and exports.
//
// # What is followed
//
// A provider is followed from the call that makes it through the local
// variables that hold it, to what becomes of it: shut down, returned, stored,
// handed to code that is not seen. So is what stands for it: its method
// Shutdown as a value, a function literal that calls that, a list of such
// functions, a struct that the function returns with one of them in it. What a
// function returns of it is a fact, so that the caller goes on from there.
// Only "nothing became of it" is an answer that a finding can stand on: each
// use that is not understood counts as one that shuts the provider down.
//
// Of the program as a whole, each package says in a fact what it and all that
// it imports contain. If the fact of an import is missing, the program is not
// seen, and nothing is said of it.
//
// Code in test files does not count.
package providers

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
	"github.com/tracevet/tracevet/passes/noreturn"
	"github.com/tracevet/tracevet/passes/requests"
)

// Analyzer computes a *Result for the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_providers",
	Doc:        "find out how a program sets up tracing",
	Run:        run,
	Requires:   []*analysis.Analyzer{libindex.Analyzer, noreturn.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Contents), new(Summary), new(Shutter)},
}

// A Result answers questions about one package. That of a package that is not
// the user's own, or does not reach a tracing API, is empty.
type Result struct {
	pass     *analysis.Pass
	noReturn func(*types.Func) bool
	contents Contents
	seen     bool // the contents are all there
	reaching map[*types.Package]bool

	funcs    []*function
	byObj    map[*types.Func]*function
	imported map[*types.Func]*Summary
	uses     map[*types.Var][]inspector.Cursor
	fields   map[*types.Var][]inspector.Cursor // selections of fields that may hold a provider
	defs     map[*types.Var][]def
	declared map[*types.Var]bool // without a value
	sites    []*site             // calls, in source order
	root     inspector.Cursor
	// dormant are the functions that shut providers down if other packages call them.
	dormant map[*types.Func]bool
	// setters are, by import, the functions that set a propagator if they are called.
	setters map[*types.Package][]string

	lost   []*Lost
	sets   []*Set
	ends   []*End
	skips  []*Skip
	atOnce []*AtOnce
}

// A function is a declared function of the package that can have to do with
// the set-up of tracing.
type function struct {
	decl *ast.FuncDecl
	obj  *types.Func
	sum  *Summary
	// mentions are the functions that it mentions, called or not.
	mentions []*types.Func
}

// A site is a call.
type site struct {
	call *ast.CallExpr
	fn   *types.Func // its generic origin; nil if it is a value
	cur  inspector.Cursor
}

// A def is an assignment to a variable: of the index-th result of rhs. rhs is
// nil if it is not known what is assigned.
type def struct {
	rhs   ast.Expr
	index int
	cur   inspector.Cursor
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{pass: pass, noReturn: pass.ResultOf[noreturn.Analyzer].(*noreturn.Result).NoReturn}
	index := pass.ResultOf[libindex.Analyzer].(*libindex.Index)
	own := requests.Own(pass) && !knowledge.IsOpenTelemetry(pass.Pkg.Path())
	r.summarizeContents(own, index.Reaches())
	defer r.exportContents(own, index.Reaches())
	if !own || !index.Reaches() || len(pass.Files) == 0 {
		return r, nil
	}
	if !r.relevant(index) {
		if r.Main() {
			r.collectStarts()
		}
		return r, nil
	}
	// Not the inspect pass: it would index all dependencies, too.
	r.root = inspector.New(pass.Files).Root()
	r.scan()
	r.summarize()
	r.starts()
	r.collect()
	for _, f := range r.funcs {
		if !f.sum.empty() {
			pass.ExportObjectFact(f.obj, f.sum)
		}
	}
	return r, nil
}

// Main reports whether the package is a program, and all of it is seen.
func (r *Result) Main() bool { return r.pass.Pkg.Name() == "main" && r.seen }

// relevant finds the functions that mention anything of the set-up, directly
// or through other functions, and reports whether there are any.
func (r *Result) relevant(index *libindex.Index) bool {
	r.byObj = make(map[*types.Func]*function)
	r.imported = make(map[*types.Func]*Summary)
	wanted := make(map[*types.Func]bool)
	concerns := func(fn *types.Func) bool {
		return wanted[fn] || setsUp(knowledge.WiringOf(fn)) || knowledge.MakesSpanContext(fn) || r.summary(fn) != nil
	}
	any := false
	for changed := true; changed; {
		changed = false
		for _, f := range index.Funcs() {
			if obj := f.Obj; !wanted[obj] && slices.ContainsFunc(f.Funcs, concerns) && !r.inTest(f.Decl) {
				wanted[obj] = true
				changed, any = true, true
			}
		}
	}
	for _, f := range index.Funcs() {
		if wanted[f.Obj] {
			one := &function{decl: f.Decl, obj: f.Obj, sum: newSummary(f.Obj.Signature()), mentions: f.Funcs}
			r.funcs = append(r.funcs, one)
			r.byObj[f.Obj] = one
		}
	}
	for _, f := range index.Inits() {
		any = any || slices.ContainsFunc(f.Funcs, concerns)
	}
	return any || r.writesHeader()
}

// setsUp reports whether a function of that kind makes its caller one to look
// at.
func setsUp(w knowledge.Wiring) bool {
	switch w {
	case knowledge.NoWiring, knowledge.Instruments, knowledge.ReceivesRequests, knowledge.UsesProvider, knowledge.GetsProvider, knowledge.GetsPropagator:
		return false
	}
	return true
}

func (r *Result) inTest(n ast.Node) bool {
	f := r.pass.Fset.File(n.Pos())
	return f != nil && strings.HasSuffix(f.Name(), "_test.go")
}

// scan notes where variables are set and used, and the calls.
func (r *Result) scan() {
	r.uses = make(map[*types.Var][]inspector.Cursor)
	r.defs = make(map[*types.Var][]def)
	r.declared = make(map[*types.Var]bool)
	r.fields = make(map[*types.Var][]inspector.Cursor)
	info := r.pass.TypesInfo
	for cur := range r.root.Preorder((*ast.Ident)(nil), (*ast.CallExpr)(nil), (*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.RangeStmt)(nil), (*ast.UnaryExpr)(nil), (*ast.SelectorExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.Ident:
			if v, ok := info.Uses[n].(*types.Var); ok && !v.IsField() {
				r.uses[v] = append(r.uses[v], cur)
			}
		case *ast.SelectorExpr:
			if v, ok := info.Uses[n.Sel].(*types.Var); ok && v.IsField() && (knowledge.IsProvider(v.Type()) || knowledge.IsTracerSource(v.Type())) {
				r.fields[v] = append(r.fields[v], cur)
			}
		case *ast.CallExpr:
			if !r.inTest(n) {
				if tv := info.Types[n.Fun]; !tv.IsType() && !tv.IsBuiltin() {
					r.sites = append(r.sites, &site{n, r.callee(n), cur})
				}
			}
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				d := def{cur: cur}
				switch {
				case len(n.Lhs) == len(n.Rhs):
					d.rhs = n.Rhs[i]
				case len(n.Rhs) == 1:
					d.rhs, d.index = n.Rhs[0], i
				}
				r.define(lhs, d)
			}
		case *ast.ValueSpec:
			for i, id := range n.Names {
				switch {
				case len(n.Values) == 0:
					r.declared[r.varOf(id)] = true
				case len(n.Values) == len(n.Names):
					r.define(id, def{rhs: n.Values[i], cur: cur})
				case len(n.Values) == 1:
					r.define(id, def{rhs: n.Values[0], index: i, cur: cur})
				}
			}
		case *ast.RangeStmt:
			r.define(n.Key, def{cur: cur})
			r.define(n.Value, def{cur: cur})
		case *ast.UnaryExpr:
			if n.Op.String() == "&" {
				r.define(n.X, def{cur: cur}) // may be set through the pointer
			}
		}
	}
}

func (r *Result) define(lhs ast.Expr, d def) {
	if v := r.varOf(lhs); v != nil {
		r.defs[v] = append(r.defs[v], d)
	}
}

// varOf returns the variable that e is, if it is one and not a field.
func (r *Result) varOf(e ast.Expr) *types.Var {
	if e == nil {
		return nil
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil
	}
	v, _ := r.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return v
}
