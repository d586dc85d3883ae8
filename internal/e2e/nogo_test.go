package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/analyzers"
)

// rulesGo is the module with Bazel's rules for Go, and nogo among them.
const rulesGo = "github.com/bazelbuild/rules_go@v0.65.0"

// nogoFiles are what the target nogo_srcs of rules_go names.
var nogoFiles = []string{"constants.go", "env.go", "flags.go", "nogo_fix.go", "nogo_goversions_go122.go", "nogo_main.go", "nogo_version.go", "nogo_validation.go", "nolint.go"}

// nogoConfig is what Bazel makes of a nogo_config.json that sets the option "module" of the settings; here a variable of the environment
// has its value, so that one program will do.
const nogoConfig = `var configs = map[string]config{}

func init() {
	if module := os.Getenv("NOGO_MODULE"); module != "" {
		configs["settings"] = config{analyzerFlags: map[string]string{"module": module}}
	}
}
`

// buildNogo builds rules_go's nogo with all rules, and returns its name. It imports an internal package of
// golang.org/x/tools, so it is added to that, as Bazel's visibility allows it to be.
func buildNogo(t *testing.T) string {
	t.Helper()
	houses(t)
	programs(t)
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	modCache := "GOMODCACHE=" + filepath.Join(cache, "tracevet", "nogo-source")
	download := func(module string) string {
		t.Helper()
		cmd := exec.Command("go", "mod", "download", "-json", module)
		cmd.Dir, cmd.Env = t.TempDir(), append(os.Environ(), "GOWORK=off", "GOFLAGS=", modCache)
		out, err := cmd.Output()
		var got struct{ Dir, Error string }
		if jsonErr := json.Unmarshal(out, &got); err != nil || jsonErr != nil {
			t.Fatalf("%s: %v, %v, %s", module, err, jsonErr, got.Error)
		}
		return got.Dir
	}
	version := strings.TrimSpace(string(run(t, "../..", 0, "go", "list", "-m", "-f", "{{.Version}}", "golang.org/x/tools")))
	tools := download("golang.org/x/tools@" + version)
	builders := filepath.Join(download(rulesGo), "go", "tools", "builders")

	dir := t.TempDir()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	var src strings.Builder
	src.WriteString("package main\n\nimport (\n\t\"os\"\n\n\t\"golang.org/x/tools/go/analysis\"\n")
	for _, name := range ruleNames() {
		fmt.Fprintf(&src, "\t\"github.com/tracevet/tracevet/analyzers/%s\"\n", name)
	}
	src.WriteString(")\n\nvar analyzers = []*analysis.Analyzer{\n")
	for _, name := range ruleNames() {
		fmt.Fprintf(&src, "\t%s.Analyzer,\n", name)
	}
	src.WriteString("}\n\nconst debugMode = false\n\n" + nogoConfig)
	write(t, filepath.Join(dir, "rules.go"), src.String())
	write(t, filepath.Join(dir, "go.mod"), fmt.Sprintf("module example.com/nogo\n\ngo 1.26.0\n\nrequire (\n\tgithub.com/tracevet/tracevet v0.0.0\n\tgolang.org/x/tools %s\n)\n\nreplace (\n\tgithub.com/tracevet/tracevet => %s\n\tgolang.org/x/tools => %s\n)\n", version, root, tools))
	sums, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.sum"), string(sums))
	replace := map[string]string{filepath.Join(tools, "cmd", "nogo", "rules.go"): filepath.Join(dir, "rules.go")}
	for _, name := range nogoFiles {
		replace[filepath.Join(tools, "cmd", "nogo", name)] = filepath.Join(builders, name)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "overlay.json"), string(overlay))
	file := filepath.Join(bin, "nogo")
	cmd := exec.Command("go", "build", "-mod=mod", "-overlay=overlay.json", "-o", file, "golang.org/x/tools/cmd/nogo")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, tail(out))
	}
	return file
}

// A target is a package as Bazel sees it.
type target struct {
	ImportPath, Name, Dir, Export string
	CompiledGoFiles               []string
	Imports                       []string
	ImportMap                     map[string]string
	Standard                      bool
	Module                        *struct{ Main bool }
}

// targets returns the packages that the patterns name and all that they import, by path.
func targets(t *testing.T, dir string, patterns ...string) map[string]*target {
	t.Helper()
	out := run(t, dir, 0, "go", append([]string{"list", "-export", "-deps", "-compiled", "-json=ImportPath,Name,Dir,Export,CompiledGoFiles,Imports,ImportMap,Standard,Module"}, patterns...)...)
	all := make(map[string]*target)
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(target)
		if err := dec.Decode(p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
}

var nogoFinding = regexp.MustCompile(`^(.*\.go:\d+:\d+): (.*) \((\w+)\)$`)

// runNogo runs nogo on all packages but those of the standard library, as Bazel does: each in a process of its own, in a directory
// that has its sources and nothing else. module is the value of the option of that name; before says which of two packages comes first,
// where that is free.
// It returns the findings in the main module, and the facts of each package.
func runNogo(t *testing.T, nogo, dir, module string, all map[string]*target, before func(x, y string) int) (found, map[string]string) {
	t.Helper()
	work := t.TempDir()
	var importcfg strings.Builder
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if p := all[path]; p.Export != "" {
			fmt.Fprintf(&importcfg, "packagefile %s=%s\n", path, p.Export)
		}
	}
	findings, facts := make(found), make(map[string]string)
	factFile := func(path string) string { return filepath.Join(work, strings.ReplaceAll(path, "/", "_")+".x") }
	one := func(p *target) {
		sandbox := filepath.Join(work, "sandbox")
		if err := os.RemoveAll(sandbox); err != nil {
			t.Fatal(err)
		}
		cfg := importcfg.String()
		for from, to := range p.ImportMap {
			cfg += fmt.Sprintf("importmap %s=%s\n", from, to)
		}
		write(t, filepath.Join(work, "importcfg"), cfg)
		path := p.ImportPath
		if p.Name == "main" {
			path = "main" // as rules_go has it, for all programs
		}
		args := []string{"-p", path, "-importcfg", filepath.Join(work, "importcfg"), "-x", factFile(p.ImportPath), "-go_version", strings.TrimPrefix(runtime.Version(), "go")}
		if !p.Module.Main {
			args = append(args, "-facts_only")
		}
		for _, dep := range p.Imports {
			if _, ok := facts[dep]; ok {
				args = append(args, "-fact", dep+"="+factFile(dep))
			}
		}
		names := make(map[string]string) // in the sandbox: of the file
		for _, name := range p.CompiledGoFiles {
			if !filepath.IsAbs(name) {
				name = filepath.Join(p.Dir, name)
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			base := filepath.Base(name)
			write(t, filepath.Join(sandbox, base), string(text))
			names[base] = name
			args = append(args, base)
		}
		cmd := exec.Command(nogo, args...)
		cmd.Dir, cmd.Env = sandbox, []string{"GOARCH=" + runtime.GOARCH, "PATH=", "HOME=/nonexistent", "NOGO_MODULE=" + module}
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 0 && !bytes.Contains(out, []byte("errors found by nogo")) {
			t.Fatalf("nogo on %s: %v\n%s", p.ImportPath, err, tail(out))
		}
		for line := range strings.Lines(string(out)) {
			if m := nogoFinding.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
				base, rest, _ := strings.Cut(m[1], ":")
				findings[finding{rule: m[3], posn: relative(t, dir, names[base]) + ":" + rest, message: m[2]}] = true
			}
		}
		text, err := os.ReadFile(factFile(p.ImportPath))
		if err != nil {
			t.Fatal(err)
		}
		facts[p.ImportPath] = string(text)
	}

	var todo []string
	for path, p := range all {
		if !p.Standard && len(p.CompiledGoFiles) > 0 {
			todo = append(todo, path)
		}
	}
	for len(todo) > 0 {
		ready := slices.DeleteFunc(slices.Clone(todo), func(path string) bool {
			return slices.ContainsFunc(all[path].Imports, func(dep string) bool { return slices.Contains(todo, dep) })
		})
		if len(ready) == 0 {
			t.Fatalf("the imports of %q go round in a circle", todo)
		}
		next := slices.MinFunc(ready, before)
		one(all[next])
		todo = slices.DeleteFunc(todo, func(path string) bool { return path == next })
	}
	return findings, facts
}

// TestNogo checks that Bazel's nogo, when it is told the path of the module, finds in the sample services what the go command finds
// there, and nothing else, in whatever order it analyses packages; and that it finds less, and nothing else, when it is not told.
func TestNogo(t *testing.T) {
	nogo := buildNogo(t)
	dir, err := filepath.Abs(testdata)
	if err != nil {
		t.Fatal(err)
	}
	all := targets(t, dir, "./services/...")
	module := strings.TrimSpace(string(run(t, dir, 0, "go", "list", "-m")))
	findings, facts := runNogo(t, nogo, dir, module, all, strings.Compare)
	again, factsAgain := runNogo(t, nogo, dir, module, all, func(x, y string) int { return strings.Compare(y, x) })
	compare(t, "nogo", findings, "nogo in another order", again)
	for path, text := range facts {
		if factsAgain[path] != text {
			t.Errorf("%s has other facts in another order", path)
		}
	}
	services := make(found)
	for f := range vetFindings(t) {
		if strings.HasPrefix(f.posn, "services/") && !slices.Contains(optionalCategories, f.category) {
			services[f] = true
		}
	}
	services = plain(services)
	compare(t, "the go command", services, "nogo", findings)

	// Unless it is told, nogo does not know which packages belong to the module, so those are not found that are about another package of
	// it, or about the program as a whole. The list is here so that it gets no longer unseen.
	untold, _ := runNogo(t, nogo, dir, "", all, strings.Compare)
	for f := range untold {
		if !services[f] {
			t.Errorf("nogo finds %v, the go command does not", f)
		}
	}
	var missing []string
	for f := range services {
		if !untold[f] {
			missing = append(missing, f.rule)
		}
	}
	slices.Sort(missing)
	want := []string{
		"ctxlesscall", "ctxlesscall", "detachedgo", "dynamiclabel", "mworder", "mworder", "nopropagator", "noshutdown",
		"rootctx", "rootctx", "rootctx", "staleparent",
	}
	if !slices.Equal(missing, want) {
		t.Errorf("nogo that is not told the module does not find findings of %q, want that of %q", missing, want)
	}
}

// TestNogoGuide checks that the guide names the rules that run unasked.
func TestNogoGuide(t *testing.T) {
	text, err := os.ReadFile("../../docs/bazel.md")
	if err != nil {
		t.Fatal(err)
	}
	names, err := analyzers.Choose(analyzers.All(), nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, name := range names {
		fmt.Fprintf(&want, "        \"@com_github_tracevet_tracevet//analyzers/%s\",\n", name)
	}
	if !strings.Contains(string(text), "    deps = [\n"+want.String()+"    ],\n") {
		t.Errorf("docs/bazel.md has to list\n%s", &want)
	}
	for _, block := range blocks(string(text), "json") {
		var config map[string]struct {
			ExcludeFiles  map[string]string `json:"exclude_files"`
			AnalyzerFlags map[string]string `json:"analyzer_flags"`
		}
		if err := json.Unmarshal([]byte(block), &config); err != nil {
			t.Errorf("%v in\n%s", err, block)
		}
	}
}
