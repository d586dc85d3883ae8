package edit

import "testing"

func TestInsertAfter(t *testing.T) { runPlans(t, insertAfterTests) }

var insertAfterTests = []planTest{
	{
		name: "plain",
		src:  in("\t_, s := start()\n\tuse(s)\n"),
		plan: after("_, s", "defer s.End()"),
		want: in("\t_, s := start()\n\tdefer s.End()\n\tuse(s)\n"),
	},
	{
		name: "trailing comments stay",
		src:  in("\t_, s := start() // one\n\t// two\n\tuse(s)\n"),
		plan: after("_, s", "defer s.End()"),
		want: in("\t_, s := start() // one\n\tdefer s.End()\n\t// two\n\tuse(s)\n"),
	},
	{
		name: "trailing general comment over lines",
		src:  in("\t_, s := start() /* one\n\ttwo */\n\tuse(s)\n"),
		plan: after("_, s", "defer s.End()"),
		want: in("\t_, s := start() /* one\n\ttwo */\n\tdefer s.End()\n\tuse(s)\n"),
	},
	{
		name: "statement over lines",
		src:  in("\t_, s := func() (int, span) {\n\t\treturn start() // x\n\t}()\n\tuse(s)\n"),
		plan: after("_, s", "defer s.End()"),
		want: in("\t_, s := func() (int, span) {\n\t\treturn start() // x\n\t}()\n\tdefer s.End()\n\tuse(s)\n"),
	},
	{
		name: "text over lines",
		src:  in("\tif cond {\n\t\tuse(1)\n\t}\n"),
		plan: after("use(1)", "defer func() {\n\tuse(2)\n\n\tuse(3)\n}()\n"),
		want: in("\tif cond {\n\t\tuse(1)\n\t\tdefer func() {\n\t\t\tuse(2)\n\n\t\t\tuse(3)\n\t\t}()\n\t}\n"),
	},
	{
		name: "one-line function",
		src:  in("\tfunc() { use(1) }()\n"),
		plan: after("use(1)", "use(2)"),
		want: in("\tfunc() { use(1); use(2) }()\n"),
	},
	{
		name: "one-line block with two statements and comments",
		src:  in("\tfunc() { use(1) /* a */; /* b */ use(3) /* c */ }() // d\n"),
		plan: after("use(1)", "use(2)"),
		// No fix: gofmt would break the line.
	},
	{
		name: "semicolons",
		src:  in("\tuse(1); use(3); // a\n\tuse(4);\n"),
		plan: func(p *Plan, f *fixture) {
			after("use(1)", "use(2)")(p, f)
			after("use(3)", "use(5)")(p, f)
			after("use(4)", "use(6)")(p, f)
		},
		want: in("\tuse(1); use(2); use(3); // a\n\tuse(5)\n\tuse(4);\n\tuse(6)\n"),
	},
	{
		name: "line comment in text cannot go inline",
		src:  in("\tfunc() { use(1) }()\n"),
		plan: after("use(1)", "use(2) // two"),
	},
	{
		name: "line comment in text on its own line",
		src:  in("\tuse(1)\n"),
		plan: after("use(1)", "use(2) // two"),
		want: in("\tuse(1)\n\tuse(2) // two\n"),
	},
	{
		name: "raw string over lines in text",
		src:  in("\tuse(1)\n"),
		plan: after("use(1)", "use(`a\nb`)"),
	},
	{
		name: "text is not a list of statements",
		src:  in("\tuse(1)\n"),
		plan: after("use(1)", "} ; func g() {"),
	},
	{
		name: "text is empty",
		src:  in("\tuse(1)\n"),
		plan: after("use(1)", " "),
	},
	{
		name: "case clause",
		src:  in("\tswitch {\n\tcase cond: // a\n\t\tuse(1) // b\n\t// c\n\tdefault:\n\t}\n"),
		plan: after("use(1)", "use(2)"),
		want: in("\tswitch {\n\tcase cond: // a\n\t\tuse(1) // b\n\t\tuse(2)\n\t// c\n\tdefault:\n\t}\n"),
	},
	{
		name: "case clause on one line",
		src:  in("\tswitch { case cond: use(1); case !cond: use(2) }\n"),
		plan: func(p *Plan, f *fixture) {
			after("use(1)", "use(3)")(p, f)
			before("use(2)", "use(4)")(p, f)
		},
		want: in("\tswitch { case cond: use(1); use(3); case !cond: use(4); use(2) }\n"),
	},
	{
		name: "statement on the line of its case",
		src:  in("\tswitch {\n\tcase cond: use(1)\n\t}\n"),
		plan: after("use(1)", "use(3)"),
		want: in("\tswitch {\n\tcase cond: use(1)\n\t\tuse(3)\n\t}\n"),
	},
	{
		name: "select clause",
		src:  in("\tselect {\n\tcase x := <-ch:\n\t\tuse(x)\n\tcase ch <- 1:\n\t}\n"),
		plan: after("use(x)", "use(2)"),
		want: in("\tselect {\n\tcase x := <-ch:\n\t\tuse(x)\n\t\tuse(2)\n\tcase ch <- 1:\n\t}\n"),
	},
	{
		name: "communication of a select clause",
		src:  in("\tselect {\n\tcase x := <-ch:\n\t\tuse(x)\n\t}\n"),
		plan: after("x := <-ch", "use(2)"),
	},
	{
		name: "the clause itself",
		src:  in("\tswitch {\n\tcase cond:\n\t\tuse(1)\n\t}\n"),
		plan: after("case cond", "use(2)"),
	},
	{
		name: "init of an if",
		src:  in("\tif _, s := start(); cond {\n\t\tuse(s)\n\t}\n"),
		plan: after("_, s", "defer s.End()"),
	},
	{
		name: "post of a for",
		src:  in("\tfor i := 0; i < 3; i++ {\n\t}\n"),
		plan: after("i++", "use(1)"),
	},
	{
		name: "body of a for",
		src:  in("\tfor {\n\t}\n"),
		plan: after("{\n\t}", "use(1)"),
	},
	{
		name: "block and else",
		src:  in("\tif cond {\n\t} else if !cond {\n\t}\n\t{\n\t\tuse(1)\n\t}\n"),
		plan: after("{\n\t\tuse(1)", "use(2)"),
		want: in("\tif cond {\n\t} else if !cond {\n\t}\n\t{\n\t\tuse(1)\n\t}\n\tuse(2)\n"),
	},
	{
		name: "else branch",
		src:  in("\tif cond {\n\t} else if !cond {\n\t}\n"),
		plan: after("if !cond", "use(2)"),
	},
	{
		name: "labelled statement",
		src:  in("L: // l\n\tfor {\n\t\tbreak L\n\t}\n\tuse(1)\n"),
		plan: func(p *Plan, f *fixture) {
			after("L:", "use(2)")(p, f)
			after("for {", "use(3)")(p, f)
		},
		want: in("L: // l\n\tfor {\n\t\tbreak L\n\t}\n\tuse(2)\n\tuse(3)\n\tuse(1)\n"),
	},
	{
		name: "empty statement with a label",
		src:  in("\tif cond {\n\t\tgoto L\n\t}\nL:\n"),
		plan: after("L:", "use(2)"),
	},
	{
		name: "after a return",
		src:  in("\treturn\n"),
		plan: after("return", "use(2)"),
	},
	{
		name: "after a panic",
		src:  in("\tpanic(1)\n"),
		plan: after("panic", "use(2)"),
	},
	{
		name: "a variable between a goto and its label",
		src:  in("\tif cond {\n\t\tgoto L\n\t}\n\tuse(1)\nL:\n\tuse(3)\n"),
		plan: after("use(1)", "x := 1\nuse(x)"),
	},
	{
		name: "an unused variable",
		src:  in("\tuse(1)\n"),
		plan: after("use(1)", "x := 1"),
	},
	{
		name: "a redeclared variable",
		src:  in("\t_, s := start()\n\tuse(s)\n"),
		plan: after("_, s", "s := 1"),
	},
	{
		name: "an unknown name",
		src:  in("\tuse(1)\n"),
		plan: after("use(1)", "use(unknown)"),
	},
	{
		name: "a missing return",
		src:  prelude + "func g() int {\n\tfor {\n\t}\n}\n",
		plan: after("for", "use(1)"),
	},
	{
		name: "CRLF",
		src:  crlf(in("\t_, s := start() // c\n\tuse(s)\n")),
		plan: after("_, s", "defer func() {\n\ts.End()\n}()"),
		want: crlf(in("\t_, s := start() // c\n\tdefer func() {\n\t\ts.End()\n\t}()\n\tuse(s)\n")),
	},
	{
		name: "CRLF raw string",
		src:  crlf(in("\tuse(1)\n\tx := `a\n\n\nb`\n\tuse(x)\n")),
		plan: after("x :=", "use(2)"),
		want: crlf(in("\tuse(1)\n\tx := `a\n\n\nb`\n\tuse(2)\n\tuse(x)\n")),
	},
	{
		name: "no new line at the end of the file",
		src:  prelude + "func g() {\n\tuse(1)\n}\nfunc h() { use(2) }",
		plan: after("use(2)", "use(3)"),
		want: prelude + "func g() {\n\tuse(1)\n}\nfunc h() {\n\tuse(2)\n\tuse(3)\n}",
	},
	{
		name: "spaces",
		src:  prelude + "func g() {\n  if cond {\n   use(1)\n  }\n}\n",
		plan: after("use(1)", "use(3)"),
		want: prelude + "func g() {\n  if cond {\n   use(1)\n   use(3)\n  }\n}\n",
	},
	{
		name: "function literal at package level",
		src:  prelude + "var _ = func() {\n\tuse(1)\n}\n",
		plan: after("use(1)", "use(3)"),
		want: prelude + "var _ = func() {\n\tuse(1)\n\tuse(3)\n}\n",
	},
	{
		name: "generics",
		src:  prelude + "type g[T any] struct{}\n\nfunc (g[T]) m() {\n\tuse(*new(T)) // t\n}\n\nfunc h[T any, U ~[]T](x T) (_ U) {\n\tuse(x)\n\treturn\n}\n",
		plan: func(p *Plan, f *fixture) {
			after("use(*new", "use(g[T]{})")(p, f)
			after("use(x)", "use(h[T, U](x))")(p, f)
		},
		want: prelude + "type g[T any] struct{}\n\nfunc (g[T]) m() {\n\tuse(*new(T)) // t\n\tuse(g[T]{})\n}\n\nfunc h[T any, U ~[]T](x T) (_ U) {\n\tuse(x)\n\tuse(h[T, U](x))\n\treturn\n}\n",
	}}
