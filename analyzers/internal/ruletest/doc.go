// Package ruletest is the test of every rule. A rule's test is
//
//	func TestRule(t *testing.T) { ruletest.Run(t, spanleak.Analyzer) }
//
// and all that it says about the rule stands in its fixtures, the packages in
// testdata/<rule>, and in its documentation, the package comment of its doc.go.
// The fixtures are part of a module of their own, on the real libraries.
//
// # What is checked
//
//   - Findings: each has a want-comment on its line, and each want-comment has a
//     finding. The comment is as in analysistest: `// want "pattern" "pattern"`,
//     with patterns in double or back quotes; `// want +1 "pattern"` is about the
//     next line.
//   - Headings: the documentation has exactly those that the constants of this
//     package name, and between UseInstead and FixSafety one for each category of
//     the findings. The section Rule starts with "<name of the rule>: <summary>".
//   - Form: a finding's message starts with a lower-case letter or a name of the
//     user's, ends without a period and does not name the rule; its category is
//     a heading of the documentation, and its URL leads there. Each category
//     that is a heading has a finding in the fixtures.
//   - Goldens: file.go.golden holds file.go as the fixes leave it, a txtar
//     archive with one section for each message of a fix. `go test ./analyzers/<rule> -update`
//     writes them. A fix without a golden is an error, and the other way round.
//   - Fixes: each one alone compiles, every alternative too. All first fixes of
//     a package together compile, are formatted as gofmt does (but for the
//     column of comments at the end of lines, which gofmt aligns over several
//     lines), and lose no comment. The rule then reports nothing but what it
//     had no fix for before, and has nothing more to fix: a second run changes
//     nothing, but for fixes that would not have gone with others in the first.
//   - Documentation: each code block below "# Example" has a finding, each one
//     below "# Use instead" has none; the fixes of the examples are checked as
//     those of fixtures are.
//
// # Code in the documentation
//
// A code block is a sequence of top-level declarations, without a package
// clause and without imports. Packages are called by their usual names, those
// of the table libraries, and the variable tracer need not be declared.
//
// # How it stays fast
//
// The fixtures and the libraries are loaded once in a test, the standard
// library without its function bodies. The text that fixes leave is
// type-checked against the packages that are already there.
package ruletest
