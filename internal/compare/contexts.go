package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The rules about contexts, in the order of the table.
var contextRules = []string{"rootctx", "webctx", "staleparent", "detachedgo", "ctxlesscall"}

// A peer is another analyser of contexts, known by the name of its Analyzer.
type peer struct {
	name    string
	pkg     string // that declares the Analyzer
	version string
}

var peers = []peer{
	{"contextcheck", "github.com/kkHAIKE/contextcheck", "v1.1.6"},
	{"noctx", "github.com/sonatard/noctx", "v0.5.1"},
	{"gosec", "github.com/securego/gosec/v2/goanalysis", "v2.30.0"},
}

// contextcheck has no command that go vet could run, and gosec's own
// command needs the clients of several language models, so all peers run in
// this one.
const peersMain = `package main

import (
	"github.com/kkHAIKE/contextcheck"
	"github.com/securego/gosec/v2/goanalysis"
	"github.com/sonatard/noctx"
	"golang.org/x/tools/go/analysis/multichecker"
)

func main() {
	multichecker.Main(contextcheck.NewAnalyzer(contextcheck.Configuration{}), noctx.Analyzer, goanalysis.Analyzer)
}
`

// compareContexts prints the table about the rules about contexts.
func compareContexts(tmp, tracevet string) {
	faults := wants("testdata", contextRules...)
	found := runPeers(tmp)
	found["tracevet"] = runTracevet(tracevet, "-ctxlesscall.logs", contextRules...)
	printContexts(faults, found)
}

// runPeers builds and runs the peers, with their default settings but for
// gosec, which runs G118 only. The result is by the names of the peers.
func runPeers(tmp string) map[string]map[place]bool {
	dir := filepath.Join(tmp, "peers")
	if err := os.Mkdir(dir, 0o777); err != nil {
		log.Fatal(err)
	}
	must(dir, "go", "mod", "init", "example.com/peers")
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(peersMain), 0o666); err != nil {
		log.Fatal(err)
	}
	get := []string{"go", "get", "golang.org/x/tools/go/analysis/multichecker"}
	for _, p := range peers {
		get = append(get, p.pkg+"@"+p.version)
	}
	must(dir, get...)
	bin := filepath.Join(tmp, "peers.exe")
	must(dir, "go", "build", "-o", bin, ".")

	root, err := filepath.Abs("testdata")
	if err != nil {
		log.Fatal(err)
	}
	args := []string{bin, "-json", "-test=false", "-gosec.include=G118"}
	stdout, stderr := run("testdata", append(args, patterns(contextRules)...)...)
	var report map[string]map[string][]struct{ Posn string } // by package and analyser
	if err := json.Unmarshal(stdout, &report); err != nil {
		log.Fatalf("peers: %v\n%s", err, stderr)
	}
	found := make(map[string]map[place]bool)
	for _, p := range peers {
		found[p.name] = make(map[place]bool)
	}
	for _, analyzers := range report {
		for name, findings := range analyzers {
			for _, f := range findings {
				parts := strings.Split(f.Posn, ":")
				rel, err := filepath.Rel(root, parts[0])
				if err != nil || strings.HasPrefix(rel, "..") || len(parts) < 2 {
					continue
				}
				line, _ := strconv.Atoi(parts[1])
				found[name][place{filepath.ToSlash(rel), line}] = true
			}
		}
	}
	for name, places := range found {
		if len(places) == 0 {
			log.Fatalf("%s found nothing: something is wrong", name)
		}
	}
	return found
}

// A score counts for one tool on the fixtures of one rule.
type score struct {
	hits  int // faults that are reported, on their lines
	near  int // faults in functions that are reported, on any line
	wrong int // reported lines in functions without faults
}

func (s *score) add(t score) {
	s.hits += t.hits
	s.near += t.near
	s.wrong += t.wrong
}

// scores compares the faults with what one tool found, by rule.
func scores(faults, found map[place]bool, in functions) map[string]score {
	faulty, reported := in.of(faults), in.of(found)
	by := make(map[string]score)
	for p := range faults {
		s := by[p.folder()]
		if found[p] {
			s.hits++
		}
		if reported[in.at(p)] {
			s.near++
		}
		by[p.folder()] = s
	}
	for p := range found {
		if !faulty[in.at(p)] {
			s := by[p.folder()]
			s.wrong++
			by[p.folder()] = s
		}
	}
	return by
}

func printContexts(faults map[place]bool, found map[string]map[place]bool) {
	in := make(functions)
	count := make(map[string]int)
	for p := range faults {
		count[p.folder()]++
	}
	tools := []string{"tracevet"}
	for _, p := range peers {
		tools = append(tools, p.name)
	}
	var by []map[string]score
	for _, tool := range tools {
		by = append(by, scores(faults, found[tool], in))
	}

	fmt.Printf(contextsHeader, peers[0].version, peers[1].version, peers[2].version)
	sums := make([]score, len(tools))
	for _, rule := range contextRules {
		fmt.Printf("| `%s` | %d |", rule, count[rule])
		for i := range tools {
			s := by[i][rule]
			sums[i].add(s)
			fmt.Printf(" %d (%d) | %d |", s.hits, s.near, s.wrong)
		}
		fmt.Println()
	}
	fmt.Printf("| **all** | **%d** |", len(faults))
	for _, s := range sums {
		fmt.Printf(" **%d (%d)** | **%d** |", s.hits, s.near, s.wrong)
	}
	fmt.Println()
	fmt.Print(contextsFooter)
}

// functions has the lines on which the declarations of a file start, sorted.
type functions map[string][]int

// at returns the start of the function, or other declaration, that p is in.
func (in functions) at(p place) place {
	starts, ok := in[p.file]
	if !ok {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, filepath.Join("testdata", p.file), nil, parser.SkipObjectResolution)
		if err != nil {
			log.Fatal(err)
		}
		for _, decl := range file.Decls {
			starts = append(starts, fset.Position(decl.Pos()).Line)
			if group, ok := decl.(*ast.GenDecl); ok {
				for _, spec := range group.Specs {
					starts = append(starts, fset.Position(spec.Pos()).Line)
				}
			}
		}
		in[p.file] = starts
	}
	i, exact := slices.BinarySearchFunc(starts, p.line, cmp.Compare[int])
	switch {
	case exact:
		return p
	case i == 0:
		return place{p.file, 1}
	}
	return place{p.file, starts[i-1]}
}

// of returns the functions that the places are in.
func (in functions) of(places map[place]bool) map[place]bool {
	found := make(map[place]bool)
	for p := range places {
		found[in.at(p)] = true
	}
	return found
}

const contextsHeader = `
## Contexts: contextcheck, noctx, gosec

tracevet and three others on the fixtures of the rules about contexts, testdata/rootctx and so on. contextcheck is %s, noctx is %s, both with
their default settings, and gosec is %s with G118 alone, the rule about contexts. ctxlesscall runs with its option logs, which the fixtures
in testdata/ctxlesscall/logs need; noctx leaves log/slog out on purpose.

A fault is found where a tool reports its line. In brackets stand the faults in functions where the tool reports any line: it may have meant
the fault, or something else in that function. False is each line that a tool reports in functions without a fault.

These are our fixtures, and false means false by them: the peers have other aims. contextcheck reports functions that do not pass a context on,
traced or not, and it does so at the call in the function that has the context; rootctx reports the place where the new context is made, which
may be some functions further down. noctx reports calls without a context, whether or not one is at hand. G118 is about goroutines that use a
new context in handlers, about loops that do not look at their context, and about cancel functions that are not called. Nothing but tracevet
sets out to find what webctx and staleparent are about. A fixture of one rule is also not marked with what another rule of tracevet would find
in it, so some of what is false here is true elsewhere.

| rule | faults | tracevet: found | false | contextcheck: found | false | noctx: found | false | G118: found | false |
|---|---|---|---|---|---|---|---|---|---|
`

const contextsFooter = `
What they do that tracevet does not: they report contexts that are dropped where nothing traced happens, which matters for deadlines and
cancellation; noctx needs no context at hand; and all three run inside golangci-lint without a plugin.
`
