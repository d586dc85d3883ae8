package edit

import (
	"go/ast"
	"testing"
)

func move(stmt, dest string) func(*Plan, *fixture) {
	return func(p *Plan, f *fixture) { p.MoveBefore(f.stmt(stmt), f.stmt(dest)) }
}

func moveArg(call string, from, to int) func(*Plan, *fixture) {
	return func(p *Plan, f *fixture) { p.MoveArg(find[*ast.CallExpr](f, call).Args, from, to) }
}

func TestMoveBefore(t *testing.T) { runPlans(t, moveTests) }

var moveTests = []planTest{
	{
		name: "plain",
		src:  in("\tuse(1)\n\tuse(2)\n\tuse(3)\n"),
		plan: move("use(3)", "use(1)"),
		want: in("\tuse(3)\n\tuse(1)\n\tuse(2)\n"),
	},
	{
		name: "comments right above and behind go with it",
		src:  in("\t// one\n\tuse(1)\n\n\t// two\n\n\t// three\n\tuse(3) // behind\n"),
		plan: move("use(3)", "use(1)"),
		want: in("\t// three\n\tuse(3) // behind\n\t// one\n\tuse(1)\n\n\t// two\n"),
	},
	{
		name: "several lines",
		src:  in("\tuse(1)\n\tuse(\n\t\t3,\n\t)\n\tuse(4)\n"),
		plan: move("use(\n", "use(1)"),
		want: in("\tuse(\n\t\t3,\n\t)\n\tuse(1)\n\tuse(4)\n"),
	},
	{
		name: "one line holds both",
		src:  in("\tuse(1); use(2)\n"),
		plan: move("use(2)", "use(1)"),
	},
	{
		name: "down",
		src:  in("\tuse(1)\n\tuse(2)\n"),
		plan: move("use(1)", "use(2)"),
	},
	{
		name: "another list",
		src:  in("\tif cond {\n\t\tuse(1)\n\t}\n\tuse(2)\n"),
		plan: move("use(2)", "use(1)"),
	},
	{
		name: "what it mentions is declared in between",
		src:  in("\tuse(1)\n\tx := 2\n\tuse(x)\n"),
		plan: move("use(x)", "use(1)"),
	},
}

func TestMoveArg(t *testing.T) { runPlans(t, moveArgTests) }

var moveArgTests = []planTest{
	{
		name: "to the front",
		src:  in("\tuse(1, 2, 3)\n"),
		plan: moveArg("use(1", 2, 0),
		want: in("\tuse(3, 1, 2)\n"),
	},
	{
		name: "the others stay",
		src:  in("\tuse(1, 2, 3)\n"),
		plan: moveArg("use(1", 2, 1),
		want: in("\tuse(1, 3, 2)\n"),
	},
	{
		name: "over lines",
		src:  in("\tuse(\n\t\t1,\n\t\t2, // two\n\t)\n"),
		plan: moveArg("use(\n", 1, 0),
		want: in("\tuse(\n\t\t2,\n\t\t1, // two\n\t)\n"),
	},
	{
		name: "comments among them",
		src:  in("\tuse(\n\t\t1, // one\n\t\t2,\n\t)\n"),
		plan: moveArg("use(\n", 1, 0),
	},
	{
		name: "down",
		src:  in("\tuse(1, 2)\n"),
		plan: moveArg("use(1", 0, 1),
	},
}
