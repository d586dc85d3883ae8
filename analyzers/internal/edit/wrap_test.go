package edit

import (
	"go/ast"
	"testing"
)

func TestWrap(t *testing.T) { runPlans(t, wrapTests) }

// wrap puts the statement that begins with the text and those after it into a
// function.
func wrap(text string) func(*Plan, *fixture) {
	return func(p *Plan, f *fixture) {
		ast.Inspect(f.file, func(n ast.Node) bool {
			block, ok := n.(*ast.BlockStmt)
			if !ok {
				return true
			}
			for _, stmt := range block.List {
				if stmt == f.stmt(text) {
					p.Wrap(stmt, block.List[len(block.List)-1], "func() {", "}()")
				}
			}
			return true
		})
	}
}

var wrapTests = []planTest{
	{
		name: "with comments",
		src:  in("\tfor {\n\t\tuse(1)\n\t\t// one\n\t\tuse(2) // two\n\t\tif cond {\n\t\t\tuse(3)\n\t\t}\n\t\tuse(4) // four\n\t\t// five\n\t}\n"),
		plan: wrap("use(2)"),
		want: in("\tfor {\n\t\tuse(1)\n\t\tfunc() {\n\t\t\t// one\n\t\t\tuse(2) // two\n\t\t\tif cond {\n\t\t\t\tuse(3)\n\t\t\t}\n\t\t\tuse(4) // four\n\t\t}()\n\t\t// five\n\t}\n"),
	},
	{
		name: "a block on one line",
		src:  in("\tif cond { use(1); use(2) }\n"),
		plan: wrap("use(1)"),
	},
	{
		name: "what is declared and used after it",
		src:  in("\tx := 1\n\tuse(x)\n"),
		plan: wrap("use(x)"),
		want: in("\tx := 1\n\tfunc() {\n\t\tuse(x)\n\t}()\n"),
	},
}
