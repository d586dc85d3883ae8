package driver

import (
	"bytes"
	"fmt"
	"go/format"
	"go/scanner"
	"go/token"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// A style is how a file is written.
type style struct {
	renamed  int  // of a hundred imports
	dot      bool // one of the imports that stand that
	comments int  // for a hundred places
	joined   int  // of a hundred lines: with the next one, by a semicolon
	ragged   bool // not as gofmt would have it
	crlf     bool
}

// newStyle makes a style up: most files are well-formatted.
func newStyle(random *rand.Rand) style {
	chance := func(percent int) bool { return random.IntN(100) < percent }
	var s style
	if chance(30) {
		s.renamed = 50
	}
	s.dot = chance(15)
	if chance(60) {
		s.comments = 1 + random.IntN(15)
	}
	if chance(25) {
		s.joined = 5 + random.IntN(40)
	}
	s.ragged = chance(12)
	s.crlf = chance(8)
	return s
}

var (
	qualified = regexp.MustCompile(`\b([a-z]+)\.([A-Z])`)
	dottable  = []string{"attribute", "codes", "context"}
)

// render makes a file of the text of declarations.
func (s style) render(random *rand.Rand, decls string) ([]byte, error) {
	used := make(map[string]string) // by the name in the text: the name in the file
	for _, m := range qualified.FindAllStringSubmatch(decls, -1) {
		if libraries[m[1]] != "" {
			used[m[1]] = m[1]
		}
	}
	names := slices.Sorted(maps.Keys(used))
	for _, name := range names {
		if random.IntN(100) < s.renamed {
			used[name] = []string{"std" + name, name + "pkg", strings.ToUpper(name[:1]) + name[1:]}[random.IntN(3)]
		}
	}
	if s.dot {
		if name := dottable[random.IntN(len(dottable))]; used[name] != "" {
			used[name] = "."
		}
	}
	decls = qualified.ReplaceAllStringFunc(decls, func(text string) string {
		name, first, _ := strings.Cut(text, ".")
		switch as := used[name]; as {
		case "":
			return text
		case ".":
			return first
		default:
			return as + "." + first
		}
	})
	var std, other []string
	for _, name := range names {
		spec := fmt.Sprintf("%q", libraries[name])
		if used[name] != name {
			spec = used[name] + " " + spec
		}
		if strings.Contains(libraries[name], ".") {
			other = append(other, spec)
		} else {
			std = append(std, spec)
		}
	}
	var b strings.Builder
	b.WriteString("package p\n\n")
	switch layout := random.IntN(10); {
	case len(names) == 0:
	case layout == 0:
		for _, spec := range append(std, other...) {
			fmt.Fprintf(&b, "import %s\n", spec)
		}
	case layout == 1:
		fmt.Fprintf(&b, "import (\n%s\n)\n", strings.Join(append(other, std...), "\n"))
	case layout == 2 && len(std) > 0 && len(other) > 0:
		fmt.Fprintf(&b, "import (\n%s\n)\n\nimport (\n%s\n)\n", strings.Join(std, "\n"), strings.Join(other, "\n"))
	default:
		fmt.Fprintf(&b, "import (\n%s\n\n%s\n)\n", strings.Join(std, "\n"), strings.Join(other, "\n"))
	}
	b.WriteString("\n" + decls)

	text, err := format.Source([]byte(b.String()))
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, b.String())
	}
	plain := text
	text = scatter(random, text, s)
	// gofmt moves some comments, and then others: three times is enough for most.
	for range 3 {
		if s.ragged {
			break
		}
		if text, err = format.Source(text); err != nil {
			return nil, fmt.Errorf("%w\n%s", err, text)
		}
	}
	if again, err := format.Source(text); err != nil || !s.ragged && !bytes.Equal(again, text) {
		text = plain
	}
	if s.ragged {
		text = rag(random, text)
	}
	if s.crlf {
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	return text, nil
}

// scatter puts comments between the tokens of a text, and joins lines.
func scatter(random *rand.Rand, text []byte, s style) []byte {
	var out bytes.Buffer
	var scan scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	scan.Init(file, text, nil, scanner.ScanComments)
	last, count := 0, 0
	comment := func(form string) {
		count++
		fmt.Fprintf(&out, form, count)
	}
	prev := token.ILLEGAL
	inImports, lineComment := false, false
	for {
		pos, tok, lit := scan.Scan()
		if tok == token.EOF {
			break
		}
		off := file.Offset(pos)
		made := tok == token.SEMICOLON && lit == "\n" // from a new line
		gap := text[last:off]
		newLine := bytes.Contains(gap, []byte("\n"))
		inImports = tok == token.IMPORT || inImports && tok != token.FUNC && tok != token.TYPE && tok != token.VAR
		lineComment = prev == token.COMMENT && newLine || tok == token.COMMENT
		some := random.IntN(100) < s.comments && prev != token.ILLEGAL && !lineComment
		switch {
		case made && !inImports && random.IntN(100) < s.joined && !startsDecl(text[off:]):
			out.Write(gap)
			out.WriteString("; ")
			last = off + 1
			prev = tok
			continue
		case some && made:
			out.Write(gap)
			comment(" // c%d")
		case some && newLine:
			i := bytes.LastIndexByte(gap, '\n') + 1
			out.Write(gap[:i])
			comment("// c%d\n")
			out.Write(gap[i:])
		case some && !made && random.IntN(3) == 0:
			comment("/* c%d */ ")
			out.Write(gap)
		default:
			out.Write(gap)
		}
		if made {
			last = off
		} else {
			if lit == "" || tok.IsOperator() {
				lit = tok.String()
			}
			out.WriteString(lit)
			last = off + len(lit)
		}
		prev = tok
	}
	out.Write(text[last:])
	return out.Bytes()
}

// startsDecl reports whether the text after a new line is at the top level.
func startsDecl(rest []byte) bool {
	rest = bytes.TrimLeft(rest, "\n")
	return len(rest) == 0 || rest[0] != '\t' && rest[0] != '}' || bytes.HasPrefix(rest, []byte("}\n"))
}

// rag changes the white space of a text in ways that gofmt does not like.
func rag(random *rand.Rand, text []byte) []byte {
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		if random.IntN(4) == 0 && strings.HasPrefix(line, "\t") && !strings.Contains(line, "`") {
			lines[i] = strings.ReplaceAll(line, "\t", "    ") + strings.Repeat(" ", random.IntN(2))
		}
	}
	return []byte(strings.Join(lines, "\n"))
}
