// Package noreturn infers which functions never return to their caller, such
// as a fatal() that ends in os.Exit: the code after a call of one is not
// reached, and a span that is open there does not leak.
//
// x/tools has an analysis of the same purpose, ctrlflow. That one builds a
// control-flow graph of every function of every dependency. This one asks only
// what the last statement of a body is, by the rules for terminating
// statements of the Go specification (Go 1.26, "Terminating statements"), with
// one addition: a call of a function that never returns terminates too. It
// says "returns" of some functions that do not, and costs next to nothing.
package noreturn

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Analyzer computes a *Result for the package at hand.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_noreturn",
	Doc:        "infer which functions never return",
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Never)},
}

// Never is the fact that a function does not return.
type Never struct{}

func (*Never) AFact()         {}
func (*Never) String() string { return "noreturn" }

// A Result answers for the functions that a package declares or calls.
type Result struct {
	pass  *analysis.Pass
	decls map[*types.Func]*ast.FuncDecl
	mu    sync.Mutex           // drivers run the passes that ask at the same time
	never map[*types.Func]bool // false as well while a function is looked at, which breaks cycles
}

// NoReturn reports whether fn is known never to return. It may be asked of any
// function that the package at hand declares or calls.
func (r *Result) NoReturn(fn *types.Func) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.noReturn(fn)
}

// noReturn is NoReturn for who holds the lock.
func (r *Result) noReturn(fn *types.Func) bool {
	fn = fn.Origin()
	if known, ok := r.never[fn]; ok {
		return known
	}
	r.never[fn] = false
	r.never[fn] = r.infer(fn)
	return r.never[fn]
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		pass:  pass,
		decls: make(map[*types.Func]*ast.FuncDecl),
		never: make(map[*types.Func]bool),
	}
	var order []*types.Func
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil || !mayEndCall(decl.Body) {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
				r.decls[fn] = decl
				order = append(order, fn)
			}
		}
	}
	for _, fn := range order {
		if r.noReturn(fn) {
			pass.ExportObjectFact(fn, new(Never))
		}
	}
	return r, nil
}

// mayEndCall is a quick test: a body that ends in a return, an assignment or
// the like can come back.
func mayEndCall(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch body.List[len(body.List)-1].(type) {
	case *ast.ReturnStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.DeferStmt, *ast.GoStmt, *ast.DeclStmt, *ast.SendStmt, *ast.RangeStmt:
		return false
	}
	return true
}

func (r *Result) infer(fn *types.Func) bool {
	if knowledge.Of(fn).Role == knowledge.NoReturn {
		return true
	}
	if fn.Pkg() != r.pass.Pkg {
		return r.pass.ImportObjectFact(fn, new(Never))
	}
	decl := r.decls[fn]
	if decl == nil {
		return false
	}
	return r.terminates(decl.Body) && !comesBack(decl.Body)
}

// comesBack reports whether body has a return statement, or a defer, which may
// recover from the panic that the body ends in.
func comesBack(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

// terminates reports whether control does not leave stmt at its end.
func (r *Result) terminates(stmt ast.Stmt) bool {
	switch stmt := stmt.(type) {
	case *ast.ExprStmt:
		call, ok := ast.Unparen(stmt.X).(*ast.CallExpr)
		return ok && r.callTerminates(call)
	case *ast.BlockStmt:
		return r.listTerminates(stmt.List)
	case *ast.LabeledStmt:
		return r.terminates(stmt.Stmt)
	case *ast.IfStmt:
		return stmt.Else != nil && r.terminates(stmt.Body) && r.terminates(stmt.Else)
	case *ast.ForStmt:
		return stmt.Cond == nil && !hasBreak(stmt.Body)
	case *ast.SwitchStmt:
		return r.clausesTerminate(stmt.Body, true)
	case *ast.TypeSwitchStmt:
		return r.clausesTerminate(stmt.Body, true)
	case *ast.SelectStmt:
		return r.clausesTerminate(stmt.Body, false)
	}
	return false
}

func (r *Result) listTerminates(list []ast.Stmt) bool {
	return len(list) > 0 && r.terminates(list[len(list)-1])
}

func (r *Result) clausesTerminate(body *ast.BlockStmt, needDefault bool) bool {
	if hasBreak(body) {
		return false
	}
	hasDefault := false
	for _, clause := range body.List {
		var list []ast.Stmt
		switch clause := clause.(type) {
		case *ast.CaseClause:
			list = clause.Body
			hasDefault = hasDefault || clause.List == nil
		case *ast.CommClause:
			list = clause.Body
		}
		if !r.listTerminates(list) {
			return false
		}
	}
	return hasDefault || !needDefault
}

func (r *Result) callTerminates(call *ast.CallExpr) bool {
	switch callee := typeutil.Callee(r.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		return callee.Name() == "panic"
	case *types.Func:
		return r.noReturn(callee)
	}
	return false
}

// hasBreak reports whether body has a break that may leave the statement that
// body belongs to; a labelled one counts wherever it stands.
func hasBreak(body *ast.BlockStmt) bool {
	found := false
	var inspect func(n ast.Node, nested bool)
	inspect = func(n ast.Node, nested bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.BranchStmt:
				if m.Tok == token.BREAK && (m.Label != nil || !nested) {
					found = true
				}
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				if m != n && !nested {
					inspect(m, true)
					return false
				}
			}
			return !found
		})
	}
	inspect(body, false)
	return found
}
