package edit

import (
	"go/ast"
	"strings"
	"testing"
)

func after(stmt, text string) func(*Plan, *fixture) {
	return func(p *Plan, f *fixture) { p.InsertAfter(f.stmt(stmt), text) }
}

func before(stmt, text string) func(*Plan, *fixture) {
	return func(p *Plan, f *fixture) { p.InsertBefore(f.stmt(stmt), text) }
}

func remove(stmts ...string) func(*Plan, *fixture) {
	return func(p *Plan, f *fixture) {
		for _, s := range stmts {
			p.DeleteStmt(f.stmt(s))
		}
	}
}

// atEnd inserts at the end of the block of the first statement or function
// literal that begins with text.
func atEnd(text, insert string) func(*Plan, *fixture) {
	return func(p *Plan, f *fixture) {
		n := find[ast.Node](f, text)
		var block *ast.BlockStmt
		ast.Inspect(n, func(n ast.Node) bool {
			if b, ok := n.(*ast.BlockStmt); ok && block == nil {
				block = b
			}
			return block == nil
		})
		p.InsertAtEnd(block, insert)
	}
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func TestInsertBefore(t *testing.T) { runPlans(t, insertBeforeTests) }

var insertBeforeTests = []planTest{
	{
		name: "plain",
		src:  in("\tuse(1)\n\treturn\n"),
		plan: before("return", "use(2)"),
		want: in("\tuse(1)\n\tuse(2)\n\treturn\n"),
	},
	{
		name: "comments right above belong to the statement",
		src:  in("\tuse(1) // a\n\n\t// b\n\n\t// c\n\t/* d */\n\treturn // e\n"),
		plan: before("return", "use(2)\nuse(3)"),
		want: in("\tuse(1) // a\n\n\t// b\n\n\tuse(2)\n\tuse(3)\n\t// c\n\t/* d */\n\treturn // e\n"),
	},
	{
		name: "comment that trails the statement above",
		src:  in("\tuse(1) // a\n\t// b\n\treturn\n"),
		plan: before("return", "use(2)"),
		want: in("\tuse(1) // a\n\tuse(2)\n\t// b\n\treturn\n"),
	},
	{
		name: "comment on the line of the brace",
		src:  in("\tif cond { // a\n\t\treturn\n\t}\n"),
		plan: before("return", "use(2)"),
		want: in("\tif cond { // a\n\t\tuse(2)\n\t\treturn\n\t}\n"),
	},
	{
		name: "comment on the same line",
		src:  in("\t/* a */ return\n"),
		plan: before("return", "use(2)"),
		want: in("\tuse(2)\n\t/* a */ return\n"),
	},
	{
		name: "one-line block",
		src:  in("\tif cond { return }\n\tfunc() { use(1); /* a */ return }()\n"),
		plan: func(p *Plan, f *fixture) {
			before("return }\n", "use(2)")(p, f)
			before("return }()", "use(3)")(p, f)
		},
		want: in("\tif cond { use(2); return }\n\tfunc() { use(1); /* a */ use(3); return }()\n"),
	},
	{
		name: "after a comment that begins on another line",
		src:  in("\tuse(1) /* a\n\t*/ return\n"),
		plan: before("return", "use(2)"),
		want: in("\tuse(1) /* a\n\t*/ use(2); return\n"),
	},
	{
		name: "loop with a label",
		src:  in("\tuse(1)\n\t// c\nL:\n\tfor range 3 {\n\t\tcontinue L\n\t}\n"),
		plan: before("for", "use(2)"),
		want: in("\tuse(1)\n\tuse(2)\n\t// c\nL:\n\tfor range 3 {\n\t\tcontinue L\n\t}\n"),
	},
	{
		name: "target of a goto",
		src:  in("L:\n\tuse(1)\n\tif cond {\n\t\tgoto L\n\t}\n"),
		plan: before("use(1)", "use(2)"),
	},
	{
		name: "goto elsewhere",
		src:  in("L:\n\tfor {\n\t\tbreak L\n\t}\n\tfunc() {\n\tM:\n\t\tif cond {\n\t\t\tgoto M\n\t\t}\n\t}()\n"),
		plan: before("L:", "use(2)"),
		want: in("\tuse(2)\nL:\n\tfor {\n\t\tbreak L\n\t}\n\tfunc() {\n\tM:\n\t\tif cond {\n\t\t\tgoto M\n\t\t}\n\t}()\n"),
	},
	{
		name: "fallthrough and continue",
		src:  in("\tfor range 3 {\n\t\tswitch {\n\t\tcase cond:\n\t\t\tfallthrough\n\t\tdefault:\n\t\t\tcontinue\n\t\t}\n\t}\n"),
		plan: func(p *Plan, f *fixture) {
			before("fallthrough", "use(1)")(p, f)
			before("continue", "use(2)")(p, f)
		},
		want: in("\tfor range 3 {\n\t\tswitch {\n\t\tcase cond:\n\t\t\tuse(1)\n\t\t\tfallthrough\n\t\tdefault:\n\t\t\tuse(2)\n\t\t\tcontinue\n\t\t}\n\t}\n"),
	},
	{
		name: "CRLF",
		src:  crlf(in("\t// c\n\treturn\n")),
		plan: before("return", "use(1)\nuse(2)"),
		want: crlf(in("\tuse(1)\n\tuse(2)\n\t// c\n\treturn\n")),
	}}

func TestInsertAtEnd(t *testing.T) { runPlans(t, insertAtEndTests) }

var insertAtEndTests = []planTest{
	{
		name: "loop body",
		src:  in("\tfor range 3 {\n\t\tuse(1)\n\t\t// c\n\t}\n"),
		plan: atEnd("for", "use(2)"),
		want: in("\tfor range 3 {\n\t\tuse(1)\n\t\t// c\n\t\tuse(2)\n\t}\n"),
	},
	{
		name: "empty blocks",
		src:  in("\tfor range 3 {\n\t}\n\tif cond {\n\t\t// c\n\t}\n\tfunc() {}()\n\tfunc() int { /* d */ return 1 }()\n\tgo func() { /* e */ }()\n"),
		plan: func(p *Plan, f *fixture) {
			atEnd("for", "use(1)")(p, f)
			atEnd("if", "use(2)")(p, f)
			atEnd("func() {}()", "use(3)")(p, f)
			atEnd("go", "use(4)")(p, f)
		},
		want: in("\tfor range 3 {\n\t\tuse(1)\n\t}\n\tif cond {\n\t\t// c\n\t\tuse(2)\n\t}\n\tfunc() { use(3) }()\n\tfunc() int { /* d */ return 1 }()\n\tgo func() { /* e */  use(4) }()\n"),
		ugly: true,
	},
	{
		name: "one line",
		src:  in("\tfunc() { use(1) /* a */ }()\n"),
		plan: atEnd("func() {", "use(2)"),
		want: in("\tfunc() { use(1); use(2) /* a */ }()\n"),
	},
	{
		name: "brace on the line of a comment",
		src:  in("\tfunc() {\n\t\tuse(1)\n\t\t/* a */ }()\n"),
		plan: atEnd("func() {", "use(2)"),
		want: in("\tfunc() {\n\t\tuse(1); use(2)\n\t\t/* a */ }()\n"),
	},
	{
		name: "after a return",
		src:  in("\tfor range 3 {\n\t\treturn\n\t}\n"),
		plan: atEnd("for", "use(2)"),
	},
	{
		name: "after an empty statement with a label",
		src:  in("\tfor range 3 {\n\t\tgoto L\n\tL:\n\t}\n"),
		plan: atEnd("for", "use(2)"),
	},
	{
		name: "clauses",
		src:  in("\tswitch {\n\tcase cond:\n\t}\n"),
		plan: atEnd("switch", "use(2)"),
	},
	{
		name: "no block",
		src:  in("\tuse(1)\n"),
		plan: func(p *Plan, f *fixture) { p.InsertAtEnd(nil, "use(1)") },
	},
	{
		name: "CRLF",
		src:  crlf(in("\tfor range 3 {\n\t\tuse(1)\n\t}\n")),
		plan: atEnd("for", "use(2)"),
		want: crlf(in("\tfor range 3 {\n\t\tuse(1)\n\t\tuse(2)\n\t}\n")),
	}}

func TestDeleteStmt(t *testing.T) { runPlans(t, deleteStmtTests) }

var deleteStmtTests = []planTest{
	{
		name: "its line",
		src:  in("\tuse(1)\n\t// a\n\tuse(2)\n\t// b\n\tuse(3)\n"),
		plan: remove("use(2)"),
		want: in("\tuse(1)\n\t// a\n\t// b\n\tuse(3)\n"),
	},
	{
		name: "its lines, with a semicolon",
		src:  in("\tuse(1)\n\tuse(\n\t\t2,\n\t);\n\tuse(3)\n"),
		plan: remove("use(\n"),
		want: in("\tuse(1)\n\tuse(3)\n"),
	},
	{
		name: "blank lines around it",
		src:  in("\tuse(1)\n\n\tuse(2)\n\n\tuse(3)\n"),
		plan: remove("use(2)"),
		want: in("\tuse(1)\n\n\tuse(3)\n"),
	},
	{
		name: "first of a block",
		src:  in("\tuse(1)\n\n\tuse(2)\n"),
		plan: remove("use(1)"),
		want: in("\tuse(2)\n"),
	},
	{
		name: "last of a block",
		src:  in("\tuse(1)\n\n\tuse(2)\n"),
		plan: remove("use(2)"),
		want: in("\tuse(1)\n"),
	},
	{
		name: "all of a block",
		src:  in("\tuse(1)\n\n\tuse(2)\n\tuse(3)\n"),
		plan: remove("use(1)", "use(2)", "use(3)"),
		want: in(""),
	},
	{
		name: "trailing comment stays",
		src:  in("\tuse(1)\n\tuse(2) // a\n\tuse(3)\n"),
		plan: remove("use(2)"),
		want: in("\tuse(1)\n\t// a\n\tuse(3)\n"),
	},
	{
		name: "trailing directive",
		src:  in("\tuse(1)\n\tuse(2) //nolint:all\n\tuse(3)\n"),
		plan: remove("use(2)"),
	},
	{
		name: "comment inside",
		src:  in("\tuse(1)\n\tuse( /* a */ 2)\n"),
		plan: remove("use( "),
	},
	{
		name: "others on the line",
		src:  in("\tuse(1); use(2); use(3) // a\n"),
		plan: remove("use(2)"),
		want: in("\tuse(1); use(3) // a\n"),
	},
	{
		name: "first on the line",
		src:  in("\tuse(1); use(2)\n"),
		plan: remove("use(1)"),
		want: in("\tuse(2)\n"),
	},
	{
		name: "comment between it and another",
		src:  in("\tuse(1); /* a */ use(2)\n"),
		plan: remove("use(2)"),
		want: in("\tuse(1); /* a */ \n"),
	},
	{
		name: "alone in a one-line block",
		src:  in("\tfunc() { use(1); /* a */ }()\n"),
		plan: remove("use(1)"),
		want: in("\tfunc() {  /* a */ }()\n"),
		ugly: true,
	},
	{
		name: "after a case",
		src:  in("\tswitch {\n\tcase cond: use(1)\n\t}\n"),
		plan: remove("use(1)"),
		want: in("\tswitch {\n\tcase cond: \n\t}\n"),
	},
	{
		name: "with a label",
		src:  in("L:\n\tfor {\n\t\tbreak L\n\t}\n"),
		plan: remove("L:"),
	},
	{
		name: "below a label",
		src:  in("L:\n\tfor {\n\t\tbreak L\n\t}\n"),
		plan: remove("for"),
	},
	{
		name: "leaves a variable unused",
		src:  in("\tx := 1\n\tuse(x)\n"),
		plan: remove("use(x)"),
	},
	{
		name: "leaves a function without a return",
		src:  prelude + "func g() int {\n\tuse(1)\n\treturn 1\n}\n",
		plan: remove("return 1"),
	},
	{
		name: "moved",
		src:  in("\t_, s := start()\n\ts.End() // a\n\n\tuse(s)\n"),
		plan: func(p *Plan, f *fixture) {
			p.DeleteStmt(f.stmt("s.End()"))
			p.InsertAfter(f.stmt("use(s)"), "s.End()")
		},
		want: in("\t_, s := start()\n\t// a\n\n\tuse(s)\n\ts.End()\n"),
	},
	{
		name: "moved, CRLF",
		src:  crlf(in("\t_, s := start()\n\ts.End()\n\n\tuse(s)\n")),
		plan: func(p *Plan, f *fixture) {
			p.DeleteStmt(f.stmt("s.End()"))
			p.InsertAfter(f.stmt("use(s)"), "s.End()")
		},
		want: crlf(in("\t_, s := start()\n\n\tuse(s)\n\ts.End()\n")),
	},
	{
		name: "with its neighbours",
		src:  in("\tuse(1)\n\tuse(2)\n\tuse(3)\n"),
		plan: func(p *Plan, f *fixture) {
			p.InsertAfter(f.stmt("use(1)"), "use(4)")
			p.DeleteStmt(f.stmt("use(2)"))
			p.InsertBefore(f.stmt("use(3)"), "use(5)")
		},
		want: in("\tuse(1)\n\tuse(4)\n\tuse(5)\n\tuse(3)\n"),
	},
	{
		name: "twice",
		src:  in("\tuse(1)\n"),
		plan: remove("use(1)", "use(1)"),
	}}
