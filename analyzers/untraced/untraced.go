package untraced

import (
	_ "embed"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/providers"
	"github.com/tracevet/tracevet/passes/requests"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, providers.Analyzer)

// A checker runs the rule on one package.
type checker struct {
	pass   *analysis.Pass
	result *providers.Result
	root   inspector.Cursor
}

func run(pass *analysis.Pass) error {
	if !requests.Own(pass) {
		return nil
	}
	c := &checker{pass, pass.ResultOf[providers.Analyzer].(*providers.Result), inspector.New(pass.Files).Root()}
	c.outdated()
	if c.result.Install() == nil || !c.result.Main() || c.result.Has(providers.Hidden) {
		return nil // a program that does not trace, or of which not all is seen
	}
	nodes := []ast.Node{(*ast.CallExpr)(nil), (*ast.CompositeLit)(nil), (*ast.SelectorExpr)(nil)}
	for cur := range c.root.Preorder(nodes...) {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			c.call(cur, n)
		case *ast.CompositeLit:
			c.literal(n)
		case *ast.SelectorExpr:
			if knowledge.IsDefaultClient(pass.TypesInfo.Uses[n.Sel]) && cur.ParentEdgeKind() == edge.SelectorExpr_X && c.plainClients() {
				c.report(n, knowledge.HTTPClient)
			}
		}
	}
	return nil
}

// call looks at a call that may make a server or a client.
func (c *checker) call(cur inspector.Cursor, call *ast.CallExpr) {
	fn := c.callee(call)
	family := knowledge.Constructs(fn)
	if family == 0 || c.result.Traces(family) {
		return
	}
	plain := false
	switch family {
	case knowledge.GRPCServer:
		plain = c.quiet(fn, call)
	case knowledge.GRPCClient:
		plain = c.quiet(fn, call) && !c.exports(cur, fn)
	case knowledge.Database:
		// A driver with another name may be one that traces.
		plain = !c.result.Has(providers.RegistersDriver) && len(call.Args) > 0 && c.pass.TypesInfo.Types[call.Args[0]].Value != nil
	case knowledge.HTTPServer:
		plain = !c.result.Has(providers.Receives) && c.plainRouter(cur, fn)
	}
	if plain {
		c.report(call, family)
	}
}

// quiet reports whether none of the options of a call runs anything around the
// calls of the server or client: each is made on the spot, by the library.
func (c *checker) quiet(fn *types.Func, call *ast.CallExpr) bool {
	if call.Ellipsis.IsValid() {
		return false
	}
	for i := fn.Signature().Params().Len() - 1; i < len(call.Args); i++ {
		option, ok := ast.Unparen(call.Args[i]).(*ast.CallExpr)
		if !ok || !knowledge.IsQuietOption(c.callee(option)) {
			return false
		}
	}
	return true
}

// plainRouter reports whether all middlewares of a router are the library's own.
// The router has to be in a local variable, of which nothing else is done than to
// call its methods and to give it to other libraries.
func (c *checker) plainRouter(cur inspector.Cursor, fn *types.Func) bool {
	v := c.assigned(cur)
	if v == nil {
		return false
	}
	library := fn.Pkg().Path()
	for use := range c.root.Preorder((*ast.Ident)(nil)) {
		if c.pass.TypesInfo.Uses[use.Node().(*ast.Ident)] == v && !c.plainUse(use, library) {
			return false
		}
	}
	return true
}

func (c *checker) plainUse(use inspector.Cursor, library string) bool {
	parent := use.Parent()
	if call, ok := parent.Node().(*ast.CallExpr); ok && use.ParentEdgeKind() == edge.CallExpr_Args {
		fn := c.callee(call)
		return fn != nil && fn.Pkg() != nil && !requests.IsOwn(c.pass, fn) // http.ListenAndServe
	}
	sel, ok := parent.Node().(*ast.SelectorExpr)
	if !ok || parent.ParentEdgeKind() != edge.CallExpr_Fun {
		return false
	}
	fn, ok := c.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok {
		return false
	}
	call := parent.Parent().Node().(*ast.CallExpr)
	switch reg, _ := knowledge.RegisterOf(fn); reg.Kind {
	case knowledge.AddMiddleware, knowledge.AddBefore:
	case knowledge.AddRoute:
		return len(call.Args) <= max(reg.Handler, reg.List)+1 && !call.Ellipsis.IsValid() // no middlewares of its own
	case knowledge.MakeGroup, knowledge.MountRouter:
		return false // what is done with a group is not followed
	default:
		return true
	}
	if call.Ellipsis.IsValid() {
		return false
	}
	for _, arg := range call.Args {
		made, ok := ast.Unparen(arg).(*ast.CallExpr)
		if !ok {
			return false
		}
		of := c.callee(made)
		if of == nil || of.Pkg() == nil || !strings.HasPrefix(of.Pkg().Path()+"/", library+"/") {
			return false
		}
	}
	return true
}

// literal looks at a struct that is a client as it is.
func (c *checker) literal(lit *ast.CompositeLit) {
	switch family := knowledge.IsPlain(c.pass.TypesInfo.TypeOf(lit)); family {
	case knowledge.HTTPClient:
		if c.plainClients() && !sets(lit, knowledge.TransportField) && !c.setsTransport() {
			c.report(lit, family)
		}
	case knowledge.Messaging:
		if !c.result.Traces(family) && !c.result.Has(providers.Injects) {
			c.report(lit, family)
		}
	}
}

// plainClients reports whether HTTP clients without a transport of their own do
// not trace.
func (c *checker) plainClients() bool {
	return !c.result.Traces(knowledge.HTTPClient) && !c.result.Has(providers.ReplacesTransport|providers.Injects)
}

// sets reports whether a literal sets the field, be it by its place.
func sets(lit *ast.CompositeLit, field string) bool {
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		if id, ok := kv.Key.(*ast.Ident); ok && id.Name == field {
			return true
		}
	}
	return false
}

// setsTransport reports whether the package gives a client a transport later.
func (c *checker) setsTransport() bool {
	for cur := range c.root.Preorder((*ast.SelectorExpr)(nil)) {
		sel := cur.Node().(*ast.SelectorExpr)
		if cur.ParentEdgeKind() == edge.AssignStmt_Lhs && sel.Sel.Name == knowledge.TransportField && knowledge.IsPlain(c.pass.TypesInfo.TypeOf(sel.X)) == knowledge.HTTPClient {
			return true
		}
	}
	return false
}

func (c *checker) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	return fn
}

// findings are the category and the message of a member of each family.
var findings = map[knowledge.Family][2]string{
	knowledge.GRPCServer: {"server", "the server has no tracing, so its requests start no span"},
	knowledge.HTTPServer: {"server", "the server has no tracing, so its requests start no span"},
	knowledge.GRPCClient: {"client", "the client has no tracing, so its calls are not in the trace"},
	knowledge.HTTPClient: {"client", "the client has no tracing, so its requests are not in the trace"},
	knowledge.Database:   {"database", "the database has no tracing, so its queries are not in the trace"},
	knowledge.Messaging:  {"message", "the writer has no tracing, so its messages carry no trace"},
}

func (c *checker) report(n ast.Node, family knowledge.Family) {
	what := findings[family]
	at := analysis.Range(n)
	switch n := n.(type) {
	case *ast.CallExpr:
		at = n.Fun
	case *ast.CompositeLit:
		at = n.Type
	}
	diag.Report(c.pass, diag.Finding{Range: at, Category: what[0], Message: what[1]})
}
