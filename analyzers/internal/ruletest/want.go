package ruletest

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/scanner"

	"golang.org/x/tools/go/packages"
)

// A line is a line of a file, by the names that //line comments give.
type line struct {
	file string
	line int
}

// checkWants compares findings with the want-comments in the files of pkgs.
// Each finding needs a pattern on its line and each pattern a finding.
func checkWants(t testing.TB, fset *token.FileSet, pkgs []*packages.Package, findings []finding) {
	t.Helper()
	wants := make(map[line][]*regexp.Regexp)
	for _, pkg := range pkgs {
		for _, file := range pkg.Syntax {
			readWants(t, fset, file, wants)
		}
	}
	for _, f := range findings {
		at := line{f.posn.Filename, f.posn.Line}
		i := slices.IndexFunc(wants[at], func(rx *regexp.Regexp) bool { return rx.MatchString(f.diag.Message) })
		switch {
		case i >= 0:
			wants[at] = slices.Delete(wants[at], i, i+1)
		case len(wants[at]) == 0:
			t.Errorf("%s: unexpected finding: %s", f.posn, f.diag.Message)
		default:
			t.Errorf("%s: finding %q does not match %q", f.posn, f.diag.Message, wants[at])
		}
	}
	var missing []string
	for at, rxs := range wants {
		for _, rx := range rxs {
			missing = append(missing, fmt.Sprintf("%s:%d: no finding that matches %q", at.file, at.line, rx))
		}
	}
	slices.Sort(missing)
	for _, m := range missing {
		t.Error(m)
	}
}

// readWants adds the patterns in the comments of file to wants.
func readWants(t testing.TB, fset *token.FileSet, file *ast.File, wants map[line][]*regexp.Regexp) {
	t.Helper()
	for _, group := range file.Comments {
		for _, c := range group.List {
			text, ok := wantText(c.Text)
			if !ok {
				continue
			}
			posn := fset.Position(c.Pos())
			delta, rxs, err := parseWant(text)
			if err != nil {
				t.Errorf("%s: in a want-comment: %v", posn, err)
				continue
			}
			at := line{posn.Filename, posn.Line + delta}
			wants[at] = append(wants[at], rxs...)
		}
	}
}

// wantText returns what follows the word want in a comment that is a
// want-comment, or that has one in it: `// a comment // want "..."`.
func wantText(comment string) (string, bool) {
	text, ok := strings.CutPrefix(comment, "//")
	if !ok {
		text = strings.TrimSuffix(strings.TrimPrefix(comment, "/*"), "*/")
	}
	if i := strings.Index(text, "// want"); i >= 0 {
		text = text[i+len("// "):]
	}
	text, ok = strings.CutPrefix(strings.TrimSpace(text), "want")
	// "want" also begins comments that are prose; a pattern or a number tells.
	text = strings.TrimSpace(text)
	return text, ok && text != "" && strings.ContainsRune("\"`+-", rune(text[0]))
}

// parseWant parses what follows the word want: an optional number of lines, as
// in +1 or -1, from the comment to the finding, and patterns in quotes.
func parseWant(text string) (delta int, rxs []*regexp.Regexp, err error) {
	var bad error
	sc := new(scanner.Scanner).Init(strings.NewReader(text))
	sc.Mode = scanner.ScanStrings | scanner.ScanRawStrings | scanner.ScanInts
	sc.Error = func(_ *scanner.Scanner, msg string) { bad = fmt.Errorf("%s", msg) }
	for {
		tok := sc.Scan()
		if bad != nil {
			return 0, nil, bad
		}
		switch tok {
		case '+', '-':
			sign := tok
			if tok = sc.Scan(); tok != scanner.Int {
				return 0, nil, fmt.Errorf("got %s after %c, want a number", scanner.TokenString(tok), sign)
			}
			if delta, err = strconv.Atoi(sc.TokenText()); err != nil {
				return 0, nil, err
			}
			if sign == '-' {
				delta = -delta
			}
		case scanner.String, scanner.RawString:
			pattern, err := strconv.Unquote(sc.TokenText())
			if err != nil {
				return 0, nil, fmt.Errorf("%s: %v", sc.TokenText(), err)
			}
			rx, err := regexp.Compile(pattern)
			if err != nil {
				return 0, nil, err
			}
			rxs = append(rxs, rx)
		case scanner.EOF:
			if len(rxs) == 0 {
				return 0, nil, fmt.Errorf("no pattern")
			}
			return delta, rxs, nil
		default:
			return 0, nil, fmt.Errorf("got %s, want a pattern in quotes", scanner.TokenString(tok))
		}
	}
}
