package values

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
)

// seed chooses the functions to begin with: those that mention a function with
// a name or a label among its parameters, and those that return something that
// has no bound, which other packages may make a name from.
func (a *analyzer) seed() {
	for _, fns := range [][]*libindex.Func{a.index.Funcs(), a.index.Inits()} {
		for _, fn := range fns {
			if a.mentionsSink(fn) || a.makesRoute(fn) || fn.Obj != nil && returnsValues(fn.Obj) && (a.mentionsSource(fn) || a.isHelper(fn)) {
				a.want(fn)
			}
		}
	}
}

func (a *analyzer) mentionsSink(fn *libindex.Func) bool {
	for _, mentioned := range fn.Funcs {
		if knowledge.SinksOf(mentioned) != nil {
			return true
		}
		if sum := a.summary(mentioned); sum != nil && len(sum.Sinks) > 0 {
			return true
		}
	}
	return false
}

// makesRoute reports whether a function makes the attribute of a route by its key.
func (a *analyzer) makesRoute(fn *libindex.Func) bool {
	if !slices.ContainsFunc(fn.Funcs, func(mentioned *types.Func) bool {
		kind, _ := knowledge.AttributeMaker(mentioned)
		return kind == "String"
	}) {
		return false
	}
	body := ast.Node(fn.Init)
	if fn.Decl != nil {
		body = fn.Decl.Body
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && !found {
			v := a.pass.TypesInfo.Types[e].Value
			found = v != nil && v.Kind() == constant.String && constant.StringVal(v) == knowledge.RouteKey
		}
		return !found
	})
	return found
}

// maxHelper is how many lines a function may have that other packages are told
// of only because it makes strings from strings.
const maxHelper = 15

// isHelper reports whether a function may be one that makes names from its
// parameters for other packages.
func (a *analyzer) isHelper(fn *libindex.Func) bool {
	if !fn.Obj.Exported() {
		return false
	}
	line := func(pos token.Pos) int { return a.pass.Fset.PositionFor(pos, false).Line }
	if line(fn.Decl.End())-line(fn.Decl.Pos()) > maxHelper {
		return false
	}
	for v := range fn.Obj.Signature().Params().Variables() {
		if canBePart(v.Type(), 1) {
			return true
		}
	}
	return false
}

func (a *analyzer) mentionsSource(fn *libindex.Func) bool {
	for _, mentioned := range fn.Funcs {
		if v, ok := knowledge.ValueOf(mentioned); ok && v.Source != knowledge.NoSource {
			return true
		}
		if sum := a.summary(mentioned); sum != nil && len(sum.Results) > 0 {
			return true
		}
	}
	for _, field := range fn.Fields {
		if t := ownerOf(field); t != nil {
			if source, _ := knowledge.FieldSource(t, field.Name()); source != knowledge.NoSource {
				return true
			}
		}
	}
	return false
}

// ownerOf returns the exported struct type of another package that has the
// field, by the name that libraries give it; nil if there is none.
func ownerOf(field *types.Var) types.Type {
	if field.Pkg() == nil {
		return nil
	}
	for _, name := range knowledge.StructsOf(field.Pkg().Path()) {
		tn, ok := field.Pkg().Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if st, ok := tn.Type().Underlying().(*types.Struct); ok {
			for f := range st.Fields() {
				if f == field {
					return tn.Type()
				}
			}
		}
	}
	return nil
}

// shareWithInterfaces gives methods of the package's interfaces the sinks of the
// methods that implement them, in types of the package: a value that becomes a
// name in one implementation is a fault, even if another one ignores it.
func (a *analyzer) shareWithInterfaces() {
	if len(a.sinks) == 0 {
		return
	}
	scope := a.pass.Pkg.Scope()
	var ifaces []*types.Interface
	for _, name := range scope.Names() {
		if tn, ok := scope.Lookup(name).(*types.TypeName); ok && !tn.IsAlias() {
			if iface, ok := tn.Type().Underlying().(*types.Interface); ok && iface.NumMethods() > 0 {
				ifaces = append(ifaces, iface)
			}
		}
	}
	for _, f := range a.funcs {
		if f.obj == nil || a.sinks[f.obj] == nil || f.obj.Signature().Recv() == nil {
			continue
		}
		for _, iface := range ifaces {
			if types.Implements(f.obj.Signature().Recv().Type(), iface) {
				a.share(f.obj, iface)
			}
		}
	}
}

func (a *analyzer) share(method *types.Func, iface *types.Interface) {
	for m := range iface.Methods() {
		if m.Name() != method.Name() || m.Pkg() != a.pass.Pkg {
			continue
		}
		sum := a.sinks[m]
		if sum == nil {
			sum = new(Summary)
			a.sinks[m] = sum
		}
		for _, p := range a.sinks[method].Sinks {
			if p.Param > 0 && sum.addSink(p) { // not the receiver
				for _, caller := range a.callers[m] {
					a.want(caller)
				}
			}
		}
	}
}
