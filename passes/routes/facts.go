package routes

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Setup is the fact about a function that registers something on routers that it
// is given or finds, or that returns routers, handlers or lists of middlewares.
type Setup struct {
	Routers []RouterFact
	// Ops are what is registered, in order.
	Ops []Op
	// Results and Stores say what the results hold, and what is put into fields
	// that the caller can see.
	Results, Stores []Held
}

// A RouterFact is a router that a function has to do with.
type RouterFact struct {
	Place  PlaceFact // zero for one that it makes
	Parent int       // counted from one; 0 if it is no group of another
	Order  knowledge.Order
	Root   bool
	Client bool
	// Mounted: it is that as the program starts, at the place where it became one.
	Mounted bool
}

// A PlaceFact says where a function finds a value.
type PlaceFact struct {
	Kind   PlaceKind
	Param  int    // if Kind is ParamPlace
	Global string // if Kind is GlobalPlace: the path of the package and the name of the variable
	Path   string // the fields from there on, as in ".a.b"
}

// A PlaceKind says how a function comes to a value.
type PlaceKind uint8

const (
	NoPlace PlaceKind = iota
	ReceiverPlace
	ParamPlace
	GlobalPlace
)

// An Op is a registration.
type Op struct {
	Kind    knowledge.RegisterKind
	Router  int // an index of Routers
	Child   int // of the group that is made, counted from one
	List    []ItemFact
	Works   bool // a route, or one of the routes, does traced work
	Routes  int  // how many routes it stands for
	Path    string
	Partial bool
	Cond    bool // it is done under a condition
}

// An ItemFact is a middleware or handler that is registered.
type ItemFact struct {
	Name string
	Cond bool
	From PlaceFact // where the function finds it, if only its callers know it
	// Backward: it stands for a list of them, the last of which comes first.
	Backward bool
	Handles
}

// A Held is a value that a result holds, or a field.
type Held struct {
	Slot   int       // the result; not used in Stores
	Place  PlaceFact // the field, in Stores
	Path   string    // the field of the result, in Results
	Router int       // counted from one; 0 if it is none
	From   PlaceFact // the value that it is otherwise, if the caller can see that
	Wraps  []ItemFact
	Items  []ItemFact
}

// AFact marks Setup as a fact.
func (*Setup) AFact() {}

func (s *Setup) String() string {
	return fmt.Sprintf("setup routers=%d ops=%d results=%d stores=%d", len(s.Routers), len(s.Ops), len(s.Results), len(s.Stores))
}

func (s *Setup) empty() bool {
	return len(s.Ops) == 0 && len(s.Results) == 0 && len(s.Stores) == 0
}

// maxOps bounds how much a fact says: a function that does more is one of which
// nothing is known.
const maxOps = 300

// export exports what the functions of the package do.
func (r *Result) export() {
	for _, f := range r.flow.Funcs() {
		fn := r.byNode[f.Node]
		if f.Obj == nil || fn == nil || fn.setup == nil || !f.Obj.Exported() || r.pass.Pkg.Name() == "main" {
			continue
		}
		if fn.setup.empty() && !takesRouter(f.Sig) || len(fn.setup.Ops) > maxOps {
			continue
		}
		r.pass.ExportObjectFact(f.Obj, fn.setup)
	}
}

// setupOf returns what fn does to routers. It is false if nothing is known of
// that; a function that is known to do nothing has an empty one.
func (r *Result) setupOf(fn *types.Func) (*Setup, bool) {
	if s := r.setups[fn]; s != nil {
		return s, true
	}
	if fn.Pkg() == r.pass.Pkg {
		f := r.decls[fn]
		if f == nil {
			return nil, false
		}
		if !r.relevantFuncs[f] {
			return new(Setup), true
		}
		if s := r.function(f).setup; s != nil {
			return s, true
		}
		return new(Setup), true // it calls itself
	}
	s := new(Setup)
	if !r.pass.ImportObjectFact(fn, s) {
		return nil, false
	}
	r.setups[fn] = s
	return s, true
}

func (p place) fact() PlaceFact {
	switch p.root {
	case noRoot:
		return PlaceFact{}
	case receiver:
		return PlaceFact{Kind: ReceiverPlace, Path: p.path}
	case global:
		return PlaceFact{Kind: GlobalPlace, Global: p.global.Pkg().Path() + "." + p.global.Name(), Path: p.path}
	}
	return PlaceFact{Kind: ParamPlace, Param: p.root, Path: p.path}
}

// find returns the value at a place that a callee names.
func (w *walker) find(p PlaceFact, fn *types.Func, recv *value, args []*value) *value {
	var v *value
	switch p.Kind {
	case ReceiverPlace:
		v = recv
	case ParamPlace:
		if p.Param < len(args) {
			v = args[p.Param]
		}
	case GlobalPlace:
		if g := w.globalVar(p.Global, fn); g != nil {
			v = w.variable(g)
		}
	}
	if v == nil {
		return nil
	}
	for _, name := range strings.Split(p.Path, ".") {
		if name != "" {
			v = v.field(name)
		}
	}
	return v
}

// globalVar returns the package-level variable of that name, which fn's package
// declares or imports.
func (w *walker) globalVar(name string, fn *types.Func) *types.Var {
	i := strings.LastIndexByte(name, '.')
	path, name := name[:i], name[i+1:]
	for _, pkg := range append([]*types.Package{fn.Pkg(), w.pass.Pkg}, w.pass.Pkg.Imports()...) {
		if pkg.Path() == path {
			v, _ := pkg.Scope().Lookup(name).(*types.Var)
			return v
		}
	}
	return nil
}

// set puts val at a place that a callee names.
func (w *walker) set(p PlaceFact, fn *types.Func, recv *value, args []*value, val *value) {
	i := strings.LastIndexByte(p.Path, '.')
	if i < 0 {
		if p.Kind == GlobalPlace {
			if g := w.globalVar(p.Global, fn); g != nil {
				w.env[g] = val
			}
		}
		return
	}
	name := p.Path[i+1:]
	p.Path = p.Path[:i]
	if base := w.find(p, fn, recv, args); base != nil {
		base.setField(name, val)
	}
}
