package edit

import (
	"fmt"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"
)

const (
	otelCodes = "go.opentelemetry.io/otel/codes"
	grpcCodes = "google.golang.org/grpc/codes"
	otelTrace = "go.opentelemetry.io/otel/trace"
)

// useImport imports a package and inserts a use of it after the statement that
// begins with "here".
func useImport(path, name, member string) func(*Plan, *fixture) {
	return func(p *Plan, f *fixture) {
		stmt := f.stmt("here")
		q := p.AddImport(path, name, stmt.End())
		if q != "" {
			q += "."
		}
		p.InsertAfter(stmt, fmt.Sprintf("_ = %s%s", q, member))
	}
}

var useCodes = useImport(otelCodes, "codes", "Error")

// deps is a second file, which makes the library's packages dependencies.
var deps = map[string]string{"z.go": "package p\n\nimport (\n\t_ \"github.com/other/mod\"\n\t_ \"go.opentelemetry.io/otel/codes\"\n\t_ \"context\"\n\t_ \"os\"\n)\n"}

const (
	tail = "\nfunc here() {}\n\nfunc f() {\n\there()\n}\n"
	used = "\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = codes.Error\n}\n"
)

func imp(text string) string { return "package p\n\n" + text }

func TestAddImport(t *testing.T) { runPlans(t, addImportTests) }

var addImportTests = []planTest{
	{
		name: "no imports", files: deps, plan: useCodes,
		src:  imp("// C is a comment.\nconst C = 1\n" + tail),
		want: imp("import \"go.opentelemetry.io/otel/codes\"\n\n// C is a comment.\nconst C = 1\n" + used),
	},
	{
		name: "no imports and no blank line", files: deps, plan: useCodes, ugly: true,
		src:  "// Package p is.\npackage p // a\n// C is a comment.\nconst C = 1\n" + tail,
		want: "// Package p is.\npackage p // a\n\nimport \"go.opentelemetry.io/otel/codes\"\n\n// C is a comment.\nconst C = 1\n" + used,
	},
	{
		name: "all on one line", files: deps, plan: useCodes,
		src:  "package p; func f() { here() }; func here() {}",
		want: "package p; import \"go.opentelemetry.io/otel/codes\"; func f() {\n\there()\n\t_ = codes.Error\n}; func here() {}",
	},
	{
		name: "CRLF", files: deps, plan: useCodes,
		src:  crlf(imp("import (\n\t\"fmt\"\n)\n\nvar _ = fmt.Sprint\n" + tail)),
		want: crlf(imp("import (\n\t\"fmt\"\n\n\t\"go.opentelemetry.io/otel/codes\"\n)\n\nvar _ = fmt.Sprint\n" + used)),
	},
	{
		name: "CRLF without imports", files: deps, plan: useCodes,
		src:  crlf("package p\n" + tail),
		want: crlf("package p\n\nimport \"go.opentelemetry.io/otel/codes\"\n" + used),
	},
	{
		name: "single import", files: deps, plan: useCodes,
		src:  imp("import \"fmt\" // a\n\n// b\n\nvar _ = fmt.Sprint\n" + tail),
		want: imp("import \"fmt\" // a\nimport \"go.opentelemetry.io/otel/codes\"\n\n// b\n\nvar _ = fmt.Sprint\n" + used),
	},
	{
		name: "single imports right above a declaration", files: deps, plan: useCodes, ugly: true,
		src:  imp("import \"os\"\nimport \"fmt\"\nvar _, _ = fmt.Sprint, os.Exit\n" + tail),
		want: imp("import \"os\"\nimport \"fmt\"\nimport \"go.opentelemetry.io/otel/codes\"\n\nvar _, _ = fmt.Sprint, os.Exit\n" + used),
	},
	{
		name: "single imports on one line", files: deps, plan: useCodes,
		src:  imp("import \"os\"; import \"fmt\"; var _, _ = fmt.Sprint, os.Exit\n" + tail),
		want: imp("import \"os\"; import \"fmt\"; import \"go.opentelemetry.io/otel/codes\"; var _, _ = fmt.Sprint, os.Exit\n" + used),
	},
	{
		name: "empty parentheses", files: deps, plan: useCodes,
		src:  imp("import ()\n" + tail),
		want: imp("import ()\nimport \"go.opentelemetry.io/otel/codes\"\n" + used),
	},
	{
		name: "fits between", files: deps, plan: useCodes,
		src:  imp("import (\n\t\"fmt\" // a\n\n\t// b\n\t_ \"github.com/acme/app/store\"\n\n\t_ \"github.com/other/mod\"\n\t// c\n\t_ \"go.opentelemetry.io/otel/trace\"\n)\n\nvar _ = fmt.Sprint\n" + tail),
		want: imp("import (\n\t\"fmt\" // a\n\n\t// b\n\t_ \"github.com/acme/app/store\"\n\n\t_ \"github.com/other/mod\"\n\t\"go.opentelemetry.io/otel/codes\"\n\t// c\n\t_ \"go.opentelemetry.io/otel/trace\"\n)\n\nvar _ = fmt.Sprint\n" + used),
	},
	{
		name: "fits last, below comments", files: deps, plan: useCodes,
		src:  imp("import (\n\t\"fmt\"\n\n\t_ \"github.com/other/mod\" // a\n\t// b\n)\n\n// c\n\nvar _ = fmt.Sprint\n" + tail),
		want: imp("import (\n\t\"fmt\"\n\n\t_ \"github.com/other/mod\" // a\n\t\"go.opentelemetry.io/otel/codes\"\n\t// b\n)\n\n// c\n\nvar _ = fmt.Sprint\n" + used),
		ugly: true, // the alignment of comments
	},
	{
		name: "second block", files: deps, plan: useCodes,
		src:  imp("import (\n\t\"fmt\"\n)\nimport _ \"os\"\nimport (\n\t_ \"go.opentelemetry.io/otel/trace\"\n)\n\nvar _ = fmt.Sprint\n" + tail),
		want: imp("import (\n\t\"fmt\"\n)\nimport _ \"os\"\nimport (\n\t\"go.opentelemetry.io/otel/codes\"\n\t_ \"go.opentelemetry.io/otel/trace\"\n)\n\nvar _ = fmt.Sprint\n" + used),
	},
	{
		name: "standard library, sorted", files: deps, plan: useImport("log", "log", "Println"),
		src:  imp("import (\n\t\"fmt\"\n\t_ \"strings\"\n\n\t_ \"github.com/other/mod\"\n)\n\nvar _ = fmt.Sprint\n" + tail),
		want: imp("import (\n\t\"fmt\"\n\t\"log\"\n\t_ \"strings\"\n\n\t_ \"github.com/other/mod\"\n)\n\nvar _ = fmt.Sprint\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = log.Println\n}\n"),
	},
	{
		name: "standard library, new group", files: deps, plan: useImport("log", "log", "Println"),
		src:  imp("import (\n\t// a\n\t_ \"github.com/other/mod\"\n)\n" + tail),
		want: imp("import (\n\t\"log\"\n\n\t// a\n\t_ \"github.com/other/mod\"\n)\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = log.Println\n}\n"),
	},
	{
		name: "block on one line", files: deps, plan: useCodes,
		src:  imp("import (_ \"fmt\"; _ \"go.opentelemetry.io/otel/trace\")\n" + tail),
		want: imp("import (_ \"fmt\"; \"go.opentelemetry.io/otel/codes\"; _ \"go.opentelemetry.io/otel/trace\")\n" + used),
	},
	{
		name: "block on one line, last", files: deps, plan: useCodes,
		src:  imp("import (_ \"fmt\"; _ \"github.com/other/mod\" /* a */)\n" + tail),
		want: imp("import (_ \"fmt\"; _ \"github.com/other/mod\"; \"go.opentelemetry.io/otel/codes\" /* a */)\n" + used),
	},
	{
		name: "there already", plan: useCodes,
		src:  imp("import \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n" + tail),
		want: imp("import \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n" + used),
	},
	{
		name: "renamed", plan: useCodes,
		src:  imp("import c \"go.opentelemetry.io/otel/codes\"\n\nvar _ = c.Ok\n" + tail),
		want: imp("import c \"go.opentelemetry.io/otel/codes\"\n\nvar _ = c.Ok\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = c.Error\n}\n"),
	},
	{
		name: "blank", plan: useCodes,
		src:  imp("import _ \"go.opentelemetry.io/otel/codes\"\n" + tail),
		want: imp("import _ \"go.opentelemetry.io/otel/codes\"\nimport \"go.opentelemetry.io/otel/codes\"\n" + used),
	},
	{
		name: "dot", plan: useCodes,
		src:  imp("import . \"go.opentelemetry.io/otel/codes\"\n\nvar _ = Ok\n" + tail),
		want: imp("import . \"go.opentelemetry.io/otel/codes\"\n\nvar _ = Ok\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = Error\n}\n"),
	},
	{
		name: "dot, one name hidden", plan: useCodes,
		src:  imp("import . \"go.opentelemetry.io/otel/codes\"\n\nvar _ = Ok\n\nfunc here() {}\n\nfunc f(Unset int) {\n\there()\n}\n"),
		want: imp("import . \"go.opentelemetry.io/otel/codes\"\nimport \"go.opentelemetry.io/otel/codes\"\n\nvar _ = Ok\n\nfunc here() {}\n\nfunc f(Unset int) {\n\there()\n\t_ = codes.Error\n}\n"),
	},
	{
		name: "hidden by a parameter", plan: useCodes,
		src:  imp("import \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f(codes int) {\n\there()\n}\n"),
		want: imp("import \"go.opentelemetry.io/otel/codes\"\nimport otelcodes \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f(codes int) {\n\there()\n\t_ = otelcodes.Error\n}\n"),
	},
	{
		name: "hidden in a clause, by a type parameter, by a label (not)", plan: useCodes,
		src:  imp("import \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f(x any) {\n\tswitch codes := x.(type) {\n\tcase int:\n\t\there()\n\tdefault:\n\t\t_ = codes\n\t}\n}\n"),
		want: imp("import \"go.opentelemetry.io/otel/codes\"\nimport otelcodes \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f(x any) {\n\tswitch codes := x.(type) {\n\tcase int:\n\t\there()\n\t\t_ = otelcodes.Error\n\tdefault:\n\t\t_ = codes\n\t}\n}\n"),
	},
	{
		name: "hidden in a communication clause", plan: useCodes,
		src:  imp("import \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f(ch chan int) {\n\tselect {\n\tcase codes := <-ch:\n\t\t_ = codes\n\t\there()\n\t}\n}\n"),
		want: imp("import \"go.opentelemetry.io/otel/codes\"\nimport otelcodes \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f(ch chan int) {\n\tselect {\n\tcase codes := <-ch:\n\t\t_ = codes\n\t\there()\n\t\t_ = otelcodes.Error\n\t}\n}\n"),
	},
	{
		name: "declared later in the block", plan: useCodes,
		src:  imp("import \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f() {\ncodes:\n\there()\n\tcodes := 1\n\t_ = codes\n\tgoto codes\n}\n"),
		want: imp("import \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f() {\ncodes:\n\there()\n\t_ = codes.Error\n\tcodes := 1\n\t_ = codes\n\tgoto codes\n}\n"),
	},
	{
		name: "name of another import", files: deps, plan: useCodes,
		src:  imp("import (\n\t\"google.golang.org/grpc/codes\"\n)\n\nvar _ = codes.OK\n" + tail),
		want: imp("import (\n\totelcodes \"go.opentelemetry.io/otel/codes\"\n\t\"google.golang.org/grpc/codes\"\n)\n\nvar _ = codes.OK\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = otelcodes.Error\n}\n"),
	},
	{
		name: "alias taken too", files: deps, plan: useCodes,
		src:  imp("var codes, otelcodes int\n" + tail),
		want: imp("import otelcodes2 \"go.opentelemetry.io/otel/codes\"\n\nvar codes, otelcodes int\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = otelcodes2.Error\n}\n"),
	},
	{
		name: "name declared in another file", plan: useCodes,
		files: map[string]string{"z.go": "package p\n\nimport _ \"go.opentelemetry.io/otel/trace\"\n\nfunc codes() {}\n"},
		src:   imp("import _ \"fmt\"\n" + tail),
		want:  imp("import _ \"fmt\"\nimport otelcodes \"go.opentelemetry.io/otel/codes\"\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = otelcodes.Error\n}\n"),
	},
	{
		name: "name declared in a file of another build", plan: useCodes,
		files: map[string]string{"z.go": deps["z.go"], "_windows.go": "package p\n\nvar codes = 1\n"},
		src:   imp("import _ \"fmt\"\n" + tail),
		want:  imp("import _ \"fmt\"\nimport otelcodes \"go.opentelemetry.io/otel/codes\"\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = otelcodes.Error\n}\n"),
	},
	{
		name: "name of a variable elsewhere in the file, but of no field", files: deps, plan: useImport("log", "log", "Println"),
		src:  imp("type t struct{ log int }\n\nvar _ = t{log: 1}.log\n" + tail),
		want: imp("import \"log\"\n\ntype t struct{ log int }\n\nvar _ = t{log: 1}.log\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = log.Println\n}\n"),
	},
	{
		name: "local variable elsewhere", files: deps, plan: useImport("log", "log", "Println"),
		src:  imp("func g(log int) {}\n" + tail),
		want: imp("import stdlog \"log\"\n\nfunc g(log int) {}\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = stdlog.Println\n}\n"),
	},
	{
		name: "path that does not tell the name", files: deps,
		plan: useImport("go.opentelemetry.io/otel/semconv/v1.26.0", "semconv", "SchemaURL"),
		src:  "package p\n" + tail,
		want: imp("import semconv \"go.opentelemetry.io/otel/semconv/v1.26.0\"\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = semconv.SchemaURL\n}\n"),
	},
	{
		name: "path that tells the name", files: deps,
		plan: useImport("gopkg.in/yaml.v3", "yaml", "Marshal"),
		src:  "package p\n" + tail,
		want: imp("import \"gopkg.in/yaml.v3\"\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = yaml.Marshal\n}\n"),
	},
	{name: "another name", files: deps, plan: useImport(otelCodes, "statuses", "Error"), src: imp("import _ \"fmt\"\n" + tail)},
	{name: "no dependency", plan: useCodes, src: imp("import _ \"fmt\"\n" + tail)},
	{name: "no such package", files: deps, plan: useImport("go.opentelemetry.io/otel/nothing", "nothing", "X"), src: imp("import _ \"fmt\"\n" + tail)},
	{name: "no such member", files: deps, plan: useImport(otelCodes, "codes", "Nothing"), src: imp("import _ \"fmt\"\n" + tail)},
	{name: "unused", files: deps, src: imp("import _ \"fmt\"\n" + tail), plan: func(p *Plan, f *fixture) { p.AddImport(otelCodes, "codes", f.at("here()\n}")) }},
	{name: "position outside of declarations", files: deps, src: imp("import _ \"fmt\"\n" + tail), plan: func(p *Plan, f *fixture) { p.AddImport(otelCodes, "codes", f.at("package")) }},
	{name: "another module's internal package", files: deps, plan: useImport("github.com/other/mod/internal/x", "x", "F"), src: imp("import _ \"fmt\"\n" + tail)},
	{
		name: "own internal package", files: map[string]string{"z.go": "package p\n\nimport _ \"github.com/acme/app/store\"\n"},
		plan: useImport("github.com/acme/app/internal/secret", "secret", "X"),
		src:  imp("import (\n\t_ \"os\"\n\n\t_ \"github.com/acme/app/store\"\n\n\t_ \"github.com/other/mod\"\n)\n" + tail),
		want: imp("import (\n\t_ \"os\"\n\n\t\"github.com/acme/app/internal/secret\"\n\t_ \"github.com/acme/app/store\"\n\n\t_ \"github.com/other/mod\"\n)\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = secret.X\n}\n"),
	},
	{
		name: "two of one name, in one fix", files: deps,
		src: imp("import (\n\t\"fmt\"\n)\n\nvar _ = fmt.Sprint\n" + tail),
		plan: func(p *Plan, f *fixture) {
			useImport(grpcCodes, "codes", "OK")(p, f)
			useCodes(p, f)
			useCodes(p, f)
		},
		want: imp("import (\n\t\"fmt\"\n\n\t\"google.golang.org/grpc/codes\"\n\n\totelcodes \"go.opentelemetry.io/otel/codes\"\n)\n\nvar _ = fmt.Sprint\n\nfunc here() {}\n\nfunc f() {\n\there()\n\t_ = codes.OK\n\t_ = otelcodes.Error\n\t_ = otelcodes.Error\n}\n"),
	},
	{
		// The position is right, but the text goes where the name is hidden.
		name: "used elsewhere than said", plan: func(p *Plan, f *fixture) {
			q := p.AddImport(otelCodes, "codes", f.at("_ = codes.Ok"))
			p.InsertAfter(f.stmt("here"), "_ = "+q+".Error")
		},
		src: imp("import \"go.opentelemetry.io/otel/codes\"\n\nvar _ = codes.Ok\n\nfunc here() {}\n\nfunc f(codes struct{ Error int }) {\n\there()\n}\n"),
	}}

// TestImportable checks which internal packages can be imported from where; the
// path of a package under test may be that of a variant.
func TestImportable(t *testing.T) {
	secret, err := importLib("github.com/acme/app/internal/secret")
	if err != nil {
		t.Fatal(err)
	}
	for from, want := range map[string]bool{
		"github.com/acme/app":                                        true,
		"github.com/acme/app [github.com/acme/app.test]":             true,
		"github.com/acme/app/api":                                    true,
		"github.com/acme/app_test [github.com/acme/app.test]":        true,
		"github.com/acme/application":                                false,
		"github.com/acme":                                            false,
		"github.com/acme/app/internal/secret":                        false, // itself
		"github.com/acme/app/internal/secret [some/package.test]":    false,
		"github.com/acme/app/internal/secret_test [some/other.test]": false,
	} {
		c := checker{
			pass:    &analysis.Pass{Pkg: types.NewPackage(from, "x")},
			imports: map[string]*types.Package{secret.Path(): secret},
		}
		if got := c.importable(secret.Path()) != nil; got != want {
			t.Errorf("importable from %s: %t", from, got)
		}
	}
}
