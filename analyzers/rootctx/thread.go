package rootctx

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// A threader gives the functions of a chain a context: a parameter for each, and
// an argument for every call of one in the package.
type threader struct {
	*fixer
	plans  map[*ast.File]*edit.Plan
	params map[*types.Func]string // the names of the new parameters
	decls  map[*types.Func]*requests.Func
}

// thread gives the functions of the fault's chain a context. It returns nil if
// one of them may be used in a way that the fix would break, or if a call of
// one has no context to give.
func (fx *fixer) thread(fault *ctxflow.Fault) []analysis.SuggestedFix {
	t := &threader{
		fixer:  fx,
		plans:  make(map[*ast.File]*edit.Plan),
		params: make(map[*types.Func]string),
		decls:  make(map[*types.Func]*requests.Func),
	}
	for _, f := range fx.result.Funcs() {
		if f.Obj != nil {
			t.decls[f.Obj] = f
		}
	}
	var names []string
	for i := len(fault.Chain) - 1; i >= 0; i-- {
		fn := fault.Chain[i].Fn
		if _, done := t.params[fn]; done {
			continue
		}
		if !t.mayChange(fn) {
			return nil
		}
		t.params[fn] = t.paramName(fn)
		names = append(names, fn.Name())
	}
	for _, fn := range functionsOf(fault) {
		t.addParam(fn)
		for _, site := range fx.result.Sites() {
			if site.Fn == fn && !t.addArg(site) {
				return nil
			}
		}
	}
	for _, root := range fx.rootsOf(fault) {
		t.replaceRoot(fault.Chain[0].Fn, root)
	}
	var plans []*edit.Plan
	for _, file := range fx.pass.Files {
		if p := t.plans[file]; p != nil {
			plans = append(plans, p)
		}
	}
	return fx.planner.Together("Pass a context to "+strings.Join(names, " and "), plans)
}

// functionsOf returns the functions of the chain once each, in its order.
func functionsOf(fault *ctxflow.Fault) []*types.Func {
	var fns []*types.Func
	seen := make(map[*types.Func]bool)
	for _, site := range fault.Chain {
		if !seen[site.Fn] {
			seen[site.Fn] = true
			fns = append(fns, site.Fn)
		}
	}
	return fns
}

// rootsOf returns the roots of the function that fault's root is in, and that
// are reported for the same reason.
func (fx *fixer) rootsOf(fault *ctxflow.Fault) []*ast.CallExpr {
	var roots []*ast.CallExpr
	for _, other := range fx.result.Faults() {
		if len(other.Chain) > 0 && other.Far == nil && other.Arg == nil && other.Chain[0].Fn == fault.Chain[0].Fn {
			roots = append(roots, other.Root)
		}
	}
	return roots
}

func (t *threader) plan(pos token.Pos) *edit.Plan {
	file := diag.File(t.pass, pos)
	p := t.plans[file]
	if p == nil {
		p = t.planner.Plan(file)
		t.plans[file] = p
	}
	return p
}

// mayChange reports whether the signature of fn is the package's own affair, and
// every mention of it is a call.
func (t *threader) mayChange(fn *types.Func) bool {
	f := t.decls[fn]
	if f == nil || fn.Exported() || fn.Pkg() != t.pass.Pkg || fn.Name() == "main" || fn.Name() == "init" {
		return false
	}
	decl := f.Node.(*ast.FuncDecl)
	if decl.Doc != nil {
		for _, c := range decl.Doc.List {
			if strings.HasPrefix(c.Text, "//go:") || strings.HasPrefix(c.Text, "//export ") {
				return false
			}
		}
	}
	return !t.inInterface(fn) && t.onlyCalled(fn) && !t.mentionedElsewhere(fn.Name())
}

// inInterface reports whether an interface of the package has a method of the
// name of fn, which fn may be there to implement.
func (t *threader) inInterface(fn *types.Func) bool {
	if fn.Signature().Recv() == nil {
		return false
	}
	found := false
	for _, file := range t.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			iface, ok := n.(*ast.InterfaceType)
			if !ok {
				return !found
			}
			if it, ok := t.pass.TypesInfo.TypeOf(iface).(*types.Interface); ok {
				for m := range it.Methods() {
					found = found || m.Name() == fn.Name()
				}
			}
			return !found
		})
	}
	return found
}

// onlyCalled reports whether all mentions of fn are calls of it, and none is by
// a method expression.
func (t *threader) onlyCalled(fn *types.Func) bool {
	calls := make(map[*ast.Ident]bool)
	for _, site := range t.result.Sites() {
		if site.Fn != fn {
			continue
		}
		switch fun := ast.Unparen(site.Call.Fun).(type) {
		case *ast.Ident:
			calls[fun] = true
		case *ast.SelectorExpr:
			if sel := t.pass.TypesInfo.Selections[fun]; sel != nil && sel.Kind() == types.MethodVal {
				calls[fun.Sel] = true
			}
		case *ast.IndexExpr:
			if id, ok := fun.X.(*ast.Ident); ok {
				calls[id] = true
			}
		case *ast.IndexListExpr:
			if id, ok := fun.X.(*ast.Ident); ok {
				calls[id] = true
			}
		}
	}
	for id, obj := range t.pass.TypesInfo.Uses {
		if used, ok := obj.(*types.Func); ok && used.Origin() == fn && !calls[id] {
			return false
		}
	}
	return true
}

// paramName returns the name of the new parameter of fn: ctx, unless that means
// something else in fn.
func (t *threader) paramName(fn *types.Func) string {
	decl := t.decls[fn].Node.(*ast.FuncDecl)
	if t.takesOver(decl, "ctx") {
		return "ctx"
	}
	return t.plan(decl.Pos()).FreshName("ctx", decl.Body.Lbrace+1)
}

// takesOver reports whether a parameter of that name takes the place of a
// variable of fn: one that is declared in the outermost block and holds a
// context.
func (t *threader) takesOver(decl *ast.FuncDecl, name string) bool {
	found := false
	for id, obj := range t.pass.TypesInfo.Defs {
		if id.Name != name || id.Pos() < decl.Pos() || decl.End() <= id.Pos() {
			continue
		}
		v, ok := obj.(*types.Var)
		if !ok || v.IsField() || v.Pos() < decl.Body.Lbrace || !knowledge.IsContext(v.Type()) || v.Parent() != t.pass.TypesInfo.Scopes[decl.Type] {
			return false
		}
		found = true
	}
	return found
}

// addParam adds the parameter to the declaration of fn.
func (t *threader) addParam(fn *types.Func) {
	name := t.params[fn]
	decl := t.decls[fn].Node.(*ast.FuncDecl)
	p := t.plan(decl.Pos())
	typ := "Context"
	if q := p.AddImport("context", "context", decl.Type.Params.Pos()); q != "" {
		typ = q + ".Context"
	}
	fields := decl.Type.Params.List
	if len(fields) == 0 {
		p.Prefix(point{decl.Type.Params.Closing}, name+" "+typ)
	} else {
		sep := ", "
		if len(fields[0].Names) == 0 {
			sep = ", _ "
		}
		p.Prefix(fields[0], name+" "+typ+sep)
		for _, field := range fields[1:] {
			if len(field.Names) == 0 {
				p.Prefix(field, "_ ")
			}
		}
	}
}

// point is a position.
type point struct{ pos token.Pos }

func (p point) Pos() token.Pos { return p.pos }
func (p point) End() token.Pos { return p.pos }

// addArg gives a call the context at hand there.
func (t *threader) addArg(site requests.Site) bool {
	text, ok := t.argument(site)
	if !ok {
		return false
	}
	p := t.plan(site.Call.Pos())
	if len(site.Call.Args) == 0 {
		p.Prefix(point{site.Call.Rparen}, text)
	} else {
		p.Prefix(site.Call.Args[0], text+", ")
	}
	return true
}

// argument returns the context to give at a call.
func (t *threader) argument(site requests.Site) (string, bool) {
	p := t.plan(site.Call.Pos())
	inTest := strings.HasSuffix(t.pass.Fset.File(site.Call.Pos()).Name(), "_test.go")
	if site.Func != nil && !inTest {
		if _, spawned := site.Cur.Parent().Node().(*ast.GoStmt); spawned || t.result.Over(site.Cur) {
			return "", false // it may run when the context is over
		}
		// In a function that gets a parameter itself.
		f := site.Func
		for f.Outer != nil && f.Within() {
			f = f.Outer
		}
		if name, ok := t.params[f.Obj]; ok && f.Obj != nil {
			return name, t.visible(name, f, site.Cur)
		}
		if c := t.result.At(site.Func, site.Call.Pos()); c != nil {
			return t.spell(p, c, site.Call), true
		}
	}
	if !inTest {
		return "", false
	}
	if c := t.at(site); c != nil {
		return t.spell(p, c, site.Call), true
	}
	text := "Background()"
	if q := p.AddImport("context", "context", site.Call.Pos()); q != "" {
		text = q + "." + text
	}
	return text, true
}

func (t *threader) at(site requests.Site) *requests.Context {
	if site.Func == nil {
		return nil
	}
	c := t.result.At(site.Func, site.Call.Pos())
	if c == nil || !c.Named() {
		return nil
	}
	return c
}

// visible reports whether name means the new parameter of f at cur.
func (t *threader) visible(name string, f *requests.Func, cur inspector.Cursor) bool {
	decl := f.Node.(*ast.FuncDecl)
	file := diag.File(t.pass, cur.Node().Pos())
	scope := t.pass.TypesInfo.Scopes[file].Innermost(cur.Node().Pos())
	if scope == nil {
		return false
	}
	in, obj := scope.LookupParent(name, cur.Node().Pos())
	return obj == nil || in == t.pass.TypesInfo.Scopes[decl.Type] || !scopeWithin(in, t.pass.TypesInfo.Scopes[decl.Type])
}

// scopeWithin reports whether inner is below outer.
func scopeWithin(inner, outer *types.Scope) bool {
	for s := inner; s != nil; s = s.Parent() {
		if s == outer {
			return true
		}
	}
	return false
}

// replaceRoot puts the new parameter of fn where a root is; the declaration of a
// variable of its name and with that value goes.
func (t *threader) replaceRoot(fn *types.Func, root *ast.CallExpr) {
	p, name := t.plan(root.Pos()), t.params[fn]
	decl := t.decls[fn].Node.(*ast.FuncDecl)
	for _, stmt := range decl.Body.List {
		assign, ok := stmt.(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != 1 || assign.Rhs[0] != ast.Expr(root) {
			continue
		}
		if id, ok := assign.Lhs[0].(*ast.Ident); ok && id.Name == name {
			p.DeleteStmt(assign)
			return
		}
	}
	p.Replace(root, name)
}

// mentionedElsewhere reports whether a file of the package that the pass does
// not look at mentions name: one for another system, or a test.
func (t *threader) mentionedElsewhere(name string) bool {
	return t.others().mention(name)
}
