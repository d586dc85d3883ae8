package oldsemconv

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
	"github.com/tracevet/tracevet/passes/values"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, libindex.Analyzer, values.Analyzer)

// A checker runs the rule on one package.
type checker struct {
	pass    *analysis.Pass
	planner *edit.Planner
}

func run(pass *analysis.Pass) error {
	c := &checker{pass, edit.NewPlanner(pass)}
	index := pass.ResultOf[libindex.Analyzer].(*libindex.Index)
	for _, fn := range index.Funcs() {
		if makesAttributes(fn) {
			c.function(fn.Decl.Body)
		}
	}
	for _, fn := range index.Inits() {
		if makesAttributes(fn) {
			c.function(fn.Init)
		}
	}
	for _, use := range pass.ResultOf[values.Analyzer].(*values.Result).Unbounded(knowledge.RouteAttribute) {
		c.route(use)
	}
	return nil
}

// route reports a route that is set to something with no bound.
func (c *checker) route(use *values.Use) {
	at, source := use.Arg(), use.Source().String()
	if part := use.Part(); part != nil {
		source = fmt.Sprintf("%s, %s", diag.Text(part), source)
		if at == nil || at.Pos() <= part.Pos() && part.End() <= at.End() {
			at = part
		}
	}
	diag.Report(c.pass, diag.Finding{
		Range:    at,
		Category: "wrong-value",
		Message:  fmt.Sprintf("%s is made from %s, and not the template of the route, so each value counts as a route of its own", knowledge.RouteKey, source),
	})
}

// makesAttributes reports whether a function can make an attribute.
func makesAttributes(fn *libindex.Func) bool {
	for _, mentioned := range fn.Funcs {
		if kind, _ := knowledge.AttributeMaker(mentioned); kind != "" || knowledge.SemconvKey(mentioned) != "" {
			return true
		}
	}
	return false
}

// A write is a call that makes an attribute.
type write struct {
	call *ast.CallExpr
	key  string
	name ast.Expr // what says the key: a literal, a symbol, a function
	kind string   // of the value, as knowledge.AttributeMaker says it; "" for a function of the conventions
}

// function looks at all attributes that a function makes. A key that it makes
// under its new name, too, is there under the old one on purpose.
func (c *checker) function(body ast.Node) {
	var writes []write
	written := make(map[string]int) // new keys, and how many old ones there are for them
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if w, ok := c.write(call); ok {
				writes = append(writes, w)
				written[w.key]++
			}
		}
		return true
	})
	olds := make(map[string]map[string]bool)
	for _, w := range writes {
		if r, ok := knowledge.RenamedKey(w.key); ok && r.New != "" {
			if olds[r.New] == nil {
				olds[r.New] = make(map[string]bool)
			}
			olds[r.New][r.Old] = true
		}
	}
	for _, w := range writes {
		r, ok := knowledge.RenamedKey(w.key)
		switch {
		case !ok:
			c.wrongType(w)
		case !besideNew(r, written):
			c.renamed(w, r, len(olds[r.New]) > 1)
		}
	}
}

// besideNew reports whether what takes the place of an old key is among the
// keys that are written.
func besideNew(r knowledge.Rename, written map[string]int) bool {
	if r.New != "" {
		return written[r.New] > 0
	}
	for key := range written {
		if strings.Contains(r.Hint, key) {
			return true
		}
	}
	return false
}

// write returns what a call writes, if it makes an attribute of a known key.
func (c *checker) write(call *ast.CallExpr) (write, bool) {
	var id *ast.Ident
	sel, isSel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if isSel {
		id = sel.Sel
	} else if id, _ = ast.Unparen(call.Fun).(*ast.Ident); id == nil {
		return write{}, false
	}
	fn, ok := c.pass.TypesInfo.Uses[id].(*types.Func)
	if !ok {
		return write{}, false
	}
	if key := knowledge.SemconvKey(fn); key != "" {
		return write{call, key, call.Fun, ""}, true
	}
	kind, method := knowledge.AttributeMaker(fn)
	var name ast.Expr
	switch {
	case kind == "":
		return write{}, false
	case method && isSel:
		name = sel.X
	case !method && len(call.Args) > 0:
		name = call.Args[0]
	default:
		return write{}, false
	}
	value := c.pass.TypesInfo.Types[name].Value
	if value == nil || value.Kind() != constant.String {
		return write{}, false
	}
	return write{call, constant.StringVal(value), name, kind}, true
}

func (c *checker) renamed(w write, r knowledge.Rename, several bool) {
	f := diag.Finding{Range: w.name, Category: "renamed"}
	switch {
	case r.New == "":
		f.Category = "replaced"
		f.Message = fmt.Sprintf("%s is out of use since the semantic conventions %s (%s), so queries of today miss it", r.Old, r.Since, r.Hint)
	case !r.Mechanical:
		f.Message = fmt.Sprintf("%s is called %s since the semantic conventions %s, and some of its values have changed, so queries of today miss it", r.Old, r.New, r.Since)
	default:
		f.Message = fmt.Sprintf("%s is called %s since the semantic conventions %s, so queries of today miss it", r.Old, r.New, r.Since)
		if !several {
			f.Fixes = c.rename(w, r)
		}
	}
	diag.Report(c.pass, f)
}

// wrongType reports a value of another type than the conventions say.
func (c *checker) wrongType(w write) {
	want := knowledge.KeyType(w.key)
	got := w.kind
	switch got {
	case "Int64":
		got = "Int"
	case "Stringer":
		got = "String"
	}
	if want == "" || got == "" || want == got {
		return
	}
	diag.Report(c.pass, diag.Finding{
		Range:    w.call,
		Category: "wrong-type",
		Message: fmt.Sprintf("%s is set to %s, and the semantic conventions say %s, so queries that compare it find nothing",
			w.key, words[got], words[want]),
	})
}

// words say the types of values.
var words = map[string]string{
	"String": "a string", "Int": "an integer", "Bool": "a boolean", "Float64": "a floating-point number",
	"StringSlice": "a list of strings", "IntSlice": "a list of integers", "Int64Slice": "a list of integers",
	"BoolSlice": "a list of booleans", "Float64Slice": "a list of floating-point numbers",
}
