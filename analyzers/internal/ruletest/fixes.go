package ruletest

import (
	"bytes"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"
)

// checkGoldens compares the text that the fixes of each message leave with
// the section of that message in the golden of each fixture; with write set,
// it writes the goldens instead.
func (s *session) checkGoldens(t testing.TB, write bool) {
	t.Helper()
	for name, want := range s.goldens(t) {
		golden := name + ".golden"
		if write {
			if err := os.WriteFile(golden, txtar.Format(want), 0o666); err != nil {
				t.Error(err)
			}
			continue
		}
		got, err := txtar.ParseFile(golden)
		if err != nil {
			t.Errorf("findings in this file have fixes, but: %v (run the test with -update to write it)", err)
			continue
		}
		compareGolden(t, golden, got, want)
	}
	for _, pkg := range s.fixtures {
		for _, name := range pkg.GoFiles {
			golden := name + ".golden"
			if _, err := os.Stat(golden); err != nil || s.hasFix(name) {
				continue
			}
			if !write {
				t.Errorf("%s: no finding in this file has a fix", golden)
			} else if err := os.Remove(golden); err != nil {
				t.Error(err)
			}
		}
	}
}

// hasFix reports whether a fix edits the file called name.
func (s *session) hasFix(name string) bool {
	for _, f := range s.findings {
		for _, fix := range f.diag.SuggestedFixes {
			for _, e := range fix.TextEdits {
				if s.prog.fset.File(e.Pos).Name() == name {
					return true
				}
			}
		}
	}
	return false
}

// goldens returns what the golden of each fixture has to hold, by the name of
// the fixture.
func (s *session) goldens(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	goldens := make(map[string]*txtar.Archive)
	for _, pkg := range s.fixtures {
		var messages []string // in the order of the findings
		byMessage := make(map[string][]analysis.SuggestedFix)
		for _, f := range s.in(pkg) {
			for _, fix := range f.diag.SuggestedFixes {
				if byMessage[fix.Message] == nil {
					messages = append(messages, fix.Message)
				}
				byMessage[fix.Message] = append(byMessage[fix.Message], fix)
			}
		}
		for _, message := range messages {
			texts, err := s.fixedTexts(byMessage[message])
			if err != nil {
				t.Errorf("package %s, fixes %q: %v", pkg.ID, message, err)
				continue
			}
			for name, text := range texts {
				if !slices.Contains(pkg.GoFiles, name) {
					t.Errorf("fix %q edits %s, which is no source file of package %s", message, name, pkg.ID)
					continue
				}
				if goldens[name] == nil {
					goldens[name] = new(txtar.Archive)
				}
				goldens[name].Files = append(goldens[name].Files, txtar.File{Name: message, Data: text})
			}
		}
	}
	return goldens
}

// fixedTexts returns the texts of the files that fixes edit, fixed.
func (s *session) fixedTexts(fixes []analysis.SuggestedFix) (map[string][]byte, error) {
	edits, err := editsOf(s.prog.fset, fixes)
	if err != nil {
		return nil, err
	}
	return applyAll(edits)
}

func compareGolden(t testing.TB, golden string, got, want *txtar.Archive) {
	t.Helper()
	sections := make(map[string][]byte)
	for _, section := range got.Files {
		sections[section.Name] = section.Data
	}
	for _, section := range want.Files {
		text, ok := sections[section.Name]
		delete(sections, section.Name)
		if !ok {
			t.Errorf("%s has no section for the fix %q", golden, section.Name)
		} else if !bytes.Equal(text, section.Data) {
			t.Errorf("%s: the fix %q leaves another text:\n%s", golden, section.Name, difference(string(section.Data), string(text)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		t.Errorf("%s has a section for %q, which is not the message of a fix in this file", golden, name)
	}
}

// difference describes the first line in which got and want differ.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		at := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return "(end of file)"
		}
		if at(g) != at(w) {
			return fmt.Sprintf("line %d\n\tgot  %s\n\twant %s", i+1, at(g), at(w))
		}
	}
	return "(no difference)"
}

// checkEachFix applies each fix alone, as an editor does, and checks that the
// package compiles.
func (s *session) checkEachFix(t testing.TB) {
	t.Helper()
	for _, f := range s.findings {
		for _, fix := range f.diag.SuggestedFixes {
			texts, err := s.fixedTexts([]analysis.SuggestedFix{fix})
			if err == nil {
				err = s.prog.compiles(f.pkg, texts)
			}
			if err != nil {
				t.Errorf("%s: after the fix %q: %v", f.posn, fix.Message, err)
			}
		}
	}
}

// checkFixed applies the first fix of all findings together, as `tracevet
// -fix` does, and checks the text that this leaves.
func (s *session) checkFixed(t testing.TB) {
	t.Helper()
	var first []analysis.SuggestedFix
	for _, f := range s.findings {
		if len(f.diag.SuggestedFixes) > 0 {
			first = append(first, f.diag.SuggestedFixes[0])
		}
	}
	texts, err := s.fixedTexts(first)
	if err != nil {
		t.Error(err)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if err := checkText(name, texts[name]); err != nil {
			t.Errorf("%s, fixed: %v", name, err)
		}
	}
	fixed, names, err := s.prog.edited(t.TempDir(), texts)
	if err != nil {
		t.Errorf("with all first fixes applied: %v", err)
		return
	}
	after, err := analyze(s.rule, fixed)
	if err != nil {
		t.Errorf("with all first fixes applied: %v", err)
		return
	}
	s.checkAfter(t, fixed.fset, names, after)
}

// checkAfter compares the findings before the fixes with those after them:
// only what had no fix may remain, and there is nothing more to fix. names
// are the names that the files of the findings had before the fixes.
func (s *session) checkAfter(t testing.TB, fset *token.FileSet, names map[string]string, after []finding) {
	t.Helper()
	// What is the same finding before and after: lines have moved, and
	// messages speak of lines.
	key := func(f finding) string {
		name := fset.PositionFor(f.diag.Pos, false).Filename
		if before, ok := names[name]; ok {
			name = before
		}
		return name + ": " + f.diag.Category + ": " + lineNumber.ReplaceAllString(f.diag.Message, "line N")
	}
	unfixed := make(map[string]int)
	for _, f := range s.findings {
		if len(f.diag.SuggestedFixes) == 0 {
			unfixed[key(f)]++
		}
	}
	remaining := make(map[string][]finding)
	for _, f := range after {
		remaining[key(f)] = append(remaining[key(f)], f)
		// A fix that would not have gone with the others may come now.
		if len(f.diag.SuggestedFixes) > 0 && unfixed[key(f)] == 0 {
			t.Errorf("%s: %q has the fix %q: a second run would edit again", key(f), f.diag.Message, f.diag.SuggestedFixes[0].Message)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(remaining)) {
		if got, want := remaining[k], unfixed[k]; len(got) > want {
			var lines []string
			for _, f := range got {
				lines = append(lines, fmt.Sprint(f.posn.Line))
			}
			t.Errorf("%s: %d such findings remain after the fixes, on lines %s of the fixed file; %d had no fix before", k, len(got), strings.Join(lines, ", "), want)
		}
	}
}

var lineNumber = regexp.MustCompile(`\bline \d+`)

// checkText checks that fixed, the text of the file called name after fixes,
// has all of the file's comments and is formatted if the file is.
func checkText(name string, fixed []byte) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, err := commentsOf(src)
	if err != nil {
		return err
	}
	after, err := commentsOf(fixed)
	if err != nil {
		return err
	}
	for text, n := range before {
		if after[text] < n {
			return fmt.Errorf("the comment %q is lost", text)
		}
	}
	if formatted, err := format.Source(src); err != nil || !bytes.Equal(formatted, src) {
		return err // an oddly formatted file may stay so
	}
	formatted, err := format.Source(fixed)
	if err != nil {
		return err
	}
	if got, want := unalign(fixed), unalign(formatted); got != want {
		return fmt.Errorf("not as gofmt formats it:\n%s", difference(got, want))
	}
	return nil
}

// commentsOf counts the comments in src, by their text.
func commentsOf(src []byte) (map[string]int, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	count := make(map[string]int)
	for _, group := range file.Comments {
		for _, c := range group.List {
			count[strings.TrimSpace(c.Text)]++
		}
	}
	return count, nil
}

// unalign puts one space before each comment at the end of a line: gofmt
// aligns those of neighbouring lines, so that an edit of one line moves the
// comments of others.
func unalign(src []byte) string { return trailing.ReplaceAllString(string(src), "$1 //") }

var trailing = regexp.MustCompile(`(?m)(\S)[ \t]+//`)
