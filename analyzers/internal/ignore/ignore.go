// Package ignore lets users suppress findings, with comments of the form
//
//	//tracevet:ignore RULE[,RULE...] the reason
//
// It works inside the rules, so that it works under every driver: go vet, gopls, Bazel, our own.
//
// What a comment covers depends on where it stands:
//
//   - to the right of code: findings on its line;
//   - on a line of its own: findings on the next line that is no such comment;
//   - in the doc comment of a declaration: findings in the declaration;
//   - above the package clause: findings in the file.
//
// A comment without a reason has no effect, and is a finding itself. So is one that
// suppresses nothing: it would hide the next fault. Each is reported by
// the rule that it names; who knows all rules can tell if there is no such rule, see [Check].
package ignore

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/settings"
)

// Category is that of the findings about comments.
const Category = "suppression"

// URL documents the comments.
const URL = "https://github.com/tracevet/tracevet/blob/main/docs/configuration.md#suppression"

// prefix is what the comments begin with. As with all directives there is no space before it.
const prefix = "//tracevet:ignore"

// Analyzer finds the comments of a package; its result is a *Comments.
var Analyzer = &analysis.Analyzer{
	Name:       "tracevet_ignore",
	Doc:        "find comments that suppress findings",
	Run:        func(pass *analysis.Pass) (any, error) { return find(pass), nil },
	Requires:   []*analysis.Analyzer{settings.Analyzer},
	ResultType: reflect.TypeFor[*Comments](),
}

// Comments are those of one package.
type Comments struct {
	list []comment // sorted by position
}

type comment struct {
	pos, end token.Pos // of the comment
	rules    []string
	reason   string
	from, to token.Pos // what it covers: a finding that starts at from, or after it and before to
}

func find(pass *analysis.Pass) *Comments {
	c := new(Comments)
	tests := pass.ResultOf[settings.Analyzer].(*settings.Settings).Tests
	for _, file := range pass.Files {
		tf := pass.Fset.File(file.FileStart)
		for _, group := range file.Comments {
			for _, text := range group.List {
				rest, ok := strings.CutPrefix(text.Text, prefix)
				if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
					continue // most
				}
				// Nothing is reported in these, so nothing is there to suppress.
				if ast.IsGenerated(file) || !tests && strings.HasSuffix(tf.Name(), "_test.go") {
					continue
				}
				c.list = append(c.list, parse(pass, file, tf, group, text, rest))
			}
		}
	}
	return c
}

// parse returns the comment text, of which rest follows the prefix.
func parse(pass *analysis.Pass, file *ast.File, tf *token.File, group *ast.CommentGroup, text *ast.Comment, rest string) comment {
	rest, _, _ = strings.Cut(rest, "// want ") // of the tests of rules, which are comments at the end, too
	names, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
	c := comment{pos: text.Pos(), end: text.End(), reason: strings.TrimSpace(reason)}
	for name := range strings.SplitSeq(names, ",") {
		if name != "" {
			c.rules = append(c.rules, name)
		}
	}
	switch decl := documented(file, group); {
	case text.End() < file.Package:
		c.from, c.to = file.FileStart, file.FileEnd
	case decl != nil:
		c.from, c.to = decl.Pos(), decl.End()
	default:
		line := tf.Line(text.Pos())
		if alone(pass, tf, text) {
			line = tf.Line(group.End()) + 1
		}
		if line > tf.LineCount() {
			break
		}
		c.from, c.to = tf.LineStart(line), file.FileEnd+1
		if line < tf.LineCount() {
			c.to = tf.LineStart(line + 1)
		}
	}
	return c
}

// documented returns the declaration that group is the doc comment of, or nil.
func documented(file *ast.File, group *ast.CommentGroup) ast.Decl {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Doc == group {
				return decl
			}
		case *ast.GenDecl:
			if decl.Doc == group {
				return decl
			}
		}
	}
	return nil
}

// alone reports whether there is nothing but space to the left of a comment.
func alone(pass *analysis.Pass, tf *token.File, text *ast.Comment) bool {
	read := pass.ReadFile
	if read == nil { // a driver older than the field
		read = os.ReadFile
	}
	src, err := read(tf.Name())
	if err != nil {
		return false
	}
	start, end := tf.Offset(tf.LineStart(tf.Line(text.Pos()))), tf.Offset(text.Pos())
	return start <= end && end <= len(src) && strings.TrimSpace(string(src[start:end])) == ""
}

// Heed makes a rule's function heed the comments: findings that one covers are not reported, and
// comments that name the rule in vain are. The analyzer has to require [Analyzer].
func Heed(rule string, run func(*analysis.Pass) error) func(*analysis.Pass) error {
	return func(pass *analysis.Pass) error {
		comments := pass.ResultOf[Analyzer].(*Comments)
		if len(comments.list) == 0 {
			return run(pass)
		}
		used := make([]bool, len(comments.list))
		report := pass.Report
		heeding := *pass
		heeding.Report = func(d analysis.Diagnostic) {
			suppressed := false
			for i, c := range comments.list {
				if c.reason != "" && c.from <= d.Pos && d.Pos < c.to && slices.Contains(c.rules, rule) {
					used[i], suppressed = true, true
				}
			}
			if !suppressed {
				report(d)
			}
		}
		if err := run(&heeding); err != nil {
			return err
		}
		for i, c := range comments.list {
			switch {
			case !slices.Contains(c.rules, rule):
			case c.reason == "":
				report(c.diagnostic("the comment gives no reason to ignore %s, so it has no effect", rule))
			case !used[i]:
				report(c.diagnostic("the comment ignores %s where it reports nothing, so it would hide the next fault", rule))
			}
		}
		return nil
	}
}

func (c comment) diagnostic(format string, args ...any) analysis.Diagnostic {
	return analysis.Diagnostic{Pos: c.pos, End: c.end, Category: Category, Message: fmt.Sprintf(format, args...), URL: URL}
}

const doc = `ignore: report comments that suppress nothing

A comment suppresses the findings of rules on its line, on the next one if it stands alone, in
the declaration that it documents, or, above the package clause, in the file:

	//tracevet:ignore RULE[,RULE...] the reason

One without a reason has no effect. That, a comment that suppresses nothing, and one that
names no rule or one that does not exist, is reported.
`

// Check returns an analyzer that reports comments that name no rule, or one
// that is not among the given ones.
func Check(rules []string) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     "ignore",
		Doc:      doc,
		URL:      URL,
		Requires: []*analysis.Analyzer{Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			for _, c := range pass.ResultOf[Analyzer].(*Comments).list {
				if len(c.rules) == 0 {
					pass.Report(c.diagnostic("the comment names no rule to ignore, so it has no effect"))
				}
				for _, rule := range c.rules {
					if !slices.Contains(rules, rule) {
						pass.Report(c.diagnostic("the comment ignores %s, which is no rule of tracevet, so it has no effect", rule))
					}
				}
			}
			return nil, nil
		},
	}
}
