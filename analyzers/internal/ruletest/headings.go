package ruletest

import (
	"go/doc/comment"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// The headings of a rule's documentation, in order. The categories of the
// rule's findings, a heading each, stand after UseInstead.
const (
	Rule       = "Rule"
	Example    = "Example"
	UseInstead = "Use instead"
	FixSafety  = "Fix safety"
	Limits     = "Limits"
	Options    = "Options"
	References = "References"
)

// A section is a heading of a doc comment and what is below it.
type section struct {
	title  string
	blocks []comment.Block
}

// sectionsOf returns the sections of doc; what is above the first heading is a
// section without a title.
func sectionsOf(doc string) []section {
	sections := []section{{}}
	for _, block := range new(comment.Parser).Parse(doc).Content {
		if h, ok := block.(*comment.Heading); ok {
			sections = append(sections, section{title: plain(h.Text)})
			continue
		}
		last := &sections[len(sections)-1]
		last.blocks = append(last.blocks, block)
	}
	return sections
}

// plain returns the characters of text.
func plain(text []comment.Text) string {
	var b strings.Builder
	for _, t := range text {
		switch t := t.(type) {
		case comment.Plain:
			b.WriteString(string(t))
		case comment.Italic:
			b.WriteString(string(t))
		case *comment.Link:
			b.WriteString(plain(t.Text))
		case *comment.DocLink:
			b.WriteString(plain(t.Text))
		}
	}
	return b.String()
}

// categoriesOf returns the headings of doc that are categories.
func categoriesOf(doc string) []string {
	var categories []string
	started := false
	for _, s := range sectionsOf(doc) {
		switch s.title {
		case UseInstead:
			started = true
		case FixSafety:
			return categories
		default:
			if started {
				categories = append(categories, s.title)
			}
		}
	}
	return categories
}

// category matches the name of a category: it must be its own anchor in the
// page that is made of the documentation.
var category = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// checkHeadings checks that the rule's documentation has all of the headings,
// in order, with something below each, and that it starts as those of all
// rules do.
func (s *session) checkHeadings(t testing.TB) {
	t.Helper()
	sections := sectionsOf(s.rule.Doc)
	var got []string
	for _, section := range sections[1:] {
		got = append(got, section.title)
		if len(section.blocks) == 0 {
			t.Errorf("there is nothing below the heading %q", section.title)
		}
	}
	categories := categoriesOf(s.rule.Doc)
	want := slices.Concat([]string{Rule, Example, UseInstead}, categories, []string{FixSafety, Limits, Options, References})
	if !slices.Equal(got, want) {
		t.Errorf("the headings are %q, want %q, with the categories after %q", got, want, UseInstead)
		return
	}
	if len(categories) == 0 {
		t.Errorf("no category has a heading")
	}
	for _, c := range categories {
		if !category.MatchString(c) {
			t.Errorf("the category %q is not made of lower-case words and hyphens", c)
		}
	}
	if intro := firstParagraph(sections[0]); !strings.HasPrefix(intro, "Package "+s.rule.Name+" ") {
		t.Errorf("the documentation starts with %q, want \"Package %s ...\"", intro, s.rule.Name)
	}
	summary, ok := strings.CutPrefix(firstParagraph(sections[1]), s.rule.Name+": ")
	if !ok || !unicode.IsLower([]rune(summary + " ")[0]) || strings.HasSuffix(summary, ".") {
		t.Errorf("the section %s starts with %q, want \"%s: \" and a summary in lower case, without a period", Rule, firstParagraph(sections[1]), s.rule.Name)
	}
}

// firstParagraph returns the text that s starts with.
func firstParagraph(s section) string {
	if len(s.blocks) > 0 {
		if p, ok := s.blocks[0].(*comment.Paragraph); ok {
			return plain(p.Text)
		}
	}
	return ""
}
