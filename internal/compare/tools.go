package main

import (
	"encoding/json"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A peer is another analyser.
type peer struct {
	name     string // in the tables
	analyzer string // the name of its Analyzer
	version  string
	pkg      string   // that declares the Analyzer
	claims   []string // what it sets out to find, as "rule" or "rule/category" of ours
}

var peers = []peer{
	{"spancheck", "spancheck", "v0.6.5", "github.com/jjti/go-spancheck", []string{"spanleak"}},
	{"spancheck, status", "spancheckstatus", "v0.6.5", "github.com/jjti/go-spancheck", []string{"silenterror/returned"}},
	{"contextcheck", "contextcheck", "v1.1.6", "github.com/kkHAIKE/contextcheck", []string{"rootctx", "detachedgo/new-trace"}},
	{"noctx", "noctx", "v0.5.1", "github.com/sonatard/noctx", []string{"ctxlesscall/variant", "ctxlesscall/client"}},
	{"gosec G118", "gosec", "v2.30.0", "github.com/securego/gosec/v2/goanalysis", []string{"detachedgo/new-trace"}},
	{"sloglint", "sloglint", "v0.12.0", "go-simpler.org/sloglint", []string{"ctxlesscall/log"}},
}

// claims reports whether a peer sets out to find faults of a class.
func (p peer) claimed(class string) bool {
	rule, _, _ := strings.Cut(class, "/")
	return slices.Contains(p.claims, class) || slices.Contains(p.claims, rule)
}

// peersMain is the program of all peers. contextcheck has no command that go vet
// could run, and gosec's own needs the clients of several language models.
// spancheck panics on some code; then it has found nothing in that package.
const peersMain = `package main

import (
	"fmt"
	"os"

	"github.com/jjti/go-spancheck"
	"github.com/kkHAIKE/contextcheck"
	"github.com/securego/gosec/v2/goanalysis"
	"github.com/sonatard/noctx"
	"go-simpler.org/sloglint"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
)

func span(name string, checks ...string) *analysis.Analyzer {
	config := spancheck.NewDefaultConfig()
	config.EnabledChecks = checks
	a := spancheck.NewAnalyzerWithConfig(config)
	a.Name = name
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		defer func() {
			if recover() != nil {
				fmt.Fprintln(os.Stderr, "PANIC", name, pass.Pkg.Path())
			}
		}()
		return run(pass)
	}
	return a
}

func main() {
	multichecker.Main(
		span("spancheck", "end"),
		span("spancheckstatus", "set-status"),
		contextcheck.NewAnalyzer(contextcheck.Configuration{}),
		noctx.Analyzer,
		goanalysis.Analyzer,
		sloglint.New(&sloglint.Options{ContextOnly: "scope"}),
	)
}
`

// A finding is a line that a tool reports.
type finding struct {
	rule, category string // of ours
	fixed          bool   // it comes with a fix
}

// A comparison is what tools find.
type comparison struct {
	faults  faults
	in      functions
	ours_   map[place][]finding
	theirs  map[string]map[place]bool // by the name of the peer
	fixes   map[string]map[place]bool // those with a fix
	crashed []string                  // packages that spancheck panics on
}

// optional are the categories that rules report with an option only. The fixtures
// have such faults; in the services none is planted.
var optional = map[string]string{
	"brokensampler.nameless": "resource",
	"ctxlesscall.logs":       "log",
	"mworder.recovery":       "recovery",
	"silenterror.returned":   "returned",
}

func isOptional(rule, category string) bool {
	for option, reported := range optional {
		if name, _, _ := strings.Cut(option, "."); name == rule && reported == category {
			return true
		}
	}
	return false
}

// addTracevet runs tracevet with all rules and options.
func (c *comparison) addTracevet(tmp string) {
	bin := filepath.Join(tmp, "tracevet")
	must(".", "go", "build", "-o", bin, "./cmd/tracevet")
	c.ours_ = make(map[place][]finding)
	names := rules()
	patterns := []string{"./services/..."}
	for _, rule := range names {
		patterns = append(patterns, "./"+rule+"/...")
	}
	flags := []string{bin, "-json", "-rules=" + strings.Join(names, ",")}
	for _, option := range slices.Sorted(maps.Keys(optional)) {
		flags = append(flags, "-"+option)
	}
	out, errs := run("testdata", slices.Concat(flags, patterns)...)
	var report struct {
		Findings []struct {
			Rule, Category string
			Posn           struct {
				File string
				Line int
			}
			Fixes []json.RawMessage
		}
	}
	if err := json.Unmarshal(out, &report); err != nil || len(report.Findings) == 0 {
		log.Fatalf("tracevet: %v\n%s", err, errs)
	}
	for _, f := range report.Findings {
		p := place{inTestdata(f.Posn.File), f.Posn.Line}
		if p.folder() == f.Rule || p.folder() == "services" && !isOptional(f.Rule, f.Category) {
			c.ours_[p] = append(c.ours_[p], finding{f.Rule, f.Category, len(f.Fixes) > 0})
		}
	}
}

// addPeers builds and runs the peers, with their default settings but for gosec,
// which runs G118 only, and sloglint, which looks for contexts in scope.
func (c *comparison) addPeers(tmp string) {
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

	args := []string{bin, "-json", "-test=false", "-gosec.include=G118", "./services/..."}
	for _, rule := range rules() {
		args = append(args, "./"+rule+"/...")
	}
	stdout, stderr := run("testdata", args...)
	var report map[string]map[string]json.RawMessage // by package and analyser
	if err := json.Unmarshal(stdout, &report); err != nil {
		log.Fatalf("peers: %v\n%s", err, stderr)
	}
	c.theirs, c.fixes = make(map[string]map[place]bool), make(map[string]map[place]bool)
	byAnalyzer := make(map[string]string)
	for _, p := range peers {
		byAnalyzer[p.analyzer] = p.name
		c.theirs[p.name], c.fixes[p.name] = make(map[place]bool), make(map[place]bool)
	}
	for _, results := range report {
		for analyzer, data := range results {
			var findings []struct {
				Posn, Message string
				Fixes         []json.RawMessage `json:"suggested_fixes"`
			}
			if json.Unmarshal(data, &findings) != nil {
				continue // the analyser failed
			}
			for _, f := range findings {
				file, rest, _ := strings.Cut(f.Posn, ":")
				line, _, _ := strings.Cut(rest, ":")
				p := place{file: inTestdata(file)}
				p.line, _ = strconv.Atoi(line)
				// spancheck makes two findings of a leak: at the start, and at the return.
				if p.file == "" || strings.HasPrefix(f.Message, "return can be reached") {
					continue
				}
				name := byAnalyzer[analyzer]
				c.theirs[name][p] = true
				if len(f.Fixes) > 0 {
					c.fixes[name][p] = true
				}
			}
		}
	}
	for _, p := range peers {
		if len(c.theirs[p.name]) == 0 {
			log.Fatalf("%s found nothing: something is wrong\n%s", p.name, stderr)
		}
	}
	panics := make(map[string]bool)
	for _, m := range regexp.MustCompile(`(?m)^PANIC spancheck .*/testdata/(.*)$`).FindAllStringSubmatch(string(stderr), -1) {
		panics[m[1]] = true
	}
	c.crashed = slices.Sorted(maps.Keys(panics))
}
