package providers

import (
	"go/ast"
	"go/constant"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// A Merge is a call that merges a resource with that of the SDK, whose name of
// the service wins.
type Merge struct{ Call *ast.CallExpr }

// Merges returns the calls that merge the wrong way round, in source order.
func (r *Result) Merges() []Merge {
	var merges []Merge
	for _, s := range r.sites {
		if knowledge.WiringOf(s.fn) != knowledge.MergesResources || len(s.call.Args) != 2 {
			continue
		}
		ls := r.leaves(s.call.Args[1])
		if len(ls) == 1 && knowledge.WiringOf(ls[0].fn) == knowledge.DefaultResource && r.names(s.call.Args[0], fuel) == yes {
			merges = append(merges, Merge{s.call})
		}
	}
	return merges
}

// An Endpoint is a constant string that an exporter cannot post to.
type Endpoint struct {
	Call *ast.CallExpr // of the option
	Arg  ast.Expr
	Cur  inspector.Cursor
	Text string
	URL  bool // it should have a path; else it should be host and port
	HTTP bool // the exporter posts to a URL
}

// Endpoints returns the endpoints that cannot work, in source order.
func (r *Result) Endpoints() []Endpoint {
	var eps []Endpoint
	for _, s := range r.sites {
		w := knowledge.WiringOf(s.fn)
		if w != knowledge.TakesHostPort && w != knowledge.TakesURL || len(s.call.Args) != 1 {
			continue
		}
		arg := s.call.Args[0]
		text, ok := r.text(arg)
		if !ok {
			continue
		}
		before, rest, scheme := strings.Cut(text, "://")
		switch {
		case w == knowledge.TakesHostPort && (before == "http" || before == "https"):
			eps = append(eps, Endpoint{s.call, arg, s.cur, text, false, knowledge.PostsToURL(s.fn)})
		case w == knowledge.TakesURL && scheme && rest != "" && !strings.Contains(rest, "/") && !r.setsPath(s):
			eps = append(eps, Endpoint{s.call, arg, s.cur, text, true, true})
		}
	}
	return eps
}

// setsPath reports whether the function that s is in has an option that sets
// the path.
func (r *Result) setsPath(s *site) bool {
	f := r.enclosing(s.cur)
	for _, other := range r.sites {
		if knowledge.WiringOf(other.fn) == knowledge.TakesPath && (f == nil || contains(f.decl, other.call.Pos())) {
			return true
		}
	}
	return false
}

// text returns the string that e always is, or begins with.
func (r *Result) text(e ast.Expr) (string, bool) {
	ls := r.leaves(e)
	if len(ls) != 1 {
		return "", false
	}
	tv := r.pass.TypesInfo.Types[ls[0].expr]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(tv.Value), true
}
