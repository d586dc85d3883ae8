package main

import (
	"crypto/rand"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// The versions of the tools that tracevet is compared with.
var versions = []string{
	"github.com/jjti/go-spancheck@v0.6.5",
	"github.com/kkHAIKE/contextcheck@v1.1.6",
	"github.com/sonatard/noctx@v0.5.1",
	"honnef.co/go/tools@v0.8.2",
}

// A tool is one that is measured.
type tool struct {
	name     string
	binaries []string // each with its copy beside it, which is what runs
	// run returns the commands that run the tool, and what they need in the environment.
	run      func(t *tool) (cmds [][]string, env []string)
	uncached bool // measured without a build cache, too
	cache    string
}

// copyOf returns the path of the copy that runs.
func copyOf(binary string) string { return binary + ".run" }

// renew makes the tool one that has never been run.
func (t *tool) renew() {
	for _, binary := range t.binaries {
		text, err := os.ReadFile(binary)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(copyOf(binary), append(text, rand.Text()...), 0o777); err != nil {
			log.Fatal(err)
		}
	}
	if t.cache != "" {
		if err := os.RemoveAll(t.cache); err != nil {
			log.Fatal(err)
		}
	}
}

// measure runs the tool on a program.
func (t *tool) measure(p *program, env []string) cost {
	var sum cost
	cmds, more := t.run(t)
	for _, args := range cmds {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = p.dir
		cmd.Env = append(append(os.Environ(), more...), env...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 1 && exit.ExitCode() != 3 {
				log.Printf("%s: %v\n%s", strings.Join(args, " "), err, out[max(0, len(out)-2000):])
			}
		}
		sum.cpu += (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak := int64(usage.Maxrss) << 10
			if runtime.GOOS == "darwin" { // in bytes there
				peak >>= 10
			}
			sum.memory = max(sum.memory, peak)
		}
	}
	return sum
}

// vet returns a tool that go vet runs, once for each of the binaries.
func vet(name string, binaries ...string) *tool {
	return &tool{name: name, binaries: binaries, run: func(t *tool) (cmds [][]string, env []string) {
		for _, binary := range t.binaries {
			cmds = append(cmds, []string{"go", "vet", "-vettool=" + copyOf(binary), "./..."})
		}
		return cmds, nil
	}}
}

// command returns a tool that is run by itself.
func command(name, binary string, args ...string) *tool {
	return &tool{name: name, binaries: []string{binary}, run: func(*tool) ([][]string, []string) {
		return [][]string{append(append([]string{copyOf(binary)}, args...), "./...")}, nil
	}}
}

// makeTools builds all tools below dir. The first one is what ratios are to.
func makeTools(dir string) []*tool {
	bin := filepath.Join(dir, "bin")
	mod := filepath.Join(dir, "module")
	if err := os.MkdirAll(mod, 0o777); err != nil {
		log.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(bin, name) }
	must(".", nil, "go", "build", "-o", at("tracevet"), "./cmd/tracevet")
	must(".", nil, "go", "build", "-o", at("empty"), "./internal/measure/empty")
	write(filepath.Join(mod, "go.mod"), "module measure\n\ngo 1.26\n")
	env := []string{"GOFLAGS=-mod=mod", "GOWORK=off"}
	must(mod, env, append([]string{"go", "get"}, versions...)...)
	must(mod, env, "go", "build", "-o", bin+string(filepath.Separator),
		"github.com/jjti/go-spancheck/cmd/spancheck", "github.com/kkHAIKE/contextcheck/cmd/contextcheck",
		"github.com/sonatard/noctx/cmd/noctx", "honnef.co/go/tools/cmd/staticcheck")
	stock := strings.TrimSpace(must(".", nil, "go", "tool", "-n", "vet"))
	text, err := os.ReadFile(stock)
	if err != nil {
		log.Fatal(err)
	}
	write(at("vet"), string(text))

	base := vet("empty vet tool", at("empty"))
	base.uncached = true
	auto := command("tracevet", at("tracevet"), "-config=none")
	auto.uncached = true
	static := command("staticcheck", at("staticcheck"))
	static.cache = filepath.Join(dir, "staticcheck")
	run := static.run
	static.run = func(t *tool) ([][]string, []string) {
		cmds, _ := run(t)
		return cmds, []string{"STATICCHECK_CACHE=" + t.cache}
	}
	return []*tool{
		base,
		auto,
		vet("tracevet as a vet tool", at("tracevet")),
		vet("stock go vet", at("vet")),
		vet("go-spancheck, contextcheck, noctx", at("spancheck"), at("contextcheck"), at("noctx")),
		static,
	}
}

func write(file, text string) {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o777); err != nil {
		log.Fatal(err)
	}
}
