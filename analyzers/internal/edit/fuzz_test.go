package edit

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// mark is a statement that no source has.
const mark = "_ = 424242"

// FuzzPlan plans edits to arbitrary sources at arbitrary places: two bytes of
// ops are an operation and the node it is for. If a fix is offered, the result
// parses, type-checks, and has all the comments; so does what all the fixes
// make together; and a statement that is inserted next to another is there.
func FuzzPlan(f *testing.F) {
	for _, tests := range [][]planTest{insertAfterTests, insertBeforeTests, insertAtEndTests, deleteStmtTests, addImportTests, unusedImportsTests, replaceTests} {
		for i, test := range tests {
			for op := range operations {
				f.Add(test.src, []byte{byte(op), byte(i), byte(op + i), byte(i + 3)})
			}
		}
	}
	f.Fuzz(func(t *testing.T, src string, ops []byte) {
		files := map[string]string{"a.go": src}
		if _, err := newPass(files); err != nil || len(src) > 1<<12 {
			return
		}
		files["z.go"] = deps["z.go"]
		pass, err := newPass(files)
		if err != nil {
			return // the source has another package clause
		}
		fix := &fixture{t, files, "a.go", src, pass, pass.Files[0]}
		nodes := targets(fix.file)
		planner := NewPlanner(pass)
		var all []analysis.SuggestedFix
		for ; len(ops) >= 2 && len(all) < 8; ops = ops[2:] {
			p := planner.Plan(fix.file)
			op, node := operations[int(ops[0])%len(operations)], nodes[int(ops[1])%len(nodes)]
			op(p, node)
			if fixes := p.Fixes("Fix it"); fixes != nil {
				got := fix.apply(fixes...)
				if len(p.edits) == 1 && strings.Contains(p.edits[0].text, mark) && p.edits[0].start == p.edits[0].end {
					checkPlace(t, fix, node, got)
				}
				all = append(all, fixes...)
			}
		}
		fix.apply(all...)
	})
}

// targets returns the statements and expressions of a file; at least one node.
func targets(file *ast.File) []ast.Node {
	var nodes []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, ast.Expr:
			nodes = append(nodes, n)
		}
		return true
	})
	// Statements first: most operations are for them.
	slices.SortStableFunc(nodes, func(x, y ast.Node) int {
		_, xs := x.(ast.Stmt)
		_, ys := y.(ast.Stmt)
		return cmp.Compare(fmt.Sprint(ys), fmt.Sprint(xs))
	})
	return append(nodes, file.Name)
}

var operations = []func(p *Plan, n ast.Node){
	func(p *Plan, n ast.Node) { stmtOp(p, n, p.InsertAfter, mark) },
	func(p *Plan, n ast.Node) { stmtOp(p, n, p.InsertBefore, mark) },
	func(p *Plan, n ast.Node) {
		if b, ok := n.(*ast.BlockStmt); ok {
			p.InsertAtEnd(b, mark)
		}
	},
	func(p *Plan, n ast.Node) {
		if s, ok := n.(ast.Stmt); ok {
			p.DeleteStmt(s)
		}
	},
	func(p *Plan, n ast.Node) { p.Replace(n, "1") },
	func(p *Plan, n ast.Node) { p.Replace(n, "") },
	func(p *Plan, n ast.Node) { p.Replace(n, "context.Background() //") },
	func(p *Plan, n ast.Node) {
		q := p.AddImport(otelCodes, "codes", n.End())
		stmtOp(p, n, p.InsertAfter, "_ = "+strings.TrimPrefix(q+".Error", "."))
	},
	func(p *Plan, n ast.Node) {
		q := p.AddImport("context", "context", n.Pos())
		p.Replace(n, strings.TrimPrefix(q+".Background()", "."))
	},
	func(p *Plan, n ast.Node) {
		x := p.FreshName("x", n.Pos())
		stmtOp(p, n, p.InsertBefore, x+" := func() {\n\t_ = 1 // "+x+"\n}\ndefer "+x+"()")
	},
	func(p *Plan, n ast.Node) {
		if b, ok := n.(*ast.BlockStmt); ok && len(b.List) > 0 {
			p.Wrap(b.List[len(b.List)/2], b.List[len(b.List)-1], "func() {", "}()")
		}
	},
	func(p *Plan, n ast.Node) {
		stmtOp(p, n, p.InsertBefore, "{\n\t_ = 1\n}")
		stmtOp(p, n, p.InsertAfter, "if 1 > 0 {\n\treturn\n}")
	},
}

func stmtOp(p *Plan, n ast.Node, op func(ast.Stmt, string), text string) {
	if s, ok := n.(ast.Stmt); ok {
		op(s, text)
	}
}

// checkPlace checks that the marked statement in the source after is the
// neighbour of the node that it was inserted next to, in the same list.
func checkPlace(t *testing.T, f *fixture, node ast.Node, after string) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", after, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	base := file.FileStart
	text := func(src string, n ast.Node, base token.Pos) string {
		return strings.Join(strings.Fields(src[n.Pos()-base:min(int(n.End()-base), len(src))]), " ")
	}
	want := text(f.src, node, f.file.FileStart)
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
			if _, ok := node.(*ast.BlockStmt); ok && len(list) > 0 && text(after, list[len(list)-1], base) == mark {
				found = true // as the last one
			}
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		for i, s := range list {
			for _, j := range []int{i - 1, i + 1} {
				if 0 <= j && j < len(list) && text(after, list[j], base) == mark && strings.HasSuffix(text(after, s, base), want) {
					found = true
				}
			}
		}
		return true
	})
	if !found {
		t.Errorf("the statement is not next to %q:\n%s", want, after)
	}
}
