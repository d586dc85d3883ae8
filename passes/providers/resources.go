package providers

import (
	"go/ast"
	"go/constant"
	"go/token"

	"github.com/tracevet/tracevet/passes/knowledge"
)

const geq = token.GEQ

// A verdict says whether a resource names the service.
type verdict uint8

const (
	unknown verdict = iota
	yes
	no
)

// names reports whether the resource e names the service.
func (r *Result) names(e ast.Expr, fuel int) verdict {
	if fuel == 0 {
		return unknown
	}
	result := unknown
	for i, l := range r.leaves(e) {
		one := r.namesLeaf(l, fuel)
		if i > 0 && one != result {
			return unknown
		}
		result = one
	}
	return result
}

func (r *Result) namesLeaf(l leaf, fuel int) verdict {
	switch knowledge.WiringOf(l.fn) {
	case knowledge.DefaultResource:
		return yes
	case knowledge.EmptyResource:
		return no
	case knowledge.MergesResources:
		if len(l.call.Args) != 2 {
			return unknown
		}
		a, b := r.names(l.call.Args[0], fuel-1), r.names(l.call.Args[1], fuel-1)
		switch {
		case a == yes || b == yes:
			return yes
		case a == no && b == no:
			return no
		}
	case knowledge.MakesResource:
		args := l.call.Args
		if l.fn.Signature().Params().Len() == 2 && len(args) > 0 {
			args = args[1:] // the URL of the schema
		}
		return r.listNames(args, l.call.Ellipsis)
	case knowledge.DetectsResource:
		if len(l.call.Args) == 0 {
			return unknown
		}
		elems, all := r.elements(l.call.Args[1:], l.call.Ellipsis)
		result := no
		for _, e := range elems {
			switch knowledge.WiringOf(e.fn) {
			case knowledge.NamesNoService:
			case knowledge.GivesAttributes:
				switch r.listNames(e.call.Args, e.call.Ellipsis) {
				case yes:
					return yes
				case unknown:
					result = unknown
				}
			default:
				result = unknown
			}
		}
		if !all {
			return unknown
		}
		return result
	}
	return unknown
}

// listNames reports whether a list of attributes has the name of the service.
func (r *Result) listNames(args []ast.Expr, ellipsis token.Pos) verdict {
	elems, all := r.elements(args, ellipsis)
	result := no
	for _, e := range elems {
		switch r.attribute(e.leaf) {
		case yes:
			return yes
		case unknown:
			result = unknown
		}
	}
	if !all {
		return unknown
	}
	return result
}

// attribute reports whether an attribute is the name of the service.
func (r *Result) attribute(l leaf) verdict {
	if l.fn == nil {
		return unknown
	}
	if key := knowledge.SemconvKey(l.fn); key != "" {
		return is(key == knowledge.ServiceName)
	}
	kind, method := knowledge.AttributeMaker(l.fn)
	if kind == "" {
		return unknown
	}
	var name ast.Expr
	if method {
		if sel, ok := ast.Unparen(l.call.Fun).(*ast.SelectorExpr); ok {
			name = sel.X
		}
	} else if len(l.call.Args) > 0 {
		name = l.call.Args[0]
	}
	if name == nil {
		return unknown
	}
	if tv := r.pass.TypesInfo.Types[name]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return is(constant.StringVal(tv.Value) == knowledge.ServiceName)
	}
	return unknown
}

func is(b bool) verdict {
	if b {
		return yes
	}
	return no
}
