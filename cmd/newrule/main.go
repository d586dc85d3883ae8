// The newrule command makes the files that a new rule starts from. Run it in
// the root of the module, with the rule's name and one line about the fault
// that it reports:
//
//	go run ./cmd/newrule spanleak "a span that is not ended on every path"
//
// It refuses names that are no good or taken, overwrites nothing, and prints
// what to do next.
package main

import (
	"embed"
	"fmt"
	"go/format"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
	"unicode"
)

func main() {
	if err := run(".", os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "newrule:", err)
		os.Exit(2)
	}
}

// templates are the files of a rule. Their names end in .tmpl so that the go
// command does not take them for packages.
//
//go:embed templates/*.tmpl
var templates embed.FS

// files says where the template of each name goes, for a rule called NAME.
var files = []struct{ template, path string }{
	{"doc.go.tmpl", "analyzers/NAME/doc.go"},
	{"rule.go.tmpl", "analyzers/NAME/NAME.go"},
	{"fix.go.tmpl", "analyzers/NAME/fix.go"},
	{"rule_test.go.tmpl", "analyzers/NAME/NAME_test.go"},
	{"main.go.tmpl", "analyzers/NAME/cmd/NAME/main.go"},
	{"basic.go.tmpl", "testdata/NAME/basic/basic.go"},
}

// A newRule is what the templates need to know.
type newRule struct{ Name, Summary string }

// run makes the rule that args name and describe in the module at root, and
// prints what to do next to w. If it returns an error it has made no file,
// unless writing failed.
func run(root string, args []string, w io.Writer) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: newrule NAME \"summary of the fault\"")
	}
	r := newRule{Name: args[0], Summary: strings.TrimSpace(args[1])}
	if err := r.check(root); err != nil {
		return err
	}
	all, err := template.ParseFS(templates, "templates/*.tmpl")
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(root, filepath.FromSlash(strings.ReplaceAll(f.path, "NAME", r.Name)))
		var text strings.Builder
		if err := all.ExecuteTemplate(&text, f.template, r); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		// The order of imports depends on the name.
		source, err := format.Source([]byte(text.String()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, source, 0o666); err != nil {
			return err
		}
		fmt.Fprintln(w, strings.ReplaceAll(f.path, "NAME", r.Name))
	}
	return all.ExecuteTemplate(w, "next.txt.tmpl", r)
}

var goodName = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// check returns an error unless r can be made a rule of the module at root.
func (r newRule) check(root string) error {
	switch {
	case !goodName.MatchString(r.Name):
		return fmt.Errorf("%q is no good name: want lower-case letters and digits, one or two words that name the fault, as in spanleak", r.Name)
	case token.IsKeyword(r.Name) || types.Universe.Lookup(r.Name) != nil:
		return fmt.Errorf("%q means something in Go", r.Name)
	case r.Name == "internal" || r.Name == "main" || r.Name == "vendor" || r.Name == "testdata":
		return fmt.Errorf("%q means something to the go command", r.Name)
	case r.Summary == "" || strings.ContainsAny(r.Summary, "\r\n"):
		return fmt.Errorf("the summary has to be one line of text")
	case !unicode.IsLower([]rune(r.Summary)[0]) || strings.HasSuffix(r.Summary, "."):
		return fmt.Errorf("the summary %q has to start with a lower-case letter and to end without a period", r.Summary)
	}
	if _, err := os.Stat(filepath.Join(root, "analyzers", "analyzers.go")); err != nil {
		return fmt.Errorf("not in the root of the module: %v", err)
	}
	for _, dir := range []string{"analyzers", "testdata"} {
		path := filepath.Join(root, dir, r.Name)
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("the name %q is taken: %s exists", r.Name, path)
		}
	}
	return nil
}
