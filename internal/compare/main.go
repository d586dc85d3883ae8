// Compare runs tracevet and go-spancheck on the fixtures of the rule spanleak,
// tracevet and analysers of contexts on those of the rules about contexts, and
// prints docs/comparison.md:
//
//	go run ./internal/compare >docs/comparison.md
//
// A fixture is faulty where it has a want-comment. A tool has found a fault if
// it reports that line, and each other line that it reports is a false finding.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const spancheck = "github.com/jjti/go-spancheck"

// The versions that the table is about.
const spancheckVersion = "v0.6.5"

// A place is a line of a file below testdata.
type place struct {
	file string
	line int
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("compare: ")
	tmp, err := os.MkdirTemp("", "compare")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(tmp)

	tracevet := filepath.Join(tmp, "tracevet")
	must(".", "go", "build", "-o", tracevet, "./cmd/tracevet")
	fmt.Print(title)
	faults := wants("testdata", "spanleak")
	ours := runTracevet(tracevet, "", "spanleak")
	theirs, crashed := runSpancheck(tmp)
	print(faults, ours, theirs, crashed)
	compareContexts(tmp, tracevet)
}

// folder returns the folder of testdata that p is in, which is called after
// the rule that it has fixtures for.
func (p place) folder() string {
	folder, _, _ := strings.Cut(p.file, "/")
	return folder
}

// run runs a command and returns its standard output and error. A status other
// than 0 is how the tools say that there are findings.
func run(dir string, args ...string) (stdout, stderr []byte) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if _, ok := err.(*exec.ExitError); !ok {
			log.Fatal(err)
		}
	}
	return out.Bytes(), errs.Bytes()
}

// must runs a command that has to succeed.
func must(dir string, args ...string) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		log.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

var want = regexp.MustCompile("// want (?:\\+(\\d+) )?[\"`]")

// wants returns the lines that have a want-comment, below the folders of root
// that are called after the rules.
func wants(root string, rules ...string) map[place]bool {
	found := make(map[place]bool)
	for _, rule := range rules {
		addWants(found, root, rule)
	}
	return found
}

func addWants(found map[place]bool, root, rule string) {
	err := filepath.WalkDir(filepath.Join(root, rule), func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		for i, text := range strings.Split(string(data), "\n") {
			if m := want.FindStringSubmatch(text); m != nil {
				offset, _ := strconv.Atoi(m[1])
				found[place{filepath.ToSlash(rel), i + 1 + offset}] = true
			}
		}
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
}

// patterns returns the patterns for the packages of the fixtures of rules.
func patterns(rules []string) []string {
	var patterns []string
	for _, rule := range rules {
		patterns = append(patterns, "./"+rule+"/...")
	}
	return patterns
}

// runTracevet returns what the rules find in their own fixtures. The option is
// a flag, or empty.
func runTracevet(bin, option string, rules ...string) map[place]bool {
	args := []string{bin, "-json", "-rules=" + strings.Join(rules, ",")}
	if option != "" {
		args = append(args, option)
	}
	out, errs := run("testdata", append(args, patterns(rules)...)...)
	var report struct {
		Findings []struct {
			Rule string
			Posn struct {
				File string
				Line int
			}
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		log.Fatalf("tracevet: %v\n%s", err, errs)
	}
	found := make(map[place]bool)
	for _, f := range report.Findings {
		if p := (place{filepath.ToSlash(f.Posn.File), f.Posn.Line}); p.folder() == f.Rule {
			found[p] = true
		}
	}
	return found
}

// runSpancheck builds and runs go-spancheck, with its default settings. It
// makes two findings of a leak; the one at the return is not counted. It also
// returns the packages that it panicked on.
func runSpancheck(tmp string) (found map[place]bool, crashed []string) {
	dir := filepath.Join(tmp, "spancheck")
	if err := os.Mkdir(dir, 0o777); err != nil {
		log.Fatal(err)
	}
	must(dir, "go", "mod", "init", "example.com/spancheck")
	if err := os.WriteFile(filepath.Join(dir, "use.go"), []byte("package use\n\nimport _ \""+spancheck+"\"\n"), 0o666); err != nil {
		log.Fatal(err)
	}
	must(dir, "go", "get", spancheck+"@"+spancheckVersion)
	must(dir, "go", "mod", "tidy")
	bin := filepath.Join(tmp, "spancheck.exe")
	must(dir, "go", "build", "-o", bin, spancheck+"/cmd/spancheck")

	root, err := filepath.Abs("testdata")
	if err != nil {
		log.Fatal(err)
	}
	finding := regexp.MustCompile(`(?m)^(.+\.go):(\d+):\d+: (.*)$`)
	found = make(map[place]bool)
	packages, _ := run("testdata", "go", "list", "./spanleak/...")
	for _, pkg := range strings.Fields(string(packages)) {
		// One by one: a panic loses what it found in all packages.
		stdout, stderr := run("testdata", bin, pkg)
		if strings.Contains(string(stderr), "panic: ") {
			crashed = append(crashed, strings.TrimPrefix(pkg, "github.com/tracevet/tracevet/testdata/"))
		}
		for _, m := range finding.FindAllStringSubmatch(string(stdout)+string(stderr), -1) {
			rel, err := filepath.Rel(root, m[1])
			if err != nil || strings.HasPrefix(rel, "..") || strings.HasPrefix(m[3], "return can be reached") {
				continue
			}
			line, _ := strconv.Atoi(m[2])
			found[place{filepath.ToSlash(rel), line}] = true
		}
	}
	if len(found) == 0 {
		log.Fatal("spancheck found nothing: something is wrong")
	}
	return found, crashed
}

// A row counts for one folder of fixtures.
type row struct {
	faults                int
	ourHits, ourFalse     int
	theirHits, theirFalse int
}

func print(faults, ours, theirs map[place]bool, crashed []string) {
	rows := make(map[string]*row)
	at := func(p place) *row {
		name := strings.Split(p.file, "/")[1]
		if rows[name] == nil {
			rows[name] = new(row)
		}
		return rows[name]
	}
	for p := range faults {
		at(p).faults++
	}
	count := func(found map[place]bool, hits, wrong func(*row) *int) {
		for p := range found {
			if faults[p] {
				*hits(at(p))++
			} else {
				*wrong(at(p))++
			}
		}
	}
	count(ours, func(r *row) *int { return &r.ourHits }, func(r *row) *int { return &r.ourFalse })
	count(theirs, func(r *row) *int { return &r.theirHits }, func(r *row) *int { return &r.theirFalse })

	names := make([]string, 0, len(rows))
	for name := range rows {
		names = append(names, name)
	}
	slices.SortFunc(names, cmp.Compare[string])

	fmt.Printf(header, spancheckVersion)
	var sum row
	for _, name := range names {
		r := rows[name]
		fmt.Printf("| `%s` | %d | %d | %d | %d | %d |\n", name, r.faults, r.ourHits, r.ourFalse, r.theirHits, r.theirFalse)
		sum.faults += r.faults
		sum.ourHits += r.ourHits
		sum.ourFalse += r.ourFalse
		sum.theirHits += r.theirHits
		sum.theirFalse += r.theirFalse
	}
	fmt.Printf("| **all** | **%d** | **%d** | **%d** | **%d** | **%d** |\n", sum.faults, sum.ourHits, sum.ourFalse, sum.theirHits, sum.theirFalse)
	if len(crashed) > 0 {
		fmt.Printf("\nspancheck panics on %s: its findings there are lost, and count as not found.\n", strings.Join(crashed, ", "))
	}
	fmt.Print(footer)
}

const title = `# tracevet and other analysers

<!-- Written by go run ./internal/compare >docs/comparison.md -->
`

const header = `
## Spans: go-spancheck

Both tools on the fixtures of the rule spanleak, which stand in testdata/spanleak: functions that leak a span, written after the shapes that
real bugs had, and functions that look as if they did. The fixtures are ours, and the shapes are those that we set out to find. spancheck is
%s with its default settings; it can be told the signatures of start wrappers, which would raise its count in ` + "`wrappers` and `chain`" + `.
It counts as found where it reports the line of the start.

| fixtures | faults | tracevet: found | false | spancheck: found | false |
|---|---|---|---|---|---|
`

const footer = `
What spancheck does that tracevet does not: it can ask for SetStatus and RecordError on paths that return an error (off by default; tracevet
leaves that to a rule of its own), and it runs inside golangci-lint without a plugin.
`
