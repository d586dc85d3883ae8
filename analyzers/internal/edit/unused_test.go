package edit

import "testing"

const fn = "\nfunc here() {}\n\nfunc f() {\n"

func TestUnusedImports(t *testing.T) { runPlans(t, unusedImportsTests) }

var unusedImportsTests = []planTest{
	{
		name: "single import",
		src:  "package p\n\nimport \"fmt\"\n" + fn + "\there()\n\tfmt.Println()\n}\n",
		plan: remove("fmt.Println()"),
		want: "package p\n" + fn + "\there()\n}\n",
	},
	{
		name: "in a group",
		src:  "package p\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n" + fn + "\tfmt.Println()\n\tos.Exit(0)\n}\n",
		plan: remove("fmt.Println()"),
		want: "package p\n\nimport (\n\t\"os\"\n)\n" + fn + "\tos.Exit(0)\n}\n",
	},
	{
		name: "alone in the first group",
		src:  "package p\n\nimport (\n\t\"fmt\"\n\n\t_ \"go.opentelemetry.io/otel/trace\"\n)\n" + fn + "\tfmt.Println()\n}\n",
		plan: remove("fmt.Println()"),
		want: "package p\n\nimport (\n\t_ \"go.opentelemetry.io/otel/trace\"\n)\n" + fn + "}\n",
	},
	{
		name: "alone in the last group",
		src:  "package p\n\nimport (\n\t_ \"fmt\"\n\n\t\"go.opentelemetry.io/otel/codes\"\n)\n" + fn + "\t_ = codes.Ok\n}\n",
		plan: remove("_ = codes"),
		want: "package p\n\nimport (\n\t_ \"fmt\"\n)\n" + fn + "}\n",
	},
	{
		name: "all of a block",
		src:  "package p\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n" + fn + "\tfmt.Println()\n\tos.Exit(0)\n}\n",
		plan: remove("fmt.Println()", "os.Exit(0)"),
		want: "package p\n" + fn + "}\n",
	},
	{
		name: "used elsewhere",
		src:  "package p\n\nimport \"fmt\"\n" + fn + "\tfmt.Println()\n\tfmt.Println(2)\n}\n",
		plan: remove("fmt.Println()"),
		want: "package p\n\nimport \"fmt\"\n" + fn + "\tfmt.Println(2)\n}\n",
	},
	{
		name: "used by the replacement",
		src:  "package p\n\nimport \"fmt\"\n" + fn + "\tfmt.Println()\n}\n",
		plan: func(p *Plan, f *fixture) { p.Replace(f.expr("fmt.Println()"), "fmt.Println(1)") },
		want: "package p\n\nimport \"fmt\"\n" + fn + "\tfmt.Println(1)\n}\n",
	},
	{
		name: "replaced by another",
		src:  "package p\n\nimport (\n\t\"fmt\"\n\t\"log\"\n)\n\nvar _ = log.Println\n" + fn + "\t_ = fmt.Println\n}\n",
		plan: func(p *Plan, f *fixture) {
			e := f.expr("fmt.Println\n}")
			p.Replace(e, p.AddImport("os", "os", e.Pos())+".Exit")
		},
		files: map[string]string{"z.go": "package p\n\nimport _ \"os\"\n"},
		want:  "package p\n\nimport (\n\t\"log\"\n\t\"os\"\n)\n\nvar _ = log.Println\n" + fn + "\t_ = os.Exit\n}\n",
	},
	{
		name: "replaced by another that sorts before it",
		src:  "package p\n\nimport (\n\t\"os\"\n)\n" + fn + "\t_ = os.Exit\n}\n",
		plan: func(p *Plan, f *fixture) {
			e := f.expr("os.Exit")
			p.Replace(e, p.AddImport("fmt", "fmt", e.Pos())+".Println")
		},
		files: map[string]string{"z.go": "package p\n\nimport _ \"fmt\"\n"},
		want:  "package p\n\nimport (\n\t\"fmt\"\n)\n" + fn + "\t_ = fmt.Println\n}\n",
	},
	{
		name: "single import replaced by another",
		src:  "package p\n\nimport \"os\"\n" + fn + "\t_ = os.Exit\n}\n",
		plan: func(p *Plan, f *fixture) {
			e := f.expr("os.Exit")
			p.Replace(e, p.AddImport("fmt", "fmt", e.Pos())+".Println")
		},
		files: map[string]string{"z.go": "package p\n\nimport _ \"fmt\"\n"},
		want:  "package p\n\nimport \"fmt\"\n" + fn + "\t_ = fmt.Println\n}\n",
	},
	{
		name: "CRLF",
		src:  crlf("package p\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n" + fn + "\tfmt.Println()\n\tos.Exit(0)\n}\n"),
		plan: remove("fmt.Println()"),
		want: crlf("package p\n\nimport (\n\t\"os\"\n)\n" + fn + "\tos.Exit(0)\n}\n"),
	},
	{
		name: "with a comment",
		src:  "package p\n\nimport (\n\t\"fmt\" // a\n\t\"os\"\n)\n" + fn + "\tfmt.Println()\n\tos.Exit(0)\n}\n",
		plan: remove("fmt.Println()"),
	},
	{
		name: "with a comment above",
		src:  "package p\n\nimport (\n\t// a\n\t\"fmt\"\n\t\"os\"\n)\n" + fn + "\tfmt.Println()\n\tos.Exit(0)\n}\n",
		plan: remove("fmt.Println()"),
	},
	{
		name: "not alone on its line",
		src:  "package p\n\nimport (\"fmt\"; \"os\")\n" + fn + "\tfmt.Println()\n\tos.Exit(0)\n}\n",
		plan: remove("fmt.Println()"),
	},
	{
		name: "dot import",
		src:  "package p\n\nimport . \"fmt\"\n" + fn + "\tPrintln()\n}\n",
		plan: remove("Println()"),
	},
	{
		name: "renamed import",
		src:  "package p\n\nimport f0 \"fmt\"\n" + fn + "\there()\n\tf0.Println()\n}\n",
		plan: remove("f0.Println()"),
		want: "package p\n" + fn + "\there()\n}\n",
	}}
